//! The project's other files beside the open one: how much of them the engine gets to know, and in which
//! order. What says the same twice is left out, or it would count twice.

use flint_protocol::Neighbour;
use std::collections::HashSet;

const MOST_BYTES: usize = 24 * 1024;
const MOST_BYTES_EACH: usize = 8 * 1024;
const CHUNK_LINES: usize = 30;
/// Chunks that have this share of their words in common are the same for our purpose.
const SAME: f64 = 0.8;

/// Of `others`, nearest first, what is worth knowing while `text` is edited: whole chunks of lines, none of
/// them like another or like a part of `text`.
pub fn neighbours(text: &str, others: Vec<Neighbour>) -> Vec<Neighbour> {
    let mut known: Vec<HashSet<&str>> = chunks(text).map(words).collect();
    let mut left = MOST_BYTES;
    let mut chosen = Vec::new();
    for Neighbour { path, language, text } in &others {
        let mut kept = String::new();
        for chunk in chunks(text) {
            if kept.len() + chunk.len() > MOST_BYTES_EACH.min(left) {
                break;
            }
            let words = words(chunk);
            if !words.is_empty() && known.iter().all(|before| jaccard(before, &words) < SAME) {
                kept.push_str(chunk);
                known.push(words);
            }
        }
        if !kept.is_empty() {
            left -= kept.len();
            chosen.push(Neighbour { path: path.clone(), language: language.clone(), text: kept });
        }
    }
    chosen
}

/// Some lines at a time, line breaks included.
fn chunks(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let end = rest.match_indices('\n').nth(CHUNK_LINES - 1);
        let (chunk, after) = rest.split_at(end.map_or(rest.len(), |(at, _)| at + 1));
        rest = after;
        (!chunk.is_empty()).then_some(chunk)
    })
}

fn words(text: &str) -> HashSet<&str> {
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '_');
    words.filter(|word| !word.is_empty()).collect()
}

/// The share that two sets have in common, 0..=1.
fn jaccard(a: &HashSet<&str>, b: &HashSet<&str>) -> f64 {
    let common = a.intersection(b).count();
    let all = a.len() + b.len() - common;
    if all == 0 { 0.0 } else { common as f64 / all as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> Neighbour {
        Neighbour { path: "a.py".into(), language: "python".into(), text: text.into() }
    }

    fn lines(word: &str, count: usize) -> String {
        (0..count).map(|line| format!("{word}_{line} = {line}\n")).collect()
    }

    #[test]
    fn what_says_the_same_is_said_once() {
        let (a, b) = (lines("a", 30), lines("b", 30));
        let found = neighbours(
            &a,
            vec![file(&b), file(&a), file(&b), file(&format!("{b}{}", lines("c", 4)))],
        );
        assert_eq!(found, [file(&b), file(&lines("c", 4))]);
    }

    #[test]
    fn there_is_a_limit_for_each_and_for_all_and_chunks_stay_whole() {
        let others: Vec<_> =
            (0..9).map(|number| file(&lines(&format!("long_name_{number}"), 1_000))).collect();
        let found = neighbours("", others.clone());
        let bytes: usize = found.iter().map(|file| file.text.len()).sum();
        assert!(found.iter().all(|file| file.text.len() <= MOST_BYTES_EACH));
        assert!((MOST_BYTES - 2_000..=MOST_BYTES).contains(&bytes), "{bytes}");
        assert!(
            found.iter().zip(&others).all(|(found, other)| other.text.starts_with(&found.text))
        );
        assert!(found.iter().all(|file| file.text.ends_with('\n')));
        assert_eq!(neighbours("", vec![file(""), file(" \n")]), []);
    }
}
