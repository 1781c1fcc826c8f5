//! No text makes the parser or the placement fall over, and refusing leaves everything alone.

use flint_placement::{File, Parser, Region, parse, parse_region, plan as plan_of};
use proptest::prelude::*;

/// Lines that mean something to one format or another, in any order.
fn lines() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        Just("<<<<<<< SEARCH"),
        Just("======="),
        Just(">>>>>>> REPLACE"),
        Just("*** Begin Patch"),
        Just("*** Update File: a.py"),
        Just("*** Add File: b.py"),
        Just("*** Delete File: a.py"),
        Just("*** Move to: c.py"),
        Just("*** End Patch"),
        Just("*** End of File"),
        Just("@@"),
        Just("@@ -1,2 +1,2 @@ x"),
        Just("--- a.py"),
        Just("+++ b/a.py"),
        Just("--- /dev/null"),
        Just("+++ /dev/null"),
        Just("diff --git a/a.py b/a.py"),
        Just("```"),
        Just("a.py"),
        Just(" x = 1"),
        Just("-x = 1"),
        Just("+y = 2"),
        Just("x = 1"),
        Just("y = 2"),
        Just("..."),
        Just(""),
        Just("-"),
        Just("+# ... rest of it ..."),
        Just("    x = 1"),
        Just("\u{201c}ü\u{301}"),
    ];
    prop::collection::vec(line, 0..30).prop_map(|lines| lines.join("\n"))
}

proptest! {
    #[test]
    fn no_answer_panics(answer in lines(), text in lines(), any in "(?s).{0,200}") {
        for (answer, text) in [(&answer, &text), (&any, &text), (&answer, &any)] {
            let files = [File { path: "a.py", text }, File { path: "d.py", text: "x = 1\n" }];
            let plan = plan_of(&parse(answer), &files);
            prop_assert!(plan.is_whole() == plan.refused.is_empty());
            for change in &plan.changes {
                prop_assert!(change.after.is_some() || change.before.is_some());
            }
            let region = Region::new("a.py", text, 1, 4);
            let _ = plan_of(&parse_region(answer, region), &files);
        }
    }

    /// Whatever it is cut into.
    #[test]
    fn pieces_say_what_the_whole_says(answer in lines(), cuts in prop::collection::vec(0..400_usize, 0..6), of_region: bool) {
        let region = Region::new("a.py", "x = 1\n    x = 1\ny = 2\n", 1, 3);
        let mut parser = if of_region { Parser::of_region(region.clone()) } else { Parser::default() };
        let mut cuts: Vec<_> = cuts.into_iter().map(|cut| cut.min(answer.len())).collect();
        cuts.retain(|cut| answer.is_char_boundary(*cut));
        cuts.sort_unstable();
        let mut from = 0;
        for cut in cuts.into_iter().chain([answer.len()]) {
            parser.push(&answer[from..cut]);
            let _ = parser.unfinished();
            from = cut;
        }
        let whole = if of_region { parse_region(&answer, region) } else { parse(&answer) };
        prop_assert_eq!(parser.finish(), whole);
    }
}
