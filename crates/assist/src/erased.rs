//! What the user has just deleted at the cursor: no suggestion brings it back.

use crate::{Change, Document, UserEvent};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Erased {
    at: usize,
    text: String,
}

impl Erased {
    /// What is erased after an edit of `document`, which is not applied yet. One deletion after the
    /// other at the same place adds up; anything else ends it.
    pub(crate) fn after(
        before: Option<Self>,
        document: &Document,
        changes: &[Change],
        user_event: UserEvent,
    ) -> Option<Self> {
        let [Change { from, to, insert }] = changes else {
            return None;
        };
        let deletes = user_event == UserEvent::Deleted && insert.is_empty();
        // The closing half of a pair that goes with its opening one was written by the editor.
        let cursor = document.cursor().at;
        let end = if (*from + 1..*to).contains(&cursor) { cursor } else { *to };
        let text = document.text().get(*from..end).filter(|_| deletes)?;
        let text = match before {
            Some(before) if before.at == *to => format!("{text}{}", before.text),
            Some(before) if before.at == *from => format!("{}{text}", before.text),
            _ => text.to_owned(),
        };
        Some(Self { at: *from, text })
    }

    /// Whether `text` at the cursor begins by writing it again. While more is to come (`whole` is
    /// false) a beginning of it counts too.
    pub(crate) fn comes_back(&self, text: &str, whole: bool) -> bool {
        let (erased, text) = (self.text.trim(), text.trim_start());
        !erased.is_empty() && (text.starts_with(erased) || (!whole && erased.starts_with(text)))
    }
}
