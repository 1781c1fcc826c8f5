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

/// What of a file goes along where there is room for so many bytes: the lines that it is about, else those around line
/// `near`, counted from 0. Of a part it is said which lines it is, from 1 and with the last.
#[must_use]
pub fn excerpt(document: Document, room: usize, near: usize) -> (Document, Option<(usize, usize)>) {
    if document.text.len() <= room {
        return (document, None);
    }
    let lines: Vec<&str> = document.text.split_inclusive('\n').collect();
    let near = near.min(lines.len());
    let (mut from, mut to) = match document.selected {
        Some((from, to)) => (from.min(lines.len()), to.min(lines.len())),
        None => (near, near),
    };
    let bytes =
        |from: usize, to: usize| lines[from..to].iter().map(|line| line.len()).sum::<usize>();
    let mut size = bytes(from, to);
    while size > room && to > from {
        to -= 1;
        size -= lines[to].len();
    }
    // What is above is read before what is below, and says more.
    while document.selected.is_none() {
        let above = from.checked_sub(1).filter(|line| size + lines[*line].len() <= room);
        let below =
            Some(to).filter(|line| lines.get(*line).is_some_and(|l| size + l.len() <= room));
        let above = above.filter(|_| below.is_none() || near - from <= 2 * (to - near));
        match (above, below) {
            (Some(line), _) => {
                from = line;
                size += lines[line].len();
            }
            (None, Some(line)) => {
                to = line + 1;
                size += lines[line].len();
            }
            (None, None) => break,
        }
    }
    let (text, path) = (lines[from..to].concat(), document.path);
    let document = Document { path, text, selected: None };
    (document, Some((from + 1, to)))
}

/// Takes what matters most for as long as there is room: the open file, files that the words name,
/// files that the open one names or that name it, then the short ones.
#[must_use]
pub fn pack(documents: Vec<Document>, open: &str, words: &str) -> Packed {
    pack_within(MOST_BYTES, documents, open, words)
}

/// The same where there is room for so many bytes.
#[must_use]
pub fn pack_within(most_bytes: usize, documents: Vec<Document>, open: &str, words: &str) -> Packed {
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
    let mut room = most_bytes;
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
    fn of_a_long_file_the_lines_around_the_cursor_go_along() {
        let text: String = (1..=100).map(|line| format!("line {line:3}\n")).collect();
        let whole = document("a", text.clone());
        assert_eq!(excerpt(whole.clone(), text.len(), 5), (whole.clone(), None));
        for (near, expected) in [(0, (1, 10)), (50, (44, 53)), (99, (91, 100)), (500, (91, 100))] {
            let (part, lines) = excerpt(whole.clone(), 90, near);
            assert_eq!((part.text.len(), lines), (90, Some(expected)), "{near}");
        }
        let selected = |from, to| Document { selected: Some((from, to)), ..whole.clone() };
        let (part, lines) = excerpt(selected(3, 5), 90, 0);
        assert_eq!((&*part.text, lines), ("line   4\nline   5\n", Some((4, 5))));
        assert_eq!(excerpt(selected(3, 50), 30, 0).1, Some((4, 6)));
        assert_eq!(excerpt(document("a", "x".repeat(99)), 9, 0).0.text, "");
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
