//! What follows an edit elsewhere in the file. `|` is the cursor, at the end of what is written anew.

use crate::scene::Scene;
use flint_assist::{Cursor, Event, NextEdit, UserEvent};

/// Deletes `old` before the cursor and types `new`; the engine has nothing to say.
fn write_anew(marked: &str, old: &str, new: &str) -> Scene {
    let mut scene = Scene::open(marked);
    answer(&mut scene);
    for _ in old.chars() {
        scene.backspace();
        answer(&mut scene);
    }
    for c in new.chars() {
        scene.type_text(c.encode_utf8(&mut [0; 4]));
        answer(&mut scene);
    }
    scene
}

#[test]
fn a_word_of_what_was_just_written_is_renamed_and_its_spelling_mended() {
    let mut scene = Scene::open("|");
    scene.edit(0, 0, "def f(sum):\n    return sum\n", "", UserEvent::Pasted);
    scene.move_to(Cursor::at(9));
    for _ in 0..3 {
        scene.backspace();
    }
    scene.type_text("totl");
    assert_eq!(scene.next.as_ref().and_then(|next| next.insert.as_deref()), Some("totl"));
    scene.move_to(Cursor::at(9));
    scene.type_text("a");
    assert_eq!(scene.next.as_ref().and_then(|next| next.insert.as_deref()), Some("total"));
    assert_eq!(follow(&mut scene), 1);
    assert_eq!(scene.text, "def f(total):\n    return total\n");
}

fn answer(scene: &mut Scene) {
    if scene.state.is_awaiting() {
        scene.answer("");
    }
}

/// Follows until nothing is proposed; how many edits were made.
fn follow(scene: &mut Scene) -> usize {
    let mut made = 0;
    for _ in 0..100 {
        let Some(next) = scene.next.clone() else {
            return made;
        };
        made += usize::from(next.here && next.insert.is_some());
        scene.send(Event::AcceptNext);
        answer(scene);
    }
    panic!("it never ends: {}", scene.text);
}

#[test]
fn what_has_a_new_name_has_it_everywhere_it_reaches() {
    let cases = [
        // A parameter, as far as its function goes.
        (
            "def f(sum|):\n    print(sum)\n    return sum + 1\n\ndef g(sum):\n    return sum\n",
            ("sum", "total"),
            "def f(total):\n    print(total)\n    return total + 1\n\ndef g(sum):\n    return sum\n",
        ),
        // A variable, also from inside a block.
        (
            "fn f() {\n    let mut n| = 0;\n    for i in 0..9 {\n        n += i;\n    }\n    n\n}\n\nfn g(n: u32) {}\n",
            ("n", "count"),
            "fn f() {\n    let mut count = 0;\n    for i in 0..9 {\n        count += i;\n    }\n    count\n}\n\nfn g(n: u32) {}\n",
        ),
        // Outside of functions, the whole file.
        (
            "const size| = 3;\nconst f = () => {\n  return size;\n};\n",
            ("size", "width"),
            "const width = 3;\nconst f = () => {\n  return width;\n};\n",
        ),
        // A function and its calls, before it and behind it.
        (
            "a = area(1)\ndef area|(r):\n    return r\nprint(area(2))\n",
            ("area", "surface"),
            "a = surface(1)\ndef surface(r):\n    return r\nprint(surface(2))\n",
        ),
        // A field is not a variable of the same name, nor the other way.
        (
            "self.name| = name\nprint(self.name, name)\n",
            ("name", "title"),
            "self.title = name\nprint(self.title, name)\n",
        ),
        ("x| = 1\np.x = x\n", ("x", "left"), "left = 1\np.x = left\n"),
        // An argument's label and an object's field keep their names.
        (
            "def f(key|):\n    return g(key=key)\n",
            ("key", "name"),
            "def f(name):\n    return g(key=name)\n",
        ),
        (
            "const id| = 1;\nsend({ id: id });\n",
            ("id", "number"),
            "const number = 1;\nsend({ id: number });\n",
        ),
        // Part of a word is another word; comments and whole strings are prose.
        (
            "let to| = 1;\nlet total = to; // to be\nprint(\"to\", to);\n",
            ("to", "end"),
            "let end = 1;\nlet total = end; // to be\nprint(\"to\", end);\n",
        ),
        (
            "größe| = 1\nprint(größe, größer)\n",
            ("größe", "länge"),
            "länge = 1\nprint(länge, größer)\n",
        ),
    ];
    for (marked, (old, new), wanted) in cases {
        let mut scene = write_anew(marked, old, new);
        let left = scene.next.as_ref().map_or(0, |next| next.left);
        assert_eq!(follow(&mut scene), left, "{marked}");
        assert_eq!(scene.text, wanted);
    }
}

#[test]
fn nothing_follows_from_an_edit_that_says_nothing_of_others() {
    let cases = [
        ("another name that the file knows", "let a| = b;\nprint(a);\n", "a", "b"),
        ("a keyword", "let| a = 1;\nlet b = 2;\n", "let", "const"),
        ("a type", "let a: u32| = 1;\nlet b: u32 = 2;\n", "u32", "usize"),
        ("a value", "f(a|);\ng(a);\n", "a", "null"),
        ("the only place", "let a| = 1;\n", "a", "b"),
        ("a number", "f(1|);\ng(1);\n", "1", "2"),
        ("a word that is only begun", "let a = 1;\n|\n", "", "a"),
        ("code in a word's place", "f(a|);\ng(a);\n", "a", "b + c"),
        ("nothing in a word's place", "f(a|);\ng(a);\n", "a", ""),
    ];
    for (what, marked, old, new) in cases {
        assert_eq!(write_anew(marked, old, new).next, None, "{what}");
    }
}

#[test]
fn tab_goes_there_first_and_changes_then_and_the_rest_is_counted() {
    let mut scene = write_anew("def f(sum|):\n    print(sum)\n    return sum\n", "sum", "total");
    let next = |at: std::ops::Range<usize>, line, left, here| {
        Some(NextEdit { at, insert: Some("total".into()), line, left, here })
    };
    assert_eq!(scene.next, next(24..27, 2, 2, false));
    scene.send(Event::AcceptNext);
    assert_eq!((scene.cursor.at, scene.next.clone()), (27, next(24..27, 2, 2, true)));
    scene.send(Event::AcceptNext);
    assert_eq!(scene.text, "def f(total):\n    print(total)\n    return sum\n");
    assert_eq!(scene.next, next(42..45, 3, 1, false));
}

#[test]
fn what_is_refused_or_undone_stays_away() {
    let refuse: [fn(&mut Scene); 2] = [
        |scene| scene.send(Event::Dismiss),
        |scene| scene.edit(6, 11, "sum", "", UserEvent::Undone),
    ];
    for refuse in refuse {
        let mut scene = write_anew("def f(sum|):\n    return sum\n", "sum", "total");
        assert!(scene.next.is_some());
        refuse(&mut scene);
        assert_eq!(scene.next, None);
        scene.edit(6, 6 + scene.text[6..].find(')').unwrap_or(0), "sum", "", UserEvent::Pasted);
        scene.edit(6, 9, "total", "", UserEvent::Pasted);
        answer(&mut scene);
        assert_eq!(scene.next, None);
    }
}

#[test]
fn what_was_replaced_twice_is_replaced_again() {
    let text = "console.log(a);\nconsole.log(b);\nconsole.log(c);\n";
    let mut scene = Scene::open(&format!("|{text}"));
    for at in [0, 16] {
        assert_eq!(scene.next, None, "once says nothing");
        scene.edit(at, at + 11, "report.note", "", UserEvent::Pasted);
        answer(&mut scene);
    }
    assert_eq!(follow(&mut scene), 1);
    assert_eq!(scene.text, text.replace("console.log", "report.note"));
}

#[test]
fn calls_follow_a_definition_with_another_number_of_parameters() {
    let mut scene = write_anew(
        "def area(width|):\n    return width\n\na = area(1)\nb = area(2)\nc = area(3, 4)\n",
        "",
        ", height",
    );
    for (line, at) in [(4, "1"), (5, "2")] {
        let next = scene.next.clone().expect("a call that lacks an argument");
        assert_eq!((next.line, next.insert), (line, None));
        scene.send(Event::AcceptNext);
        assert!(scene.text[..scene.cursor.at].ends_with(at), "{}", scene.marked());
        scene.type_text(", 5");
        answer(&mut scene);
    }
    assert_eq!(scene.next, None);
    assert!(
        scene.text.ends_with("a = area(1, 5)\nb = area(2, 5)\nc = area(3, 4)\n"),
        "{}",
        scene.text
    );
}

#[test]
fn ghost_text_and_the_next_edit_are_never_there_at_once() {
    let mut scene = write_anew("sum|\nprint(sum)\n", "sum", "total");
    assert!(scene.next.is_some());
    scene.type_text(" ").answer("= 1");
    assert!(scene.painted.is_some());
    assert_eq!(scene.next, None);
    scene.move_to(Cursor { selecting: true, ..Cursor::at(3) });
    assert_eq!(scene.next, None);
}

#[test]
fn an_edit_elsewhere_ends_it() {
    let mut scene = write_anew("def f(sum|):\n    return sum\n\nx = 1\n", "sum", "total");
    assert!(scene.next.is_some());
    let end = scene.text.len();
    scene.edit(end, end, "y", "", UserEvent::Typed);
    answer(&mut scene);
    assert_eq!(scene.next, None);
}
