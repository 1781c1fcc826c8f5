//! Baseline: what came after the line that looks most like the one above the cursor.

use super::{Suggester, Suggestion};
use crate::case::Place;
use anyhow::Result;
use std::collections::HashSet;

#[derive(Debug)]
pub(super) struct NearestLine;

impl Suggester for NearestLine {
    fn suggest(&mut self, place: Place<'_>) -> Result<Suggestion> {
        Ok(Suggestion { text: next_line(place).unwrap_or_default(), p_accept: None })
    }
}

fn next_line(place: Place<'_>) -> Option<String> {
    let lines: Vec<&str> = place.prefix.split('\n').collect();
    let (typed, before) = lines.split_last()?;
    let typed = typed.trim_start();
    let above = before.iter().rev().find(|line| !line.trim().is_empty())?;
    let after: Vec<&str> = place.suffix.split('\n').skip(1).collect();
    let pairs = before.windows(2).chain(after.windows(2));
    let follows = pairs.filter(|pair| {
        let next = pair[1].trim();
        next.len() > typed.len() && next.starts_with(typed)
    });
    let scored = follows.map(|pair| (likeness(above, pair[0]), pair[1].trim()));
    let (_, next) = scored.max_by(|(left, _), (right, _)| left.total_cmp(right))?;
    Some(next[typed.len()..].to_owned())
}

/// Words in common, of all words of both (Jaccard).
fn likeness(left: &str, right: &str) -> f64 {
    let words = |line: &str| -> HashSet<String> {
        let words = line.split(|c: char| !c.is_alphanumeric() && c != '_');
        words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    let (left, right) = (words(left), words(right));
    left.intersection(&right).count() as f64 / left.union(&right).count().max(1) as f64
}
