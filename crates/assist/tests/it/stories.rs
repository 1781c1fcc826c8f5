//! What a user sees, as marked text: `|` is the cursor, `⟦…⟧` is ghost text.

use crate::scene::{Scene, ready};
use flint_assist::{Change, Cursor, Event, Syntax, UserEvent};
use flint_protocol::RequestId;

#[track_caller]
fn shows(scene: &Scene, marked: &str) {
    assert_eq!(scene.marked(), marked);
}

#[test]
fn typing_brings_ghost_text() {
    let mut scene = Scene::open("let x|");
    scene.type_text(" ").answer("= 1;");
    shows(&scene, "let x |⟦= 1;⟧");
}

#[test]
fn nothing_is_debounced() {
    let mut scene = Scene::open("l|");
    scene.type_text("et");
    let prefixes: Vec<_> = scene.requests.iter().map(|request| request.prefix.as_str()).collect();
    assert_eq!(prefixes, ["l", "le", "let"]);
}

#[test]
fn typing_through_shrinks_and_asks_nothing() {
    let mut scene = Scene::open("let x|");
    scene.type_text(" ").answer("= größe;");
    let asked = scene.requests.len();
    scene.type_text("= grö");
    shows(&scene, "let x = grö|⟦ße;⟧");
    assert_eq!(scene.requests.len(), asked);
}

#[test]
fn typing_it_all_asks_for_more() {
    let mut scene = Scene::open("x|");
    scene.answer(" = 1;");
    let asked = scene.requests.len();
    scene.type_text(" = 1;");
    shows(&scene, "x = 1;|");
    assert_eq!(scene.requests.len(), asked, "it was asked for before");
    scene.answer(" y = 2;");
    shows(&scene, "x = 1;|⟦ y = 2;⟧");
}

#[test]
fn typing_something_else_drops_it_and_asks_at_once() {
    let mut scene = Scene::open("let x|");
    scene.type_text(" ").answer("= 1;");
    let asked = scene.requests.len();
    scene.type_text(":");
    shows(&scene, "let x :|");
    assert_eq!(scene.requests.len(), asked + 1);
}

#[test]
fn typing_ahead_of_the_stream_is_replayed_over_it() {
    let mut scene = Scene::open("x|");
    scene.stream(" = al").type_text(" = alph");
    shows(&scene, "x = alph|");
    assert_eq!(scene.requests.len(), 1);
    scene.stream("pha(").stream("1)");
    shows(&scene, "x = alph|⟦a(1)⟧");
}

#[test]
fn a_stream_that_leaves_the_typing_is_dropped() {
    let mut scene = Scene::open("x|");
    scene.stream(" = al").type_text(" = alp");
    let stale = scene.last_id();
    scene.stream("so");
    shows(&scene, "x = alp|");
    assert_eq!(scene.requests.len(), 2);
    scene.send(Event::Text { id: stale, text: "!".into() });
    shows(&scene, "x = alp|");
}

#[test]
fn a_stale_answer_is_dropped() {
    let mut scene = Scene::open("a|");
    let stale = scene.last_id();
    scene.type_text("b");
    scene.send(Event::Text { id: stale, text: "stale".into() });
    scene.send(Event::Done { id: RequestId(99) });
    shows(&scene, "ab|");
    scene.answer(" fresh");
    shows(&scene, "ab|⟦ fresh⟧");
}

#[test]
fn accepting_all_asks_for_more() {
    let mut scene = Scene::open("let x|");
    scene.answer(" = 1;");
    scene.send(Event::AcceptAll);
    shows(&scene, "let x = 1;|");
    assert_eq!(scene.requests.last().map(|request| request.prefix.as_str()), Some("let x = 1;"));
}

#[test]
fn accepting_by_word_leaves_the_rest() {
    let mut scene = Scene::open("let x|");
    scene.answer(" = foo_bar(1);");
    let asked = scene.requests.len();
    let mut steps = Vec::new();
    for _ in 0..5 {
        scene.send(Event::AcceptWord);
        steps.push(scene.marked());
    }
    assert_eq!(
        steps,
        [
            "let x =|⟦ foo_bar(1);⟧",
            "let x = foo_bar|⟦(1);⟧",
            "let x = foo_bar(|⟦1);⟧",
            "let x = foo_bar(1|⟦);⟧",
            "let x = foo_bar(1);|",
        ]
    );
    assert_eq!(scene.requests.len(), asked, "what follows was asked for before");
}

#[test]
fn accepting_by_line_leaves_the_rest() {
    let mut scene = Scene::open("fn f() {|");
    scene.answer("\n    a();\n    b();\n}");
    scene.send(Event::AcceptLine);
    shows(&scene, "fn f() {\n    a();|⟦\n    b();\n}⟧");
    scene.send(Event::AcceptLine);
    shows(&scene, "fn f() {\n    a();\n    b();|⟦\n}⟧");
}

#[test]
fn dismissing_is_silent_until_the_next_edit() {
    let mut scene = Scene::open("let x|");
    scene.stream(" = 1;");
    let id = scene.last_id();
    scene.send(Event::Dismiss);
    shows(&scene, "let x|");
    assert_eq!(scene.cancelled, [id]);
    scene.stream(" more");
    shows(&scene, "let x|");
    scene.type_text(" ").answer("= 2;");
    shows(&scene, "let x |⟦= 2;⟧");
}

#[test]
fn an_automatic_closer_is_not_doubled() {
    let mut scene = Scene::open("print|");
    scene.answer("(name);");
    let asked = scene.requests.len();
    scene.type_pair("(", ")");
    shows(&scene, "print(|⟦name⟧)");
    scene.type_text("na");
    shows(&scene, "print(na|⟦me⟧)");
    assert_eq!(scene.requests.len(), asked);
}

#[test]
fn undo_is_not_answered_with_a_suggestion() {
    let mut scene = Scene::open("ab|");
    scene.answer("c");
    let asked = scene.requests.len();
    scene.edit(1, 2, "", "", UserEvent::Undone);
    shows(&scene, "a|");
    assert_eq!(scene.requests.len(), asked);
}

#[test]
fn moving_the_cursor_drops_ghost_text() {
    let mut scene = Scene::open("one\ntwo|");
    scene.answer(" three");
    scene.move_to(Cursor::at(3));
    shows(&scene, "one|\ntwo");
}

#[test]
fn silent_places() {
    for marked in ["|", "  \n|", "let | = 1;", "f(|a)", "a|b"] {
        assert!(Scene::open(marked).requests.is_empty(), "asked at {marked:?}");
    }
    for marked in ["f(|)", "f(\"|\");", "if x| {", "a|", "a: [|],"] {
        assert_eq!(Scene::open(marked).requests.len(), 1, "silent at {marked:?}");
    }
}

#[test]
fn silent_while_composing_and_speaks_after() {
    let mut scene = Scene::open("x|");
    let asked = scene.requests.len();
    scene.cursor.composing = true;
    scene.type_text("ni");
    assert_eq!(scene.requests.len(), asked);
    scene.move_to(Cursor::at(3));
    assert_eq!(scene.requests.len(), asked + 1);
}

#[test]
fn silent_with_a_selection() {
    let mut scene = Scene::open("x|");
    scene.answer(" = 1");
    scene.move_to(Cursor { selecting: true, ..Cursor::at(1) });
    shows(&scene, "x|");
}

#[test]
fn a_body_gets_a_block_and_a_statement_a_line() {
    let lines = |marked| Scene::open(marked).requests[0].limits.max_lines;
    assert_eq!(lines("fn f() {\n    |\n}"), 6);
    assert_eq!(lines("fn f() {\n    let x|\n}"), 6);
    assert_eq!(lines("a();\nlet x|"), 1);
    assert_eq!(lines("f(|)"), 1);
}

#[test]
fn switching_off_hides_and_switching_on_asks() {
    let mut scene = Scene::open("x|");
    scene.answer(" = 1");
    scene.send(Event::Toggled { on: false });
    shows(&scene, "x|");
    scene.type_text("y");
    assert_eq!(scene.asked(), 1);
    scene.send(Event::Toggled { on: true });
    assert_eq!(scene.asked(), 2);
}

#[test]
fn a_lost_engine_is_not_asked_and_a_new_one_is() {
    let mut scene = Scene::open("x|");
    scene.send(Event::EngineLost);
    scene.type_text("y");
    assert_eq!(scene.requests.len(), 1);
    scene.send(ready("nano"));
    assert_eq!(scene.requests.len(), 2);
    assert_eq!(scene.requests[1].prefix, "xy");
}

#[test]
fn an_edit_that_does_not_fit_asks_for_the_text_again() {
    // Past the end, inside a character, backwards, overlapping; a cursor inside a character.
    for (changes, cursor) in [
        (vec![(3, 90)], 2),
        (vec![(3, 4)], 2),
        (vec![(2, 1)], 2),
        (vec![(0, 2), (1, 2)], 0),
        (vec![(0, 0)], 3),
    ] {
        let mut scene = Scene::open("grö|");
        scene.text = "grö!".into();
        let change = |(from, to)| Change { from, to, insert: String::new() };
        scene.send(Event::Edited {
            changes: changes.iter().copied().map(change).collect(),
            cursor: Cursor::at(cursor),
            syntax: Syntax::default(),
            user_event: UserEvent::Typed,
        });
        let text = scene.state.document().map(|document| document.text());
        assert_eq!(text, Some("grö!"), "{changes:?} {cursor}");
    }
}

#[test]
fn long_files_are_cut_at_line_borders() {
    let line = "ä".repeat(49) + "\n";
    let scene = Scene::open(&format!("{}|\n{}", line.repeat(400), line.repeat(400)));
    let request = &scene.requests[0];
    assert!(request.prefix.len() <= 16 * 1024 && request.prefix.len() > 11 * 1024);
    assert!(request.suffix.len() <= 8 * 1024 && request.suffix.len() > 7 * 1024);
    assert_eq!(request.prefix.len() % line.len(), 0);
    assert!(request.suffix.ends_with('\n'));
}

#[test]
fn what_suggestions_were_worth_is_counted() {
    let mut scene = Scene::open("let x|");
    scene.answer(" = größe;");
    scene.type_text(" ");
    scene.send(Event::AcceptWord);
    scene.send(Event::AcceptAll);
    scene.answer(" // x");
    scene.send(Event::Dismiss);
    let tally = scene.state.tally();
    let counts = (tally.shown, tally.accepted, tally.dismissed, tally.typed_through, tally.saved);
    assert_eq!(counts, (2, 1, 1, 1, "= größe;".chars().count() as u32));
    assert_eq!((tally.wanted, tally.ahead, tally.cached), (2, 1, 0));
}
