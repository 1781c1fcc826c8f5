//! Settings: changed in one place, put to work in all, kept.

use super::playground::Playground;
use crate::settings::Settings;
use leptos::prelude::*;

impl Playground {
    pub(super) fn change_settings(&mut self, settings: Settings) {
        let before = std::mem::replace(&mut self.settings, settings);
        settings.theme.put_on();
        self.screen.update(|screen| {
            screen.suggestions_on = settings.suggestions;
            screen.theme = settings.theme;
            screen.settings = settings;
        });
        self.configure_editor();
        if before.suggestions != settings.suggestions {
            self.tell_assist(flint_assist::Event::Toggled { on: settings.suggestions });
        }
        self.keep_settings();
    }

    pub(super) fn toggle_suggestions(&mut self) {
        let suggestions = !self.settings.suggestions;
        self.change_settings(Settings { suggestions, ..self.settings });
    }

    pub(super) fn configure_editor(&self) {
        self.with_editor(|editor| editor.configure(&self.settings));
    }
}
