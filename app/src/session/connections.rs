//! The model servers that the user names, and what is wrong with one.

use super::playground::Playground;
use super::{Dialog, Message};
use crate::connections::Connection;
use crate::pass::{Pass, Unanswered};
use crate::tiers::Tiers;
use crate::words::choices as words;
use crate::{page, remote};
use flint_assist::routing::Tier;
use flint_remote::{Address, Diagnosis, Probe, Request, diagnose, models};
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

/// What is shown of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ConnectionsView {
    /// The first is the one that is asked where no other is named for a tier.
    pub(crate) list: Vec<Connection>,
    /// Who answers for which tier.
    pub(crate) tiers: Tiers,
    /// Whether any key is in memory, and whether locked ones are kept.
    pub(crate) has_keys: bool,
    pub(crate) keeps_locked: bool,
    /// The key of the first; in memory alone.
    pub(crate) key: String,
    pub(crate) checking: bool,
    /// What the last check found.
    pub(crate) found: String,
    /// Models that the checked server has.
    pub(crate) models: Vec<String>,
    /// The page has to be loaded anew before it can reach an address.
    pub(crate) needs_reload: bool,
}

impl Playground {
    pub(super) fn open_connections(&mut self) {
        self.show_connections();
        self.show_dialog(Dialog::Connections);
    }

    pub(super) fn save_connection(&mut self, connection: Connection, key: &str) {
        let address = match Address::parse(&connection.address) {
            Ok(address) => address,
            Err(error) => return self.connection_found(error.to_string(), false),
        };
        let name = connection.name.trim();
        let name = if name.is_empty() { address.authority() } else { name }.to_owned();
        let model = connection.model.trim().to_owned();
        let address_text = address.as_str().to_owned();
        let token = match token(&connection) {
            Ok(token) => token,
            Err(problem) => return self.connection_found(problem, false),
        };
        let connection = Connection { name, address: address_text, model, token, ..connection };
        let reaches = self.connections.reaches_all(&connection);
        self.connections.keep(connection, key);
        self.keep_connections();
        Tier::REMOTE.into_iter().for_each(|tier| self.health.forget(tier));
        self.show_connections();
        if reaches {
            self.connection_found(words::SAVED.into(), false);
        } else {
            self.connection_found(Diagnosis::NeedsReload.to_string(), true);
        }
    }

    pub(super) fn forget_connection(&mut self, name: &str) {
        self.connections.forget(name);
        self.keep_connections();
        self.show_connections();
    }

    pub(super) fn use_connection(&mut self, name: &str) {
        let found = self.connections.list().iter().find(|one| one.name == name).cloned();
        if let Some(connection) = found {
            let key = self.connections.key(name).to_owned();
            self.connections.keep(connection, &key);
            self.keep_connections();
            self.show_connections();
        }
    }

    pub(super) fn check_connection(&mut self, connection: &Connection, key: String) {
        let address = match Address::parse(&connection.address) {
            Ok(address) => address,
            Err(error) => return self.connection_found(error.to_string(), false),
        };
        if let Err(problem) = token(connection) {
            return self.connection_found(problem, false);
        }
        if !self.connections.reaches_all(connection) {
            // It is kept first: the page learns of it when it loads.
            return self.connection_found(words::ADDRESS_NEW.into(), false);
        }
        self.checks += 1;
        let (session, number) = (self.session, self.checks);
        let pass = Pass { key, ..self.connections.pass(connection) };
        self.screen.update(|screen| screen.connections.checking = true);
        spawn_local(async move {
            let (diagnosis, models) = check(&address, &pass).await;
            session.send(Message::ConnectionChecked(number, diagnosis, models));
        });
    }

    pub(super) fn connection_checked(
        &mut self,
        number: u32,
        diagnosis: &Diagnosis,
        models: Vec<String>,
    ) {
        if number == self.checks {
            self.screen.update(|screen| screen.connections.models = models);
            self.connection_found(diagnosis.to_string(), false);
        }
    }

    /// The page's policy takes in the new address when it loads; the text is kept whenever it goes.
    pub(super) fn reload_for_connection(&mut self) {
        if self.storage.connections_once_loaded() {
            page::reload();
        }
    }

    pub(super) fn keep_connections(&mut self) {
        if self.storage.keep_connections(self.connections.list()).is_err() {
            self.warn(words::NOTHING_KEPT);
        }
    }

    pub(super) fn connection_found(&self, found: String, needs_reload: bool) {
        self.screen.update(|screen| {
            screen.connections.checking = false;
            screen.connections.found = found;
            screen.connections.needs_reload = needs_reload;
        });
    }

    pub(super) fn show_connections(&self) {
        let list = self.connections.list().to_vec();
        let first = list.first().map_or("", |first| &first.name);
        let key = self.connections.key(first).to_owned();
        let tiers = self.tiers.clone();
        let has_keys = !self.connections.keys().is_empty();
        let keeps_locked = self.storage.locked_keys().is_some();
        self.screen.update(|screen| {
            screen.connections.list = list;
            screen.connections.key = key;
            screen.connections.tiers = tiers;
            screen.connections.has_keys = has_keys;
            screen.connections.keeps_locked = keeps_locked;
        });
        self.show_route();
    }
}

/// Asks for the models; when there is no answer, whether anything is there at all.
async fn check(address: &Address, pass: &Pass) -> (Diagnosis, Vec<String>) {
    let request = Request::models(address);
    let mut probe = Probe {
        page_is_secure: page::address().starts_with("https:"),
        address_is_secure: address.as_str().starts_with("https:"),
        address_is_local: address.is_local(),
        offline: !page::is_online(),
        ..Probe::default()
    };
    let answer = async { Ok(remote::whole(pass.send(&request, None).await?).await?) };
    match answer.await {
        Ok((status, body)) => probe.models = Some(models(status, &body)),
        Err(Unanswered::NoKey(error)) => probe.models = Some(Err(error)),
        Err(Unanswered::Broken(_)) => {
            probe.reaches_without_reading = Some(remote::reaches(&request.url).await);
        }
    }
    let models = probe.models.clone().and_then(Result::ok).unwrap_or_default();
    (diagnose(&probe), models)
}

/// Where a connection's keys come from; empty for the user.
fn token(connection: &Connection) -> Result<String, String> {
    match connection.token.trim() {
        "" => Ok(String::new()),
        text => Address::exact(text)
            .map(|address| address.as_str().to_owned())
            .map_err(words::bad_key_address),
    }
}
