//! What is remembered: answers given before, answers asked for ahead, suggestions refused.

use crate::scene::{Scene, ready};
use flint_assist::{Cursor, Event, Layer, Syntax, UserEvent};
use flint_protocol::Neighbour;

#[track_caller]
fn shows(scene: &Scene, marked: &str) {
    assert_eq!(scene.marked(), marked);
}

#[test]
fn an_engine_that_starts_again_hears_of_the_other_files_again() {
    let mut scene = Scene::open("let x|");
    let neighbours = vec![Neighbour {
        path: "b.rs".into(),
        language: "rust".into(),
        text: "let y = 1;\n".into(),
    }];
    scene.send(Event::EngineLost);
    scene.send(Event::Surrounded { neighbours: neighbours.clone() });
    assert_eq!(scene.known, []);
    scene.send(ready("nano"));
    assert_eq!(std::mem::take(&mut scene.known), neighbours);
    scene.send(Event::Surrounded { neighbours: neighbours.clone() });
    assert_eq!(scene.known, [], "it knows them");
}

#[test]
fn a_mistake_taken_back_brings_the_ghost_text_back_without_asking() {
    let mut scene = Scene::open("let x|");
    scene.type_text(" ").answer("= größe;");
    scene.type_text("= f");
    let asked = scene.asked();
    scene.backspace();
    shows(&scene, "let x = |⟦größe;⟧");
    scene.backspace();
    shows(&scene, "let x =|⟦ größe;⟧");
    assert_eq!(scene.asked(), asked);
    assert_eq!(scene.layers, [Layer::Cache, Layer::Cache]);
}

#[test]
fn a_place_where_the_engine_was_silent_is_not_asked_about_again() {
    let mut scene = Scene::open("let x|");
    scene.type_text(" ").answer("");
    scene.type_text("y").answer("");
    let asked = scene.asked();
    scene.backspace();
    shows(&scene, "let x |");
    assert_eq!(scene.asked(), asked);
}

#[test]
fn an_answer_that_is_not_whole_is_not_remembered() {
    let mut scene = Scene::open("let x|");
    scene.type_text(" ").stream("= ");
    scene.type_text("y").answer("");
    let asked = scene.asked();
    scene.backspace();
    shows(&scene, "let x |");
    assert_eq!(scene.asked(), asked + 1);
}

#[test]
fn another_suffix_another_file_another_model_and_another_prefix_are_other_places() {
    let changes: [fn(&mut Scene); 4] = [
        |scene| {
            let end = scene.text.len();
            scene.edit(end, end, "// more", "", UserEvent::Pasted);
            scene.cursor = Cursor::at(6);
        },
        |scene| {
            scene.send(Event::Opened {
                path: "src/lib.rs".into(),
                language: "rust".into(),
                text: scene.text.clone(),
                cursor: Cursor::at(6),
                syntax: Syntax::default(),
            });
        },
        |scene| {
            scene.send(Event::EngineLost);
            scene.send(ready("another"));
        },
        |scene| {
            scene.edit(0, 1, "", "", UserEvent::Deleted);
            scene.cursor = Cursor::at(scene.cursor.at + 5);
        },
    ];
    for (number, change) in changes.into_iter().enumerate() {
        let mut scene = Scene::open("let x|\n");
        scene.answer(" = 1;");
        change(&mut scene);
        scene.move_to(scene.cursor);
        let cached = scene.layers.len();
        scene.type_text("y").backspace();
        assert_eq!(scene.layers.len(), cached, "change {number}: {}", scene.marked());
    }
}

#[test]
fn a_restarted_engine_with_the_same_model_knows_what_it_said() {
    let mut scene = Scene::open("let x|");
    scene.answer(" = 1;");
    scene.send(Event::EngineLost);
    let asked = scene.asked();
    scene.send(ready("nano"));
    shows(&scene, "let x|⟦ = 1;⟧");
    assert_eq!(scene.asked(), asked);
}

#[test]
fn what_follows_an_accepted_suggestion_is_there_at_once() {
    let mut scene = Scene::open("fn f() {\n    |\n}");
    scene.answer("let x = 1;");
    assert_eq!(scene.requests.last().map(|ahead| &*ahead.prefix), Some("fn f() {\n    let x = 1;"));
    scene.answer("\n    let y = 2;");
    shows(&scene, "fn f() {\n    |⟦let x = 1;⟧\n}");
    let asked = scene.asked();
    scene.send(Event::AcceptAll);
    shows(&scene, "fn f() {\n    let x = 1;|⟦\n    let y = 2;⟧\n}");
    assert_eq!(scene.asked(), asked);
}

#[test]
fn a_speculation_still_on_its_way_is_joined() {
    let mut scene = Scene::open("x|");
    scene.answer(" = 1;");
    scene.stream(" y =");
    shows(&scene, "x|⟦ = 1;⟧");
    scene.send(Event::AcceptAll);
    shows(&scene, "x = 1;|⟦ y =⟧");
    scene.stream(" 2;");
    shows(&scene, "x = 1;|⟦ y = 2;⟧");
    assert_eq!(scene.layers, [Layer::Speculation]);
}

#[test]
fn a_speculation_is_dropped_when_the_user_goes_elsewhere() {
    let mut scene = Scene::open("x|");
    scene.answer(" = 1;");
    let ahead = scene.last_id();
    scene.type_text("y");
    scene.send(Event::Text { id: ahead, text: " stale".into() });
    scene.send(Event::Done { id: ahead });
    shows(&scene, "xy|");
}

#[test]
fn only_one_request_is_sent_ahead_of_the_user() {
    let mut scene = Scene::open("x|");
    scene.answer(" = 1;").answer(" y = 2;");
    assert_eq!(scene.ahead.len(), 1);
}

#[test]
fn a_refused_suggestion_stays_away_after_unrelated_edits() {
    let mut scene = Scene::open("let a;\nlet x|");
    scene.type_text(" ").answer("= 1;");
    scene.send(Event::Dismiss);
    scene.edit(0, 0, "// new\n", "", UserEvent::Pasted);
    let end = scene.text.len();
    scene.move_to(Cursor::at(end));
    scene.type_text("=").answer(" 1;");
    shows(&scene, "// new\nlet a;\nlet x =|");
    scene.type_text(" ").answer("2;");
    shows(&scene, "// new\nlet a;\nlet x = |⟦2;⟧");
}

#[test]
fn a_refused_suggestion_does_not_appear_for_a_moment_while_it_streams() {
    let mut scene = Scene::open("let x|");
    scene.type_text(" ").answer("= 1;");
    scene.send(Event::Dismiss);
    scene.type_text("=").stream(" ").stream("1");
    shows(&scene, "let x =|");
    scene.stream("0;");
    shows(&scene, "let x =|⟦ 10;⟧");
}

#[test]
fn the_same_suggestion_elsewhere_is_not_refused() {
    let mut scene = Scene::open("let x|");
    scene.answer(" = 1;");
    scene.send(Event::Dismiss);
    scene.type_text("\nlet x").answer(" = 1;");
    shows(&scene, "let x\nlet x|⟦ = 1;⟧");
}

/// Files come and go, and the memory stays small.
#[test]
fn the_memory_is_bounded() {
    let mut scene = Scene::open("|");
    for number in 0..2_000 {
        scene.text = format!("{}{number}", "x".repeat(12 * 1024));
        scene.cursor = Cursor::at(scene.text.len());
        scene.reopen();
        scene.type_text(" ").answer("= 1;");
    }
    let first = scene.layers.len();
    scene.backspace().type_text(" ");
    assert!(scene.layers.len() > first, "the newest is remembered");
    assert!(scene.state.remembered_bytes() <= 1 << 20);
}

#[test]
fn what_was_just_deleted_is_not_suggested_again() {
    let mut scene = Scene::open("let xyz|");
    scene.backspace().backspace().answer("yz = 1;");
    shows(&scene, "let x|");
    scene.type_text("a").answer("b = 1;");
    shows(&scene, "let xa|⟦b = 1;⟧");
}

#[test]
fn what_was_just_deleted_does_not_appear_for_a_moment_while_it_streams() {
    let mut scene = Scene::open("let xyz|");
    scene.backspace().backspace().stream("y");
    shows(&scene, "let x|");
    scene.stream("ear");
    shows(&scene, "let x|⟦year⟧");
}

#[test]
fn half_a_pair_that_was_deleted_is_not_suggested_again() {
    let mut scene = Scene::open("f(|)");
    scene.edit(1, 3, "", "", UserEvent::Deleted);
    scene.answer("(x);");
    shows(&scene, "f|");
}
