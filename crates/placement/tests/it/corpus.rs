//! The corpus: every family, in turn, until there are enough cases; and what came of them.

use crate::case::{Case, Expect, Outcome};
use crate::chance::Chance;
use crate::{collected, families, regional, report, ruined};

type Family = fn(&mut Chance) -> Case;

const FAMILIES: [Family; 35] = [
    families::shifted,
    families::stepped,
    families::tabs,
    families::missing_lines,
    families::repeated_with_context,
    families::crlf,
    families::look_alikes,
    families::elided,
    families::neighbours,
    families::one_after_the_other,
    families::moved,
    families::wrong_numbers,
    families::noise,
    families::lost_spaces,
    families::several_files,
    ruined::repeated,
    ruined::truncated,
    ruined::placeholder,
    ruined::overlapping,
    ruined::gone,
    ruined::stale,
    ruined::missing_beside_insertion,
    ruined::one_of_two_files,
    ruined::already_there,
    regional::written_anew,
    regional::less_deep,
    regional::deeper,
    regional::whole_file,
    regional::with_surroundings,
    regional::crlf,
    regional::other_format,
    regional::without_fence,
    regional::cut_off,
    regional::with_a_hole,
    regional::two_answers,
];

const CASES: usize = 840;

#[test]
fn no_edit_lands_in_a_wrong_place() {
    let count = CASES * report::scale();
    let generated = (0..count).map(|index| {
        let mut chance = Chance(index as u64 * 7919);
        FAMILIES[index % FAMILIES.len()](&mut chance)
    });
    let cases: Vec<_> = collected::cases().into_iter().chain(generated).collect();
    let mut wrong = Vec::new();
    let mut missed = Vec::new();
    let mut repairable = 0;
    for case in &cases {
        let is_repairable = matches!(case.expect, Expect::Becomes(_));
        repairable += usize::from(is_repairable);
        match case.outcome() {
            Outcome::Wrong => wrong.push(case),
            Outcome::Refused if is_repairable => missed.push(case),
            _ => {}
        }
    }
    let applied = repairable - missed.len();
    report::write(
        "placement",
        &format!(
            r#"{{"cases":{},"wrong_places":{},"partial_applies":{},"repairable":{repairable},"repairable_applied":{applied}}}"#,
            cases.len(),
            wrong.len(),
            partial(&cases),
        ),
    );
    let wrong_families: Vec<_> = wrong.iter().map(|case| case.family).collect();
    assert!(wrong.is_empty(), "{wrong_families:?}, the first: {}", show(wrong[0]));
    assert_eq!(partial(&cases), 0);
    cases.iter().for_each(hunks_make_the_text);
    let families: Vec<_> = missed.iter().map(|case| case.family).collect();
    assert!(
        applied * 100 >= repairable * 95,
        "{applied} of {repairable}: {families:?}, the first: {}",
        show(missed[0])
    );
}

/// Cases that are applied with anything of them refused: a plan is whole or is nothing.
fn partial(cases: &[Case]) -> usize {
    let half = |case: &&Case| {
        let plan = case.plan();
        let made: Vec<_> = plan.changes.iter().flat_map(|change| &change.edits).collect();
        let edits = case.read().edits.len();
        plan.is_whole() && made.len() != edits
    };
    cases.iter().filter(half).count()
}

fn show(case: &Case) -> String {
    let plan = case.plan();
    let refused: Vec<_> = plan.refused.iter().map(|refusal| refusal.reason).collect();
    let now = crate::case::made(&case.files, &plan);
    format!(
        "{}\n{}\n{refused:?}\n{now:#?}\ninstead of {:#?}",
        case.family, case.answer, case.expect
    )
}

/// What is shown as hunks is what is made.
fn hunks_make_the_text(case: &Case) {
    for change in case.plan().changes {
        let (Some(before), Some(after)) = (&change.before, &change.after) else { continue };
        if change.hunks.is_empty() {
            continue;
        }
        let splices: Vec<_> = change.hunks.iter().map(|hunk| hunk.splice.clone()).collect();
        assert_eq!(flint_placement::apply(before, &splices), *after, "{}", case.answer);
    }
}
