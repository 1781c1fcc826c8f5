//! Words of the open file that begin like the one at the cursor.

use crate::Tokenizer;
use flint_ngram::Successors;
use std::collections::HashMap;

/// More candidates than this say nothing.
const MOST_WORDS: usize = 48;
/// Stands for "the word ends here" among the tokens that may follow.
pub(crate) const WORD_ENDS: u32 = u32::MAX;

/// The word at the cursor while it is being written, and how it may go on.
#[derive(Debug, Default)]
pub(crate) struct Words {
    /// What stands of the word; empty when the cursor is in none.
    typed: String,
    candidates: Vec<(String, u32)>,
}

impl Words {
    /// Looks for words in `texts` that begin like the one that `line` ends with.
    pub(crate) fn begin<'t>(&mut self, line: &str, texts: impl IntoIterator<Item = &'t str>) {
        let start = line.trim_end_matches(is_word).len();
        self.typed = line[start..].to_owned();
        self.candidates.clear();
        if self.typed.is_empty() || !self.typed.is_ascii() {
            self.typed.clear();
            return;
        }
        let mut counts: HashMap<&str, u32> = HashMap::new();
        let words = texts.into_iter().flat_map(|text| text.split(|c| !is_word(c)));
        for word in words.filter(|word| word.starts_with(&self.typed) && word.is_ascii()) {
            *counts.entry(word).or_default() += 1;
        }
        self.candidates.extend(counts.into_iter().map(|(word, count)| (word.to_owned(), count)));
        self.candidates.sort_unstable_by(|(a, m), (b, n)| n.cmp(m).then_with(|| a.cmp(b)));
        self.candidates.truncate(MOST_WORDS);
    }

    /// `text` was written behind the cursor.
    pub(crate) fn wrote(&mut self, text: &str) {
        if self.typed.is_empty() || !text.chars().all(is_word) {
            self.typed.clear();
            return;
        }
        self.typed.push_str(text);
        self.candidates.retain(|(word, _)| word.starts_with(&self.typed));
    }

    /// Characters that stand of the word.
    pub(crate) fn typed(&self) -> usize {
        self.typed.len()
    }

    /// The next token by each candidate; none outside a word.
    pub(crate) fn successors(&self, tokenizer: &Tokenizer) -> Successors {
        let mut successors = Successors::default();
        if self.typed.is_empty() {
            return successors;
        }
        for (word, count) in &self.candidates {
            let rest = tokenizer.encode(&word[self.typed.len()..]);
            let token = rest.first().copied().unwrap_or(WORD_ENDS);
            match successors.counts.iter_mut().find(|(other, _)| *other == token) {
                Some((_, sum)) => *sum += count,
                None => successors.counts.push((token, *count)),
            }
        }
        successors
    }
}

pub(crate) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_narrows_the_choice_while_it_is_written() {
        let mut words = Words::default();
        words.begin("let x = co", ["count constant count", "color = other"]);
        assert_eq!(words.candidates.len(), 3);
        assert_eq!(words.candidates[0], ("count".to_owned(), 2));
        words.wrote("n");
        assert_eq!(words.candidates, [("constant".to_owned(), 1)]);
        words.wrote("()");
        assert_eq!(words.typed(), 0);
    }
}
