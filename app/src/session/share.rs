//! Links: the project as one, and what one opens. Code from a link is shown and never runs by itself.

use super::Message;
use super::dialog::Dialog;
use super::playground::Playground;
use super::screen::Notice;
use crate::history::Reason;
use crate::page;
use crate::project::{Draft, DraftExercise, DraftFile};
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

/// The link as the dialog shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ShareView {
    /// The link, or why there is none.
    pub(crate) link: Result<String, String>,
    /// Whether the browser took it to the clipboard; None until it was asked to.
    pub(crate) copied: Option<bool>,
}

impl Playground {
    pub(super) fn share(&mut self) {
        self.read_editor();
        let share = ShareView { link: link_to(self.project.draft()), copied: None };
        self.screen.update(|screen| screen.share = Some(share));
        self.show_dialog(Dialog::Share);
    }

    pub(super) fn copy_link(&self) {
        let session = self.session;
        let share = self.session.now(|screen| screen.share.clone());
        if let Some(Ok(link)) = share.map(|share| share.link) {
            spawn_local(async move {
                session.send(Message::LinkCopied(page::copied(link).await));
            });
        }
    }

    pub(super) fn link_copied(&self, copied: bool) {
        self.screen.update(|screen| {
            if let Some(share) = &mut screen.share {
                share.copied = Some(copied);
            }
        });
    }

    /// Opens what the address says, if it says anything. The user's own project goes to the history
    /// and stays the draft until the other one is changed.
    pub(super) fn open_link(&mut self) {
        let (query, fragment) = page::query_and_fragment();
        let from_query = || flint_share::from_query(&query).map(Ok);
        match flint_share::decode(&fragment).or_else(from_query) {
            None => {}
            Some(Err(error)) => {
                page::clear_address();
                self.warn(&error.to_string());
            }
            Some(Ok(project)) => {
                self.keep_draft();
                self.replace_project(from_link(project), Reason::OpenLink, "");
                self.unkept.forget();
                self.shows_link = true;
                self.screen.update(|screen| {
                    screen.shared = true;
                    screen.notice = Some(Notice::Shared);
                });
            }
        }
    }

    /// What is on screen is the user's own from here on.
    pub(super) fn leave_link(&mut self) {
        if std::mem::take(&mut self.shows_link) {
            page::clear_address();
        }
    }
}

/// # Errors
/// A sentence for the user when a link cannot hold the project.
pub(super) fn link_to(draft: Draft) -> Result<String, String> {
    let link = flint_share::encode(&to_link(draft)).map_err(|error| error.to_string())?;
    Ok(format!("{}#{link}", page::address()))
}

fn to_link(draft: Draft) -> flint_share::Project {
    let file = |DraftFile { path, text, .. }| flint_share::File { path, text };
    flint_share::Project {
        files: draft.files.into_iter().map(file).collect(),
        open: draft.open,
        edition: draft.edition,
        exercise: draft
            .exercise
            .map(|DraftExercise { path, source }| flint_share::File { path, text: source }),
    }
}

fn from_link(project: flint_share::Project) -> Draft {
    let file = |flint_share::File { path, text }| DraftFile { path, text, cursor: 0 };
    Draft {
        files: project.files.into_iter().map(file).collect(),
        open: project.open,
        edition: project.edition,
        // Whoever made the link cannot have allowed anything here.
        network: Vec::new(),
        exercise: project
            .exercise
            .map(|flint_share::File { path, text }| DraftExercise { path, source: text }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Project;

    #[test]
    fn names_in_a_link_cannot_point_elsewhere() {
        let file = |path: &str| flint_share::File { path: path.into(), text: "x".into() };
        let files = ["../../etc/passwd", "a.js", "a.js", ""].map(file).into();
        let link = flint_share::Project { files, open: 99, ..flint_share::Project::default() };
        let project = Project::new(from_link(link));
        let paths: Vec<_> = project.files().iter().map(|file| file.path.as_str()).collect();
        assert_eq!(paths, ["etc/passwd", "a.js", "a-2.js", "untitled.txt"]);
        assert_eq!(project.open_file().path, "untitled.txt");
    }

    #[test]
    fn a_project_is_the_same_through_a_link() {
        let mut draft = crate::example::project().content();
        assert_eq!(from_link(to_link(draft.clone())), draft);
        let source = "# flint: fixed\nx\n".into();
        draft.exercise = Some(DraftExercise { path: "primes.py".into(), source });
        assert_eq!(from_link(to_link(draft.clone())), draft);
    }
}
