//! Everything that can happen to the playground.

use crate::editor::{self, GhostKey};
use crate::engines;
use crate::project::FileId;
use web_sys::Element;

#[derive(Debug)]
pub(crate) enum Message {
    /// The page has a place for the editor.
    Mounted(Element),
    Editor(editor::Report),
    Engine(engines::Signal),
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
    ToggleSuggestions,
    NextTheme,
    /// Start the engine again.
    TryAgain,
    DismissNotice,
    /// Keep the draft now: its time has come, or the page is about to go.
    KeepDraft,
    /// The same project is open in another tab, and was changed there.
    DraftWrittenElsewhere,
}
