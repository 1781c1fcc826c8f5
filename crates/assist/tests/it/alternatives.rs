//! Other suggestions for the same place, as marked text.

use crate::scene::Scene;
use flint_assist::{Cursor, Event};

const NEXT: Event = Event::Cycle { forward: true };
const PREVIOUS: Event = Event::Cycle { forward: false };

#[track_caller]
fn shows(scene: &Scene, marked: &str) {
    assert_eq!(scene.marked(), marked);
}

/// What the engine was last asked for.
fn rank(scene: &Scene) -> u32 {
    scene.requests.last().expect("a request was sent").alternative
}

#[test]
fn another_one_is_asked_for_when_it_is_wanted_and_the_first_stays_until_it_comes() {
    let mut scene = Scene::open("let x|");
    scene.answer(" = 1;");
    scene.send(NEXT);
    assert_eq!(rank(&scene), 1);
    shows(&scene, "let x|⟦ = 1;⟧");
    scene.answer(": u8;");
    shows(&scene, "let x|⟦: u8;⟧");
    assert_eq!(scene.state.alternative(), Some((2, 2)));
}

#[test]
fn one_goes_back_and_forth_without_asking() {
    let mut scene = Scene::open("let x|");
    scene.answer(" = 1;");
    scene.send(NEXT);
    scene.answer(": u8;");
    let asked = scene.requests.len();
    scene.send(PREVIOUS);
    shows(&scene, "let x|⟦ = 1;⟧");
    scene.send(NEXT);
    shows(&scene, "let x|⟦: u8;⟧");
    assert_eq!(scene.requests.len(), asked);
}

#[test]
fn one_that_is_known_already_is_passed_over_and_the_list_ends() {
    let mut scene = Scene::open("let x|");
    scene.answer(" = 1;");
    scene.send(NEXT);
    for _ in 0..5 {
        scene.answer(" = 1;");
    }
    assert_eq!(rank(&scene), 6);
    scene.answer("");
    shows(&scene, "let x|⟦ = 1;⟧");
    let asked = scene.requests.len();
    scene.send(NEXT);
    assert_eq!(scene.requests.len(), asked, "there are no more");
}

#[test]
fn where_nothing_is_shown_one_can_be_asked_for() {
    for marked in ["let | = 1;", "|"] {
        let mut scene = Scene::open(marked);
        scene.send(NEXT);
        assert_eq!(rank(&scene), 0, "{marked}");
        scene.answer("x");
        shows(&scene, &marked.replace('|', "|⟦x⟧"));
    }
}

#[test]
fn one_that_was_refused_can_be_asked_for() {
    let mut scene = Scene::open("let x|");
    scene.answer(" = 1;");
    scene.send(Event::Dismiss);
    scene.send(NEXT);
    scene.answer(" = 1;");
    shows(&scene, "let x|⟦ = 1;⟧");
}

#[test]
fn typing_on_ends_it_and_what_was_shown_shrinks() {
    let mut scene = Scene::open("let x|");
    scene.answer(" = 1;");
    scene.send(NEXT);
    let asked = scene.last_id();
    scene.type_text(" ");
    shows(&scene, "let x |⟦= 1;⟧");
    assert!(scene.cancelled.contains(&asked));
    scene.send(Event::Text { id: asked, text: ": u8;".into() });
    scene.send(Event::Done { id: asked });
    shows(&scene, "let x |⟦= 1;⟧");
}

#[test]
fn an_alternative_is_accepted_in_part() {
    let mut scene = Scene::open("let x|");
    scene.answer(" = 1;");
    scene.send(NEXT);
    scene.answer(": u8 = 2;");
    scene.send(Event::AcceptWord);
    scene.send(Event::AcceptWord);
    shows(&scene, "let x: u8|⟦ = 2;⟧");
}

#[test]
fn nothing_is_asked_for_in_a_selection_or_a_composition() {
    for cursor in
        [Cursor { selecting: true, ..Cursor::at(1) }, Cursor { composing: true, ..Cursor::at(1) }]
    {
        let mut scene = Scene::open("x|");
        scene.move_to(cursor);
        let asked = scene.requests.len();
        scene.send(NEXT);
        assert_eq!(scene.requests.len(), asked);
    }
}

#[test]
fn leaving_the_editor_hides_and_refuses_nothing() {
    let mut scene = Scene::open("let x|");
    scene.answer(" = 1;");
    scene.send(Event::Left);
    shows(&scene, "let x|");
    scene.type_text(" ");
    shows(&scene, "let x |⟦= 1;⟧");
}
