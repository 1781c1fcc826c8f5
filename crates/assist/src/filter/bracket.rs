//! Brackets and quotes of a suggestion against those already in the file.

use super::Surroundings;

/// Cuts before what closes something that is closed already, or that is not open; in the middle of
/// a line also before what is opened and not closed. While more is to come, an apostrophe that may still
/// turn out to open a quotation is held back with all that follows it.
pub(super) fn cut<'t>(text: &'t str, around: &Surroundings, finished: bool) -> &'t str {
    let rest = around.rest_of_line.trim();
    let next = rest.chars().next();
    let text = match next {
        Some(next) if is_quote(next) => &text[..first_unescaped(text, next).unwrap_or(text.len())],
        _ => text,
    };
    let text = if finished { text } else { &text[..Scan::undecided(text)] };
    let mut scan = Scan::default();
    let mut closed = 0; // brackets around the cursor that the text has closed
    while let Some((at, closer)) = scan.next_surplus(text) {
        let belongs = match &around.brackets {
            Some(brackets) => {
                let bracket = brackets.get(closed);
                bracket.is_some_and(|bracket| bracket.closer == closer && !bracket.closed)
            }
            None => next != Some(closer),
        };
        if !belongs {
            return &text[..at];
        }
        closed += 1;
    }
    match scan.open.first() {
        Some((at, _)) if !rest.is_empty() => &text[..*at],
        _ => text,
    }
}

/// Where `text` closes something that it did not open, with `closer` the first character that
/// already follows the cursor. Accepting beyond that place would double the closer.
pub(crate) fn doubled_closer(text: &str, closer: char) -> Option<usize> {
    if is_quote(closer) {
        return first_unescaped(text, closer);
    }
    let surplus = Scan::default().next_surplus(text);
    surplus.filter(|(_, found)| *found == closer).map(|(at, _)| at)
}

/// A walk through text that knows which brackets are open.
#[derive(Default)]
struct Scan {
    at: usize,
    /// Where each was opened, and what closes it.
    open: Vec<(usize, char)>,
}

impl Scan {
    /// Where a quotation in the last line begins that is not closed yet; the end where none does.
    fn undecided(text: &str) -> usize {
        let mut scan = Self::default();
        while let Some(c) = text[scan.at..].chars().next() {
            let at = scan.at;
            scan.at += c.len_utf8();
            if !is_quote(c) {
                continue;
            }
            let rest = &text[scan.at..];
            if c == '\'' && first_unescaped(rest, c).is_none() && !rest.contains('\n') {
                return at;
            }
            scan.skip_quoted(text, c);
        }
        text.len()
    }

    /// The next bracket that closes nothing in the text.
    fn next_surplus(&mut self, text: &str) -> Option<(usize, char)> {
        while let Some(c) = text[self.at..].chars().next() {
            let at = self.at;
            self.at += c.len_utf8();
            match c {
                '"' | '`' | '\'' => self.skip_quoted(text, c),
                '(' => self.open.push((at, ')')),
                '[' => self.open.push((at, ']')),
                '{' => self.open.push((at, '}')),
                ')' | ']' | '}' if self.open.last().is_some_and(|(_, closer)| *closer == c) => {
                    self.open.pop();
                }
                ')' | ']' | '}' => return Some((at, c)),
                _ => {}
            }
        }
        None
    }

    /// Goes behind the quoted text that begins here. A quote that is not closed on its line is
    /// something else, such as an apostrophe or a lifetime; only `"` and `` ` `` hide all that follows.
    fn skip_quoted(&mut self, text: &str, quote: char) {
        let rest = &text[self.at..];
        let line = rest.split('\n').next().unwrap_or_default();
        let within = if quote == '\'' { line } else { rest };
        match first_unescaped(within, quote) {
            Some(end) => self.at += end + quote.len_utf8(),
            None if quote != '\'' => self.at = text.len(),
            None => {}
        }
    }
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '`')
}

fn first_unescaped(text: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    text.char_indices().find_map(|(at, c)| {
        let found = c == quote && !escaped;
        escaped = c == '\\' && !escaped;
        found.then_some(at)
    })
}
