//! Why an edit is not made, for people, and where it might have gone.

use crate::find::Tier;

/// A part of an answer that was not applied.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    /// The file as the answer names it, when it does.
    pub path: Option<String>,
    /// Which edit of the answer; None for what is no edit.
    pub edit: Option<usize>,
    pub reason: Reason,
    /// Every place that it might mean, best first.
    pub candidates: Vec<Candidate>,
}

/// A place that an edit might mean: lines `from..to` of a file, counted from 0.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    pub path: String,
    pub from: usize,
    pub to: usize,
    pub tier: Tier,
    /// How much of what the edit says stands there, 0 to 1.
    pub score: f32,
}

/// Why not, in a sentence that says what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    #[error(
        "The lines that it wants to change are not in the file. Ask again with the file as it is now."
    )]
    NotFound,
    #[error("It fits in more than one place. Choose one, or ask again with more lines around it.")]
    Ambiguous,
    #[error("Two of its changes touch the same lines. Ask for them one after the other.")]
    Overlap,
    #[error("The answer ends in the middle. Ask again.")]
    CutOff,
    #[error("The line that it wants to be below is not in the file, or not above these lines.")]
    Anchor,
    #[error(
        "It leaves out lines just where it changes something, so the exact place is not certain."
    )]
    Gap,
    #[error("Its indentation does not tell how deep the new lines belong.")]
    Indentation,
    #[error("It has a placeholder where code should be. Ask for the whole change.")]
    Placeholder,
    #[error("What it wants to add is there already.")]
    AlreadyThere,
    #[error("It names a file that is not in the project.")]
    NoSuchFile,
    #[error("It wants to create a file that exists.")]
    Exists,
    #[error("It names a place outside the project.")]
    Outside,
    #[error("It gives no line to go by in a file that has text.")]
    NoLines,
    #[error("It is not in a form that says what to change.")]
    Malformed,
    #[error("There is no change in it.")]
    Empty,
    #[error("It is longer than an answer may be.")]
    TooLong,
}

impl Reason {
    /// For programs.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotFound => "not_found",
            Self::Ambiguous => "ambiguous",
            Self::Overlap => "overlap",
            Self::CutOff => "cut_off",
            Self::Anchor => "anchor",
            Self::Gap => "gap",
            Self::Indentation => "indentation",
            Self::Placeholder => "placeholder",
            Self::AlreadyThere => "already_there",
            Self::NoSuchFile => "no_such_file",
            Self::Exists => "exists",
            Self::Outside => "outside",
            Self::NoLines => "no_lines",
            Self::Malformed => "malformed",
            Self::Empty => "empty",
            Self::TooLong => "too_long",
        }
    }
}
