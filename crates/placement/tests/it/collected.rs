//! Answers of the kinds that assistants' users report, one by one.

use crate::case::{Case, Expect};

const CLASSES: &str = "class A:\n    def run(self):\n        self.x = 1\n        return self.x\n\n\nclass B:\n    def run(self):\n        self.x = 1\n        return self.x\n";
const LOOP: &str = "for i in range(3):\n    print(i)\n";

fn case(family: &'static str, before: &str, answer: &str, after: Option<&str>) -> Case {
    let files = |text: &str| vec![("a.py".to_owned(), text.to_owned())];
    let expect = after.map_or(Expect::Refused, |after| Expect::Becomes(files(after)));
    Case { family, files: files(before), answer: answer.to_owned(), asked: None, expect }
}

fn block(before: &str, after: &str) -> String {
    format!("a.py\n<<<<<<< SEARCH\n{before}=======\n{after}>>>>>>> REPLACE\n")
}

pub(crate) fn cases() -> Vec<Case> {
    let b_changed = "class A:\n    def run(self):\n        self.x = 1\n        return self.x\n\n\nclass B:\n    def run(self):\n        self.x = 2\n        return self.x\n";
    let patch = |anchors: &str| {
        format!(
            "*** Begin Patch\n*** Update File: a.py\n{anchors}-        self.x = 1\n+        self.x = 2\n         return self.x\n*** End Patch\n"
        )
    };
    vec![
        case("anchored", CLASSES, &patch("@@ class B:\n"), Some(b_changed)),
        case(
            "anchored in anchored",
            CLASSES,
            &patch("@@ class B:\n@@     def run(self):\n"),
            Some(b_changed),
        ),
        case("anchored twice", CLASSES, &patch("@@     def run(self):\n"), None),
        case("anchored nowhere", CLASSES, &patch("@@ class C:\n"), None),
        case(
            "anchored, and gone from there",
            "class A:\n    x = 1\n\nclass B:\n    y = 1\n",
            "*** Begin Patch\n*** Update File: a.py\n@@ class B:\n-    x = 1\n+    x = 2\n*** End Patch\n",
            None,
        ),
        case(
            "the end of the file",
            "x = 1\ny = 2\nx = 1\n",
            "*** Begin Patch\n*** Update File: a.py\n@@\n-x = 1\n+x = 3\n*** End of File\n*** End Patch\n",
            Some("x = 1\ny = 2\nx = 3\n"),
        ),
        case(
            "a heading",
            CLASSES,
            "--- a.py\n+++ a.py\n@@ -3,2 +3,2 @@ class B:\n-        self.x = 1\n+        self.x = 2\n         return self.x\n",
            Some(b_changed),
        ),
        case(
            "a number that nothing confirms",
            CLASSES,
            "--- a.py\n+++ a.py\n@@ -9,2 +9,2 @@\n-        self.x = 1\n+        self.x = 2\n         return self.x\n",
            None,
        ),
        case(
            "numbers that a hunk further down confirms",
            "a = 1\nb = 2\na = 1\nb = 2\nend = 3\n",
            "--- a.py\n+++ a.py\n@@ -3,2 +3,2 @@\n-a = 1\n+a = 9\n b = 2\n@@ -5 +5 @@\n-end = 3\n+end = 4\n",
            Some("a = 1\nb = 2\na = 9\nb = 2\nend = 4\n"),
        ),
        case(
            "numbers that a hunk further down denies",
            "new = 0\na = 1\nb = 2\na = 1\nb = 2\nend = 3\n",
            "--- a.py\n+++ a.py\n@@ -2,2 +2,2 @@\n-a = 1\n+a = 9\n b = 2\n@@ -5 +5 @@\n-end = 3\n+end = 4\n",
            None,
        ),
        case("empty search in a full file", LOOP, &block("", "import os\n"), None),
        case("empty search in an empty file", "", &block("", "import os\n"), Some("import os\n")),
        case("nothing but blank lines", LOOP, &block("\n\n", "x\n"), None),
        case(
            "a whole file for a snippet",
            LOOP,
            "a.py\n```python\nfor i in range(4):\n```\n",
            None,
        ),
        case(
            "the same change twice",
            LOOP,
            &block("    print(i)\n", "    print(i + 1)\n").repeat(2),
            Some("for i in range(3):\n    print(i + 1)\n"),
        ),
        case("no change", LOOP, &block("    print(i)\n", "    print(i)\n"), None),
        case("part of a line", LOOP, &block("print(\n", "log(\n"), None),
        case(
            "a stub's dots",
            "def f():\n    pass\n",
            &block("    pass\n", "    ...\n"),
            Some("def f():\n    ...\n"),
        ),
        case(
            "dots for code",
            "def f():\n    pass\n\nx = 1\n",
            &block("x = 1\n", "x = 2\n...\n"),
            None,
        ),
        case(
            "no line end at the end",
            "x = 1\ny = 2",
            &block("y = 2\n", "y = 3\n"),
            Some("x = 1\ny = 3"),
        ),
        case("no such file", LOOP, &block("    print(i)\n", "x\n").replace("a.py", "b.py"), None),
        case(
            "a folder too many",
            LOOP,
            &block("    print(i)\n", "    pass\n").replace("a.py", "repo/a.py"),
            Some("for i in range(3):\n    pass\n"),
        ),
        case(
            "no name at all",
            LOOP,
            &block("    print(i)\n", "    pass\n")[5..],
            Some("for i in range(3):\n    pass\n"),
        ),
        case(
            "a file that is there",
            LOOP,
            "*** Begin Patch\n*** Add File: a.py\n+x\n*** End Patch\n",
            None,
        ),
        case(
            "a place outside",
            LOOP,
            "*** Begin Patch\n*** Add File: ../a.py\n+x\n*** End Patch\n",
            None,
        ),
        case("a rule between", LOOP, &block("    print(i)\n=======\n", "x\n"), None),
        case("words alone", LOOP, "I would use a while loop here.\n", None),
        case(
            "all indentation lost",
            "if a:\n    b()\n    c()\n",
            &block("if a:\nb()\nc()\n", "if a:\nb2()\nc()\n"),
            Some("if a:\n    b2()\n    c()\n"),
        ),
        case(
            "all indentation lost, and a line more",
            "if a:\n    b()\nc()\n",
            &block("if a:\nb()\nc()\n", "if a:\nb()\nb2()\nc()\n"),
            None,
        ),
    ]
}
