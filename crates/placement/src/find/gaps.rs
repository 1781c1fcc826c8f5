//! The lines of an edit in order, with a few lines of the file between them that it forgot.

use super::{Place, Tier};
use crate::fold::{is_blank, is_telling, loose};

/// Above this many steps a file is too large to look for lines with gaps.
const MOST_STEPS: usize = 20_000_000;

/// The only way to read the lines so, or all starts when there is more than one. Blank lines may
/// come and go. At most half as many lines may be left out as are there.
pub(crate) fn gaps(file: &[&str], before: &[&str]) -> Vec<Place> {
    let wanted: Vec<(usize, String)> = before
        .iter()
        .enumerate()
        .filter(|(_, line)| !is_blank(line))
        .map(|(index, line)| (index, loose(line)))
        .collect();
    let telling = before.iter().filter(|line| is_telling(line)).count();
    let most_gaps = wanted.len().div_ceil(2).min(12);
    if telling < 2 || file.len() * wanted.len() * (most_gaps + 1) > MOST_STEPS {
        return Vec::new();
    }
    let lines: Vec<(usize, String)> = file
        .iter()
        .enumerate()
        .filter(|(_, line)| !is_blank(line))
        .map(|(index, line)| (index, loose(line)))
        .collect();
    let mut places = Vec::new();
    for start in 0..lines.len() {
        if places.len() > super::MOST_PLACES || lines[start].1 != wanted[0].1 {
            continue;
        }
        ways(&lines, &wanted, start, most_gaps, &mut |at| {
            places.push(place(at, &lines, before, &wanted))
        });
    }
    places
}

/// Calls `found` with every way to go on from `start`, at most a handful.
fn ways(
    lines: &[(usize, String)],
    wanted: &[(usize, String)],
    start: usize,
    most_gaps: usize,
    found: &mut dyn FnMut(&[usize]),
) {
    let mut left = 8;
    let mut steps = 100_000;
    let mut at = vec![start];
    search(lines, wanted, most_gaps, &mut at, &mut steps, &mut |at| {
        left -= 1;
        found(at);
        left > 0
    });
}

/// Depth first; false when enough was found.
fn search(
    lines: &[(usize, String)],
    wanted: &[(usize, String)],
    gaps: usize,
    at: &mut Vec<usize>,
    steps: &mut usize,
    found: &mut dyn FnMut(&[usize]) -> bool,
) -> bool {
    if at.len() == wanted.len() {
        return found(at);
    }
    let next = at.last().map_or(0, |last| last + 1);
    for skipped in 0..=gaps {
        *steps = steps.saturating_sub(1);
        let Some((_, line)) = lines.get(next + skipped).filter(|_| *steps > 0) else { break };
        if *line == wanted[at.len()].1 {
            at.push(next + skipped);
            let more = search(lines, wanted, gaps - skipped, at, steps, found);
            at.pop();
            if !more {
                return false;
            }
        }
    }
    true
}

fn place(
    ways: &[usize],
    lines: &[(usize, String)],
    before: &[&str],
    wanted: &[(usize, String)],
) -> Place {
    let mut at = vec![None; before.len()];
    for (way, (index, _)) in ways.iter().zip(wanted) {
        at[*index] = Some(lines[*way].0);
    }
    let span = ways.last().zip(ways.first()).map_or(1, |(last, first)| last - first + 1);
    #[expect(clippy::cast_precision_loss, reason = "counts of lines")]
    let score = 0.9 * ways.len() as f32 / span as f32;
    Place { at, tier: Tier::Gaps, score }
}
