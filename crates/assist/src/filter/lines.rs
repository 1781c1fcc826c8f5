//! Lines of a suggestion against each other and against the lines around it.

use super::Surroundings;

/// A tab's width where columns are compared.
const TAB: usize = 4;

/// The text without space that already stands before the cursor.
pub(super) fn begin<'t>(text: &'t str, around: &Surroundings) -> &'t str {
    if around.line.ends_with([' ', '\t']) { text.trim_start_matches([' ', '\t']) } else { text }
}

pub(super) fn first(text: &str, max_lines: usize) -> &str {
    text.match_indices('\n').nth(max_lines.saturating_sub(1)).map_or(text, |(end, _)| &text[..end])
}

/// Cuts before the first line that does not belong, or may yet turn out not to.
pub(super) fn cut<'t>(text: &'t str, around: &Surroundings, finished: bool) -> &'t str {
    let mut previous = around.above.clone();
    let mut start = 0;
    for (index, line) in text.split('\n').enumerate() {
        let end = start + line.len();
        let whole = finished || end < text.len();
        let made = if index == 0 { format!("{}{line}", around.line) } else { line.to_owned() };
        let made = Made { text: &made, whole, begun: index == 0 && !around.line.trim().is_empty() };
        let repeats = !made.begun && made.repeats(&previous);
        if repeats || made.stands_below(around) || (index > 0 && !made.fits(&previous, around)) {
            return &text[..start.saturating_sub(1)];
        }
        if !made.text.trim().is_empty() {
            made.text.clone_into(&mut previous);
        }
        start = end + 1;
    }
    text
}

/// A line as it would be in the file.
struct Made<'l> {
    text: &'l str,
    /// No more text can come.
    whole: bool,
    /// The user has written the beginning of it.
    begun: bool,
}

impl Made<'_> {
    /// Whether it says what `other` says, as far as it goes.
    fn says(&self, other: &str) -> bool {
        let (text, other) = (self.text.trim(), other.trim());
        !text.is_empty() && if self.whole { text == other } else { other.starts_with(text) }
    }

    fn repeats(&self, previous: &str) -> bool {
        has_word(previous) && self.says(previous)
    }

    /// Brackets alone are the same line only where they are as far in.
    fn stands_below(&self, around: &Surroundings) -> bool {
        let below = around.below.as_str();
        let same_column = columns(self.text) == columns(below);
        around.rest_of_line.trim().is_empty()
            && self.says(below)
            && (has_word(below) || same_column || !self.whole)
    }

    /// Whether its indentation is one that can follow the line before it.
    fn fits(&self, previous: &str, around: &Surroundings) -> bool {
        let text = self.text.trim_start();
        if text.is_empty() {
            return true;
        }
        let here = columns(self.text);
        let closes = text.starts_with([')', ']', '}']) || text.starts_with("</");
        let leaves = here < columns(&around.line) && !closes;
        let stray = here > columns(previous) && !goes_on(previous) && !text.starts_with('.');
        let other = if around.tabs == Some(true) { ' ' } else { '\t' };
        let mixed = around.tabs.is_some() && self.text.starts_with(other);
        !leaves && !stray && !mixed
    }
}

/// Whether the line after this one may be further in.
fn goes_on(line: &str) -> bool {
    line.trim_end().ends_with(|last: char| "{([:,=><+-*/|&\\?".contains(last))
}

fn has_word(line: &str) -> bool {
    line.contains(char::is_alphanumeric)
}

/// The column at which the line's text begins; its end where it has none.
fn columns(line: &str) -> usize {
    let space = line.chars().take_while(|c| matches!(c, ' ' | '\t'));
    space.fold(0, |column, c| if c == '\t' { (column / TAB + 1) * TAB } else { column + 1 })
}
