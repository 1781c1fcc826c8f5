//! Who answers a request, what is known of them, and what becomes of that.

use super::EditStep;
use super::edit::Wish;
use super::playground::Playground;
use crate::connections::Connection;
use crate::page;
use crate::tiers::Post;
use crate::words::answers as words;
use flint_assist::routing::{Conditions, Outcome, Route, Server, Tier, Turn, Wanted, Work, route};
use flint_remote::{Kind, RemoteError};
use leptos::prelude::*;

impl Playground {
    /// Who answers this.
    ///
    /// # Errors
    /// A sentence when nobody can.
    pub(super) fn route(&self, wish: &Wish) -> Result<Route, String> {
        let text = |all: bool| {
            let files = self.project.files().iter();
            let open = self.project.open_file().id;
            files.filter(|file| all || file.id == open).map(|file| file.text.len()).sum::<usize>()
        };
        let bytes = text(wish.all_files) + wish.words.len();
        self.route_wanted(Wanted { work: wish.work(), bytes, chosen: wish.chosen })
    }

    /// # Errors
    /// A sentence when nobody can.
    pub(super) fn route_wanted(&self, wanted: Wanted) -> Result<Route, String> {
        let conditions = Conditions {
            online: page::is_online(),
            tab: self.tab(),
            servers: Tier::REMOTE.map(|tier| self.server(tier, wanted.work)),
            health: &self.health,
            now_ms: page::now_ms(),
        };
        route(wanted, &conditions).map_err(|none| none.to_string())
    }

    fn server(&self, tier: Tier, work: Work) -> Option<Server> {
        let connection = self.connection(tier)?;
        let address = connection.address()?;
        Some(Server {
            on_this_device: address.is_local(),
            reachable: self.connections.reaches_all(&connection),
            allowed: if work == Work::Complete { connection.typing } else { connection.allowed },
        })
    }

    pub(super) fn connection(&self, tier: Tier) -> Option<Connection> {
        if tier == Tier::Instant {
            return None;
        }
        self.tiers.connection(tier, self.connections.list())
    }

    /// The user says more of what is wanted.
    pub(super) fn wish(&mut self, wish: Wish) {
        self.screen.update(|screen| screen.edit.wish = wish);
        self.show_route();
    }

    /// Shows who would answer while the words are written.
    pub(super) fn show_route(&self) {
        let (step, wish) = self.session.now(|screen| (screen.edit.step, screen.edit.wish.clone()));
        if step != EditStep::Writing {
            return;
        }
        let routed = self.route(&wish);
        let tier = routed.as_ref().map_or(Tier::Quick, |route| route.tier);
        let connection = self.who_answers(tier);
        let reason = routed.map_or_else(|none| none, |route| route.reason.to_string());
        let tab = self.tab_offer();
        self.screen.update(|screen| {
            screen.edit.connection = connection;
            screen.edit.reason = reason;
            screen.edit.tab = tab;
        });
    }

    /// The server or the model behind a tier, as people know it.
    pub(super) fn who_answers(&self, tier: Tier) -> Option<String> {
        match tier {
            Tier::Instant => self.tab_model(),
            tier => self.connection(tier).map(|connection| connection.title()),
        }
    }

    /// A tier gets another server or model.
    pub(super) fn assign_tier(&mut self, tier: Tier, post: Post) {
        self.tiers.assign(tier, post);
        self.health.forget(tier);
        // Without storage the page has said so from the beginning.
        let _ = self.storage.keep_tiers(&self.tiers);
        self.show_connections();
    }

    /// The first of an answer has come.
    pub(super) fn note_began(&mut self) {
        let Some(asked) = self.editing.as_mut().and_then(|editing| editing.asked.as_mut()) else {
            return;
        };
        if !std::mem::replace(&mut asked.has_begun, true) {
            let (tier, after_ms) = (asked.tier, page::now_ms() - asked.at_ms);
            self.note(tier, Outcome::Began { after_ms });
        }
    }

    /// A request has failed, or was stopped when it was late already.
    pub(super) fn note_failed(&mut self, error: &RemoteError) {
        let Some(asked) = self.editing.as_ref().and_then(|editing| editing.asked) else { return };
        let late = !asked.has_begun && page::now_ms() - asked.at_ms > asked.tier.objective_ms();
        if let Some(outcome) = outcome(error, asked.bytes, late) {
            self.note(asked.tier, outcome);
        }
    }

    pub(super) fn note(&mut self, tier: Tier, outcome: Outcome) {
        match self.health.note(tier, outcome, page::now_ms()) {
            None => {}
            Some(Turn::Degraded) => self.warn(&words::degraded(tier.name())),
            Some(Turn::Recovered) => self.say_done(&words::recovered(tier.name())),
        }
    }
}

/// What an error says of the tier that it came from; None where it says nothing.
pub(super) fn outcome(error: &RemoteError, bytes: usize, late: bool) -> Option<Outcome> {
    Some(match error.kind {
        Kind::Quota => Outcome::QuotaUsedUp,
        #[expect(clippy::cast_precision_loss, reason = "within a day")]
        Kind::RateLimited { after_ms } => {
            Outcome::RateLimited { after_ms: after_ms.map(|ms| ms as f64) }
        }
        Kind::ContextTooLong => Outcome::TooLong { bytes },
        Kind::Overloaded | Kind::Network | Kind::Stalled | Kind::Protocol => Outcome::Failed,
        Kind::Cancelled if late => Outcome::Failed,
        // The user's to mend, and nothing that waiting does.
        Kind::Auth | Kind::NoKey | Kind::NotFound | Kind::Refused | Kind::Cancelled => return None,
    })
}
