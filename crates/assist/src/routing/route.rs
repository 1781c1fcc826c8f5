//! The decision: a tier for a request, or a sentence why there is none.

use super::health::Health;
use super::reason::{NoRoute, Out, Reason, Why};
use super::tier::{Tier, Work};

/// A request, before anybody knows who answers it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    pub work: Work,
    /// Of all text that goes along.
    pub bytes: usize,
    /// The tier that the user has chosen instead of the task's own.
    pub chosen: Option<Tier>,
}

/// What is known of the server behind a tier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Server {
    /// It needs no network.
    pub on_this_device: bool,
    /// The page may reach it as it is loaded now.
    pub reachable: bool,
    /// The user has allowed text to be sent there.
    pub allowed: bool,
}

/// What is known of the model in the tab.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tab {
    /// It makes suggestions on this device.
    pub runs: bool,
    /// It answers questions too.
    pub talks: bool,
}

/// What is the case when a request is made.
#[derive(Clone, Copy, Debug)]
pub struct Conditions<'a> {
    pub online: bool,
    pub tab: Tab,
    /// Of [`Tier::REMOTE`], in that order.
    pub servers: [Option<Server>; Tier::REMOTE.len()],
    pub health: &'a Health,
    pub now_ms: f64,
}

/// Where a request goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Route {
    pub tier: Tier,
    pub reason: Reason,
    /// The user has to allow it first.
    pub asks_consent: bool,
}

/// Finds who answers: the task's tier or the chosen one, the tab's where no server is named, else the next that can. A
/// tier that has been slow is passed over, but still better than none. For the tab, when it is chosen, nobody stands in:
/// whoever chooses it wants nothing to leave.
///
/// # Errors
/// [`NoRoute`] when nobody can be asked; at once, for nothing is tried.
pub fn route(wanted: Wanted, conditions: &Conditions<'_>) -> Result<Route, NoRoute> {
    let Wanted { work, bytes, chosen } = wanted;
    let chosen = chosen.filter(|_| work != Work::Complete);
    let out = |tier| conditions.out(tier, wanted);
    let alone = conditions.servers.iter().all(Option::is_none) && out(Tier::Instant).is_none();
    let usual = if alone { Tier::Instant } else { work.tier(bytes) };
    let first = chosen.unwrap_or(usual);
    let why = if chosen.is_some() { Why::Chosen } else { Why::Task(work) };
    let to = |tier: Tier, instead_of| Route {
        tier,
        reason: Reason { tier, why, bytes, instead_of, p95_ms: conditions.health.p95_ms(tier) },
        asks_consent: conditions.server(tier).is_some_and(|server| !server.allowed),
    };
    let Some(first_out) = out(first) else { return Ok(to(first, None)) };
    if chosen == Some(Tier::Instant) {
        return Err(NoRoute { tier: first, out: first_out });
    }
    let others = || first.instead().iter().copied().filter(|tier| *tier != first);
    if let Some(tier) = others().find(|tier| out(*tier).is_none()) {
        return Ok(to(tier, Some((first, first_out))));
    }
    let slow = |tier: &Tier| out(*tier) == Some(Out::Degraded);
    if let Some(tier) = std::iter::once(first).chain(others()).find(slow) {
        return Ok(to(tier, Some((first, first_out))));
    }
    // What can be done something about is said, rather than that the others are not named.
    let asked = std::iter::once(first).chain(others()).filter(|tier| *tier != Tier::Instant);
    let telling = asked.filter_map(|tier| Some((tier, out(tier)?)));
    let told = telling.max_by_key(|(tier, out)| (*out != Out::NotNamed, *tier == first));
    let (tier, out) = told.unwrap_or((first, first_out));
    Err(NoRoute { tier, out })
}

impl Conditions<'_> {
    fn server(&self, tier: Tier) -> Option<Server> {
        let at = Tier::REMOTE.iter().position(|remote| *remote == tier)?;
        self.servers[at]
    }

    /// Why this tier cannot be asked now.
    fn out(&self, tier: Tier, wanted: Wanted) -> Option<Out> {
        let health = || self.health.out(tier, wanted.bytes, self.now_ms);
        if tier == Tier::Instant {
            return match (wanted.work, self.tab) {
                (_, Tab { runs: false, .. }) => Some(Out::NoEngine),
                (Work::Complete, _) => health(),
                (_, Tab { talks: false, .. }) => Some(Out::Mute),
                (work, _) if !work.is_small() => Some(Out::TooSmall),
                _ => None,
            };
        }
        match self.server(tier) {
            None => Some(Out::NotNamed),
            Some(server) if !self.online && !server.on_this_device => Some(Out::Offline),
            Some(server) if !server.reachable => Some(Out::NeedsReload),
            Some(server) if wanted.work == Work::Complete && !server.allowed => {
                Some(Out::NotAllowed)
            }
            Some(_) => health(),
        }
    }
}
