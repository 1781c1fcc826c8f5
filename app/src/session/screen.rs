//! Everything that the components show. They read it; the session alone writes it.

use super::{
    ConnectionsView, Dialog, EditView, ExerciseView, HistoryView, ImportView, LedgerView,
    ModelsView, Sent, ShareView,
};
use crate::editor::GhostKey;
use crate::engines::Status;
use crate::project::FileId;
use crate::settings::Settings;
use crate::theme::Theme;
use flint_exercise::Verdict;
use flint_run::{Asked, Row, Step};
use std::sync::Arc;

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Screen {
    pub(crate) tabs: Vec<(FileId, String)>,
    pub(crate) open: FileId,
    pub(crate) renaming: Option<FileId>,
    pub(crate) line: u32,
    pub(crate) column: u32,
    pub(crate) engine: Status,
    pub(crate) speed: Option<Speed>,
    /// How often a completion was wanted since the page was opened, whoever had it.
    pub(crate) requests: u32,
    /// How often of these it was one that the engine had given before.
    pub(crate) cache_hits: u32,
    /// Whether more text may still come for the last of them.
    pub(crate) awaiting: bool,
    pub(crate) ghost_shown: bool,
    /// What the key does that takes the next edit, where there is one.
    pub(crate) next_edit: Option<String>,
    /// Which of the alternatives is shown, from 1, and how many are known.
    pub(crate) alternative: Option<(usize, usize)>,
    pub(crate) suggestions_on: bool,
    pub(crate) theme: Theme,
    /// Whether the browser keeps the text when the page closes.
    pub(crate) keeps_text: bool,
    pub(crate) notice: Option<Notice>,
    /// All that the page needs is stored for a time without network.
    pub(crate) offline_ready: bool,
    /// A newer version of the page waits for the user to reload.
    pub(crate) update_waits: bool,
    /// Nothing is under way any more that the user waits for: what may be wanted later can come.
    pub(crate) at_rest: bool,
    pub(crate) dialog: Option<Dialog>,
    pub(crate) history: HistoryView,
    pub(crate) share: Option<ShareView>,
    pub(crate) import: ImportView,
    pub(crate) settings: Settings,
    /// The deed that could not have the key that was pressed for it, and why.
    pub(crate) key_refused: Option<(GhostKey, String)>,
    /// The project came from a link and has not been run by this user.
    pub(crate) shared: bool,
    /// Said once, for those who do not see it.
    pub(crate) announcement: String,
    pub(crate) panel_open: bool,
    pub(crate) panel: Panel,
    /// Whether there is a preview to look at.
    pub(crate) previewing: bool,
    pub(crate) rows: Arc<Vec<Row>>,
    /// Console entries that are not shown because there were too many.
    pub(crate) left_out: u64,
    pub(crate) errors: u32,
    pub(crate) step: Step,
    pub(crate) asked: Option<Asked>,
    /// What is to be worked on, where the project is an exercise.
    pub(crate) exercise: Option<ExerciseView>,
    /// What the last check found, or the last run where a host expects something.
    pub(crate) verdict: Option<Arc<Verdict>>,
    /// Hosts that this project's programs may reach.
    pub(crate) network: Vec<String>,
    pub(crate) edit: EditView,
    pub(crate) connections: ConnectionsView,
    pub(crate) models: ModelsView,
    /// What has left for model servers, newest first.
    pub(crate) outbox: Arc<Vec<Sent>>,
    pub(crate) ledger: Arc<LedgerView>,
}

/// What the panel beside the code shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Panel {
    #[default]
    Output,
    Preview,
    /// What is to be done, and what a check found.
    Exercise,
}

/// How fast the last suggestion was.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Speed {
    /// None before enough was decoded.
    pub(crate) tokens_per_second: Option<f64>,
    /// From the keystroke to the first text.
    pub(crate) first_text_ms: f64,
}

/// Something the user should know, until they put it away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Notice {
    /// A file was deleted and can be brought back.
    Deleted { path: String },
    /// Another project took this one's place, which can be had back.
    Replaced { message: String },
    /// Several files were changed as one, which can be taken back.
    Changed { message: String },
    /// A link opened this project; the user's own is in the history.
    Shared,
    /// There are no suggestions, and why.
    NoEngine { message: String },
    /// The same, and a server that could make them.
    StandIn { message: String },
    /// A newer version of the page waits.
    Update,
    /// What was asked is done.
    Done { message: String },
    /// What was asked cannot be done, or the draft cannot be kept.
    Warning { message: String },
}
