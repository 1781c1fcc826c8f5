//! Where a completion was asked for, and what has been written there since.

use crate::{Document, context};
use std::hash::{DefaultHasher, Hash, Hasher};

/// A cursor in a file together with all the text around it that an engine was shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    path: String,
    at: usize,
    /// Text before the cursor, as far as it was sent.
    prefix: String,
    /// Fingerprint of the text after the cursor, as far as it was sent.
    suffix: u64,
}

impl Place {
    pub(crate) fn of(document: &Document) -> Self {
        Self {
            path: document.path().to_owned(),
            at: document.cursor().at,
            prefix: context::prefix(document.before()).to_owned(),
            suffix: fingerprint(context::suffix(document.after())),
        }
    }

    /// What has been written at this place, if nothing else there has changed.
    pub(crate) fn written<'d>(&self, document: &'d Document, suffix: u64) -> Option<&'d str> {
        if self.suffix != suffix || self.path != document.path() {
            return None;
        }
        let before = document.before();
        let from = self.at.checked_sub(self.prefix.len())?;
        let same = before.as_bytes().get(from..self.at)? == self.prefix.as_bytes();
        same.then(|| before.get(self.at..)).flatten()
    }

    /// Bytes that it takes to remember.
    pub(crate) fn size(&self) -> usize {
        self.prefix.len()
    }
}

/// Fingerprint of what follows the document's cursor.
pub(crate) fn suffix(document: &Document) -> u64 {
    fingerprint(context::suffix(document.after()))
}

fn fingerprint(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}
