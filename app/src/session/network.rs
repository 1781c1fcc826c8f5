//! Which hosts this project's programs may reach: none, until the user has named them. The leave belongs
//! to the project as it is kept here; links and exports do not carry it.

use super::playground::Playground;
use crate::page;
use crate::words::running as words;
use leptos::prelude::*;

/// What a user writes for “any host”, and what policies call it.
const ANY: (&str, &str) = ("*", "https:");

impl Playground {
    pub(super) fn allow_network(&mut self, text: &str) {
        let words = text.split([' ', ',', '\n']).map(str::trim).filter(|word| !word.is_empty());
        let hosts: Result<Vec<String>, &str> = words.map(|word| host(word).ok_or(word)).collect();
        self.close_dialog();
        match hosts {
            Ok(hosts) => {
                self.stop_run();
                self.project.allow(hosts);
                self.keep_draft_soon();
                self.show_network();
                self.warm_up_soon();
            }
            Err(word) => self.warn(&words::bad_host(word)),
        }
    }

    pub(super) fn show_network(&self) {
        let hosts = self.project.network().to_vec();
        self.screen.update(|screen| screen.network = hosts);
    }

    /// The hosts as the frame's policy takes them.
    pub(super) fn network(&self) -> String {
        self.project.network().join(" ")
    }
}

/// An origin out of what the user wrote.
fn host(word: &str) -> Option<String> {
    if word == ANY.0 || word == ANY.1 {
        return Some(ANY.1.into());
    }
    let address = if word.contains("://") { word.into() } else { format!("https://{word}") };
    web_sys::Url::new(&page::secure_address(&address)?).ok().map(|url| url.origin())
}
