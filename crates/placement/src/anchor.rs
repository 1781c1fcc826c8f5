//! Lines that stand above an edit: the block that its place must be in.

use crate::fold::{indent, is_blank, look_alikes};
use std::ops::Range;

/// The parts of the file that the anchors lead to, outermost anchor first; empty when one of them is
/// nowhere. Without anchors, the whole file.
pub(crate) fn scopes(file: &[&str], anchors: &[String]) -> Vec<Range<usize>> {
    let whole = 0..file.len();
    anchors.iter().fold(vec![whole], |scopes, anchor| {
        scopes.into_iter().flat_map(|scope| below(file, anchor, scope)).collect()
    })
}

/// The blocks under the lines that `anchor` means, with those lines.
fn below(file: &[&str], anchor: &str, scope: Range<usize>) -> Vec<Range<usize>> {
    let wanted = look_alikes(anchor);
    let reads: [&dyn Fn(&str) -> bool; 2] = [
        &|line| look_alikes(line) == wanted,
        // Cut off, or without the sign that opens its block.
        &|line| wanted.len() >= 4 && look_alikes(line).starts_with(&wanted),
    ];
    for means in reads {
        let found: Vec<_> = scope.clone().filter(|at| means(file[*at])).collect();
        if !found.is_empty() {
            return found.into_iter().map(|at| block(file, at, scope.end)).collect();
        }
    }
    Vec::new()
}

/// From a line to the end of what is deeper than it; to the end of all when nothing is.
fn block(file: &[&str], at: usize, end: usize) -> Range<usize> {
    let depth = indent(file[at]).len();
    let deeper = |line: &str| is_blank(line) || indent(line).len() > depth;
    let mut next = at + 1;
    let opens =
        file[next..end].iter().find(|line| !is_blank(line)).is_some_and(|line| deeper(line));
    if !opens {
        return at..end;
    }
    while next < end && deeper(file[next]) {
        next += 1;
    }
    // The line that closes the block.
    let closes =
        |line: &str| line.trim_start().starts_with(['}', ')', ']']) || line.trim() == "end";
    if next < end && closes(file[next]) {
        next += 1;
    }
    at..next
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_lead_into_blocks() {
        let file = [
            "class A:",
            "    def f(self):",
            "        pass",
            "",
            "class B:",
            "    def f(self):",
            "        pass",
            "x = 1",
        ];
        let anchors = |names: &[&str]| names.iter().map(ToString::to_string).collect::<Vec<_>>();
        for (names, expected) in [
            (vec!["class B"], &[(4, 7)][..]),
            (vec!["class A:", "def f"], &[(1, 4)]),
            (vec!["def f(self):"], &[(1, 4), (5, 7)]),
            (vec!["class C"], &[]),
            (vec!["x = 1"], &[(7, 8)]),
        ] {
            let found = scopes(&file, &anchors(&names));
            let found: Vec<_> = found.iter().map(|scope| (scope.start, scope.end)).collect();
            assert_eq!(found, expected, "{names:?}");
        }
    }
}
