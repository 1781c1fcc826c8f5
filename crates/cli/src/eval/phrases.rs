//! Baseline: n-grams of words over the open file, longest context first.

use super::{Suggester, Suggestion};
use crate::case::Place;
use anyhow::Result;
use std::collections::HashMap;

const ORDERS: std::ops::RangeInclusive<usize> = 1..=4;
const MOST_TOKENS: usize = 40;

#[derive(Debug)]
pub(super) struct Phrases;

impl Suggester for Phrases {
    fn suggest(&mut self, place: Place<'_>) -> Result<Suggestion> {
        Ok(Suggestion { text: continued(place), p_accept: None })
    }
}

fn continued(place: Place<'_>) -> String {
    let before = tokens(place.prefix);
    let counts = counted(&before, &tokens(place.suffix));
    let mut context = before;
    let mut text = String::new();
    for _ in 0..MOST_TOKENS {
        let Some(next) = likeliest(&counts, &context) else { break };
        if next.contains('\n') {
            break;
        }
        text.push_str(next);
        context.push(next);
    }
    text
}

type Counts<'a> = HashMap<Vec<&'a str>, HashMap<&'a str, usize>>;

fn counted<'a>(before: &[&'a str], after: &[&'a str]) -> Counts<'a> {
    let mut counts = Counts::new();
    for tokens in [before, after] {
        for at in 1..tokens.len() {
            for order in ORDERS.filter(|order| *order <= at) {
                let context = tokens[at - order..at].to_vec();
                *counts.entry(context).or_default().entry(tokens[at]).or_default() += 1;
            }
        }
    }
    counts
}

fn likeliest<'a>(counts: &Counts<'a>, context: &[&'a str]) -> Option<&'a str> {
    ORDERS.rev().find_map(|order| {
        let start = context.len().checked_sub(order)?;
        let next = counts.get(&context[start..])?;
        next.iter().max_by_key(|(token, count)| (**count, **token)).map(|(token, _)| *token)
    })
}

/// Words, runs of spaces, line breaks with their indentation, and single characters.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let sort = sort(first);
        let end = match sort {
            Sort::Sign => first.len_utf8(),
            _ => rest.find(|c| self::sort(c) != sort).unwrap_or(rest.len()),
        };
        let (token, next) = rest.split_at(end);
        tokens.push(token);
        rest = next;
    }
    tokens
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Word,
    Space,
    Sign,
}

fn sort(c: char) -> Sort {
    if c.is_alphanumeric() || c == '_' {
        Sort::Word
    } else if c.is_whitespace() {
        Sort::Space
    } else {
        Sort::Sign
    }
}
