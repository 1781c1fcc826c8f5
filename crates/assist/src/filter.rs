//! Raw model text to text worth showing.
//!
//! Every rule keeps a beginning of the raw text, so that text that streams in only ever grows.

use crate::bracket;

/// What the text is held against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Surroundings {
    /// The cursor's line after the cursor.
    pub(crate) rest_of_line: String,
    pub(crate) max_lines: usize,
}

/// Cleans `raw`. While more is to come (`finished` is false) an end that may still turn out to
/// be something else is held back.
pub(crate) fn clean(raw: &str, around: &Surroundings, finished: bool) -> String {
    let text = raw.replace('\r', "");
    let text = without_special_tokens(&text, finished);
    let text = first_lines(text, around.max_lines);
    let text = without_what_follows(text, around.rest_of_line.trim());
    text.trim_end().to_owned()
}

/// Cuts before a leaked marker such as `<|fim_middle|>`.
fn without_special_tokens(text: &str, finished: bool) -> &str {
    let text = text.find("<|").map_or(text, |at| &text[..at]);
    if finished { text } else { text.strip_suffix('<').unwrap_or(text) }
}

fn first_lines(text: &str, max_lines: usize) -> &str {
    text.match_indices('\n').nth(max_lines.saturating_sub(1)).map_or(text, |(end, _)| &text[..end])
}

/// Cuts before closing punctuation that already stands behind the cursor.
fn without_what_follows<'t>(text: &'t str, rest_of_line: &str) -> &'t str {
    let Some(next) = rest_of_line.chars().next() else {
        return text;
    };
    if let Some(at) = bracket::doubled_closer(text, next) {
        return &text[..at];
    }
    let text = text.trim_end();
    if matches!(next, ';' | ',' | ':' | '{') {
        text.strip_suffix(next).unwrap_or(text)
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(raw: &str, rest_of_line: &str, shown: &str) {
        let around = Surroundings { rest_of_line: rest_of_line.into(), max_lines: 2 };
        assert_eq!(clean(raw, &around, true), shown);
    }

    #[test]
    fn leaked_special_tokens_are_cut() {
        check("a + b<|fim_suffix|>junk", "", "a + b");
        check("<|endoftext|>", "", "");
    }

    #[test]
    fn a_token_that_is_still_arriving_is_held_back() {
        let around = Surroundings { rest_of_line: String::new(), max_lines: 2 };
        assert_eq!(clean("a <", &around, false), "a");
        assert_eq!(clean("a <", &around, true), "a <");
    }

    #[test]
    fn a_closing_bracket_is_not_doubled() {
        check("name)", ")", "name");
        check("name);", ")", "name");
        check("f(x)", ")", "f(x)");
        check("f(x))", ");", "f(x)");
        check("\")\")", ")", "\")\"");
    }

    #[test]
    fn a_closing_quote_is_not_doubled() {
        check("hello\");", "\");", "hello");
        check(r#"say \"hi\"""#, "\"", r#"say \"hi\""#);
    }

    #[test]
    fn trailing_punctuation_that_exists_is_not_doubled() {
        check(" = 1;", ";", " = 1");
        check(" if x {", " {", " if x");
    }

    #[test]
    fn whitespace_and_extra_lines_are_cut() {
        check("a\n  b\nc", "", "a\n  b");
        check("a  \n \n", "", "a");
        check("a\r\nb", "", "a\nb");
    }
}
