//! What the editor's parser says of the cursor's place.

/// The place in the syntax tree. The default says that nobody knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Syntax {
    pub within: Within,
    /// The cursor's line is the first one of a body, or what opens it.
    pub begins_body: bool,
    /// The brackets around the cursor, innermost first.
    pub brackets: Vec<Bracket>,
}

/// What kind of text the cursor stands in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Within {
    /// There is no parser for this language, or it is not there yet.
    #[default]
    Unknown,
    Code,
    String,
    Comment,
    /// A regular expression.
    Pattern,
}

/// A bracket that was opened before the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bracket {
    /// What closes it.
    pub closer: char,
    /// That this already stands behind the cursor.
    pub closed: bool,
}

impl Syntax {
    /// Whether the cursor stands between arguments or items, and not between statements.
    pub(crate) fn in_list(&self) -> bool {
        self.brackets.first().is_some_and(|bracket| bracket.closer != '}')
    }
}
