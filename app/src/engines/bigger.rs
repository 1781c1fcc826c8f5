//! Models that the user wants in place of the page's own: where they are, and what is remembered of them.

use super::catalogue::Suggested;
use crate::page;
use flint_protocol::{Device, KnownFile, OnnxSource};
use serde::{Deserialize, Serialize};

/// Where models are when nobody says otherwise; it is asked when the user fetches one, and not before.
const HUB: &str = "https://huggingface.co";
/// What a model's own folder at a hub begins with.
const REVISION: &str = "resolve/main/";

/// A model to load.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Bigger {
    pub(crate) name: String,
    pub(crate) source: OnnxSource,
}

/// What this browser remembers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Choices {
    /// Another hub than the usual one; empty for that.
    pub(crate) hub: String,
    /// Leave the GPU alone.
    pub(crate) cpu: bool,
    /// Models that the user has named.
    pub(crate) added: Vec<Bigger>,
    /// The one to use; none is the page's own.
    pub(crate) chosen: Option<Bigger>,
}

impl Choices {
    /// The hub's address, without a slash at its end.
    pub(crate) fn hub(&self) -> &str {
        match self.hub.trim().trim_end_matches('/') {
            "" => HUB,
            hub => hub,
        }
    }

    /// A model of the page's list.
    pub(crate) fn of(&self, suggested: &Suggested) -> Bigger {
        let base = format!("{}/{}/{REVISION}", self.hub(), suggested.hub);
        let mut bigger = self.at(suggested.name.clone(), &suggested.hub, base);
        bigger.source.files.clone_from(&suggested.files);
        bigger
    }

    /// The model that the user means: `owner/name`, its page, or any address that its files are under.
    ///
    /// # Errors
    /// A sentence on what would be understood.
    pub(crate) fn named(&self, text: &str) -> Result<Bigger, String> {
        let text = text.trim().trim_end_matches('/');
        let is_id = text.split('/').count() == 2
            && !text.contains(':')
            && !text.contains(char::is_whitespace);
        if is_id && text.split('/').all(|part| !part.is_empty()) {
            return Ok(self.at(text.to_owned(), text, format!("{}/{text}/{REVISION}", self.hub())));
        }
        let Some(address) = page::secure_address(text) else {
            return Err(
                "Write owner/name as at the hub, or an address that begins with https://, or with http:// on this machine.".into(),
            );
        };
        let base = folder(&address, self.hub());
        let name = base.trim_end_matches('/').trim_end_matches(REVISION.trim_end_matches('/'));
        let name = name.trim_end_matches('/').split("//").last().unwrap_or(name).to_owned();
        Ok(self.at(name.clone(), &name, base))
    }

    /// Files that the user has chosen from the disk.
    ///
    /// # Errors
    /// A sentence on what is missing.
    pub(crate) fn on_disk(&self, files: Vec<KnownFile>) -> Result<Bigger, String> {
        let has = |end: &str| files.iter().any(|file| file.path.ends_with(end));
        if !(has(".onnx") && has("config.json") && has("tokenizer.json")) {
            return Err(
                "Choose the model's files together: config.json, tokenizer.json, the .onnx file and what belongs to it.".into(),
            );
        }
        let graph = files.iter().find(|file| file.path.ends_with(".onnx"));
        let bytes = graph.and_then(|graph| graph.bytes).unwrap_or_default();
        let name = format!("From disk, {:.1} MB", bytes as f64 / 1e6);
        let mut bigger = self.at(name, &format!("disk-{bytes}"), String::new());
        bigger.source.base_url = None;
        bigger.source.files = files;
        Ok(bigger)
    }

    /// Remembers a model that the user named.
    pub(crate) fn add(&mut self, bigger: Bigger) {
        self.added.retain(|known| known.source.id != bigger.source.id);
        self.added.push(bigger);
    }

    pub(crate) fn forget(&mut self, id: &str) {
        self.added.retain(|known| known.source.id != id);
        self.chosen.take_if(|chosen| chosen.source.id == id);
    }

    fn at(&self, name: String, id: &str, base: String) -> Bigger {
        let device = if self.cpu { Device::Cpu } else { Device::Best };
        let source = OnnxSource {
            id: folder_name(id),
            base_url: Some(base),
            files: Vec::new(),
            device,
            may_fetch: false,
        };
        Bigger { name, source }
    }
}

/// A name that any file system takes.
pub(crate) fn folder_name(id: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' };
    id.chars().map(plain).collect()
}

/// The folder that a model's files are under, of an address that may name its page or one of them.
fn folder(address: &str, hub: &str) -> String {
    let address = address.split(['?', '#']).next().unwrap_or(address).trim_end_matches('/');
    let model =
        ["/onnx/", "/config.json", "/tokenizer.json"].iter().find_map(|part| address.find(part));
    let address = model.map_or(address, |end| &address[..end]);
    let rest = address.strip_prefix(hub).map(|rest| rest.trim_start_matches('/'));
    match rest {
        Some(rest) if rest.split('/').count() == 2 => format!("{address}/{REVISION}"),
        _ => format!("{address}/"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_models_folder_is_found_from_its_page_and_its_files() {
        let cases = [
            ("https://huggingface.co/o/n", "https://huggingface.co/o/n/resolve/main/"),
            ("https://huggingface.co/o/n/resolve/v2/", "https://huggingface.co/o/n/resolve/v2/"),
            (
                "https://huggingface.co/o/n/resolve/main/onnx/model_q4.onnx?download=true",
                "https://huggingface.co/o/n/resolve/main/",
            ),
            ("http://localhost:8000/models/mine/config.json", "http://localhost:8000/models/mine/"),
            ("https://models.test/a/b/c", "https://models.test/a/b/c/"),
        ];
        for (address, wanted) in cases {
            assert_eq!(folder(address, HUB), wanted, "{address}");
        }
    }

    #[test]
    fn an_id_is_one_of_the_hub_that_was_chosen() {
        let choices = Choices { hub: "http://localhost:9/".into(), ..Choices::default() };
        let bigger = choices.named(" owner/name ").expect("an id");
        assert_eq!(
            bigger.source.base_url.as_deref(),
            Some("http://localhost:9/owner/name/resolve/main/")
        );
        assert_eq!(bigger.source.id, "owner-name");
    }

    #[test]
    fn files_from_the_disk_belong_together() {
        let file =
            |path: &str| KnownFile { path: path.into(), url: None, bytes: Some(5), sha256: None };
        let choices = Choices::default();
        assert!(choices.on_disk(vec![file("onnx/model.onnx")]).is_err());
        let whole = ["onnx/model.onnx", "config.json", "tokenizer.json"].map(file).to_vec();
        let bigger = choices.on_disk(whole).expect("a model");
        assert_eq!((bigger.source.base_url, bigger.source.files.len()), (None, 3));
    }
}
