//! How much to suggest: the rest of a line, or a block.

use crate::{Document, Within};
use flint_protocol::Limits;

const LINE: Limits =
    Limits { max_tokens: 48, max_lines: 1, min_likelihood: Limits::MIN_LIKELIHOOD };
const BLOCK: Limits =
    Limits { max_tokens: 96, max_lines: 6, min_likelihood: Limits::MIN_LIKELIHOOD };

/// A block where a body begins or a statement is about to; one line anywhere else.
pub(crate) fn limits(document: &Document) -> Limits {
    if !document.rest_of_line().trim().is_empty() {
        return LINE;
    }
    let mut lines = document.before().rsplit('\n');
    let line = lines.next().unwrap_or_default();
    let blank = line.trim().is_empty();
    let syntax = document.syntax();
    let block = match syntax.within {
        Within::Code => !syntax.in_list() && (syntax.begins_body || blank),
        Within::String | Within::Comment | Within::Pattern => false,
        Within::Unknown => {
            let above = lines.find(|line| !line.trim().is_empty()).unwrap_or_default();
            blank || opens(line, &['{', ':']) || opens(above, &['{', '(', '[', ':'])
        }
    };
    if block { BLOCK } else { LINE }
}

/// Whether what follows this line is inside what it opens.
fn opens(line: &str, openers: &[char]) -> bool {
    line.trim_end().ends_with(openers)
}
