use super::*;

const BASE: &str = "a = 1\nb = 2\nc = 3\n";
const ANSWER: &str = "x.py\n<<<<<<< SEARCH\na = 1\n=======\na = 10\n>>>>>>> REPLACE\n<<<<<<< SEARCH\nc = 3\n=======\nc = 30\nd = 40\n>>>>>>> REPLACE\n";
const FILES: &str = "x.py\n<<<<<<< SEARCH\na = 1\n=======\na = 10\n>>>>>>> REPLACE\n\ny.py\n<<<<<<< SEARCH\nb = 2\n=======\nb = 20\n>>>>>>> REPLACE\n\nnew.py\n<<<<<<< SEARCH\n=======\nz = 0\n>>>>>>> REPLACE\n";
const PLAN: &str = "## Step 1: first\nx.py\n<<<<<<< SEARCH\na = 1\n=======\na = 10\n>>>>>>> REPLACE\n\n## Step 2: second\nx.py\n<<<<<<< SEARCH\nb = 2\n=======\nb = 20\n>>>>>>> REPLACE\n<<<<<<< SEARCH\nc = 3\n=======\nc = 30\n>>>>>>> REPLACE\n";

fn bases(text: &str) -> Vec<Base> {
    vec![Base { path: "x.py".into(), text: text.into() }]
}

fn proposal() -> Proposal {
    Proposal::new(1, bases(BASE), "x.py", false)
}

fn finished(answer: &str, in_steps: bool) -> Proposal {
    let mut proposal = Proposal::new(1, bases(BASE), "x.py", in_steps);
    proposal.push(answer);
    proposal.finish();
    proposal
}

fn inserted(proposal: &Proposal) -> Vec<(u32, String)> {
    let text = |hunk: &Hunk| match &hunk.change {
        Change::Lines(splice) => splice.insert.join("|"),
        Change::Create(text) => format!("new {text}"),
        Change::Delete => "gone".into(),
        Change::Move(to) => format!("to {to}"),
    };
    proposal.hunks().iter().map(|hunk| (hunk.id, text(hunk))).collect()
}

#[test]
fn hunks_grow_while_the_answer_comes_and_keep_their_ids() {
    let mut proposal = proposal();
    let mut seen = Vec::new();
    for line in ANSWER.split_inclusive('\n') {
        proposal.push(line);
        proposal.place();
        let now = inserted(&proposal);
        assert!(seen.iter().all(|id| now.iter().any(|(now, _)| now == id)), "{now:?}");
        seen = now.into_iter().map(|(id, _)| id).collect();
    }
    proposal.finish();
    assert_eq!(inserted(&proposal), [(0, "a = 10".into()), (1_000, "c = 30|d = 40".into())]);
    assert_eq!(proposal.refused(), [""; 0]);
}

#[test]
fn what_is_decided_does_not_come_back() {
    let mut proposal = proposal();
    proposal.push(&ANSWER[..ANSWER.len() / 2]);
    proposal.place();
    proposal.decide(&[0], false);
    proposal.push(&ANSWER[ANSWER.len() / 2..]);
    proposal.finish();
    assert_eq!(inserted(&proposal), [(1_000, "c = 30|d = 40".into())]);
    assert_eq!(proposal.current().map(|hunk| hunk.id), Some(1_000));
    proposal.decide(&[1_000], true);
    assert_eq!((proposal.current(), proposal.accepted()), (None, 1));
}

#[test]
fn the_current_hunk_goes_around() {
    let mut proposal = finished(ANSWER, false);
    let at = |proposal: &Proposal| proposal.current().map(|hunk| hunk.id);
    assert_eq!(at(&proposal), Some(0));
    proposal.go(true);
    proposal.go(true);
    proposal.go(false);
    assert_eq!(at(&proposal), Some(1_000));
}

#[test]
fn what_has_no_place_is_said() {
    let proposal = finished("<<<<<<< SEARCH\nz = 1\n=======\nz = 2\n>>>>>>> REPLACE\n", false);
    assert!(proposal.hunks().is_empty() && proposal.refused().len() == 1);
}

#[test]
fn one_answer_changes_several_files() {
    let mut both = bases(BASE);
    both.push(Base { path: "y.py".into(), text: "b = 2\n".into() });
    let mut proposal = Proposal::new(1, both, "x.py", false);
    proposal.push(FILES);
    proposal.finish();
    assert_eq!(proposal.current().map(|hunk| hunk.path.as_str()), Some("x.py"));
    let files: Vec<_> = proposal.files().into_iter().map(|file| (file.path, file.left)).collect();
    assert_eq!(files, [("x.py".into(), 1), ("y.py".into(), 1), ("new.py".into(), 1)]);
    assert_eq!(proposal.shown("y.py").hunks.len(), 1);
    assert!(proposal.shown("new.py").hunks.is_empty(), "it is nowhere in the editor");
    proposal.go_to_file("y.py");
    proposal.decide(&[0, 1_000], true);
    assert_eq!(inserted(&proposal), [(2_000, "new z = 0\n".into())]);
}

#[test]
fn a_step_that_is_revised_leaves_the_others_as_they_are() {
    let mut proposal = finished(PLAN, true);
    let counts = |proposal: &Proposal| {
        let count = |step: StepView| (step.title, step.left, step.accepted, step.rejected);
        proposal.steps().into_iter().map(count).collect::<Vec<_>>()
    };
    assert_eq!(counts(&proposal), [("first".into(), 1, 0, 0), ("second".into(), 2, 0, 0)]);
    let ids: Vec<_> = inserted(&proposal).into_iter().map(|(id, _)| id).collect();
    // One change of the second step is made; now the first step is asked for anew.
    proposal.decide(&ids[1..2], true);
    proposal.revise(2, 1, bases("a = 1\nb = 20\nc = 3\n"));
    assert_eq!(counts(&proposal), [("first".into(), 0, 0, 0), ("second".into(), 1, 1, 0)]);
    proposal.push("x.py\n<<<<<<< SEARCH\na = 1\n=======\na = 11\n>>>>>>> REPLACE\n");
    proposal.finish();
    assert_eq!(counts(&proposal), [("first".into(), 1, 0, 0), ("second".into(), 1, 1, 0)]);
    let now = inserted(&proposal);
    assert_eq!(now.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>(), ["a = 11", "c = 30"]);
    assert_eq!(now[1].0, ids[2], "what was not revised is the same change");
    assert_eq!(proposal.refused(), [""; 0]);
}

#[test]
fn a_revision_that_comes_to_nothing_leaves_the_step_as_it_was() {
    let mut proposal = finished(PLAN, true);
    let before = inserted(&proposal);
    proposal.revise(2, 2, bases(BASE));
    proposal.push("I cannot.");
    proposal.finish();
    assert_eq!(inserted(&proposal), before);
}

#[test]
fn a_file_gets_another_name_and_keeps_what_is_left_of_it() {
    let mut proposal = finished(
        "*** Begin Patch\n*** Update File: x.py\n*** Move to: z.py\n-b = 2\n+b = 20\n*** End Patch\n",
        false,
    );
    assert_eq!(inserted(&proposal), [(1_000, "b = 20".into()), (0, "to z.py".into())]);
    assert_eq!(proposal.files()[0].moves_to.as_deref(), Some("z.py"));
    proposal.decide(&[0], true);
    proposal.renamed("x.py", "z.py");
    assert_eq!((proposal.shown("z.py").hunks.len(), proposal.base("z.py")), (1, Some(BASE)));
    assert_eq!(proposal.refused(), [""; 0]);
}

#[test]
fn lines_written_anew_show_while_they_come() {
    let region = Region::new("x.py", BASE, 1, 3);
    let mut proposal = proposal().of_region(region);
    proposal.push("Sure:\n```python\nb = 2");
    proposal.place();
    assert_eq!(inserted(&proposal), []);
    proposal.push("0\n");
    proposal.place();
    assert_eq!(inserted(&proposal), [(0, "b = 20".into())]);
    proposal.push("c = 3\n```\n");
    proposal.finish();
    assert_eq!(inserted(&proposal), [(0, "b = 20".into())]);
    assert_eq!(proposal.refused(), [""; 0]);
}
