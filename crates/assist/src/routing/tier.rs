//! The tiers, what each is for, and what is expected of it.

/// Who can be asked, from the nearest to the slowest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// The model in the tab.
    Instant,
    /// A fast model on a server.
    #[default]
    Quick,
    /// One that thinks, for what is large or deep.
    Heavy,
    /// One that costs little, for what nobody waits for.
    Economical,
}

impl Tier {
    pub const ALL: [Self; 4] = [Self::Instant, Self::Quick, Self::Heavy, Self::Economical];
    /// Those on a server.
    pub const REMOTE: [Self; 3] = [Self::Quick, Self::Heavy, Self::Economical];

    /// For people.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Instant => "In this tab",
            Self::Quick => "Quick",
            Self::Heavy => "Heavy",
            Self::Economical => "Economical",
        }
    }

    /// For people, where a sentence says something of it.
    #[must_use]
    pub const fn subject(self) -> &'static str {
        match self {
            Self::Instant => "the model in this tab",
            _ => self.name(),
        }
    }

    /// Milliseconds within which an answer shall begin.
    #[must_use]
    pub const fn objective_ms(self) -> f64 {
        match self {
            Self::Instant => 150.0,
            Self::Quick => 1_000.0,
            Self::Economical => 10_000.0,
            Self::Heavy => 30_000.0,
        }
    }

    /// Who stands in, best first.
    pub(super) const fn instead(self) -> &'static [Self] {
        match self {
            // A slow stand-in is none while one types.
            Self::Instant => &[Self::Quick],
            Self::Quick => &[Self::Heavy, Self::Economical, Self::Instant],
            Self::Heavy | Self::Economical => {
                &[Self::Quick, Self::Heavy, Self::Economical, Self::Instant]
            }
        }
    }
}

/// What is to be done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Work {
    /// Finish what is being typed.
    Complete,
    /// Change one file, or lines of it.
    #[default]
    Edit,
    /// Change several files.
    EditFiles,
    /// Change what the last run died of.
    Fix,
    /// Steps, each with its changes.
    Plan,
    /// One step of a plan anew.
    Revise,
    Ask,
    Review,
    Document,
    Test,
}

/// Bytes beyond which a text is more than a fast model reads well: some 12,000 tokens.
const LONG_BYTES: usize = 48 << 10;

impl Work {
    /// Whether a model that fits into a tab does this well enough to be asked.
    #[must_use]
    pub const fn is_small(self) -> bool {
        matches!(self, Self::Complete | Self::Ask | Self::Edit | Self::Fix)
    }

    /// The tier that this is for when all are there.
    pub(super) const fn tier(self, bytes: usize) -> Tier {
        match self {
            Self::Complete => Tier::Instant,
            Self::EditFiles | Self::Plan => Tier::Heavy,
            Self::Review | Self::Document | Self::Test => Tier::Economical,
            Self::Edit | Self::Fix | Self::Revise | Self::Ask => {
                if bytes > LONG_BYTES {
                    Tier::Heavy
                } else {
                    Tier::Quick
                }
            }
        }
    }

    /// For the middle of a sentence.
    pub(super) const fn words(self, bytes: usize) -> &'static str {
        match self {
            Self::Edit | Self::Fix | Self::Revise | Self::Ask if bytes > LONG_BYTES => {
                "for a long text"
            }
            Self::Complete => "for what is being typed",
            Self::Edit => "for a change in one file",
            Self::EditFiles => "for a change across files",
            Self::Fix => "for an error",
            Self::Plan => "for a plan",
            Self::Revise => "for one step of a plan",
            Self::Ask => "for a question",
            Self::Review => "for a review",
            Self::Document => "for documentation",
            Self::Test => "for tests",
        }
    }
}
