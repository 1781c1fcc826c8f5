//! Where the lines are that cannot be changed, in a text that was worked on.

use crate::Exercise;
use std::ops::Range;

impl Exercise {
    /// The bytes of `text` that must stay, in order; None when they are not all there any more. What stands
    /// between the first and the last line of the file belongs to them with its line end before, so that
    /// nothing can be joined to it.
    #[must_use]
    pub fn fixed_in(&self, text: &str) -> Option<Vec<Range<usize>>> {
        let last = self.parts.len().checked_sub(1)?;
        let mut found = Vec::new();
        let mut from = 0;
        for (index, part) in self.parts.iter().enumerate().filter(|(_, part)| part.fixed) {
            let end = if index == last { part.text.trim_end() } else { part.text.as_str() };
            let start = if index == 0 {
                text.starts_with(end).then_some(0)?
            } else if index == last {
                let at = text.trim_end().len().checked_sub(end.len())?;
                let whole = text.get(at..)?.starts_with(end) && text[..at].ends_with('\n');
                (whole && at >= from).then(|| at - 1)?
            } else {
                let before = from.saturating_sub(1);
                before + text.get(before..)?.find(&format!("\n{end}"))?
            };
            from = start + end.len() + usize::from(index > 0);
            // What follows the last lines is theirs too.
            let end = if index == last { text.len() } else { from };
            found.push(start..end);
        }
        Some(found)
    }
}

#[cfg(test)]
mod tests {
    use crate::Exercise;
    use proptest::prelude::*;

    const SOURCE: &str = "// flint: fixed\nfunction a() {\n// flint: open\n  return 1;\n// flint: fixed\n}\n// flint: open\nb();\n// flint: fixed\nc();\n";

    fn fixed(text: &str) -> Option<Vec<&str>> {
        let ranges = Exercise::parse(SOURCE).fixed_in(text)?;
        Some(ranges.into_iter().map(|range| &text[range]).collect())
    }

    #[test]
    fn given_lines_are_found_where_they_are_by_now() {
        let start = Exercise::parse(SOURCE).text();
        assert_eq!(fixed(&start), Some(vec!["function a() {\n", "\n}\n", "\nc();\n"]));
        let worked = "function a() {\n  if (x) {\n  }\n}\n\n\nc();";
        assert_eq!(fixed(worked), Some(vec!["function a() {\n", "\n}\n", "\nc();"]));
    }

    #[test]
    fn given_lines_that_are_gone_are_not_found() {
        for text in
            ["", "function a() {\n}\n", "x\nfunction a() {\n}\nc();\n", "function a() {\n}c();\n"]
        {
            assert_eq!(fixed(text), None, "{text:?}");
        }
        assert_eq!(Exercise::parse("").fixed_in("x"), None);
        assert_eq!(Exercise::parse("x").fixed_in("anything"), Some(vec![]));
    }

    proptest! {
        /// Whatever is written between them, they are found, in order and apart.
        #[test]
        fn what_is_written_between_them_does_not_matter(first in "[a-z{}();\n ü]{0,40}", second in "[a-z{}();\n]{0,40}") {
            let text = format!("function a() {{\n{first}\n}}\n{second}\nc();\n");
            let ranges = Exercise::parse(SOURCE).fixed_in(&text).expect("they are there");
            prop_assert_eq!(ranges.len(), 3);
            prop_assert!(ranges.iter().all(|range| text.is_char_boundary(range.start) && text.is_char_boundary(range.end)));
            prop_assert!(ranges.windows(2).all(|pair| pair[0].end <= pair[1].start + 1));
        }

        #[test]
        fn no_text_panics(text in "(?s).{0,80}") {
            let _ = Exercise::parse(SOURCE).fixed_in(&text);
        }
    }
}
