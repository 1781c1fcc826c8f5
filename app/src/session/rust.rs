//! Rust runs on a server, and only on one that the user has named.

use super::Message;
use super::playground::Playground;
use super::run::note;
use crate::page;
use crate::runner::{self, Answer};
use crate::words::running as words;
use flint_protocol::Level;
use flint_run::{Runtime, rust};

impl Playground {
    pub(super) fn run_rust(&mut self, entry: &str) {
        self.runner.stop();
        self.open_panel(Runtime::Rust);
        self.begin_run(Runtime::Rust);
        match self.storage.endpoint() {
            Some(address) => self.ask_endpoint(&address, entry),
            None => self.run.wants_endpoint(),
        }
        self.show_run();
    }

    fn ask_endpoint(&mut self, address: &str, entry: &str) {
        let request = rust::request(&self.sources(), entry);
        self.asks += 1;
        self.asked_at_ms = page::now_ms();
        let (session, number) = (self.session, self.asks);
        let report = move |answer| session.send(Message::Answered(number, answer));
        match runner::ask(address, self.project.edition(), &request, report) {
            Ok(asking) => {
                self.asking = Some(asking);
                self.run.running();
            }
            Err(message) => self.fail_run(message),
        }
    }

    pub(super) fn answered(&mut self, number: u32, answer: Result<Answer, String>) {
        if self.asking.is_none() || number != self.asks {
            return;
        }
        self.asking = None;
        match answer {
            Ok(answer) => {
                let entry = &self.project.open_file().path;
                let entries = rust::entries(&answer.stdout, &answer.stderr, entry);
                entries.into_iter().for_each(|entry| self.console.push(entry));
                self.run.finish(answer.ok(), page::now_ms() - self.asked_at_ms);
            }
            Err(message) => self.fail_run(message),
        }
        self.show_run();
    }

    fn fail_run(&mut self, message: String) {
        self.run.finish(false, 0.0);
        self.console.push(note(Level::Error, message));
    }

    /// Keeps the address and loads the page anew: its policy lets it reach no other. The text is kept
    /// whenever the page goes.
    pub(super) fn allow_endpoint(&mut self, address: &str) {
        let Some(address) = page::secure_address(address) else {
            self.warn(&words::bad_endpoint(address));
            return;
        };
        if self.storage.keep_endpoint(&address).is_ok() && self.storage.run_once_loaded() {
            page::reload();
        }
    }
}
