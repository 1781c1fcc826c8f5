//! One edit in one file: the only place, as splices, or the reason why there is none.

use crate::anchor::scopes;
use crate::edit::{Line, Mark, Replace};
use crate::find::{Place, Tier, elided, gaps, is_placeholder, whole};
use crate::fold::{is_blank, is_telling, loose};
use crate::indent::Depths;
use crate::look_alike::LookAlikes;
use crate::refusal::Reason;
use crate::splice::Splice;

#[derive(Debug, PartialEq)]
pub(crate) struct Placed {
    pub(crate) splices: Vec<Splice>,
    pub(crate) place: Option<Place>,
}

#[derive(Debug, PartialEq)]
pub(crate) struct Unplaced {
    pub(crate) reason: Reason,
    pub(crate) places: Vec<Place>,
}

impl From<Reason> for Unplaced {
    fn from(reason: Reason) -> Self {
        Self { reason, places: Vec::new() }
    }
}

/// Where `replace` goes in a file of these lines.
pub(crate) fn place(file: &[&str], replace: &Replace) -> Result<Placed, Unplaced> {
    if let Some(from) = replace.at {
        return known(file, replace, from);
    }
    let is_exact = |replace: &Replace| {
        let places = whole(file, &replace.before(), &|_| true);
        places.first().is_some_and(|place| place.tier == Tier::Exact)
    };
    if !replace.unmarked.is_empty() && !is_exact(replace) {
        let unmarked = Replace { lines: replace.unmarked.clone(), ..replace.clone() };
        if is_exact(&unmarked) {
            return place_as_read(file, &unmarked);
        }
    }
    place_as_read(file, replace)
}

/// Where whoever asked has said, if all lines stand there as they did.
fn known(file: &[&str], replace: &Replace, from: usize) -> Result<Placed, Unplaced> {
    let before = replace.before();
    let to = from + before.len();
    if file.get(from..to) != Some(&before) {
        return Err(Reason::NotFound.into());
    }
    if before.is_empty() {
        let insert = replace.after().into_iter().map(str::to_owned).collect();
        return Ok(Placed { splices: vec![Splice { from, to, insert }], place: None });
    }
    let place = Place { at: (from..to).map(Some).collect(), tier: Tier::Exact, score: 1.0 };
    at(file, replace, &place)
}

fn place_as_read(file: &[&str], replace: &Replace) -> Result<Placed, Unplaced> {
    let before = replace.before();
    if before.iter().all(|line| is_blank(line)) {
        return without_lines(file, replace);
    }
    let places = places(file, replace, &before)?;
    match places.as_slice() {
        [place] => at(file, replace, place),
        [] if is_there(file, &replace.after()) => Err(Reason::AlreadyThere.into()),
        [] => Err(Unplaced { reason: Reason::NotFound, places: similar(file, &before) }),
        _ => Err(Unplaced { reason: Reason::Ambiguous, places }),
    }
}

/// The edit at a place that is known.
pub(crate) fn at(file: &[&str], replace: &Replace, place: &Place) -> Result<Placed, Unplaced> {
    let refused = |reason| Unplaced { reason, places: vec![place.clone()] };
    if adds_placeholder(replace) {
        return Err(refused(Reason::Placeholder));
    }
    let after = replace.after();
    if after.len() > place.at.len() && stands(file, place.from(), &after) {
        return Err(refused(Reason::AlreadyThere));
    }
    let splices = splices(file, replace, place).map_err(refused)?;
    Ok(Placed { splices, place: Some(place.clone()) })
}

/// Every place that the edit's lines and all that it says about where they are leave over.
fn places(file: &[&str], replace: &Replace, before: &[&str]) -> Result<Vec<Place>, Unplaced> {
    let scopes = scopes(file, &replace.anchors);
    if scopes.is_empty() {
        return Err(Unplaced {
            reason: Reason::Anchor,
            places: candidates(file, before, &|_| true),
        });
    }
    let inside = |from| scopes.iter().any(|scope| scope.contains(&from));
    let mut places = candidates(file, before, &inside);
    if places.is_empty() && !replace.anchors.is_empty() {
        let elsewhere = candidates(file, before, &|_| true);
        if !elsewhere.is_empty() {
            return Err(Unplaced { reason: Reason::Anchor, places: elsewhere });
        }
    }
    if places.len() > 1 && replace.at_end {
        let last = |place: &Place| file[place.to()..].iter().all(|line| is_blank(line));
        keep_one(&mut places, last);
    }
    if let Some(heading) = replace.heading.as_ref().filter(|_| places.len() > 1) {
        let scopes = crate::anchor::scopes(file, std::slice::from_ref(heading));
        keep_one(&mut places, |place| scopes.iter().any(|scope| scope.contains(&place.from())));
    }
    Ok(places)
}

/// Keeps the one place that `fits`; all of them when there is not exactly one.
fn keep_one(places: &mut Vec<Place>, fits: impl Fn(&Place) -> bool) {
    if places.iter().filter(|place| fits(place)).count() == 1 {
        places.retain(fits);
    }
}

fn candidates(file: &[&str], before: &[&str], inside: &dyn Fn(usize) -> bool) -> Vec<Place> {
    let within = |mut places: Vec<Place>| {
        places.retain(|place| inside(place.from()));
        places
    };
    let first = before.iter().take_while(|line| is_blank(line)).count();
    let last = before.len() - before.iter().rev().take_while(|line| is_blank(line)).count();
    let bare = || {
        let mut places = whole(file, &before[first..last], inside);
        for place in &mut places {
            let mut at = vec![None; before.len()];
            at[first..last].clone_from_slice(&place.at);
            place.at = at;
        }
        places
    };
    let has_placeholder = before.iter().any(|line| is_placeholder(line));
    let found = whole(file, before, inside);
    if !found.is_empty() {
        return found;
    }
    let found = bare();
    if !found.is_empty() {
        return found;
    }
    within(if has_placeholder { elided(file, before) } else { gaps(file, before) })
}

/// An edit without lines to go by: only for files without text, and for their end where it says so.
fn without_lines(file: &[&str], replace: &Replace) -> Result<Placed, Unplaced> {
    if adds_placeholder(replace) {
        return Err(Reason::Placeholder.into());
    }
    let insert: Vec<_> = replace.after().into_iter().map(str::to_owned).collect();
    let from = if file.iter().all(|line| is_blank(line)) {
        0
    } else if replace.at_end {
        file.len()
    } else {
        return Err(Reason::NoLines.into());
    };
    Ok(Placed { splices: vec![Splice { from, to: file.len(), insert }], place: None })
}

/// Whether the edit would put a placeholder into the file.
fn adds_placeholder(replace: &Replace) -> bool {
    let mut above = "";
    for line in &replace.lines {
        let body = line.text.trim() == "..." && above.trim_end().ends_with(':');
        if line.mark == Mark::Add && is_placeholder(&line.text) && !body {
            return true;
        }
        if line.mark != Mark::Remove && !is_blank(&line.text) {
            above = &line.text;
        }
    }
    false
}

/// Whether lines stand in the file one under the other, from here.
fn stands(file: &[&str], from: usize, lines: &[&str]) -> bool {
    lines.iter().any(|line| is_telling(line))
        && file.len() >= from + lines.len()
        && file[from..].iter().zip(lines).all(|(line, want)| line.trim() == want.trim())
}

/// Whether these lines stand anywhere in the file.
fn is_there(file: &[&str], after: &[&str]) -> bool {
    after.len() > 1 && (0..file.len()).any(|from| stands(file, from, after))
}

/// Places where at least half of what is told stands: for people to look at, never to be used.
fn similar(file: &[&str], before: &[&str]) -> Vec<Place> {
    let wanted: Vec<_> = before.iter().map(|line| loose(line)).collect();
    let lines: Vec<_> = file.iter().map(|line| loose(line)).collect();
    let telling = before.iter().filter(|line| is_telling(line)).count();
    if telling == 0 || before.len() > file.len() || file.len() * before.len() > 4_000_000 {
        return Vec::new();
    }
    let mut places = Vec::new();
    for from in 0..=file.len() - before.len() {
        let same = (0..before.len())
            .filter(|at| is_telling(before[*at]) && lines[from + at] == wanted[*at])
            .count();
        if same * 2 >= telling {
            #[expect(clippy::cast_precision_loss, reason = "counts of lines")]
            let score = 0.8 * same as f32 / telling as f32;
            let at = (from..from + before.len()).map(Some).collect();
            places.push(Place { at, tier: Tier::Gaps, score });
        }
    }
    places.sort_by(|a, b| b.score.total_cmp(&a.score));
    places.truncate(3);
    places
}

/// The edit's changes as whole lines of the file.
fn splices(file: &[&str], replace: &Replace, place: &Place) -> Result<Vec<Splice>, Reason> {
    let fit = Fit::new(file, replace, place);
    let mut splices = Vec::new();
    let mut index = 0;
    let mut rest = replace.lines.as_slice();
    while let Some(start) = rest.iter().position(|line| line.mark != Mark::Keep) {
        index += start;
        rest = &rest[start..];
        let end = rest.iter().position(|line| line.mark == Mark::Keep).unwrap_or(rest.len());
        let removed = rest[..end].iter().filter(|line| line.mark == Mark::Remove).count();
        splices.append(&mut fit.change(index, removed, &rest[..end])?);
        index += removed;
        rest = &rest[end..];
    }
    splices.retain(|splice| splice.from < splice.to || !splice.insert.is_empty());
    Ok(splices)
}

/// An edit's lines beside those of the file.
struct Fit<'a> {
    file: &'a [&'a str],
    before: Vec<&'a str>,
    place: &'a Place,
    depths: Depths,
    look_alikes: LookAlikes,
}

impl<'a> Fit<'a> {
    fn new(file: &'a [&'a str], replace: &'a Replace, place: &'a Place) -> Self {
        let before = replace.before();
        let added = replace.lines.iter().filter(|line| line.mark == Mark::Add);
        let added: Vec<_> = added.map(|line| line.text.as_str()).collect();
        let pairs = || before.iter().zip(&place.at).filter_map(|(a, at)| Some((*a, file[(*at)?])));
        let depths = Depths::learn(pairs(), &added, file);
        let look_alikes = LookAlikes::learn(pairs());
        Self { file, before, place, depths, look_alikes }
    }

    /// One run of removed and added lines; `index` counts the lines of `before` above it.
    fn change(&self, index: usize, removed: usize, run: &[Line]) -> Result<Vec<Splice>, Reason> {
        let gone: Vec<usize> =
            self.place.at[index..index + removed].iter().flatten().copied().collect();
        let added: Vec<&str> = run
            .iter()
            .filter(|line| line.mark == Mark::Add)
            .map(|line| line.text.as_str())
            .collect();
        let one_to_one = gone.len() == removed && added.len() == removed;
        let mut insert = Vec::new();
        for (at, line) in added.iter().enumerate() {
            let pair = one_to_one.then(|| (self.before[index + at], self.file[gone[at]]));
            insert.push(self.line(line, pair)?);
        }
        let (Some(first), Some(last)) = (gone.first(), gone.last()) else {
            let from = self.between(index, removed)?;
            return Ok(vec![Splice { from, to: from, insert }]);
        };
        if last - first + 1 == gone.len() {
            return Ok(vec![Splice { from: *first, to: last + 1, insert }]);
        }
        let only_blank = (*first..*last).all(|at| gone.contains(&at) || is_blank(self.file[at]));
        if one_to_one {
            let one = |(at, line)| Splice { from: at, to: at + 1, insert: vec![line] };
            Ok(gone.into_iter().zip(insert).map(one).collect())
        } else if only_blank {
            Ok(vec![Splice { from: *first, to: last + 1, insert }])
        } else {
            Err(Reason::Gap)
        }
    }

    /// The line before which something is inserted that replaces nothing.
    fn between(&self, index: usize, removed: usize) -> Result<usize, Reason> {
        let above = self.place.at[..index].iter().flatten().next_back().map(|at| at + 1);
        let below = self.place.at[index + removed..].iter().flatten().next().copied();
        match (above, below) {
            (Some(above), Some(below)) if above == below => Ok(above),
            (Some(_), Some(_)) | (None, None) => Err(Reason::Gap),
            (Some(at), None) | (None, Some(at)) => Ok(at),
        }
    }

    fn line(&self, line: &str, pair: Option<(&str, &str)>) -> Result<String, Reason> {
        let line = match self.place.tier {
            Tier::Exact | Tier::LineEnds => return Ok(line.to_owned()),
            _ => self.look_alikes.undo(line),
        };
        if self.depths.agree() {
            return Ok(crate::indent::plainly(&line));
        }
        let pair = pair.filter(|(written, _)| !is_blank(written));
        self.depths.place(&line, pair).map_err(|_| Reason::Indentation)
    }
}
