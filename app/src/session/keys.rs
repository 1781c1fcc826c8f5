//! Keys of model servers that outlive the page: only if the user wants it, and locked with a passphrase.

use super::Message;
use super::playground::Playground;
use crate::locked::{Keys, lock, unlock};
use crate::words::choices as words;
use wasm_bindgen_futures::spawn_local;

/// Shorter ones are guessed in no time.
const LEAST: usize = 8;

impl Playground {
    /// Keeps all keys that are in memory, locked with these words.
    pub(super) fn lock_keys(&mut self, passphrase: &str) {
        if passphrase.chars().count() < LEAST {
            return self.connection_found(words::short_passphrase(LEAST), false);
        }
        let (session, locked) = (self.session, lock(self.connections.keys(), passphrase));
        spawn_local(async move { session.send(Message::KeysLocked(locked.await)) });
    }

    pub(super) fn keys_locked(&mut self, locked: Option<&str>) {
        let kept = locked.is_some_and(|locked| self.storage.keep_locked_keys(locked).is_ok());
        let found = if kept { words::KEYS_LOCKED } else { words::KEYS_NOT_KEPT };
        self.connection_found(found.into(), false);
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
                words::KEYS_UNLOCKED
            }
            None => words::OTHER_PASSPHRASE,
        };
        self.connection_found(found.into(), false);
        self.show_connections();
    }

    pub(super) fn forget_locked_keys(&mut self) {
        self.storage.forget_locked_keys();
        self.connection_found(words::KEYS_FORGOTTEN.into(), false);
        self.show_connections();
    }
}
