//! Everything that can happen to the playground.

use super::{Choice, Dialog, Selected, Which, Wish};
use crate::connections::Connection;
use crate::editor::{self, GhostKey};
use crate::embed::FromHost;
use crate::engines;
use crate::formatter::Formatted;
use crate::history::Snapshot;
use crate::locked::Keys;
use crate::offline;
use crate::project::{Draft, FileId};
use crate::remote;
use crate::runner;
use crate::settings::Settings;
use crate::tiers::Post;
use crate::transfer::Incoming;
use flint_assist::routing::Tier;
use flint_protocol::{Place, RequestId};
use flint_remote::Diagnosis;
use web_sys::Element;

#[derive(Debug)]
pub(crate) enum Message {
    /// The page has a place for the editor.
    Mounted(Element),
    Editor(editor::Report),
    Engine(engines::Signal),
    /// The picture with the ghost text is on screen.
    Painted,
    /// Hand the suggestions' times to the user.
    ExportLedger,
    /// This key shall do this.
    ChooseKey(GhostKey, String),
    /// A ghost text button was pressed.
    Ghost(GhostKey),
    OpenFile(FileId),
    NewFile,
    StartRename(FileId),
    Rename(FileId, String),
    CancelRename,
    DeleteFile(FileId),
    /// Bring the deleted file back.
    UndoDelete,
    FocusEditor,
    /// The page has a place for frames.
    StageMounted(Element),
    Runner(runner::Signal),
    /// Run the open file.
    Run,
    /// Run what is selected.
    RunSelection,
    Stop,
    /// Let a busy program go on.
    KeepGoing,
    /// A line for the program that asked for it.
    SendInput(String),
    /// The lines that a program reads before it asks.
    WriteInput(String),
    /// Rust may be sent to this address.
    AllowEndpoint(String),
    /// The endpoint with this number of a request has answered.
    Answered(u32, Result<runner::Answer, String>),
    RefreshPreview,
    /// Have ready what runs the open file.
    WarmUp,
    ClearConsole,
    CopyConsole,
    GoTo(Place),
    ShowPanel(super::Panel),
    /// So many percent of the room are the code's, with the panel below it or beside it.
    Divide {
        above: bool,
        share: u8,
    },
    TogglePanel,
    ToggleSuggestions,
    /// Start the engine, for the first time or again.
    StartEngine,
    DismissNotice,
    Offline(offline::Signal),
    /// Load the version of the page that waits.
    TakeUpdate,
    /// Keep the draft now: its time has come.
    KeepDraft,
    /// The page is about to go, or may be.
    Leave,
    /// What became of the draft that was handed over at this time.
    DraftKept {
        at_ms: f64,
        kept: bool,
    },
    /// The same project is open in another tab, and was changed there.
    DraftKeptElsewhere,
    OpenDialog(Dialog),
    /// The dialog is closed, or closes.
    CloseDialog,
    SnapshotNotKept,
    HistoryRead(Vec<Snapshot>),
    /// Look at this snapshot.
    SelectSnapshot(f64),
    SnapshotRead {
        id: f64,
        draft: Option<Draft>,
    },
    RestoreSnapshot(Selected),
    /// Have back what another project replaced.
    UndoReplace,
    /// The address has another query or fragment.
    AddressChanged,
    CopyLink,
    LinkCopied(bool),
    /// Take files from the user's disk.
    ChooseFiles,
    FilesRead(Vec<Incoming>),
    /// What becomes of a file, by its place in the list, whose name is taken.
    ChooseImport(usize, Choice),
    Import,
    ExportZip,
    ExportPage,
    /// What was asked for did not come to its end, and why.
    Refused(String),
    Format,
    Formatted(FileId, Box<Formatted>),
    /// The editor shows the formatted text.
    Rewritten,
    ChangeSettings(Settings),
    /// Hosts that the project's programs may reach, as the user wrote them.
    AllowNetwork(String),
    OpenExample(Box<Draft>),
    /// Something about the exercise that the project holds.
    Exercise(super::ExerciseDeed),
    MoveFile(FileId, usize),
    /// The page around this one wants something.
    Host(FromHost),
    /// Show this project on a page of its own.
    OpenInFlint,
    /// Have a place to say what shall be changed.
    OpenInstruction,
    CloseInstruction,
    /// More is said of what is wanted, before it is asked for.
    Wish(Wish),
    /// Change files as the words say, or answer them.
    Instruct(Wish),
    /// Have what a program died of changed: what it said, and where.
    FixError(String, Option<Place>),
    /// The editor can show changes of this text, or cannot, for the request with this number.
    ProposalBegun(u32, Option<String>),
    /// The user allows what is shown to be sent, and what is asked of the same server later.
    AllowSending,
    DoNotSend,
    StopEdit,
    /// Nobody waits for this answer of the model in the tab any more.
    LeaveAnswer(RequestId),
    Remote(u32, remote::Signal),
    /// A frame is about to be drawn.
    EditFrame,
    /// Make changes, or refuse them.
    Decide {
        which: Which,
        accept: bool,
    },
    /// Go to the changes of this file.
    ShowChangesOf(String),
    /// Have one step of the plan written anew, as these words say.
    ReviseStep(usize, String),
    /// What the parsers say of the changes that the request with this number was answered with.
    SyntaxChecked(u32, Vec<String>),
    /// Take back the last changes of several files.
    UndoChange,
    /// Go to the next change, or the one before.
    StepHunk {
        forward: bool,
    },
    /// Ask the same again.
    AskAgain,
    SaveConnection(Box<Connection>, String),
    ForgetConnection(String),
    /// Ask this one from now on.
    UseConnection(String),
    /// Keep the keys, locked with this passphrase.
    LockKeys(String),
    /// They are locked; None where the browser cannot.
    KeysLocked(Option<String>),
    /// Take the kept keys into memory: this is their passphrase.
    UnlockKeys(String),
    /// What was in them; None for another passphrase.
    KeysUnlocked(Option<Keys>),
    ForgetLockedKeys,
    /// This connection and model answer for a tier.
    AssignTier(Tier, Post),
    /// Find out what is wrong with a connection and its key.
    CheckConnection(Box<Connection>, String),
    /// What was found, and the models that there are.
    ConnectionChecked(u32, Diagnosis, Vec<String>),
    /// Something about the models that make suggestions.
    Models(super::ModelDeed),
    /// Something about suggestions from a server.
    StandIn(super::StandInDeed),
    /// Load the page anew and come back to the connections.
    ReloadForConnection,
}
