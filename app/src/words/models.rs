//! The words of the models for suggestions: what they are, how a download goes, how big they are.

use flint_protocol::Chat;

pub(crate) const MODELS: &str = "Models for suggestions";
pub(crate) const ABOUT: &str = "The page's own model answers at once on any device. A bigger one knows more; it runs in this tab \
     too, on the GPU where there is one, and is kept in this browser. Nothing is fetched before you say so.";
pub(crate) const OWN: &str = "Flint nano";
pub(crate) const OWN_IS: &str = "Comes with the page";
pub(crate) const USE_OWN: &str = "Use Flint nano";
pub(crate) const ANSWERS: &str = "Answers questions too";
pub(crate) const IN_USE: &str = "In use";
pub(crate) const RECOMMENDED: &str = "Recommended for this device";
pub(crate) const USE: &str = "Use";
pub(crate) const DELETE: &str = "Delete";
pub(crate) const CANCEL: &str = "Cancel";
pub(crate) const DOWNLOAD: &str = "Download";
pub(crate) const PAUSE: &str = "Pause";
pub(crate) const RESUME: &str = "Resume";
pub(crate) const ASKING: &str = "Asking for it";
pub(crate) const PREPARING: &str = "Preparing it for this device";
pub(crate) const ANOTHER: &str = "Another model: owner/name or address, ONNX or GGUF";
pub(crate) const ANOTHER_HINT: &str = "owner/name, or an address";
pub(crate) const ADD: &str = "Add";
pub(crate) const FROM_DISK: &str = "From disk…";
pub(crate) const HUB: &str = "Hub";
pub(crate) const HUB_IS: &str = "Or a mirror of it; asked only when you fetch a model";
pub(crate) const NO_GPU: &str = "Leave the GPU alone";
pub(crate) const NO_GPU_IS: &str = "Compute on the CPU, with weights of eight bits";

pub(crate) fn kept(bytes: u64) -> String {
    format!("Models take {} in this browser.", size(bytes))
}

/// `verb` is one of the above.
pub(crate) fn to_model(verb: &str, name: &str) -> String {
    format!("{verb} {name}")
}

pub(crate) fn download_of(name: &str) -> String {
    format!("Download of {name}")
}

pub(crate) fn and_recommended(predicted: &str) -> String {
    format!("{predicted}. {RECOMMENDED}")
}

/// What a model that is in use can do beside suggestions.
pub(crate) fn talks(chat: &Chat) -> String {
    match chat {
        Chat::Reads { .. } => ANSWERS.into(),
        Chat::Mute { reason } => format!("Answers no questions: it {reason}"),
    }
}

/// As the list of models has it; the server knows exactly, and is asked when it comes.
pub(crate) fn to_fetch(bytes: u64) -> String {
    format!("About {} to fetch", size(bytes))
}

pub(crate) fn in_browser(bytes: u64) -> String {
    format!("{} in this browser", size(bytes))
}

/// How a download goes, and how long it will where that is known.
pub(crate) fn coming(loaded: u64, total: u64, bytes_per_second: Option<f64>) -> String {
    let mut text = format!("{} of {}", size(loaded), size(total));
    if let Some(rate) = bytes_per_second {
        text.push_str(&format!(
            ", {}/s, {}",
            size(rate as u64),
            time_left((total - loaded) as f64 / rate)
        ));
    }
    text
}

pub(crate) fn paused(loaded: u64) -> String {
    format!("Paused after {}", size(loaded))
}

#[expect(clippy::cast_precision_loss, reason = "a tenth of a megabyte is exact enough")]
fn size(bytes: u64) -> String {
    match bytes {
        0 => "nothing".into(),
        1..1_000_000_000 => format!("{:.1} MB", bytes as f64 / 1e6),
        _ => format!("{:.2} GB", bytes as f64 / 1e9),
    }
}

fn time_left(seconds: f64) -> String {
    match seconds {
        s if s < 60.0 => format!("{:.0} s left", s.max(1.0)),
        s => format!("{:.0} min left", (s / 60.0).ceil()),
    }
}
