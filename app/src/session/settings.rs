//! Settings: changed in one place, put to work in all, kept.

use super::playground::Playground;
use crate::editor::GhostKey;
use crate::settings::Settings;
use crate::{language, offline};
use flint_assist::Event;
use flint_run::Runtime;
use leptos::prelude::*;

impl Playground {
    pub(super) fn change_settings(&mut self, settings: Settings) {
        let python = self.settings.full_python != settings.full_python;
        self.settings = settings;
        self.settings.theme.put_on();
        self.screen.update(|screen| {
            screen.theme = self.settings.theme;
            screen.settings = self.settings.clone();
        });
        self.configure_editor();
        self.switch_suggestions();
        self.keep_settings();
        if python {
            self.switch_python();
        }
    }

    /// The pack is fetched where it is wanted, and given back where it is not any more.
    fn switch_python(&mut self) {
        if self.settings.full_python {
            self.runner.fetch(Runtime::FullPython);
        } else {
            self.runner.forget(Runtime::FullPython);
            offline::forget_packs();
        }
        if let Ok(plan) = self.plan() {
            self.runner.warm(plan.runtime);
        }
    }

    /// Suggestions are on where the user wants them, which may depend on the open file's language.
    pub(super) fn switch_suggestions(&mut self) {
        let on = self.settings.suggest_in(self.open_language());
        self.screen.update(|screen| screen.suggestions_on = on);
        if self.assist.is_on() != on {
            self.tell_assist(Event::Toggled { on });
        }
    }

    /// Off means everywhere; on means here too.
    pub(super) fn toggle_suggestions(&mut self) {
        let language = self.open_language();
        let mut settings = self.settings.clone();
        settings.suggestions = !settings.suggest_in(language);
        if settings.suggestions {
            settings.mute(language, false);
        }
        self.change_settings(settings);
    }

    /// The line between code and panel was moved.
    pub(super) fn divide(&mut self, above: bool, share: u8) {
        let (beside, below) = &mut self.settings.code_share;
        *(if above { below } else { beside }) = share;
        self.screen.update(|screen| screen.settings = self.settings.clone());
        self.keep_settings();
    }

    /// Gives a deed another key, or says why it cannot have it.
    pub(super) fn choose_key(&mut self, deed: GhostKey, key: &str) {
        let mut settings = self.settings.clone();
        let refused = settings.keys.choose(deed, key).err();
        self.screen.update(|screen| screen.key_refused = refused.map(|why| (deed, why)));
        if settings != self.settings {
            self.change_settings(settings);
        }
    }

    pub(super) fn configure_editor(&self) {
        self.with_editor(|editor| editor.configure(&self.settings));
    }

    fn open_language(&self) -> &'static str {
        language::of(&self.project.open_file().path)
    }
}
