//! Keys of model servers that outlive the page: only if the user wants it, and locked with a passphrase.

use super::Message;
use super::playground::Playground;
use crate::locked::{Keys, lock, unlock};
use wasm_bindgen_futures::spawn_local;

/// Shorter ones are guessed in no time.
const LEAST: usize = 8;

impl Playground {
    /// Keeps all keys that are in memory, locked with these words.
    pub(super) fn lock_keys(&mut self, passphrase: &str) {
        if passphrase.chars().count() < LEAST {
            return self.connection_found(
                format!(
                    "Take {LEAST} characters or more: whoever gets at this browser may try many."
                ),
                false,
            );
        }
        let (session, locked) = (self.session, lock(self.connections.keys(), passphrase));
        spawn_local(async move { session.send(Message::KeysLocked(locked.await)) });
    }

    pub(super) fn keys_locked(&mut self, locked: Option<&str>) {
        let kept = locked.is_some_and(|locked| self.storage.keep_locked_keys(locked).is_ok());
        self.connection_found(
            if kept {
                "The keys are kept in this browser, locked."
            } else {
                "This browser cannot keep them."
            }
            .into(),
            false,
        );
        self.show_connections();
    }

    pub(super) fn unlock_keys(&mut self, passphrase: &str) {
        let Some(locked) = self.storage.locked_keys() else { return };
        let (session, keys) = (self.session, unlock(&locked, passphrase));
        spawn_local(async move { session.send(Message::KeysUnlocked(keys.await)) });
    }

    pub(super) fn keys_unlocked(&mut self, keys: Option<Keys>) {
        let found = match keys {
            Some(keys) => {
                self.connections.take_in(keys);
                "Unlocked: the keys are in memory until the page closes."
            }
            None => "This passphrase does not open them.",
        };
        self.connection_found(found.into(), false);
        self.show_connections();
    }

    pub(super) fn forget_locked_keys(&mut self) {
        self.storage.forget_locked_keys();
        self.connection_found("No key is kept any more.".into(), false);
        self.show_connections();
    }
}
