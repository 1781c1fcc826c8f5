//! The gallery's programs, behind `app/js/examples.js`, which is fetched when the gallery opens.

use crate::project::Draft;
use serde::Deserialize;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen(raw_module = "flint-gallery")]
extern "C" {
    fn examples() -> js_sys::Promise;
}

/// A small project to start from.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Example {
    pub(crate) title: String,
    pub(crate) about: String,
    /// As people call it.
    pub(crate) language: String,
    pub(crate) draft: Draft,
}

impl Example {
    /// Whether every word of `words` occurs somewhere in what the gallery says of it.
    pub(crate) fn matches(&self, words: &str) -> bool {
        let said = format!("{} {} {}", self.title, self.about, self.language).to_lowercase();
        words.to_lowercase().split_whitespace().all(|word| said.contains(word))
    }
}

/// All examples; none when they could not be fetched.
pub(crate) async fn load() -> Vec<Example> {
    let list = JsFuture::from(examples()).await.ok().and_then(|list| list.as_string());
    list.and_then(|list| serde_json::from_str(&list).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_searched_everywhere() {
        let example = Example {
            title: "Prime numbers".into(),
            about: "A sieve with lists".into(),
            language: "Python".into(),
            draft: Draft::default(),
        };
        for (words, found) in [("", true), ("python SIEVE", true), ("prim", true), ("rust", false)]
        {
            assert_eq!(example.matches(words), found, "{words}");
        }
    }
}
