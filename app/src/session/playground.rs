//! All state of the page, and the one place where messages arrive.

use super::draft::{Unkept, left_behind};
use super::edit::Editing;
use super::embed::Embedded;
use super::models::Models;
use super::outbox::Outbox;
use super::stand_in::StandIn;
use super::{Dialog, Message, Screen, Session};
use crate::archive::Archive;
use crate::connections::Connections;
use crate::editor::Editor;
use crate::embed;
use crate::engines::LocalEngine;
use crate::example;
use crate::history::History;
use crate::page;
use crate::project::{Deleted, Draft, Project};
use crate::runner::{Asking, Runner};
use crate::settings::Settings;
use crate::storage::Storage;
use crate::tiers::Tiers;
use crate::transaction::Transaction;
use crate::words::notices as words;
use flint_assist::routing::Health;
use flint_assist::{Ledger, State};
use flint_exercise::Test;
use flint_protocol::{RequestId, Scroll};
use flint_remote::Talk;
use flint_run::{Console, Run};
use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use std::time::Duration;

pub(super) struct Playground {
    pub(super) session: Session,
    pub(super) screen: WriteSignal<Screen>,
    pub(super) storage: Storage,
    pub(super) archive: Archive,
    pub(super) settings: Settings,
    pub(super) project: Project,
    pub(super) deleted: Option<Deleted>,
    /// What was there before another project took its place.
    pub(super) replaced: Option<Draft>,
    pub(super) history: History,
    pub(super) unkept: Unkept,
    /// What is on screen is what the address says, and no draft.
    pub(super) shows_link: bool,
    /// By the user's clock.
    pub(super) opened_at_ms: f64,
    pub(super) assist: State,
    /// None until the page has a place for it.
    pub(super) editor: Option<Editor>,
    pub(super) engine: LocalEngine,
    pub(super) models: Models,
    /// Who makes suggestions where no model runs in the tab.
    pub(super) stand_in: Option<StandIn>,
    pub(super) asked: Option<Asked>,
    /// How fast the model in this tab has decoded lately.
    pub(super) rate: flint_assist::Rate,
    pub(super) ledger: Ledger,
    /// When the key was pressed that the last edit came of.
    pub(super) key_ms: f64,
    pub(super) runner: Runner,
    pub(super) run: Run,
    /// A request to the endpoint that is under way, and how many there have been.
    pub(super) asking: Option<Asking>,
    pub(super) asks: u32,
    pub(super) asked_at_ms: f64,
    pub(super) console: Console,
    /// Lines that a program reads before it asks.
    pub(super) input: String,
    /// The document that is shown and follows the text.
    pub(super) previewed: Option<String>,
    /// What the check under way has said of its tests.
    pub(super) said_of_tests: Vec<Test>,
    /// The run is a check.
    pub(super) checking: bool,
    /// A run was under way when it was last looked at.
    pub(super) was_active: bool,
    /// How far which document is scrolled.
    pub(super) scrolled: Option<(String, Scroll)>,
    pub(super) preview_timer: Option<Timeout>,
    pub(super) warm_timer: Option<Timeout>,
    /// The model is there or will not come: the network is free for what may be wanted later.
    pub(super) engine_settled: bool,
    /// The page is being stored for a time without network.
    pub(super) stores_everything: bool,
    /// Another site's page is around this one.
    pub(super) embedded: Option<Embedded>,
    pub(super) connections: Connections,
    pub(super) tiers: Tiers,
    /// How the tiers have been doing.
    pub(super) health: Health,
    pub(super) checks: u32,
    /// What was asked of a model server and is asked, shown or decided.
    pub(super) editing: Option<Editing>,
    pub(super) edits: u32,
    /// The questions that were answered while the bar is open.
    pub(super) talk: Option<Talk>,
    /// The last changes of several files that were made as one.
    pub(super) transaction: Option<Transaction>,
    pub(super) outbox: Outbox,
}

/// When a request left, and when its first text came.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked {
    pub(super) id: RequestId,
    pub(super) at_ms: f64,
    pub(super) first_text_ms: Option<f64>,
}

impl Playground {
    pub(super) fn new(session: Session, screen: WriteSignal<Screen>) -> Self {
        let embedded = embed::is_embedded();
        let storage = if embedded { Storage::none() } else { Storage::open() };
        let archive = Archive;
        if !embedded {
            archive.on_kept_elsewhere(move || session.send(Message::DraftKeptElsewhere));
        }
        let settings = storage.settings();
        let suggestions = settings.suggestions;
        settings.theme.put_on();
        screen.update(|screen| {
            screen.suggestions_on = settings.suggestions;
            screen.theme = settings.theme;
            screen.settings = settings.clone();
            screen.keeps_text = archive.outlives() || storage.keeps();
        });
        let connections = Connections::new(storage.connections());
        let tiers = storage.tiers();
        let models = Models::new(storage.models());
        Self {
            session,
            screen,
            settings,
            project: Project::new(if embedded {
                Draft::default()
            } else {
                left_behind(archive, &storage).unwrap_or_else(example::project)
            }),
            storage,
            archive,
            deleted: None,
            replaced: None,
            history: History::new(archive.first_snapshots()),
            unkept: Unkept::default(),
            shows_link: false,
            opened_at_ms: page::wall_clock_ms(),
            assist: State::new(suggestions),
            editor: None,
            engine: LocalEngine::new(move |signal| session.send(Message::Engine(signal))),
            stand_in: None,
            asked: None,
            rate: flint_assist::Rate::default(),
            ledger: Ledger::default(),
            key_ms: 0.0,
            runner: Runner::new(move |signal| session.send(Message::Runner(signal))),
            run: Run::default(),
            asking: None,
            asks: 0,
            asked_at_ms: 0.0,
            console: Console::default(),
            input: String::new(),
            previewed: None,
            said_of_tests: Vec::new(),
            checking: false,
            was_active: false,
            scrolled: None,
            preview_timer: None,
            warm_timer: None,
            engine_settled: false,
            stores_everything: false,
            embedded: embedded.then(Embedded::default),
            connections,
            tiers,
            health: Health::default(),
            models,
            checks: 0,
            editing: None,
            edits: 0,
            talk: None,
            transaction: None,
            outbox: Outbox::default(),
        }
    }

    pub(super) fn handle(&mut self, message: Message) {
        match message {
            Message::Mounted(parent) => self.mounted(&parent),
            Message::Editor(report) => self.editor_reports(report),
            Message::Engine(signal) => self.engine_signals(signal),
            Message::Ghost(key) => self.ghost_key(key),
            Message::OpenFile(id) => self.open_file(id),
            Message::NewFile => self.new_file(),
            Message::StartRename(id) => self.screen.update(|screen| screen.renaming = Some(id)),
            Message::CancelRename => self.screen.update(|screen| screen.renaming = None),
            Message::Rename(id, path) => self.rename_file(id, &path),
            Message::DeleteFile(id) => self.delete_file(id),
            Message::UndoDelete => self.undo_delete(),
            Message::StandIn(deed) => self.stand_in_does(deed),
            Message::FocusEditor => self.focus_editor(),
            Message::StageMounted(stage) => self.runner.set_stage(stage),
            Message::Runner(signal) => self.runner_signals(signal),
            Message::Run => self.keep_and_run(false),
            Message::RunSelection => self.keep_and_run(true),
            Message::Stop => self.stop_run(),
            Message::KeepGoing => self.keep_going(),
            Message::SendInput(line) => self.send_input(line),
            Message::WriteInput(text) => self.input = text,
            Message::AllowEndpoint(address) => self.allow_endpoint(&address),
            Message::Answered(number, answer) => self.answered(number, answer),
            Message::RefreshPreview => self.refresh_preview(),
            Message::WarmUp => self.warm_up(),
            Message::ClearConsole => self.clear_console(),
            Message::CopyConsole => page::copy(&self.console_text()),
            Message::GoTo(place) => self.go_to(&place),
            Message::ShowPanel(panel) => self.screen.update(|screen| screen.panel = panel),
            Message::Divide { above, share } => self.divide(above, share),
            Message::TogglePanel => {
                self.screen.update(|screen| screen.panel_open = !screen.panel_open);
            }
            Message::ToggleSuggestions => self.toggle_suggestions(),
            Message::StartEngine => self.start_engine(),
            Message::DismissNotice => self.dismiss_notice(),
            Message::Offline(signal) => self.offline_signals(signal),
            Message::TakeUpdate => self.take_update(),
            Message::KeepDraft => self.keep_draft(),
            Message::Leave => self.leave(),
            Message::DraftKept { at_ms, kept } => self.draft_kept(at_ms, kept),
            Message::DraftKeptElsewhere => self.draft_kept_elsewhere(),
            Message::OpenDialog(dialog) => self.open_dialog(dialog),
            Message::CloseDialog => self.close_dialog(),
            Message::SnapshotNotKept => self.warn(words::HISTORY_FULL),
            Message::HistoryRead(snapshots) => self.history_read(snapshots),
            Message::SelectSnapshot(id) => self.select_snapshot(id),
            Message::SnapshotRead { id, draft } => self.snapshot_read(id, draft),
            Message::RestoreSnapshot(selected) => self.restore_snapshot(selected),
            Message::UndoReplace => self.undo_replace(),
            Message::AddressChanged => self.open_link(),
            Message::CopyLink => self.copy_link(),
            Message::LinkCopied(copied) => self.link_copied(copied),
            Message::ChooseFiles => self.choose_files(),
            Message::FilesRead(files) => self.files_read(files),
            Message::ChooseImport(index, choice) => self.choose_import(index, choice),
            Message::Import => self.import(),
            Message::ExportZip => self.export_zip(),
            Message::ExportPage => self.export_page(),
            Message::Refused(message) => self.warn(&message),
            Message::Format => self.format(),
            Message::Formatted(id, formatted) => self.formatted(id, *formatted),
            Message::Rewritten => self.tell_host_of_format(Ok(())),
            Message::Host(order) => self.hear_host(order),
            Message::OpenInFlint => self.open_in_flint(),
            Message::ChangeSettings(settings) => self.change_settings(settings),
            Message::AllowNetwork(hosts) => self.allow_network(&hosts),
            Message::Painted => self.ledger.painted(page::now_ms()),
            Message::ExportLedger => self.export_ledger(),
            Message::ChooseKey(deed, key) => self.choose_key(deed, &key),
            Message::OpenExample(draft) => self.open_example(*draft),
            Message::Exercise(deed) => self.exercise_does(deed),
            Message::MoveFile(id, place) => self.move_file(id, place),
            Message::OpenInstruction => self.open_instruction(),
            Message::CloseInstruction => self.close_instruction(),
            Message::Wish(wish) => self.wish(wish),
            Message::Instruct(wish) => self.instruct(wish),
            Message::FixError(said, place) => self.fix_error(&said, place.as_ref()),
            Message::ProposalBegun(number, base) => self.proposal_begun(number, base),
            Message::AllowSending => self.allow_sending(),
            Message::DoNotSend => self.do_not_send(),
            Message::StopEdit => self.stop_edit(),
            Message::LeaveAnswer(id) => self.engine.cancel(id),
            Message::Remote(number, signal) => self.remote_signals(number, &signal),
            Message::EditFrame => self.edit_frame(),
            Message::Decide { which, accept } => self.decide(&which, accept),
            Message::ShowChangesOf(path) => self.show_changes_of(&path),
            Message::ReviseStep(part, words) => self.revise_step(part, &words),
            Message::SyntaxChecked(number, flags) => self.syntax_checked(number, flags),
            Message::UndoChange => self.undo_change(),
            Message::StepHunk { forward } => self.step_hunk(forward),
            Message::AskAgain => self.ask_again(),
            Message::SaveConnection(connection, key) => self.save_connection(*connection, &key),
            Message::ForgetConnection(name) => self.forget_connection(&name),
            Message::UseConnection(name) => self.use_connection(&name),
            Message::LockKeys(passphrase) => self.lock_keys(&passphrase),
            Message::KeysLocked(locked) => self.keys_locked(locked.as_deref()),
            Message::UnlockKeys(passphrase) => self.unlock_keys(&passphrase),
            Message::KeysUnlocked(keys) => self.keys_unlocked(keys),
            Message::ForgetLockedKeys => self.forget_locked_keys(),
            Message::AssignTier(tier, post) => self.assign_tier(tier, post),
            Message::CheckConnection(connection, key) => self.check_connection(&connection, key),
            Message::ConnectionChecked(number, diagnosis, models) => {
                self.connection_checked(number, &diagnosis, models);
            }
            Message::Models(deed) => self.models(deed),
            Message::ReloadForConnection => self.reload_for_connection(),
        }
    }

    pub(super) fn with_editor(&self, act: impl FnOnce(&Editor)) {
        if let Some(editor) = &self.editor {
            act(editor);
        }
    }

    fn mounted(&mut self, parent: &web_sys::Element) {
        let session = self.session;
        let editor = Editor::mount(parent, move |report| session.send(Message::Editor(report)));
        self.editor = Some(editor);
        self.configure_editor();
        self.show_open_file();
        self.show_exercise();
        if self.is_embedded() {
            self.screen.update(|screen| screen.panel_open = true);
            return embed::listen(move |order| session.send(Message::Host(order)));
        }
        self.open_link();
        // In a turn of its own, so that what is on screen is drawn first.
        let begin = move || {
            if session.now(|screen| screen.dialog.is_none()) {
                session.send(Message::FocusEditor);
            }
            session.send(Message::StartEngine);
        };
        set_timeout(begin, Duration::ZERO);
        if self.storage.take_run_once() {
            session.send(Message::Run);
        }
        if self.storage.take_connections_once() {
            session.send(Message::OpenDialog(Dialog::Connections));
        }
    }
}
