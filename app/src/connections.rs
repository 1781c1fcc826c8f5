//! Model servers that the user has named. Their keys are in memory; whether they are anywhere else is no
//! concern of this file.

use crate::locked::Keys;
use flint_remote::Address;
use serde::{Deserialize, Serialize};

/// A model server, as it is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Connection {
    pub(crate) name: String,
    /// As [`Address`] writes it.
    pub(crate) address: String,
    pub(crate) model: String,
    /// Text may be sent there: the user has said so once.
    pub(crate) allowed: bool,
}

impl Connection {
    pub(crate) fn address(&self) -> Option<Address> {
        Address::parse(&self.address).ok()
    }

    /// What it is called where it is used.
    pub(crate) fn title(&self) -> String {
        if self.model.is_empty() {
            self.name.clone()
        } else {
            format!("{} · {}", self.name, self.model)
        }
    }
}

/// All of them; the first is the one that is asked where no other is named for a tier.
#[derive(Debug, Default)]
pub(crate) struct Connections {
    list: Vec<Connection>,
    keys: Keys,
    /// What the page's policy lets it reach: what was there when the page was loaded.
    reachable: Vec<String>,
}

impl Connections {
    pub(crate) fn new(list: Vec<Connection>) -> Self {
        let known = list.iter().filter_map(Connection::address);
        let reachable = known.map(|address| address.origin().to_owned()).collect();
        Self { list, keys: Keys::new(), reachable }
    }

    pub(crate) fn list(&self) -> &[Connection] {
        &self.list
    }

    pub(crate) fn key(&self, name: &str) -> &str {
        self.keys.get(name).map_or("", String::as_str)
    }

    pub(crate) fn keys(&self) -> &Keys {
        &self.keys
    }

    /// Takes keys in; those that are here already are newer.
    pub(crate) fn take_in(&mut self, keys: Keys) {
        for (name, key) in keys {
            self.keys.entry(name).or_insert(key);
        }
    }

    /// Whether the page may reach an address without being loaded anew.
    pub(crate) fn reaches(&self, address: &Address) -> bool {
        self.reachable.iter().any(|origin| origin == address.origin())
    }

    /// Keeps a connection in front of the others, in place of the one with its name. One whose address
    /// changes is asked for consent again.
    pub(crate) fn keep(&mut self, mut connection: Connection, key: &str) {
        let old = self.list.iter().position(|old| old.name == connection.name);
        let old = old.map(|at| self.list.remove(at));
        connection.allowed =
            old.is_some_and(|old| old.allowed && old.address == connection.address);
        let key = key.trim();
        if key.is_empty() {
            self.keys.remove(&connection.name);
        } else {
            self.keys.insert(connection.name.clone(), key.to_owned());
        }
        self.list.insert(0, connection);
    }

    pub(crate) fn forget(&mut self, name: &str) {
        self.list.retain(|connection| connection.name != name);
        self.keys.remove(name);
    }

    /// Text may be sent there.
    pub(crate) fn allow(&mut self, name: &str) {
        if let Some(named) = self.list.iter_mut().find(|connection| connection.name == name) {
            named.allowed = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn connection(name: &str, address: &str) -> Connection {
        Connection { name: name.into(), address: address.into(), ..Connection::default() }
    }

    #[test]
    fn consent_is_for_an_address() {
        let mut connections = Connections::new(vec![connection("a", "https://a.test/v1")]);
        let allowed = |connections: &Connections| connections.list()[0].allowed;
        connections.allow("a");
        connections.keep(connection("a", "https://a.test/v1"), "k");
        assert!(allowed(&connections));
        assert_eq!(connections.key("a"), "k");
        connections.keep(connection("a", "https://b.test/v1"), "");
        assert!(!allowed(&connections));
        assert_eq!((connections.key("a"), connections.list().len()), ("", 1));
    }

    #[test]
    fn only_what_was_there_at_loading_is_reached() {
        let mut connections = Connections::new(vec![connection("a", "https://a.test/v1")]);
        connections.keep(connection("b", "https://b.test/v1"), "");
        let reaches = |address| connections.reaches(&Address::parse(address).expect("an address"));
        assert!(reaches("https://a.test/other") && !reaches("https://b.test/v1"));
    }
}
