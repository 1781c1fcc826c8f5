//! Every place in a file where the lines of an edit may stand.

mod elided;
mod gaps;
mod whole;

pub(crate) use elided::{elided, is_placeholder};
pub(crate) use gaps::gaps;
pub(crate) use whole::whole;

/// How an edit's lines were found, strictest first. The first tier that knows a place decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// As they are.
    Exact,
    /// But for white space at the ends of lines.
    LineEnds,
    /// But for the indentation, by the same amount everywhere.
    Shifted,
    /// But for white space around lines.
    Trimmed,
    /// But for characters that look alike.
    LookAlike,
    /// But for spaces, kinds of quotes, comments behind code, and `,` or `;` at the end.
    Loose,
    /// The edit says itself that it leaves lines out.
    Elided,
    /// The edit leaves out a few lines without saying so.
    Gaps,
}

impl Tier {
    /// In two words or three.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::LineEnds => "ends of lines",
            Self::Shifted => "indentation",
            Self::Trimmed => "white space",
            Self::LookAlike => "look-alikes",
            Self::Loose => "punctuation",
            Self::Elided => "elided",
            Self::Gaps => "with gaps",
        }
    }
}

/// A place: where each line of the edit's `before` stands in the file, as far as it does.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Place {
    pub(crate) at: Vec<Option<usize>>,
    pub(crate) tier: Tier,
    pub(crate) score: f32,
}

impl Place {
    pub(crate) fn from(&self) -> usize {
        self.at.iter().flatten().next().copied().unwrap_or(0)
    }

    /// The line after its last.
    pub(crate) fn to(&self) -> usize {
        self.at.iter().flatten().next_back().map_or(0, |last| last + 1)
    }
}

/// Places beyond these are not told apart any more.
pub(crate) const MOST_PLACES: usize = 50;
