//! Which files go along when not all of them fit.

use crate::prompt::Document;

/// Bytes of text that go along at most: some 128,000 tokens.
const MOST_BYTES: usize = 448 << 10;

/// The files that go along, in the project's order, and those that are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Packed {
    pub documents: Vec<Document>,
    pub left_out: Vec<String>,
}

/// Takes what matters most for as long as there is room: the open file, files that the words name,
/// files that the open one names or that name it, then the short ones.
#[must_use]
pub fn pack(documents: Vec<Document>, open: &str, words: &str) -> Packed {
    let open_text = documents.iter().find(|document| document.path == open);
    let open_text = open_text.map_or(String::new(), |document| document.text.clone());
    let rank = |document: &Document| match () {
        () if document.path == open => 0,
        () if names(words, &document.path) => 1,
        () if names(&open_text, &document.path) || names(&document.text, open) => 2,
        () => 3,
    };
    let mut order: Vec<_> = (0..documents.len()).collect();
    order.sort_by_key(|at| (rank(&documents[*at]), documents[*at].text.len()));
    let mut room = MOST_BYTES;
    let mut fits = vec![false; documents.len()];
    for at in order {
        let length = documents[at].text.len();
        if length <= room {
            room -= length;
            fits[at] = true;
        }
    }
    let mut packed = Packed::default();
    for (document, fits) in documents.into_iter().zip(fits) {
        if fits {
            packed.documents.push(document);
        } else {
            packed.left_out.push(document.path);
        }
    }
    packed
}

/// Whether a text speaks of a file, with or without its folder and its ending.
fn names(text: &str, path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.split('.').next().unwrap_or(name);
    let word = |c: char| c.is_alphanumeric() || c == '_';
    stem.len() > 1
        && text.match_indices(stem).any(|(at, _)| {
            let before = text[..at].chars().next_back();
            let after = text[at + stem.len()..].chars().next();
            !before.is_some_and(word) && !after.is_some_and(word)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(path: &str, text: impl Into<String>) -> Document {
        Document { path: path.into(), text: text.into(), selected: None }
    }

    #[test]
    fn what_matters_goes_along() {
        let long = |what: &str| format!("{what}{}", "x".repeat(MOST_BYTES / 4));
        let documents = vec![
            document("big.js", long("")),
            document("named.js", long("")),
            document("open.js", format!("import './used.js'\n{}", "x".repeat(MOST_BYTES / 4))),
            document("used.js", long("")),
            document("small.js", "x"),
            document("user.js", "import open from './open.js'"),
        ];
        let packed = pack(documents.clone(), "open.js", "make named quick");
        let paths: Vec<_> =
            packed.documents.iter().map(|document| document.path.as_str()).collect();
        assert_eq!(paths, ["named.js", "open.js", "used.js", "small.js", "user.js"]);
        assert_eq!(packed.left_out, ["big.js"]);
        let few = documents[4..].to_vec();
        assert_eq!(pack(few.clone(), "small.js", "").documents, few);
    }
}
