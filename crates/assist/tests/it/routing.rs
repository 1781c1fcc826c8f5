//! Who answers what, as tables.

use flint_assist::routing::{
    Conditions, Health, Outcome, Server, Tab, Tier, Turn, Wanted, Work, route,
};
use proptest::prelude::*;

const ELSEWHERE: Server = Server { on_this_device: false, reachable: true, allowed: true };
const HERE: Server = Server { on_this_device: true, ..ELSEWHERE };
const NEW: Server = Server { reachable: false, ..ELSEWHERE };
const UNASKED: Server = Server { allowed: false, ..ELSEWHERE };

type Servers = [Option<Server>; 3];
const ALL: Servers = [Some(ELSEWHERE); 3];
const NONE: Servers = [None; 3];
const QUICK: Servers = [Some(ELSEWHERE), None, None];

/// It makes suggestions, and answers questions or does not.
const MUTE: Tab = Tab { runs: true, talks: false };
const TALKS: Tab = Tab { talks: true, ..MUTE };

fn said(wanted: Wanted, servers: Servers, online: bool, health: &Health) -> String {
    said_beside(MUTE, wanted, servers, online, health)
}

fn said_beside(
    tab: Tab,
    wanted: Wanted,
    servers: Servers,
    online: bool,
    health: &Health,
) -> String {
    let conditions = Conditions { online, tab, servers, health, now_ms: 1_000.0 };
    match route(wanted, &conditions) {
        Ok(route) => route.reason.to_string(),
        Err(none) => none.to_string(),
    }
}

#[test]
fn every_task_has_its_tier() {
    let chosen = |tier, work| Wanted { work, chosen: Some(tier), ..Wanted::default() };
    let plain = |work| Wanted { work, ..Wanted::default() };
    let long = |work| Wanted { work, bytes: 100_000, ..Wanted::default() };
    for (wanted, servers, online, expected) in [
        (plain(Work::Complete), NONE, false, "In this tab for what is being typed"),
        (plain(Work::Edit), ALL, true, "Quick for a change in one file"),
        (plain(Work::Ask), ALL, true, "Quick for a question"),
        (plain(Work::Revise), ALL, true, "Quick for one step of a plan"),
        (plain(Work::Fix), ALL, true, "Quick for an error"),
        (long(Work::Ask), ALL, true, "Heavy for a long text"),
        (plain(Work::EditFiles), ALL, true, "Heavy for a change across files"),
        (plain(Work::Plan), ALL, true, "Heavy for a plan"),
        (plain(Work::Review), ALL, true, "Economical for a review"),
        (plain(Work::Document), ALL, true, "Economical for documentation"),
        (plain(Work::Test), ALL, true, "Economical for tests"),
        (chosen(Tier::Heavy, Work::Ask), ALL, true, "Heavy, as you chose"),
        (
            chosen(Tier::Instant, Work::Ask),
            ALL,
            true,
            "No model in this tab answers questions now. Take one that does in Models for suggestions, or choose another tier.",
        ),
        (chosen(Tier::Heavy, Work::Ask), QUICK, true, "Quick, as Heavy has no server"),
        (plain(Work::Review), QUICK, true, "Quick, as Economical has no server"),
        (plain(Work::Edit), NONE, true, "Name a model server in Connections first."),
        (
            plain(Work::Edit),
            [Some(NEW), None, None],
            true,
            "This page cannot reach the server yet. Open Connections and reload from there: your text is kept.",
        ),
        (
            plain(Work::Edit),
            ALL,
            false,
            "This device is offline, and no model server on it is named. Suggestions go on in the tab.",
        ),
        (
            plain(Work::Edit),
            [Some(ELSEWHERE), Some(HERE), None],
            false,
            "Heavy, as Quick cannot be reached without a network",
        ),
    ] {
        assert_eq!(said(wanted, servers, online, &Health::default()), expected, "{wanted:?}");
    }
}

#[test]
fn the_model_in_the_tab_answers_where_it_was_chosen_or_nobody_else_can() {
    let plain = |work| Wanted { work, ..Wanted::default() };
    let chosen = |work| Wanted { work, chosen: Some(Tier::Instant), ..Wanted::default() };
    for (tab, wanted, servers, online, expected) in [
        (TALKS, plain(Work::Ask), NONE, false, "In this tab for a question"),
        (TALKS, plain(Work::Edit), NONE, true, "In this tab for a change in one file"),
        (TALKS, plain(Work::Ask), ALL, true, "Quick for a question"),
        (
            TALKS,
            plain(Work::Ask),
            QUICK,
            false,
            "In this tab, as Quick cannot be reached without a network",
        ),
        (
            TALKS,
            plain(Work::Fix),
            [Some(NEW), None, None],
            true,
            "In this tab, as Quick is reached after a reload",
        ),
        (TALKS, chosen(Work::Ask), ALL, true, "In this tab, as you chose"),
        (
            TALKS,
            chosen(Work::Plan),
            ALL,
            true,
            "The model in this tab answers questions and changes one file, and no more. Choose another tier.",
        ),
        (TALKS, plain(Work::Plan), NONE, true, "Name a model server in Connections first."),
        (MUTE, plain(Work::Ask), NONE, true, "Name a model server in Connections first."),
        (Tab::default(), plain(Work::Ask), NONE, true, "Name a model server in Connections first."),
    ] {
        let said = said_beside(tab, wanted, servers, online, &Health::default());
        assert_eq!(said, expected, "{tab:?} {wanted:?}");
    }
}

#[test]
fn what_is_typed_goes_to_a_server_only_with_consent_and_without_an_engine() {
    let health = Health::default();
    let wanted = Wanted { work: Work::Complete, ..Wanted::default() };
    for (runs, server, expected) in [
        (true, ELSEWHERE, Some(Tier::Instant)),
        (false, ELSEWHERE, Some(Tier::Quick)),
        (false, UNASKED, None),
    ] {
        let servers = [Some(server), None, None];
        let conditions = Conditions {
            online: true,
            tab: Tab { runs, talks: true },
            servers,
            health: &health,
            now_ms: 0.0,
        };
        assert_eq!(route(wanted, &conditions).ok().map(|route| route.tier), expected);
    }
}

#[test]
fn consent_is_asked_for_the_tier_that_answers() {
    let health = Health::default();
    let servers = [Some(ELSEWHERE), Some(UNASKED), None];
    let conditions = Conditions { online: true, tab: MUTE, servers, health: &health, now_ms: 0.0 };
    for (work, asks) in [(Work::Edit, false), (Work::EditFiles, true)] {
        let route = route(Wanted { work, ..Wanted::default() }, &conditions);
        assert_eq!(route.map(|route| route.asks_consent), Ok(asks), "{work:?}");
    }
}

#[test]
fn three_misses_in_a_row_degrade_a_tier_and_one_answer_in_time_brings_it_back() {
    const LATE: Outcome = Outcome::Began { after_ms: 2_500.0 };
    const IN_TIME: Outcome = Outcome::Began { after_ms: 80.0 };
    let mut health = Health::default();
    for (outcome, turn) in [
        (LATE, None),
        (LATE, None),
        (IN_TIME, None),
        (LATE, None),
        (Outcome::Failed, None),
        (LATE, Some(Turn::Degraded)),
        (LATE, None),
    ] {
        assert_eq!(health.note(Tier::Quick, outcome, 0.0), turn, "{outcome:?}");
    }
    let edit = Wanted::default();
    assert_eq!(
        said(edit, ALL, true, &health),
        "Heavy, as Quick was too slow or failed three times in a row"
    );
    assert_eq!(
        said(edit, QUICK, true, &health),
        "Quick, though it was too slow or failed three times in a row: no other can be asked; answers begin within 2.5 s"
    );
    assert_eq!(health.note(Tier::Quick, IN_TIME, 0.0), Some(Turn::Recovered));
    assert!(said(edit, ALL, true, &health).starts_with("Quick for a change"));
    let mut health = Health::default();
    for _ in 0..3 {
        health.note(Tier::Quick, Outcome::Failed, -100_000.0);
    }
    assert_eq!(said(edit, ALL, true, &health), "Quick for a change in one file", "it gets a try");
}

#[test]
fn what_one_tier_has_used_up_blocks_no_other() {
    for (outcome, expected) in [
        (Outcome::QuotaUsedUp, "Heavy, as Quick has used up its quota (next try in 10 min)"),
        (
            Outcome::RateLimited { after_ms: Some(7_000.0) },
            "Heavy, as Quick has had too many requests (next try in 7 s)",
        ),
        (Outcome::TooLong { bytes: 10 }, "Heavy, as Quick does not read a text of this length"),
    ] {
        let mut health = Health::default();
        health.note(Tier::Quick, outcome, 1_000.0);
        let edit = Wanted { bytes: 10, ..Wanted::default() };
        assert_eq!(said(edit, ALL, true, &health), expected);
        let review = Wanted { work: Work::Review, bytes: 10, chosen: None };
        assert_eq!(said(review, ALL, true, &health), "Economical for a review");
        health.forget(Tier::Quick);
        assert_eq!(said(edit, ALL, true, &health), "Quick for a change in one file");
    }
}

fn servers() -> impl Strategy<Value = Servers> {
    let server = (any::<bool>(), any::<bool>(), any::<bool>()).prop_map(
        |(on_this_device, reachable, allowed)| Server { on_this_device, reachable, allowed },
    );
    prop::array::uniform3(prop::option::of(server))
}

fn outcomes() -> impl Strategy<Value = Vec<(usize, Outcome)>> {
    let outcome = prop_oneof![
        (0.0..50_000.0).prop_map(|after_ms| Outcome::Began { after_ms }),
        Just(Outcome::Failed),
        Just(Outcome::QuotaUsedUp),
        prop::option::of(0.0..9_000.0).prop_map(|after_ms| Outcome::RateLimited { after_ms }),
        (0_usize..200_000).prop_map(|bytes| Outcome::TooLong { bytes }),
    ];
    prop::collection::vec((0_usize..4, outcome), 0..30)
}

proptest! {
    /// Whatever has happened, a request goes to a server that is named, can be reached and has not
    /// used up what it has, and every route and every refusal is a sentence.
    #[test]
    fn a_route_is_always_possible_and_always_has_a_reason(
        work in prop::sample::select(vec![Work::Complete, Work::Ask, Work::Edit, Work::EditFiles, Work::Review]),
        chosen in prop::option::of(prop::sample::select(Tier::ALL.to_vec())),
        bytes in 0_usize..200_000,
        (online, runs, talks) in any::<(bool, bool, bool)>(),
        servers in servers(),
        outcomes in outcomes(),
    ) {
        let mut health = Health::default();
        for (tier, outcome) in &outcomes {
            health.note(Tier::ALL[*tier], *outcome, 0.0);
        }
        let tab = Tab { runs, talks };
        let conditions = Conditions { online, tab, servers, health: &health, now_ms: 1.0 };
        match route(Wanted { work, bytes, chosen }, &conditions) {
            Ok(route) => {
                prop_assert!(route.reason.to_string().starts_with(route.tier.name()));
                let stays = chosen == Some(Tier::Instant) && work != Work::Complete;
                prop_assert!(!stays || route.tier == Tier::Instant);
                if let Some(at) = Tier::REMOTE.iter().position(|tier| *tier == route.tier) {
                    let server = servers[at].expect("it is named");
                    prop_assert!(server.reachable && (online || server.on_this_device));
                    prop_assert!(server.allowed || route.asks_consent);
                    prop_assert!(work != Work::Complete || server.allowed);
                    let spent = |(tier, outcome): &(usize, Outcome)| {
                        *tier == route.tier as usize && *outcome == Outcome::QuotaUsedUp
                    };
                    prop_assert!(!outcomes.iter().any(spent));
                }
            }
            Err(none) => prop_assert!(none.to_string().ends_with('.')),
        }
    }
}
