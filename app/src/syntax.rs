//! What the editor's parser says of the cursor's place, as it crosses from JavaScript.

use flint_assist::{Bracket, Syntax, Within};
use serde::Deserialize;

#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(crate) struct JsSyntax {
    #[serde(with = "JsWithin")]
    within: Within,
    begins_body: bool,
    /// What closes each, and whether it stands there.
    brackets: Vec<(char, bool)>,
}

/// [`Within`] as the editor spells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case", remote = "Within")]
pub(crate) enum JsWithin {
    Unknown,
    Code,
    String,
    Comment,
    Pattern,
}

impl From<JsSyntax> for Syntax {
    fn from(JsSyntax { within, begins_body, brackets }: JsSyntax) -> Self {
        let bracket = |(closer, closed)| Bracket { closer, closed };
        Self { within, begins_body, brackets: brackets.into_iter().map(bracket).collect() }
    }
}
