//! Each test is named after what it keeps away.

use super::*;
use crate::{Bracket, Cursor, Document, Syntax, Within};
use proptest::prelude::*;

/// The surroundings of the `|` in `marked`, without a parser.
fn at(marked: &str) -> Surroundings {
    within(marked, Syntax::default())
}

fn within(marked: &str, syntax: Syntax) -> Surroundings {
    let cursor = Cursor::at(marked.find('|').expect("marked text has a cursor"));
    let text = marked.replacen('|', "", 1);
    let open = |text| Document::open("a.rs".into(), "rust".into(), text, cursor, syntax);
    Surroundings::of(&open(text).expect("the cursor is in the text"), 6)
}

/// In code, with these closers around the cursor, innermost first; `!` before one that is missing.
fn code(marked: &str, closers: &str) -> Surroundings {
    let mut brackets: Vec<Bracket> = Vec::new();
    let mut closed = true;
    for closer in closers.chars() {
        match closer {
            '!' => closed = false,
            closer => {
                brackets.push(Bracket { closer, closed: std::mem::replace(&mut closed, true) })
            }
        }
    }
    within(marked, Syntax { within: Within::Code, begins_body: false, brackets })
}

#[track_caller]
fn check(around: &Surroundings, raw: &str, shown: &str) {
    assert_eq!(clean(raw, around, true), shown);
}

#[test]
fn leaked_special_tokens() {
    for raw in [
        "a + b<|fim_suffix|>x",
        "a + b<｜end｜>",
        "a + b<fim_middle>",
        "a + b<EOT>",
        "a + b<file_sep>",
    ] {
        check(&at("|"), raw, "a + b");
    }
    check(&at("|"), "<|endoftext|>", "");
    check(&at("|"), "a < b", "a < b");
}

#[test]
fn half_a_special_token_that_is_still_arriving() {
    for (raw, shown) in [("a <", "a"), ("a <fim", "a"), ("a <b", "a <b"), ("Vec<u8>", "Vec<u8>")] {
        assert_eq!(clean(raw, &at("|"), false), shown);
    }
    assert_eq!(clean("a <", &at("|"), true), "a <");
}

#[test]
fn a_closing_bracket_that_stands_there() {
    for (marked, raw, shown) in [
        ("f(|)", "name)", "name"),
        ("f(|)", "name);", "name"),
        ("f(|)", "f(x)", "f(x)"),
        ("f(|);", "f(x))", "f(x)"),
        ("f(|)", "\")\")", "\")\""),
        ("a[f(|)]", "x)]", "x"),
    ] {
        check(&at(marked), raw, shown);
    }
}

#[test]
fn a_closing_bracket_that_stands_further_down() {
    check(&code("fn f() {\n    |\n}", "}"), "x();\n}", "x();");
    check(&code("f(\n    |\n);", ")"), "x,\n);", "x,");
}

#[test]
fn a_bracket_that_closes_what_is_not_open() {
    check(&code("let x = |", ""), "f(1));", "f(1)");
    check(&code("f(|", "!)"), "a]", "a");
    check(&code("f(|", "!)"), "a), b)", "a), b");
}

#[test]
fn nothing_where_a_bracket_is_missing_and_the_text_closes_it() {
    check(&code("if f(a|", "!)"), ", b) {", ", b) {");
    check(&code("fn f() {\n    g(|\n}", "!)}"), "x);", "x);");
}

#[test]
fn a_bracket_opened_in_the_middle_of_a_line_and_never_closed() {
    check(&at("f(|)"), "g(x", "g");
    check(&at("f(|)"), "g(x), h", "g(x), h");
    check(&at("let x = |"), "g(", "g(");
}

#[test]
fn a_closing_quote_that_stands_there() {
    check(&at("f(\"|\");"), "hello\");", "hello");
    check(&at("\"|\""), r#"say \"hi\"""#, r#"say \"hi\""#);
}

#[test]
fn an_apostrophe_is_no_quote() {
    check(&at("f(|)"), "&'a str)", "&'a str");
    check(&at("f(|)"), "')')", "')'");
}

#[test]
fn trailing_punctuation_that_stands_there() {
    check(&at("let x|;"), " = 1;", " = 1");
    check(&at("|  {"), "if x {", "if x");
    check(&at("|: {"), "x: {", "x");
}

#[test]
fn the_line_below_once_more() {
    check(&at("fn f() {\n    |\n    return total\n"), "return total", "");
    check(&at("    ret|\n    return x\n"), "urn x", "");
    check(&at("{\n    |\n\n    return x\n"), "a();\n    return x\n    b", "a();");
    check(&at("{\n    |\n}\n"), "a();\n    }", "a();\n    }");
    check(&at("{\n    |\n}\n"), "a();\n}", "a();");
}

#[test]
fn the_line_above_once_more() {
    check(&at("    print(a)\n    |"), "print(a)", "");
    check(&at("print(a)\npr|"), "int(a)", "int(a)");
    check(&at("}\n|"), "}", "}");
}

#[test]
fn a_line_that_repeats_itself() {
    check(&at("|"), "a = 1\na = 1\na = 1", "a = 1");
    check(&at("{\n  |"), "a = 1\n  b = 1\n  b = 1", "a = 1\n  b = 1");
}

#[test]
fn a_piece_that_goes_round() {
    check(&at("|"), "foo, foo, foo, foo, foo, foo,", "foo, foo, foo,");
    check(&at("|"), "[0, 0, 0, 0, 0, 0]", "[0, 0, 0, 0, 0, 0]");
    check(&at("|"), "# ==================", "# ==================");
    check(&at("|"), "größe größe größe größe größe", "größe größe größe");
}

#[test]
fn whitespace_and_nothing_else() {
    for raw in ["", "  ", "\n\n", " \n \t"] {
        check(&at("x|"), raw, "");
    }
    check(&at("|"), "a  \n \n", "a");
    check(&at("|"), "a\r\nb", "a\nb");
}

#[test]
fn more_lines_than_asked_for() {
    let around = Surroundings { max_lines: 2, ..at("|") };
    check(&around, "a\n  b\nc", "a");
    check(&around, "a {\n  b\nc", "a {\n  b");
}

#[test]
fn indentation_that_is_there_already() {
    check(&at("{\n    |"), "    return x", "return x");
    check(&at("x = |"), " 1", "1");
    check(&at("x =|"), " 1", " 1");
}

#[test]
fn a_line_that_leaves_the_block() {
    check(&at("    |"), "a()\nb()", "a()");
    check(&at("    f(|"), "\n        a,\n    )", "\n        a,\n    )");
    check(&at("    if x:|"), "\n        a()\n    b()", "\n        a()\n    b()");
}

#[test]
fn a_line_that_is_further_in_for_no_reason() {
    check(&at("|"), "a();\n        b();", "a();");
    check(&at("|"), "if a {\n    b();", "if a {\n    b();");
    check(&at("|"), "a\n    .b()", "a\n    .b()");
}

#[test]
fn spaces_among_tabs() {
    check(&at("{\n\t|"), "if a {\n\t\tb();\n    c();", "if a {\n\t\tb();");
    check(&at("{\n    |"), "if a {\n\tb();", "if a {");
}

#[test]
fn an_apostrophe_that_becomes_a_quotation() {
    let around = at("f(|)");
    assert_eq!(clean("(')", &around, false), "");
    check(&around, "(')foo('foo", "");
    assert_eq!(clean("x, 'a", &around, false), "x,");
    check(&around, "x, 'a'", "x, 'a'");
}

/// Text as models write it, and worse.
fn piece() -> impl Strategy<Value = String> {
    let pieces = [
        "foo", "a", " ", "    ", "\t", "\n", "(", ")", "[", "]", "{", "}", "\"", "'", "`", ";",
        ",", "<", "<|", "<fim_", "=", "ß", "中", "return x", "\n    }", "\n}", "b();", ":",
    ];
    prop::sample::select(pieces.to_vec()).prop_map(str::to_owned)
}

proptest! {
    /// What streams in is never taken back, whatever comes next.
    #[test]
    fn text_that_vanishes_again(
        pieces in prop::collection::vec(piece(), 0..24),
        cut in any::<prop::sample::Index>(),
        place in prop::sample::select(vec!["|", "f(|)", "fn f() {\n    |\n}", "x = |;", "\"|\"", "a\n  |\n  return x"]),
        closers in prop::sample::select(vec!["", "}", ")}", "!)}"]),
        known in any::<bool>(),
    ) {
        let around = if known { code(place, closers) } else { at(place) };
        let whole = clean(&pieces.concat(), &around, true);
        let part = pieces[..cut.index(pieces.len() + 1)].concat();
        let shown = clean(&part, &around, false);
        prop_assert!(whole.starts_with(&shown), "{shown:?} became {whole:?}");
    }
}
