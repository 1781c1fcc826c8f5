//! How much to suggest: the rest of a line, or a block.

use crate::Document;
use flint_protocol::Limits;

const LINE: Limits =
    Limits { max_tokens: 48, max_lines: 1, min_likelihood: Limits::MIN_LIKELIHOOD };
const BLOCK: Limits =
    Limits { max_tokens: 96, max_lines: 6, min_likelihood: Limits::MIN_LIKELIHOOD };

/// A block where a body is about to begin; one line anywhere else.
pub(crate) fn limits(document: &Document) -> Limits {
    if !document.rest_of_line().trim().is_empty() {
        return LINE;
    }
    let mut lines = document.before().rsplit('\n');
    let line = lines.next().unwrap_or_default();
    let above = lines.find(|line| !line.trim().is_empty()).unwrap_or_default();
    if line.trim().is_empty() || begins_body(line) || opens(above) { BLOCK } else { LINE }
}

/// Whether the next line is inside what this one opens.
fn opens(line: &str) -> bool {
    line.trim_end().ends_with(['{', '(', '[', ':'])
}

/// Whether nothing but a body can follow on this line.
fn begins_body(line: &str) -> bool {
    line.trim_end().ends_with(['{', ':'])
}
