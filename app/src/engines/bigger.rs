//! Models that the user wants in place of the page's own: where they are, and what is remembered of them.

use super::{catalogue::Suggested, prediction::Shape};
use crate::page;
use crate::words::engines as words;
use flint_protocol::{Brought, Device, KnownFile, Layout};
use serde::{Deserialize, Serialize};

/// Where models are when nobody says otherwise; it is asked when the user fetches one, and not before.
const HUB: &str = "https://huggingface.co";
/// What a model's own folder at a hub begins with.
const REVISION: &str = "resolve/main/";

/// A model to load.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Bigger {
    pub(crate) name: String,
    pub(crate) source: Brought,
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
        if lists_gguf(&suggested.hub) {
            return Bigger { name: suggested.name.clone(), ..self.gguf(base, None) };
        }
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
        let parts: Vec<_> = text.split('/').collect();
        let is_id = parts.iter().all(|part| !part.is_empty())
            && !text.contains(':')
            && !text.contains(char::is_whitespace);
        if let ([owner, name, file @ ..], true) = (parts.as_slice(), is_id) {
            let id = format!("{owner}/{name}");
            let base = format!("{}/{id}/{REVISION}", self.hub());
            match file.join("/") {
                file if is_gguf(&file) => return Ok(self.gguf(base, Some(file))),
                file if file.is_empty() && lists_gguf(name) => return Ok(self.gguf(base, None)),
                file if file.is_empty() => return Ok(self.at(id.clone(), &id, base)),
                _ => {}
            }
        }
        let Some(address) = page::secure_address(text) else {
            return Err(words::NOT_AN_ADDRESS.into());
        };
        Ok(self.at_address(&address))
    }

    fn at_address(&self, address: &str) -> Bigger {
        let plain = address.split(['?', '#']).next().unwrap_or(address);
        if let Some((base, file)) = plain.rsplit_once('/').filter(|_| is_gguf(plain)) {
            // The page of a file at the hub, and the file.
            let base = base.replace("/blob/", "/resolve/");
            return self.gguf(format!("{base}/"), Some(file.to_owned()));
        }
        let base = folder(address, self.hub());
        if base.starts_with(self.hub()) && lists_gguf(&base) {
            return self.gguf(base, None);
        }
        let name = short(&base);
        self.at(name.clone(), &name, base)
    }

    /// Files that the user has chosen from the disk.
    ///
    /// # Errors
    /// A sentence on what is missing.
    pub(crate) fn on_disk(&self, files: Vec<KnownFile>) -> Result<Bigger, String> {
        let has = |end: &str| files.iter().any(|file| file.path.ends_with(end));
        if let Some(file) = files.iter().find(|file| is_gguf(&file.path)).cloned() {
            let mut bigger = self.gguf(String::new(), Some(file.path.clone()));
            bigger.source.id = folder_name(&format!("disk-{}", file.path));
            bigger.source.base_url = None;
            bigger.source.files = vec![file];
            return Ok(bigger);
        }
        if !(has(".onnx") && has("config.json") && has("tokenizer.json")) {
            return Err(words::FILES_MISSING.into());
        }
        let graph = files.iter().find(|file| file.path.ends_with(".onnx"));
        let bytes = graph.and_then(|graph| graph.bytes).unwrap_or_default();
        let name = words::disk_model(bytes);
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

    /// A GGUF file under an address; without its name the best of those that the hub lists.
    fn gguf(&self, base: String, file: Option<String>) -> Bigger {
        let place = short(base.strip_prefix(self.hub()).unwrap_or(&base));
        let name = file.clone().unwrap_or_else(|| place.clone());
        let id = file.as_ref().map_or(place.clone(), |file| format!("{place}/{file}"));
        let list = base.strip_prefix(self.hub()).filter(|_| file.is_none()).map(|rest| {
            let id = rest.trim_start_matches('/').trim_end_matches(REVISION).trim_end_matches('/');
            format!("{}/api/models/{id}", self.hub())
        });
        let mut bigger = self.at(name, &id, base);
        bigger.source.files = list.map_or(Vec::new(), |url| vec![listed(Layout::LIST, url)]);
        bigger.source.layout = Layout::Gguf { path: file };
        bigger
    }

    fn at(&self, name: String, id: &str, base: String) -> Bigger {
        let device = if self.cpu { Device::Cpu } else { Device::Best };
        let source = Brought {
            id: folder_name(id),
            base_url: Some(base),
            files: Vec::new(),
            layout: Layout::Onnx,
            device,
            may_fetch: false,
        };
        Bigger { name, source }
    }
}

fn listed(path: &str, url: String) -> KnownFile {
    KnownFile { path: path.to_owned(), url: Some(url), bytes: None, sha256: None }
}

fn is_gguf(file: &str) -> bool {
    file.to_ascii_lowercase().ends_with(".gguf")
}

/// Hubs' folders of GGUF files have it in their names.
fn lists_gguf(name: &str) -> bool {
    name.to_ascii_lowercase().contains("gguf")
}

/// An address without what all have in common.
fn short(base: &str) -> String {
    let name = base.trim_matches('/').trim_end_matches(REVISION.trim_end_matches('/'));
    name.trim_end_matches('/').split("//").last().unwrap_or(name).to_owned()
}

impl Suggested {
    /// What its speed depends on, where it is said.
    pub(crate) fn shape(&self) -> Option<Shape> {
        (self.parameters > 0).then_some(Shape {
            parameters: self.parameters,
            layers: self.layers,
            gpu_bytes: self.gpu_bytes,
            cpu_bytes: self.cpu_bytes,
            gguf: lists_gguf(&self.hub),
        })
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
    fn gguf_files_are_known_by_their_names() {
        let choices = Choices { hub: "http://localhost:9".into(), ..Choices::default() };
        let cases = [
            ("o/n/a-q4_0.gguf", "http://localhost:9/o/n/resolve/main/", Some("a-q4_0.gguf"), false),
            ("o/n-GGUF", "http://localhost:9/o/n-GGUF/resolve/main/", None, true),
            (
                "http://localhost:9/o/n-GGUF",
                "http://localhost:9/o/n-GGUF/resolve/main/",
                None,
                true,
            ),
            (
                "http://localhost:9/o/n/blob/main/a.gguf?x=1",
                "http://localhost:9/o/n/resolve/main/",
                Some("a.gguf"),
                false,
            ),
            ("https://models.test/a/b.GGUF", "https://models.test/a/", Some("b.GGUF"), false),
        ];
        for (text, base, file, listed) in cases {
            let bigger = match text.contains("://") {
                true => choices.at_address(text),
                false => choices.named(text).expect(text),
            };
            let source = bigger.source;
            assert_eq!(source.base_url.as_deref(), Some(base), "{text}");
            assert_eq!(source.layout, Layout::Gguf { path: file.map(str::to_owned) }, "{text}");
            let list = source.files.first().and_then(|file| file.url.as_deref());
            let wanted = listed.then_some("http://localhost:9/api/models/o/n-GGUF");
            assert_eq!(list, wanted, "{text}");
            assert!(
                source.id.starts_with(if text.contains("models.test") {
                    "models.test-a"
                } else {
                    "o-n"
                }),
                "{}",
                source.id
            );
        }
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
        let gguf = choices.on_disk(vec![file("mine.gguf")]).expect("a model");
        assert_eq!(gguf.source.id, "disk-mine.gguf");
        assert_eq!(gguf.source.layout, Layout::Gguf { path: Some("mine.gguf".into()) });
    }
}
