//! What differs between two projects, file by file.

use crate::project::{Draft, DraftFile};
use crate::words::notices as words;

/// A file that is not the same in both. A text is None where there is no such file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FileChange {
    pub(crate) path: String,
    pub(crate) before: Option<String>,
    pub(crate) after: Option<String>,
}

impl FileChange {
    /// In one word, for the list.
    pub(crate) fn kind(&self) -> &'static str {
        match (&self.before, &self.after) {
            (None, _) => words::ADDED,
            (_, None) => words::REMOVED,
            _ => words::CHANGED,
        }
    }
}

/// The changes that lead from one project to the other, in the order of the files.
pub(crate) fn changes(before: &Draft, after: &Draft) -> Vec<FileChange> {
    let find = |draft: &Draft, path: &str| {
        let file = draft.files.iter().find(|file| file.path == path);
        file.map(|file| file.text.clone())
    };
    let change = |file: &DraftFile| FileChange {
        path: file.path.clone(),
        before: find(before, &file.path),
        after: find(after, &file.path),
    };
    let gone = before.files.iter().filter(|file| find(after, &file.path).is_none());
    let all = after.files.iter().chain(gone).map(change);
    all.filter(|change| change.before != change.after).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(files: &[(&str, &str)]) -> Draft {
        let file = |(path, text): &(&str, &str)| DraftFile {
            path: (*path).into(),
            text: (*text).into(),
            cursor: 0,
        };
        Draft { files: files.iter().map(file).collect(), ..Draft::default() }
    }

    #[test]
    fn every_difference_is_named() {
        let before = draft(&[("same", "x"), ("other", "1"), ("gone", "y")]);
        let after = draft(&[("new", ""), ("other", "2"), ("same", "x")]);
        let kinds: Vec<_> =
            changes(&before, &after).into_iter().map(|c| (c.path.clone(), c.kind())).collect();
        let expected = [("new", "added"), ("other", "changed"), ("gone", "removed")];
        assert_eq!(kinds, expected.map(|(path, kind)| (path.to_owned(), kind)));
    }
}
