//! Lines of a file that a model writes anew, whole. Where they are is known to whoever asked, and nothing
//! that the answer says moves it; what it says is read with care all the same, for models give back more
//! than was asked for, or less deep.

use crate::edit::{Change, Edit, Replace};
use crate::fold::{indent, is_blank, is_telling};
use crate::lines::lines;
use crate::refusal::Reason;

/// The lines that are asked about, with those around them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Region {
    pub(crate) path: String,
    above: Vec<String>,
    lines: Vec<String>,
    below: Vec<String>,
}

/// Telling lines of those around that an answer has to repeat to be taken for a repetition.
const CERTAIN: usize = 2;

impl Region {
    /// Lines `from..to` of a file, counted from 0; as far as it has them.
    #[must_use]
    pub fn new(path: &str, text: &str, from: usize, to: usize) -> Self {
        let mut above: Vec<_> = lines(text).into_iter().map(|line| line.text.to_owned()).collect();
        let below = above.split_off(to.min(above.len()));
        let lines = above.split_off(from.min(above.len()));
        Self { path: path.to_owned(), above, lines, below }
    }

    /// The edit that an answer's lines mean.
    pub(crate) fn edit(&self, written: &[String]) -> Result<Edit, Reason> {
        let written = self.as_deep(self.without_surroundings(written)?)?;
        let text = |lines: &[String]| lines.iter().flat_map(|line| [line, "\n"]).collect();
        let is_blank = |lines: &[String]| lines.iter().all(|line| is_blank(line));
        let change = match (is_blank(&self.lines), is_blank(&written)) {
            // Nobody asks for a file without anything in it.
            (_, true) if is_blank(&self.above) && is_blank(&self.below) => {
                return Err(Reason::Empty);
            }
            (true, _) if is_blank(&self.above) && is_blank(&self.below) => {
                Change::Create { text: text(&written) }
            }
            _ => Change::Replace(Replace {
                at: Some(self.above.len()),
                ..Replace::from_sides(&self.lines, &written)
            }),
        };
        Ok(Edit { path: Some(self.path.clone()), change })
    }

    /// What has come so far in place of the first lines, and those that stand there now below it.
    pub(crate) fn unfinished(&self, written: &[String]) -> Option<Edit> {
        let written = self.as_deep(written).ok()?;
        let rest = self.lines.iter().skip(written.len()).cloned();
        let all: Vec<_> = written.into_iter().chain(rest).collect();
        let at = Some(self.above.len());
        let change = Change::Replace(Replace { at, ..Replace::from_sides(&self.lines, &all) });
        Some(Edit { path: Some(self.path.clone()), change })
    }

    /// An answer without marks is one if it begins and ends as the region does.
    pub(crate) fn is_bare(&self, written: &[String]) -> bool {
        let telling = |line: &&String| is_telling(line);
        let same = |a: Option<&String>, b: Option<&String>| match (a, b) {
            (Some(a), Some(b)) => a.trim() == b.trim(),
            _ => false,
        };
        same(written.iter().find(telling), self.lines.iter().find(telling))
            && same(written.iter().rfind(telling), self.lines.iter().rfind(telling))
    }

    /// Takes off the lines around the region that the answer repeats. One that it may as well have
    /// written leaves the place uncertain.
    fn without_surroundings<'a>(&self, written: &'a [String]) -> Result<&'a [String], Reason> {
        let reversed = |lines: &[String]| lines.iter().rev().cloned().collect::<Vec<_>>();
        let above = repeated(&reversed(&self.above), written, &self.lines);
        let below = repeated(&self.below, &reversed(written), &reversed(&self.lines));
        let telling = |lines: &[String]| lines.iter().filter(|line| is_telling(line)).count();
        let (first, last) = (&written[..above], &written[written.len() - below..]);
        let told = telling(first) + telling(last);
        let whole = above == self.above.len() && below == self.below.len();
        match () {
            () if above + below >= written.len() || told == 0 => Ok(written),
            () if told >= CERTAIN || whole => Ok(&written[above..written.len() - below]),
            () => Err(Reason::Ambiguous),
        }
    }

    /// The lines as deep as the region's, where all that both have in common says that they are less
    /// deep, or deeper, by the same.
    fn as_deep(&self, written: &[String]) -> Result<Vec<String>, Reason> {
        let told = written.iter().filter(|line| is_telling(line));
        let told: Vec<_> = told.filter_map(|line| self.depths(line)).collect();
        if told.iter().any(|(now, old)| now == old) {
            return Ok(written.to_vec());
        }
        let (now, old) = match told.first() {
            Some(first) => *first,
            None => (least(written), least(&self.lines)),
        };
        let deeper = old.strip_suffix(now).filter(|more| !more.is_empty());
        let less = now.strip_suffix(old).filter(|_| deeper.is_none() && !told.is_empty());
        let moved = |line: &String| match (deeper, less) {
            _ if is_blank(line) => Some(line.clone()),
            (Some(more), _) => Some(format!("{more}{line}")),
            (_, Some(less)) => line.strip_prefix(less).map(str::to_owned),
            _ => Some(line.clone()),
        };
        let agree = told.iter().all(|(now, old)| match (deeper, less) {
            (Some(more), _) => *old == format!("{more}{now}"),
            (_, Some(less)) => now.strip_prefix(less) == Some(old),
            _ => now == old,
        });
        let moved: Option<Vec<_>> = written.iter().map(moved).collect();
        moved.filter(|_| agree).ok_or(Reason::Indentation)
    }

    /// How deep a line is written, and how deep it stands in the region, if it does at one depth only.
    fn depths<'a>(&'a self, line: &'a str) -> Option<(&'a str, &'a str)> {
        let same = self.lines.iter().filter(|old| old.trim() == line.trim());
        let mut depths: Vec<_> = same.map(|old| indent(old)).collect();
        depths.dedup();
        match depths[..] {
            [depth] => Some((indent(line), depth)),
            _ => None,
        }
    }
}

/// The indentation of the line that is the least deep.
fn least(lines: &[String]) -> &str {
    let deep = lines.iter().filter(|line| !is_blank(line)).map(|line| indent(line));
    deep.min_by_key(|depth| depth.len()).unwrap_or_default()
}

/// With how many of the lines around, of which the nearest is the first, an answer begins. Lines that
/// the region itself begins with are its own.
fn repeated(around: &[String], written: &[String], region: &[String]) -> usize {
    let fits = |count: &usize| {
        let near = around[..*count].iter().rev();
        let begins = |lines: &[String]| {
            lines.len() >= *count
                && near.clone().zip(lines).all(|(line, other)| line.trim_end() == other.trim_end())
        };
        begins(written) && !begins(region)
    };
    (1..=around.len().min(written.len())).rev().find(fits).unwrap_or(0)
}
