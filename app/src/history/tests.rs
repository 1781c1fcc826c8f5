use super::*;
use proptest::prelude::*;

/// Noon of some day.
const NOW: f64 = 20_000.5 * DAY_MS;

fn add(history: &mut History, at_ms: f64, reason: Reason, text: &str) -> Plan {
    history.add(at_ms, reason, text).expect("the text is new")
}

fn reasons(history: &History) -> Vec<Reason> {
    history.snapshots().iter().map(|snapshot| snapshot.reason).collect()
}

#[test]
fn the_same_text_is_not_kept_twice() {
    let mut history = History::default();
    let first = add(&mut history, NOW, Reason::Run, "a");
    assert_eq!(history.add(NOW + 1.0, Reason::Run, "a"), None);
    add(&mut history, NOW + 2.0, Reason::Run, "b");
    let again = add(&mut history, NOW + 3.0, Reason::Restore, "a");
    assert_eq!(again.removed, [first.snapshot.id]);
    assert_eq!(reasons(&history), [Reason::Restore, Reason::Run]);
}

#[test]
fn a_clock_set_back_changes_no_order() {
    let mut history = History::default();
    add(&mut history, NOW, Reason::Run, "a");
    let second = add(&mut history, NOW - DAY_MS, Reason::Run, "b");
    assert_eq!(second.snapshot.id, NOW + 1.0);
}

#[test]
fn old_runs_thin_out_and_replaced_texts_stay() {
    let mut history = History::default();
    let morning = NOW - 5.0 * HOUR_MS;
    for minute in 0..10 {
        let reason = if minute == 4 { Reason::OpenLink } else { Reason::Run };
        add(&mut history, morning + f64::from(minute) * MINUTE_MS, reason, &format!("{minute}"));
    }
    assert_eq!(history.snapshots().len(), 10);
    add(&mut history, NOW, Reason::Run, "now");
    assert_eq!(reasons(&history), [Reason::Run, Reason::OpenLink]);
}

#[test]
fn what_is_very_old_goes() {
    let mut history = History::default();
    let old = add(&mut history, NOW - 91.0 * DAY_MS, Reason::OpenLink, "old");
    let plan = add(&mut history, NOW, Reason::Run, "new");
    assert_eq!(plan.removed, [old.snapshot.id]);
}

#[test]
fn a_snapshot_survives_being_written_down() {
    let mut history = History::default();
    let Plan { snapshot, .. } = add(&mut history, NOW, Reason::OtherTab, "text");
    let text = serde_json::to_string(&snapshot).expect("plain data");
    assert_eq!(serde_json::from_str::<Snapshot>(&text).expect("as written"), snapshot);
}

proptest! {
    /// Whatever is added when: bounded, in order, the newest there, and nothing gone unnamed.
    #[test]
    fn the_history_is_bounded_and_accounts_for_all(
        added in prop::collection::vec((0.0..100.0 * DAY_MS, 0_usize..4, 0..40_u32), 1..300)
    ) {
        let kinds = [Reason::Run, Reason::OpenLink, Reason::Typing, Reason::Restore];
        let mut history = History::default();
        let mut there = std::collections::BTreeSet::new();
        let mut now = NOW;
        for (gap, kind, text) in added {
            now += gap / 50.0;
            let Some(plan) = history.add(now, kinds[kind], &text.to_string()) else { continue };
            there.insert(plan.snapshot.id.to_bits());
            for id in &plan.removed {
                prop_assert!(there.remove(&id.to_bits()));
            }
            let ids: Vec<f64> = history.snapshots().iter().map(|snapshot| snapshot.id).collect();
            prop_assert_eq!(ids[0], plan.snapshot.id);
            prop_assert!(ids.is_sorted_by(|a, b| a > b));
            prop_assert!(ids.len() <= MOST);
            prop_assert_eq!(there.len(), ids.len());
        }
    }
}
