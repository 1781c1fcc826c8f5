//! Model servers that the user has named. Their keys are in memory; whether they are anywhere else is no
//! concern of this file.

use crate::locked::Keys;
use crate::pass::{Mint, Pass};
use crate::socket::Line;
use crate::words::choices as words;
use flint_remote::{Address, Protocol};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// A model server, as it is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Connection {
    pub(crate) name: String,
    /// As [`Address`] writes it.
    pub(crate) address: String,
    pub(crate) model: String,
    /// An address that gives keys for a short time; empty for none.
    pub(crate) token: String,
    pub(crate) speech: Speech,
    /// Text may be sent there: the user has said so once.
    pub(crate) allowed: bool,
    /// So may what is typed, as it is typed.
    pub(crate) typing: bool,
}

/// How a server is spoken to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Speech {
    #[default]
    Chat,
    Responses,
    /// Responses over a WebSocket.
    Socket,
}

impl Speech {
    pub(crate) const ALL: [Self; 3] = [Self::Chat, Self::Responses, Self::Socket];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Chat => words::CHAT,
            Self::Responses => words::RESPONSES,
            Self::Socket => words::SOCKET,
        }
    }

    pub(crate) const fn protocol(self) -> Protocol {
        match self {
            Self::Chat => Protocol::Chat,
            Self::Responses | Self::Socket => Protocol::Responses,
        }
    }
}

impl Connection {
    pub(crate) fn address(&self) -> Option<Address> {
        Address::parse(&self.address).ok()
    }

    /// Where its keys come from, if not from the user.
    pub(crate) fn token(&self) -> Option<Address> {
        Address::exact(&self.token).ok()
    }

    /// What the page's policy has to name for it, as `app/js/policy.js` does.
    fn origins(&self) -> Vec<String> {
        let origin = |address: Address| address.origin().to_owned();
        let server = self.address().map(origin);
        let socket = server.as_ref().filter(|_| self.speech == Speech::Socket);
        let socket = socket.map(|server| server.replacen("http", "ws", 1));
        [server, socket, self.token().map(origin)].into_iter().flatten().collect()
    }

    /// What it is called where it is used.
    pub(crate) fn title(&self) -> String {
        if self.model.is_empty() {
            self.name.clone()
        } else {
            words::server(&self.name, &self.model)
        }
    }
}

/// All of them; the first is the one that is asked where no other is named for a tier.
#[derive(Debug, Default)]
pub(crate) struct Connections {
    list: Vec<Connection>,
    keys: Keys,
    /// By the addresses that give keys.
    mints: HashMap<String, Mint>,
    /// By the addresses of servers.
    lines: HashMap<String, Line>,
    /// What the page's policy lets it reach: what was there when the page was loaded.
    reachable: Vec<String>,
}

impl Connections {
    pub(crate) fn new(list: Vec<Connection>) -> Self {
        let reachable = list.iter().flat_map(Connection::origins).collect();
        Self { list, keys: Keys::new(), mints: HashMap::new(), lines: HashMap::new(), reachable }
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

    /// What requests to this connection go with.
    pub(crate) fn pass(&mut self, connection: &Connection) -> Pass {
        let key = self.key(&connection.name).to_owned();
        let mint = connection.token().map(|address| {
            let known = self.mints.entry(address.as_str().to_owned());
            known.or_insert_with(|| Mint::new(address)).clone()
        });
        Pass { key, mint }
    }

    /// The socket of a connection that has one; a browser sends no key over it.
    pub(crate) fn line(&mut self, connection: &Connection, pass: &Pass) -> Option<Line> {
        let wanted = connection.speech == Speech::Socket && !pass.is_any();
        wanted.then(|| self.lines.entry(connection.address.clone()).or_default().clone())
    }

    /// Whether the page may reach all that a connection needs.
    pub(crate) fn reaches_all(&self, connection: &Connection) -> bool {
        connection.origins().iter().all(|origin| self.reachable.contains(origin))
    }

    /// Keeps a connection in front of the others, in place of the one with its name. One whose address
    /// changes is asked for consent again.
    pub(crate) fn keep(&mut self, mut connection: Connection, key: &str) {
        let old = self.list.iter().position(|old| old.name == connection.name);
        let old = old.map(|at| self.list.remove(at));
        let old = old.filter(|old| old.address == connection.address).unwrap_or_default();
        (connection.allowed, connection.typing) = (old.allowed, old.typing);
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
        self.named(name).for_each(|connection| connection.allowed = true);
    }

    /// What is typed may be sent there as it is typed.
    pub(crate) fn allow_typing(&mut self, name: &str) {
        self.named(name).for_each(|connection| connection.typing = true);
    }

    fn named(&mut self, name: &str) -> impl Iterator<Item = &mut Connection> {
        self.list.iter_mut().filter(move |connection| connection.name == name)
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
    fn a_key_address_is_reached_once_the_page_knows_it() {
        let mut one = connection("a", "https://a.test/v1");
        let connections = Connections::new(vec![one.clone()]);
        assert!(connections.reaches_all(&one));
        one.token = "https://keys.test/mint".into();
        assert!(!connections.reaches_all(&one));
        let mut connections = Connections::new(vec![one.clone()]);
        assert!(connections.reaches_all(&one) && connections.pass(&one).mint.is_some());
        one.speech = Speech::Socket;
        assert!(!connections.reaches_all(&one), "a socket is an address of its own");
    }

    #[test]
    fn only_what_was_there_at_loading_is_reached() {
        let mut connections = Connections::new(vec![connection("a", "https://a.test/v1")]);
        connections.keep(connection("b", "https://b.test/v1"), "");
        let reaches = |address| connections.reaches_all(&connection("c", address));
        assert!(reaches("https://a.test/other") && !reaches("https://b.test/v1"));
    }
}
