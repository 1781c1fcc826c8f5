//! A chapter's Markdown with playgrounds in it. The code stays a fenced block inside the element, so
//! mdBook colours it, and it is there for readers without JavaScript.

use crate::block::{Block, Piece, pieces};
use std::fmt::Write;

/// The chapter, and the loader at its end when there is anything for it to do.
pub fn convert(text: &str, host: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut found = false;
    for piece in pieces(text) {
        match piece {
            Piece::Text(text) => out.push_str(&text),
            Piece::Block(block) => {
                found = true;
                playground(&mut out, block);
            }
        }
    }
    if found {
        let _ = write!(out, "\n\n<script async src=\"{}/embed-1.js\"></script>\n", escape(host));
    }
    out
}

fn playground(out: &mut String, block: Block<'_>) {
    let Block { fence, setup, code, output, .. } = block;
    let mut attributes = format!("language=\"{}\"", escape(fence.language()));
    if !fence.asks("editable") {
        attributes.push_str(" read-only");
    }
    if fence.asks("no-ai") {
        attributes.push_str(" no-ai");
    }
    let values = ["height", "load", "theme"].map(|key| (key, fence.value(key).map(str::to_owned)));
    for (key, value) in values.into_iter().chain([("setup", setup)]) {
        if let Some(value) = value {
            let _ = write!(attributes, " {key}=\"{}\"", escape(&value));
        }
    }
    let mark = longer_than_any_in(code);
    let end = if code.is_empty() || code.ends_with('\n') { "" } else { "\n" };
    let language = fence.language();
    // Blank lines end the element's tag and begin Markdown again.
    let _ = write!(
        out,
        "\n<flint-playground {attributes}>\n\n{mark}{language},noplayground\n{code}{end}{mark}\n\n"
    );
    if let Some(output) = output {
        let mark = longer_than_any_in(&output);
        let _ = write!(out, "<div data-output>\n\n{mark}text\n{output}{mark}\n\n</div>\n\n");
    }
    out.push_str("</flint-playground>\n\n");
}

fn longer_than_any_in(code: &str) -> String {
    let runs = code.split(|c| c != '`').map(str::len);
    "`".repeat(runs.max().unwrap_or_default().max(2) + 1)
}

/// For an attribute on one line.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('"', "&quot;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('\n', "&#10;")
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCRIPT: &str = "\n\n<script async src=\"https://h/embed-1.js\"></script>\n";

    #[test]
    fn what_does_not_ask_stays_as_it_is() {
        for text in [
            "",
            "text\n",
            "```js\nplay\n```\n",
            "```play\nx\n```",
            "````md\n```js,play\n```\n````\nend",
            "```js,editable\nnot closed",
            "- a\n  ```js,play\n  1\n  ```\n",
        ] {
            assert_eq!(convert(text, "https://h"), text);
        }
    }

    #[test]
    fn a_block_that_asks_becomes_a_playground_around_itself() {
        let text = "Before.\n```python,play,editable\nprint(1)\n\n\nprint(2)\n```\nAfter.\n";
        let expected = format!(
            "Before.\n\n<flint-playground language=\"python\">\n\n```python,noplayground\nprint(1)\n\n\nprint(2)\n```\n\n</flint-playground>\n\nAfter.\n{SCRIPT}"
        );
        assert_eq!(convert(text, "https://h"), expected);
    }

    #[test]
    fn hidden_lines_run_before_and_output_is_expected() {
        let text = "```python,play,hide=#\n# total = \"<3>\"\n#import math\nprint(total)\n# shown\n```\n\n```output\n3\n```\n";
        let expected = format!(
            "\n<flint-playground language=\"python\" read-only setup=\"total = &quot;&lt;3&gt;&quot;&#10;import math\">\n\n```python,noplayground\nprint(total)\n# shown\n```\n\n<div data-output>\n\n```text\n3\n```\n\n</div>\n\n</flint-playground>\n\n{SCRIPT}"
        );
        assert_eq!(convert(text, "https://h"), expected);
    }

    #[test]
    fn a_block_that_is_not_closed_ends_with_the_chapter() {
        let converted = convert("```js,play\n1", "https://h");
        assert!(converted.contains("\n1\n```\n\n</flint-playground>"), "{converted}");
    }
}
