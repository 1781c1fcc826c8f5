//! Two texts line by line: what both have, what was expected and did not come, what came instead.

/// Lines of each side that are compared; beyond, they are shown as they are.
const MOST_LINES: usize = 300;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Both,
    Expected,
    Got,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub side: Side,
    pub text: String,
}

/// Within a change, what was expected stands before what came.
#[must_use]
pub fn difference(expected: &str, got: &str) -> Vec<Line> {
    let (old, new): (Vec<_>, Vec<_>) = (expected.lines().collect(), got.lines().collect());
    let mut lines = Vec::new();
    let mut push = |side, text: &str| lines.push(Line { side, text: text.into() });
    let lengths = lengths(&old, &new);
    let (mut i, mut j) = (0, 0);
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            push(Side::Both, old[i]);
            (i, j) = (i + 1, j + 1);
        } else if j == new.len()
            || (i < old.len() && length(&lengths, i + 1, j) >= length(&lengths, i, j + 1))
        {
            push(Side::Expected, old[i]);
            i += 1;
        } else {
            push(Side::Got, new[j]);
            j += 1;
        }
    }
    lines
}

/// How many lines are in common from here on, of a longest common subsequence.
fn lengths(old: &[&str], new: &[&str]) -> Vec<Vec<u16>> {
    if old.len() > MOST_LINES || new.len() > MOST_LINES {
        return Vec::new();
    }
    let mut table = vec![vec![0; new.len() + 1]; old.len() + 1];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            table[i][j] = if old[i] == new[j] {
                table[i + 1][j + 1] + 1
            } else {
                table[i + 1][j].max(table[i][j + 1])
            };
        }
    }
    table
}

fn length(table: &[Vec<u16>], i: usize, j: usize) -> u16 {
    table.get(i).and_then(|row| row.get(j)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(expected: &str, got: &str) -> Vec<String> {
        let sign = |side| match side {
            Side::Both => ' ',
            Side::Expected => '-',
            Side::Got => '+',
        };
        difference(expected, got)
            .iter()
            .map(|line| format!("{}{}", sign(line.side), line.text))
            .collect()
    }

    #[test]
    fn common_lines_are_kept_together() {
        assert_eq!(shown("a\nb\nc", "a\nx\nc"), [" a", "-b", "+x", " c"]);
        assert_eq!(shown("a\nb", "b"), ["-a", " b"]);
        assert_eq!(shown("", "a"), ["+a"]);
        assert_eq!(shown("a", ""), ["-a"]);
    }

    proptest! {
        #[test]
        fn each_side_comes_back(expected in "[ab\n]{0,30}", got in "[ab\n]{0,30}") {
            let lines = difference(&expected, &got);
            let side = |other| lines.iter().filter(|line| line.side != other).map(|line| line.text.as_str()).collect::<Vec<_>>();
            prop_assert_eq!(side(Side::Got), expected.lines().collect::<Vec<_>>());
            prop_assert_eq!(side(Side::Expected), got.lines().collect::<Vec<_>>());
        }
    }

    #[test]
    fn long_texts_end_too() {
        let long = |word: &str| (0..2_000).map(|n| format!("{word}{n}\n")).collect::<String>();
        assert_eq!(difference(&long("a"), &long("b")).len(), 4_000);
    }
}
