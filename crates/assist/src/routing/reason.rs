//! Why a request goes where it goes, in sentences.

use super::tier::{Tier, Work};
use std::fmt::{self, Display, Formatter};

/// Why a tier was passed over.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Out {
    /// No server is named for it.
    NotNamed,
    /// It is not on this device, which has no network.
    Offline,
    /// The page has to be loaded anew before it may reach it.
    NeedsReload,
    /// The model in the tab is not there.
    NoEngine,
    /// It finishes lines and was not taught to talk.
    Mute,
    /// It is too small for this.
    TooSmall,
    QuotaUsedUp {
        for_ms: f64,
    },
    RateLimited {
        for_ms: f64,
    },
    TooLong,
    /// Three answers in a row came late or not at all.
    Degraded,
    /// The user has not allowed text to be sent there, and is not to be asked while typing.
    NotAllowed,
}

impl Display for Out {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotNamed => f.write_str("has no server"),
            Self::Offline => f.write_str("cannot be reached without a network"),
            Self::NeedsReload => f.write_str("is reached after a reload"),
            Self::NoEngine => f.write_str("does not run here"),
            Self::Mute => f.write_str("answers no questions"),
            Self::TooSmall => f.write_str("answers questions and changes one file, and no more"),
            Self::QuotaUsedUp { for_ms } => {
                write!(f, "has used up its quota (next try in {})", time(*for_ms))
            }
            Self::RateLimited { for_ms } => {
                write!(f, "has had too many requests (next try in {})", time(*for_ms))
            }
            Self::TooLong => f.write_str("does not read a text of this length"),
            Self::Degraded => f.write_str("was too slow or failed three times in a row"),
            Self::NotAllowed => f.write_str("is not allowed to be sent what you type"),
        }
    }
}

fn time(ms: f64) -> String {
    let seconds = (ms / 1_000.0).ceil().max(1.0);
    if seconds < 100.0 {
        format!("{seconds} s")
    } else {
        format!("{} min", (seconds / 60.0).ceil())
    }
}

/// What decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    Task(Work),
    /// The user's selector.
    Chosen,
}

/// Why a request goes to a tier.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reason {
    pub tier: Tier,
    pub why: Why,
    pub bytes: usize,
    /// Who would have been asked, and why not.
    pub instead_of: Option<(Tier, Out)>,
    /// How soon its answers begin of late.
    pub p95_ms: Option<f64>,
}

impl Display for Reason {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(self.tier.name())?;
        match (self.instead_of, self.why) {
            (Some((tier, out)), _) if tier != self.tier => {
                write!(f, ", as {} {out}", tier.subject())?
            }
            (Some((_, out)), _) => write!(f, ", though it {out}: no other can be asked")?,
            (None, Why::Task(work)) => write!(f, " {}", work.words(self.bytes))?,
            (None, Why::Chosen) => f.write_str(", as you chose")?,
        }
        if let Some(ms) = self.p95_ms {
            write!(f, "; answers begin within {}", short(ms))?;
        }
        Ok(())
    }
}

fn short(ms: f64) -> String {
    if ms < 1_000.0 { format!("{ms:.0} ms") } else { format!("{:.1} s", ms / 1_000.0) }
}

/// Nobody can be asked, and why, for the user.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NoRoute {
    /// Who would have been asked first.
    pub tier: Tier,
    pub out: Out,
}

impl Display for NoRoute {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.out {
            Out::Offline => f.write_str(
                "This device is offline, and no model server on it is named. Suggestions go on in the tab.",
            ),
            Out::NotNamed => f.write_str("Name a model server in Connections first."),
            Out::NeedsReload => f.write_str(
                "This page cannot reach the server yet. Open Connections and reload from there: your text is kept.",
            ),
            Out::TooLong => f.write_str(
                "The text is longer than any of your models reads. Select less, or choose another model.",
            ),
            Out::NoEngine | Out::Mute => f.write_str(
                "No model in this tab answers questions now. Take one that does in Models for suggestions, or choose another tier.",
            ),
            out if self.tier == Tier::Instant => {
                write!(f, "The model in this tab {out}. Choose another tier.")
            }
            out => write!(f, "{} {out}, and no other can be asked.", self.tier.name()),
        }
    }
}
