use super::*;
use crate::edit::{Change, Mark};

/// Edits in short: `path: -removed +added kept`.
fn shown(answer: &Answer) -> Vec<String> {
    let one = |edit: &Edit| {
        let path = edit.path.as_deref().unwrap_or("?");
        let what = match &edit.change {
            Change::Replace(replace) => {
                let line = |line: &crate::Line| match line.mark {
                    Mark::Keep => line.text.clone(),
                    Mark::Remove => format!("-{}", line.text),
                    Mark::Add => format!("+{}", line.text),
                };
                replace.lines.iter().map(line).collect::<Vec<_>>().join("|")
            }
            Change::Create { text } => format!("new {text:?}"),
            Change::Delete { before } => format!("gone {}", before.as_ref().map_or(0, Vec::len)),
            Change::Move { to } => format!("to {to}"),
        };
        format!("{path}: {what}")
    };
    let mut all: Vec<_> = answer.edits.iter().map(one).collect();
    all.extend(answer.problems.iter().map(|problem| format!("{:?}", problem.reason)));
    all
}

const BLOCKS: &str = "Sure!\n\n`a.py`\n```python\n<<<<<<< SEARCH\none\ntwo\n=======\none\n2\n>>>>>>> REPLACE\n```\n\nAnd:\n<<<<<<< SEARCH\nx\n=======\n>>>>>>> REPLACE\n";

#[test]
fn every_format_is_read() {
    for (text, expected) in [
        (BLOCKS, vec!["a.py: one|-two|+2", "a.py: -x"]),
        ("b.js\n------- SEARCH\na\n=======\nb\n+++++++ REPLACE", vec!["b.js: -a|+b"]),
        ("new.py\n<<<<<<< SEARCH\n=======\nx\n>>>>>>> REPLACE", vec!["new.py: new \"x\\n\""]),
        (
            "*** Begin Patch\n*** Update File: a.py\n@@ class A\n@@ def f\n k\n-r\n+a\n@@\n-z\n*** Add File: n\n+x\n*** Delete File: d\n*** Update File: m\n*** Move to: m2\n-p\n+q\n*** End of File\n*** End Patch\nDone.",
            vec![
                "a.py: k|-r|+a",
                "a.py: -z",
                "n: new \"x\\n\"",
                "d: gone 0",
                "m: to m2",
                "m: -p|+q",
            ],
        ),
        (
            "diff --git a/a.py b/a.py\nindex 1..2 100644\n--- a/a.py\t2020\n+++ b/a.py\n@@ -1,3 +1,3 @@ def f():\n k\n--- removed\n+++ added\n \n--- a/b.py\n+++ b/b.py\n@@ -1 +1 @@\n-x\n+y\n",
            vec!["a.py: k|--- removed|+++ added|", "b.py: -x|+y"],
        ),
        ("--- a.py\n+++ a.py\n@@ ... @@\n k\nlost\n-r\n", vec!["a.py: k|lost|-r"]),
        (
            "--- /dev/null\n+++ b/n.py\n@@ -0,0 +1,2 @@\n+a\n+b\n--- a/o.py\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-z\n",
            vec!["n.py: new \"a\\nb\\n\"", "o.py: gone 1"],
        ),
        (
            "diff --git a/x.py b/y.py\nsimilarity index 100%\nrename from x.py\nrename to y.py\n--- a/x.py\n+++ b/y.py\n@@ -1 +1 @@\n-a\n+b\n",
            vec!["x.py: -a|+b", "x.py: to y.py"],
        ),
        (
            "```diff\n--- a.py\n+++ a.py\n@@ -1,9 +1,9 @@\n-a\n+b\n```\nThat is all.",
            vec!["a.py: -a|+b"],
        ),
        ("No edit here.\n---\nA rule, an = sign and <<<<<<< HEAD.", vec![]),
    ] {
        assert_eq!(shown(&parse(text)), expected, "{text}");
    }
}

#[test]
fn what_is_cut_off_is_known() {
    for (text, expected) in [
        ("a.py\n<<<<<<< SEARCH\nx\n=======\ny", vec!["CutOff"]),
        ("a.py\n<<<<<<< SEARCH\nx\n", vec!["CutOff"]),
        ("<<<<<<< SEARCH\nx\n>>>>>>> REPLACE", vec!["Malformed"]),
        ("<<<<<<< SEARCH\nx\n=======\n=======\ny\n>>>>>>> REPLACE", vec!["Malformed"]),
        ("*** Begin Patch\n*** Update File: a\n-x\n+y\n", vec!["CutOff"]),
        ("--- a.py\n+++ a.py\n@@ -1,3 +1,3 @@\n a\n-b\n+c\n", vec!["a.py: a|-b|+c", "CutOff"]),
        ("```diff\n--- a.py\n+++ a.py\n@@ -1 +1 @@\n-b\n+c", vec!["a.py: -b|+c", "CutOff"]),
        ("--- a.py\n+++ a.py\n@@\n a\n+c", vec!["a.py: a|+c", "CutOff"]),
    ] {
        assert_eq!(shown(&parse(text)), expected, "{text}");
    }
}

#[test]
fn pieces_cut_anywhere_give_the_same() {
    let texts =
        [BLOCKS, "--- a\r\n+++ a\r\n@@ -1 +1 @@\r\n-ü\r\n+é\r\n", "*** Begin Patch\n*** End Patch"];
    for text in texts {
        let mut parser = Parser::default();
        for character in text.chars() {
            parser.push(character.encode_utf8(&mut [0; 4]));
        }
        assert_eq!(parser.finish(), parse(text));
    }
}

#[test]
fn an_edit_shows_while_it_is_written() {
    let mut parser = Parser::default();
    parser.push("a.py\n<<<<<<< SEARCH\nx\ny\n");
    assert_eq!(parser.unfinished(), None);
    parser.push("=======\nx\nz");
    assert!(parser.unfinished().is_some());
    parser.push("\n>>>>>>> REPLACE\n");
    assert_eq!(parser.edits().len(), 1);
    assert_eq!(parser.unfinished(), None);
}

#[test]
fn an_endless_answer_ends() {
    let mut parser = Parser::default();
    for _ in 0..10 {
        parser.push(&"x".repeat(1 << 20));
    }
    assert_eq!(shown(&parser.finish()), ["TooLong"]);
}
