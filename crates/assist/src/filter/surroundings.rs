//! What a suggestion is held against: the text around the cursor, as far as the rules look.

use crate::{Bracket, Document, Syntax, Within};

/// How far up a line with indentation is looked for.
const LINES_UP: usize = 50;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Surroundings {
    /// The cursor's line before the cursor.
    pub(crate) line: String,
    /// The cursor's line after the cursor.
    pub(crate) rest_of_line: String,
    /// The nearest line above that is not blank.
    pub(crate) above: String,
    /// The nearest line below that is not blank.
    pub(crate) below: String,
    /// Whether lines are indented with tabs, where any is indented.
    pub(crate) tabs: Option<bool>,
    /// The brackets around the cursor, where they are known and count.
    pub(crate) brackets: Option<Vec<Bracket>>,
    pub(crate) max_lines: usize,
}

impl Surroundings {
    pub(crate) fn of(document: &Document, max_lines: usize) -> Self {
        let not_blank = |line: &&str| !line.trim().is_empty();
        let mut up = document.before().rsplit('\n');
        let line = up.next().unwrap_or_default();
        let mut down = document.after().split('\n');
        let rest_of_line = down.next().unwrap_or_default();
        let indented = |line: &str| line.starts_with([' ', '\t']);
        let nearest = [line].into_iter().chain(up.clone().take(LINES_UP).filter(not_blank));
        Self {
            line: line.to_owned(),
            rest_of_line: rest_of_line.to_owned(),
            above: up.find(not_blank).unwrap_or_default().to_owned(),
            below: down.find(not_blank).unwrap_or_default().to_owned(),
            tabs: nearest
                .into_iter()
                .find(|line| indented(line))
                .map(|line| line.starts_with('\t')),
            brackets: brackets(document.syntax()),
            max_lines,
        }
    }
}

fn brackets(syntax: &Syntax) -> Option<Vec<Bracket>> {
    (syntax.within == Within::Code).then(|| syntax.brackets.clone())
}
