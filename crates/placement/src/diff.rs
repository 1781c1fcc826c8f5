//! The longest common lines of two sides, and what remains as removed and added.

use crate::edit::{Line, Mark};

/// Above this many comparisons the sides count as wholly different between their common ends.
const MOST_CELLS: usize = 4_000_000;

/// Both sides as one list of lines: within a change, what is removed stands before what is added.
pub(crate) fn marked(before: &[String], after: &[String]) -> Vec<Line> {
    let head = before.iter().zip(after).take_while(|(a, b)| a == b).count();
    let (old, new) = (&before[head..], &after[head..]);
    let tail = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count();
    let (old, new) = (&old[..old.len() - tail], &new[..new.len() - tail]);
    let mut lines = Vec::with_capacity(before.len() + new.len());
    push(&mut lines, Mark::Keep, &before[..head]);
    middle(&mut lines, old, new);
    push(&mut lines, Mark::Keep, &before[before.len() - tail..]);
    lines
}

fn middle(lines: &mut Vec<Line>, old: &[String], new: &[String]) {
    let common = if old.len().saturating_mul(new.len()) > MOST_CELLS {
        Vec::new()
    } else {
        common(old, new)
    };
    let (mut i, mut j) = (0, 0);
    for (a, b) in common {
        push(lines, Mark::Remove, &old[i..a]);
        push(lines, Mark::Add, &new[j..b]);
        push(lines, Mark::Keep, &old[a..=a]);
        (i, j) = (a + 1, b + 1);
    }
    push(lines, Mark::Remove, &old[i..]);
    push(lines, Mark::Add, &new[j..]);
}

fn push(lines: &mut Vec<Line>, mark: Mark, texts: &[String]) {
    lines.extend(texts.iter().map(|text| Line { mark, text: text.clone() }));
}

/// Index pairs of a longest common subsequence.
fn common(old: &[String], new: &[String]) -> Vec<(usize, usize)> {
    let width = new.len() + 1;
    let mut longest = vec![0_u32; (old.len() + 1) * width];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            longest[i * width + j] = if old[i] == new[j] {
                longest[(i + 1) * width + j + 1] + 1
            } else {
                longest[(i + 1) * width + j].max(longest[i * width + j + 1])
            };
        }
    }
    let mut pairs = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < old.len() && j < new.len() {
        if old[i] == new[j] {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if longest[(i + 1) * width + j] >= longest[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(before: &str, after: &str) -> String {
        let side = |text: &str| text.split(' ').map(String::from).collect::<Vec<_>>();
        let sign = |mark| match mark {
            Mark::Keep => "",
            Mark::Remove => "-",
            Mark::Add => "+",
        };
        let lines = marked(&side(before), &side(after));
        let show = |line: &Line| format!("{}{}", sign(line.mark), line.text);
        lines.iter().map(show).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn common_lines_are_kept() {
        for (before, after, expected) in [
            ("a b c", "a b c", "a b c"),
            ("a b c", "a x c", "a -b +x c"),
            ("a b c d", "x b d", "-a +x b -c d"),
            ("a", "b", "-a +b"),
            ("a a b", "a b b", "a -a +b b"),
        ] {
            assert_eq!(shown(before, after), expected);
        }
    }
}
