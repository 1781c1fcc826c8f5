//! Baseline: the word at the cursor is finished with a keyword or an identifier of the file.

use super::{Suggester, Suggestion};
use crate::case::Place;
use anyhow::Result;
use std::collections::HashMap;

#[derive(Debug)]
pub(super) struct Keywords;

impl Suggester for Keywords {
    fn suggest(&mut self, place: Place<'_>) -> Result<Suggestion> {
        let begun = last_word(place.prefix);
        let text = match begun.is_empty() {
            true => String::new(),
            false => finish(begun, place),
        };
        Ok(Suggestion { text, p_accept: None })
    }
}

/// The rest of the most frequent longer word; of equals the shortest, then the first by letters.
fn finish(begun: &str, place: Place<'_>) -> String {
    let before = &place.prefix[..place.prefix.len() - begun.len()];
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let language = keywords(place.language).split_whitespace();
    for word in words(before).chain(words(place.suffix)).chain(language) {
        if word.len() > begun.len() && word.starts_with(begun) {
            *counts.entry(word).or_default() += 1;
        }
    }
    let rank = |(word, count): &(&str, usize)| {
        (*count, usize::MAX - word.len(), u8::MAX - word.as_bytes()[begun.len()])
    };
    let best = counts.into_iter().max_by_key(rank);
    best.map(|(word, _)| word[begun.len()..].to_owned()).unwrap_or_default()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !is_word(c)).filter(|word| !word.is_empty())
}

fn last_word(text: &str) -> &str {
    &text[text.trim_end_matches(is_word).len()..]
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn keywords(language: &str) -> &'static str {
    match language {
        "javascript" | "typescript" => {
            "async await break case catch class const continue default delete else export extends false \
             finally for function if import in instanceof interface let new null of return static super \
             switch this throw true try type typeof undefined var void while yield"
        }
        "python" => {
            "and as assert async await break class continue def del elif else except False finally for from \
             global if import in is lambda None nonlocal not or pass raise return self True try while with yield"
        }
        "rust" => {
            "as async await break const continue crate else enum extern false fn for if impl in let loop match \
             mod move mut pub ref return self Self static struct super trait true type unsafe use where while"
        }
        "html" => {
            "body button class div head href html input label link meta script span style table title"
        }
        "css" => "background border color display flex font height margin padding position width",
        "shell" => {
            "case do done echo elif else esac exit export fi for function if local return then while"
        }
        _ => "",
    }
}
