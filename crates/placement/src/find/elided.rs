//! Edits that say themselves that they leave lines out: `...`, `# ... rest of the code ...`.

use super::{MOST_PLACES, Place, Tier, whole};
use crate::fold::{indent, is_blank};

/// Whether a line stands for code that is not written out.
pub(crate) fn is_placeholder(line: &str) -> bool {
    let bare = line.trim();
    let text = bare
        .trim_start_matches("//")
        .trim_start_matches("/*")
        .trim_start_matches("<!--")
        .trim_start_matches(['#', ';', '*'])
        .trim_end_matches("*/")
        .trim_end_matches("-->")
        .trim();
    let dots = |text: &str| text == "..." || text == "\u{2026}" || text == "....";
    let commented = text.len() < bare.len();
    let starts = text.starts_with("...") || text.starts_with('\u{2026}');
    let ends = text.ends_with("...") || text.ends_with('\u{2026}');
    let words = ["existing", "rest of", "remaining", "unchanged", "same as", "omitted", "other "];
    let says = words.iter().any(|word| text.to_lowercase().contains(word));
    dots(text) || (commented && (starts && ends || (starts || ends) && says))
}

/// The places where all pieces between the placeholders stand in order. Pieces that lie in one block
/// are looked for in that block alone.
pub(crate) fn elided(file: &[&str], before: &[&str]) -> Vec<Place> {
    let pieces: Vec<(usize, &[&str])> = pieces(before);
    if pieces.len() < 2 && pieces.first().is_none_or(|(_, piece)| piece.len() == before.len()) {
        return Vec::new();
    }
    let mut ways: Vec<Vec<Option<usize>>> = vec![vec![None; before.len()]];
    for (start, piece) in &pieces {
        let found = whole(file, piece, &|_| true);
        let mut longer = Vec::new();
        for way in &ways {
            let last = way.iter().flatten().next_back().copied();
            for place in found.iter().filter(|place| last.is_none_or(|last| place.from() > last)) {
                let inside = last.is_none_or(|last| in_block(file, way, last, place));
                if inside && longer.len() <= MOST_PLACES {
                    let mut way = way.clone();
                    way[*start..*start + piece.len()].clone_from_slice(&place.at);
                    longer.push(way);
                }
            }
        }
        ways = longer;
    }
    ways.into_iter().map(|at| Place { at, tier: Tier::Elided, score: 0.8 }).collect()
}

/// Runs of lines that are no placeholders, without blank ends, with their index in `before`.
fn pieces<'a>(before: &'a [&'a str]) -> Vec<(usize, &'a [&'a str])> {
    let mut pieces = Vec::new();
    let mut from = 0;
    for to in 0..=before.len() {
        if before.get(to).is_some_and(|line| !is_placeholder(line)) {
            continue;
        }
        let (mut start, mut end) = (from, to);
        while start < end && is_blank(before[start]) {
            start += 1;
        }
        while end > start && is_blank(before[end - 1]) {
            end -= 1;
        }
        if start < end {
            pieces.push((start, &before[start..end]));
        }
        from = to + 1;
    }
    pieces
}

/// Where the next piece is deeper than the first line before it, all that was left out is so too.
fn in_block(file: &[&str], way: &[Option<usize>], last: usize, place: &Place) -> bool {
    let Some(first) = way.iter().flatten().next() else { return true };
    let depth = |line: usize| indent(file[line]).len();
    let opener = depth(*first);
    if depth(place.from()) <= opener || !file[last + 1..].iter().any(|line| !is_blank(line)) {
        return true;
    }
    (last + 1..place.from()).all(|line| is_blank(file[line]) || depth(line) > opener)
}
