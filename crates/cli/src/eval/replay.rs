//! Somebody types the middle and accepts whatever is right.

use super::Suggester;
use crate::case::{Case, Place};
use anyhow::Result;

/// Middles are replayed so far, in characters.
const LONGEST: usize = 400;

/// Characters that need not be typed: whole suggestions that are right, else their right words.
pub(super) fn saved(suggester: &mut impl Suggester, case: &Case) -> Result<usize> {
    let end = case.middle.char_indices().nth(LONGEST).map_or(case.middle.len(), |(at, _)| at);
    let middle = &case.middle[..end];
    let mut text = case.prefix.clone();
    let (mut at, mut saved) = (0, 0);
    let mut ghost = String::new();
    while let Some(next) = middle[at..].chars().next() {
        if ghost.is_empty() {
            let place = Place { prefix: &text, ..case.place() };
            ghost = suggester.suggest(place)?.text;
        }
        let accepted = right_part(&ghost, &middle[at..]);
        saved += ghost[..accepted].chars().count();
        text.push_str(&ghost[..accepted]);
        at += accepted;
        if accepted > 0 {
            // What follows the accepted words, if anything, is wrong: a new suggestion is asked for.
            ghost.clear();
            continue;
        }
        text.push(next);
        at += next.len_utf8();
        ghost = ghost.strip_prefix(next).unwrap_or_default().to_owned();
    }
    Ok(saved)
}

/// Bytes of `ghost` to accept: all of it, or its leading words that stand in `wanted`.
fn right_part(ghost: &str, wanted: &str) -> usize {
    let pairs = ghost.char_indices().zip(wanted.chars());
    let common = pairs.take_while(|((_, shown), typed)| shown == typed).last();
    let common = common.map_or(0, |((at, shown), _)| at + shown.len_utf8());
    let in_word = |text: &str| {
        let is_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        is_word(text[..common].chars().next_back()) && is_word(text[common..].chars().next())
    };
    if !in_word(ghost) && !in_word(wanted) {
        return common;
    }
    ghost[..common].trim_end_matches(|c: char| c.is_alphanumeric() || c == '_').len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::Suggestion;

    /// Always suggests the same.
    struct Always(&'static str);

    impl Suggester for Always {
        fn suggest(&mut self, _: Place<'_>) -> Result<Suggestion> {
            Ok(Suggestion { text: self.0.to_owned(), p_accept: None })
        }
    }

    fn saved_of(middle: &str, suggestion: &'static str) -> usize {
        let case = Case {
            id: String::new(),
            language: "rust".into(),
            path: String::new(),
            prefix: String::new(),
            suffix: String::new(),
            middle: middle.into(),
            neighbours: Vec::new(),
        };
        saved(&mut Always(suggestion), &case).expect("a replay")
    }

    #[test]
    fn what_is_right_is_accepted_and_the_rest_is_typed() {
        assert_eq!(saved_of("let x = 1;", "let x = 1;"), 10);
        assert_eq!(saved_of("let x = 1;", "let y = 1;"), 4, "the word before the wrong one");
        assert_eq!(saved_of("letter", "let"), 0, "half a word is no word");
        assert_eq!(saved_of("abc", "xyz"), 0);
        assert_eq!(saved_of("ab", ""), 0, "silence saves nothing");
    }
}
