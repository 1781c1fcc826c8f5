//! All lines of an edit, one under the other.

use super::{MOST_PLACES, Place, Tier};
use crate::fold::{self, indent, is_blank, is_telling};

/// What of a line is compared.
type Reading = fn(&str) -> String;

/// The tiers that need every line.
const TIERS: [(Tier, Reading); 5] = [
    (Tier::Exact, |line| line.to_owned()),
    (Tier::LineEnds, |line| line.trim_end().to_owned()),
    (Tier::Trimmed, |line| line.trim().to_owned()),
    (Tier::LookAlike, fold::look_alikes),
    (Tier::Loose, fold::loose),
];

/// The places of the strictest tier that has any that begins `inside`.
pub(crate) fn whole(file: &[&str], before: &[&str], inside: &dyn Fn(usize) -> bool) -> Vec<Place> {
    if before.is_empty() || before.len() > file.len() {
        return Vec::new();
    }
    for (tier, read) in TIERS {
        if tier > Tier::Trimmed && !before.iter().any(|line| is_telling(line)) {
            break;
        }
        let mut places = at_tier(file, before, (tier, read), inside);
        if tier == Tier::Trimmed && places.iter().all(|at| is_shifted(file, before, at.from())) {
            for place in &mut places {
                place.tier = Tier::Shifted;
            }
        }
        if !places.is_empty() {
            return places;
        }
    }
    Vec::new()
}

fn at_tier(
    file: &[&str],
    before: &[&str],
    (tier, read): (Tier, Reading),
    inside: &dyn Fn(usize) -> bool,
) -> Vec<Place> {
    let wanted: Vec<_> = before.iter().map(|line| read(line)).collect();
    let lines: Vec<_> = file.iter().map(|line| read(line)).collect();
    let fits = |from: &usize| {
        inside(*from) && lines[*from..].iter().zip(&wanted).all(|(line, want)| line == want)
    };
    let place = |from: usize| {
        let same = before.iter().zip(&file[from..]).filter(|(a, b)| a == b).count();
        let at = (from..from + before.len()).map(Some).collect();
        #[expect(clippy::cast_precision_loss, reason = "counts of lines")]
        let score = 0.9 + 0.1 * same as f32 / before.len() as f32;
        Place { at, tier, score }
    };
    let starts = 0..=file.len() - before.len();
    starts.filter(fits).take(MOST_PLACES).map(place).collect()
}

/// Whether every line is deeper, or less deep, by the same white space.
fn is_shifted(file: &[&str], before: &[&str], from: usize) -> bool {
    let mut lines = before.iter().zip(&file[from..]).filter(|(line, _)| !is_blank(line));
    let Some((first, stands)) = lines.next() else { return true };
    let (written, real) = (indent(first), indent(stands));
    lines.all(|(line, stands)| {
        let (line, stands) = (indent(line), indent(stands));
        match (real.strip_prefix(written), written.strip_prefix(real)) {
            (Some(more), _) => stands.strip_prefix(more) == Some(line),
            (_, Some(less)) => line.strip_prefix(less) == Some(stands),
            _ => false,
        }
    })
}
