//! Whether a suggestion breaks the file, by tree-sitter's grammars.
//!
//! Accepted text is often unfinished: `if x {` waits for its body. So a suggestion breaks a file
//! only if it has more errors than what was really written, as it stands and also after every simple
//! way of finishing what was begun: closing the line's brackets, adding a name, a body, a terminator.

use crate::case::Case;
use tree_sitter::{Language, Node, Parser};

/// Whether the file has more syntax errors than it really had, however the suggestion is finished.
pub(super) fn breaks(case: &Case, suggestion: &str) -> bool {
    let Some(grammar) = grammar(&case.language, &case.path) else { return false };
    if suggestion.trim().is_empty() {
        return false;
    }
    let Case { prefix, middle, suffix, .. } = case;
    let before = errors(&grammar, &format!("{prefix}{middle}{suffix}"));
    let line = prefix.rsplit('\n').next().unwrap_or_default();
    let endings = endings(&case.language, &format!("{line}{suggestion}"));
    !endings
        .iter()
        .any(|ending| errors(&grammar, &format!("{prefix}{suggestion}{ending}{suffix}")) <= before)
}

/// Ways to finish a line, nothing first.
fn endings(language: &str, line: &str) -> Vec<String> {
    let closers = closers(line);
    let tails: &[&str] = match language {
        "python" => &["", ":\n pass", "\n pass", " = x", " in x:\n pass", "import x", " import x"],
        "html" => &["", ">", "\">"],
        "css" => &["", ";", ": x;", " {}", "}"],
        _ => &["", ";", ",", " {}", " = x;", ": x,", " => {}", " => x,", ": x = x;"],
    };
    let mut endings = vec![String::new()];
    for name in ["", "x", " x"] {
        endings.extend(tails.iter().map(|tail| format!("{name}{closers}{tail}")));
        if !closers.is_empty() {
            endings.extend(tails.iter().map(|tail| format!("{name}{tail}{closers}")));
        }
    }
    endings
}

/// What closes the brackets, quotes and comments that a text leaves open.
fn closers(text: &str) -> String {
    let mut open = Vec::new();
    let mut quote = None;
    let mut escaped = false;
    for c in text.chars() {
        match quote {
            Some(_) if escaped => escaped = false,
            Some(_) if c == '\\' => escaped = true,
            Some(q) if c == q => quote = None,
            Some(_) => {}
            None => match c {
                '"' | '`' | '\'' => quote = Some(c),
                '(' => open.push(')'),
                '[' => open.push(']'),
                '{' => open.push('}'),
                ')' | ']' | '}' if open.last() == Some(&c) => {
                    open.pop();
                }
                _ => {}
            },
        }
    }
    let comment = if text.rfind("/*") > text.rfind("*/") { "*/" } else { "" };
    quote.into_iter().chain(open.into_iter().rev()).chain(comment.chars()).collect()
}

fn grammar(language: &str, path: &str) -> Option<Language> {
    let grammar = match language {
        "javascript" => tree_sitter_javascript::LANGUAGE,
        "typescript" if path.ends_with('x') => tree_sitter_typescript::LANGUAGE_TSX,
        "typescript" => tree_sitter_typescript::LANGUAGE_TYPESCRIPT,
        "python" => tree_sitter_python::LANGUAGE,
        "rust" => tree_sitter_rust::LANGUAGE,
        "html" => tree_sitter_html::LANGUAGE,
        "css" => tree_sitter_css::LANGUAGE,
        "shell" => tree_sitter_bash::LANGUAGE,
        _ => return None,
    };
    Some(grammar.into())
}

/// Places that the grammar does not know, and tokens that it misses.
fn errors(grammar: &Language, text: &str) -> usize {
    let mut parser = Parser::new();
    if parser.set_language(grammar).is_err() {
        return 0;
    }
    parser.parse(text, None).map_or(0, |tree| count(tree.root_node()))
}

fn count(node: Node<'_>) -> usize {
    if !node.has_error() {
        return 0;
    }
    let own = usize::from(node.is_error() || node.is_missing());
    let mut cursor = node.walk();
    own + node.children(&mut cursor).map(count).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn breaks_in(language: &str, prefix: &str, suggestion: &str, suffix: &str) -> bool {
        breaks_instead(language, prefix, suggestion, suffix, "")
    }

    fn breaks_instead(
        language: &str,
        prefix: &str,
        suggestion: &str,
        suffix: &str,
        middle: &str,
    ) -> bool {
        let case = Case {
            id: String::new(),
            language: language.into(),
            path: String::new(),
            prefix: prefix.into(),
            suffix: suffix.into(),
            middle: middle.into(),
            neighbours: Vec::new(),
        };
        breaks(&case, suggestion)
    }

    #[test]
    fn unfinished_text_breaks_nothing() {
        assert!(!breaks_in("rust", "fn main() {\n    ", "if x {", "\n}\n"));
        assert!(!breaks_in("rust", "fn main() {\n    ", "let x = call(1, ", "\n}\n"));
        assert!(!breaks_in("rust", "fn main() { let x = ", "1;", "\n}\n"));
        assert!(!breaks_in("python", "", "def f(x", "\n"));
        assert!(!breaks_in("python", "", "for x", "\n"));
        assert!(!breaks_in("javascript", "", "const x = { a: 'b", "\n"));
        assert!(!breaks_in("css", "", "p { color", "\n"));
        assert!(!breaks_in("markdown", "", "((", ""), "no grammar, no verdict");
    }

    #[test]
    fn what_cannot_be_finished_breaks_the_file() {
        assert!(breaks_in("rust", "fn main() {\n    ", "let x = (1;", "\n}\n"));
        assert!(breaks_in("rust", "fn main() {\n    f", "())", "\n}\n"));
        assert!(breaks_in("python", "x = 1\n", "def f(:", "\n"));
        assert!(breaks_instead("javascript", "let a = ", "(]", ";\n", "1"));
    }
}
