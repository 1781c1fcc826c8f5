//! Which connection and which of its models answer for a tier.

use crate::connections::Connection;
use flint_assist::routing::Tier;
use flint_remote::Effort;
use serde::{Deserialize, Serialize};

/// Who answers for one tier.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Post {
    /// A connection's name; empty for none of its own.
    pub(crate) connection: String,
    /// Empty for the connection's own.
    pub(crate) model: String,
    pub(crate) effort: Effort,
}

/// Of every tier that is on a server.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Tiers {
    quick: Post,
    heavy: Post,
    economical: Post,
}

impl Tiers {
    pub(crate) fn post(&self, tier: Tier) -> &Post {
        match tier {
            Tier::Instant | Tier::Quick => &self.quick,
            Tier::Heavy => &self.heavy,
            Tier::Economical => &self.economical,
        }
    }

    pub(crate) fn assign(&mut self, tier: Tier, post: Post) {
        *match tier {
            Tier::Instant | Tier::Quick => &mut self.quick,
            Tier::Heavy => &mut self.heavy,
            Tier::Economical => &mut self.economical,
        } = post;
    }

    /// The connection that answers for a tier, with the tier's model. The quick one is the first that
    /// is named, where nothing else is said.
    pub(crate) fn connection(&self, tier: Tier, list: &[Connection]) -> Option<Connection> {
        let post = self.post(tier);
        let own = list.iter().find(|connection| connection.name == post.connection);
        let first = || list.first().filter(|_| tier == Tier::Quick);
        let mut connection = own.or_else(first)?.clone();
        if own.is_some() && !post.model.is_empty() {
            connection.model.clone_from(&post.model);
        }
        Some(connection)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tier_has_its_own_server_and_quick_has_the_first() {
        let connection = |name: &str| Connection {
            name: name.into(),
            model: "usual".into(),
            ..Connection::default()
        };
        let list = [connection("a"), connection("b")];
        let mut tiers = Tiers::default();
        let title = |tiers: &Tiers, tier| {
            tiers.connection(tier, &list).map_or_else(String::new, |found| found.title())
        };
        assert_eq!(title(&tiers, Tier::Quick), "a · usual");
        assert_eq!(title(&tiers, Tier::Heavy), "");
        let post = |connection: &str, model: &str| Post {
            connection: connection.into(),
            model: model.into(),
            ..Post::default()
        };
        tiers.assign(Tier::Heavy, post("b", "deep"));
        tiers.assign(Tier::Quick, post("gone", "x"));
        assert_eq!(title(&tiers, Tier::Heavy), "b · deep");
        assert_eq!(title(&tiers, Tier::Quick), "a · usual");
        tiers.assign(Tier::Economical, post("b", ""));
        assert_eq!(title(&tiers, Tier::Economical), "b · usual");
    }
}
