//! What the editor reports, and its UTF-16 offsets made into bytes: here and nowhere else.

use crate::syntax::JsSyntax;
use flint_assist::{Change, Cursor, Event, UserEvent};
use serde::{Deserialize, Serialize};

/// What the editor reports, in UTF-16 offsets.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(crate) enum Report {
    Edited {
        changes: Vec<JsChange>,
        cursor: JsCursor,
        #[serde(with = "JsUserEvent")]
        user_event: UserEvent,
        /// When the key was pressed, on the page's clock.
        #[serde(default)]
        key_ms: f64,
    },
    Moved {
        cursor: JsCursor,
    },
    Key {
        key: GhostKey,
    },
    /// A button of a proposed change.
    Hunk {
        id: u32,
        accept: bool,
    },
    /// Somebody tried to change a line that is given.
    Refused,
    /// Something that JSON can hold and Rust cannot, such as half a surrogate pair.
    #[serde(skip)]
    Unreadable,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct JsChange {
    from: usize,
    to: usize,
    insert: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub(crate) struct JsCursor {
    at: usize,
    pub(crate) line: u32,
    pub(crate) column: u32,
    selecting: bool,
    composing: bool,
    #[serde(default)]
    pub(crate) syntax: JsSyntax,
}

/// [`UserEvent`] as the editor spells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case", remote = "UserEvent")]
pub(crate) enum JsUserEvent {
    Typed,
    Deleted,
    Pasted,
    Undone,
    Accepted,
    Other,
}

/// What a key means to the ghost text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum GhostKey {
    AcceptAll,
    AcceptWord,
    AcceptLine,
    /// The same key as for all of a ghost text, where there is none.
    AcceptNext,
    Dismiss,
    Next,
    Previous,
    /// Say it to those who do not see it.
    Announce,
    /// No key: the focus went elsewhere.
    Left,
}

impl JsCursor {
    /// The cursor in bytes of `text`, the text it stands in.
    pub(crate) fn in_bytes(&self, text: &str) -> Cursor {
        let Self { at, selecting, composing, .. } = *self;
        Cursor { at: byte_offset(text, at), selecting, composing }
    }
}

/// An edit as the assistant's event; `before` is the text it was made in.
pub(crate) fn edited(
    changes: Vec<JsChange>,
    cursor: JsCursor,
    user_event: UserEvent,
    before: &str,
) -> Event {
    let changes: Vec<Change> = changes
        .into_iter()
        .map(|change| Change {
            from: byte_offset(before, change.from),
            to: byte_offset(before, change.to),
            insert: change.insert,
        })
        .collect();
    let mut after = before.to_owned();
    for change in changes.iter().rev() {
        after.replace_range(change.from..change.to, &change.insert);
    }
    let at = cursor.in_bytes(&after);
    Event::Edited { changes, cursor: at, syntax: cursor.syntax.into(), user_event }
}

/// Bytes of the first `utf16` units of `text`; its end when it is shorter.
fn byte_offset(text: &str, utf16: usize) -> usize {
    let mut units = 0;
    for (at, c) in text.char_indices() {
        if units >= utf16 {
            return at;
        }
        units += c.len_utf16();
    }
    text.len()
}

/// UTF-16 units of the first `bytes` of `text`.
pub(super) fn utf16_offset(text: &str, bytes: usize) -> usize {
    text.get(..bytes).unwrap_or(text).encode_utf16().count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use flint_assist::Syntax;

    /// Text with characters of one to four bytes and of one and two UTF-16 units.
    const TEXT: &str = "aß中😀z";

    #[test]
    fn offsets_go_there_and_back() {
        for (utf16, byte) in [(0, 0), (1, 1), (2, 3), (3, 6), (5, 10), (6, 11), (99, 11)] {
            assert_eq!(byte_offset(TEXT, utf16), byte);
            assert_eq!(utf16_offset(TEXT, byte), utf16.min(6));
        }
    }

    #[test]
    fn half_a_character_is_rounded_up() {
        assert_eq!(byte_offset(TEXT, 4), 10);
    }

    #[test]
    fn an_edit_counts_in_bytes() {
        let report = r#"{"type":"edited","changes":[{"from":0,"to":1,"insert":"中"},{"from":3,"to":5,"insert":"é"}],
            "cursor":{"at":4,"line":1,"column":5,"selecting":false,"composing":false},"user_event":"pasted"}"#;
        let Ok(Report::Edited { changes, cursor, user_event, .. }) = serde_json::from_str(report)
        else {
            panic!("the report is readable");
        };
        let change = |from, to, insert: &str| Change { from, to, insert: insert.into() };
        let event = Event::Edited {
            changes: vec![change(0, 1, "中"), change(6, 10, "é")],
            cursor: Cursor::at(10),
            syntax: Syntax::default(),
            user_event: UserEvent::Pasted,
        };
        assert_eq!(edited(changes, cursor, user_event, TEXT), event);
    }
}
