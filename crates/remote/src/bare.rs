//! A chat model's completion without what chat models put around one.

/// The text that belongs at the cursor: without a fence, and without the beginning of the line, which
/// they like to say again. `line` is what stands on the line before the cursor.
#[must_use]
pub fn bare(answer: &str, line: &str) -> String {
    let mut text = answer;
    if let Some((before, after)) = answer.split_once("```")
        && before.trim().is_empty()
    {
        let (_, inside) = after.split_once('\n').unwrap_or(("", ""));
        text = inside.split("```").next().unwrap_or_default();
        text = text.strip_suffix('\n').unwrap_or(text);
    }
    let said = line.trim_start();
    let again = text.trim_start().strip_prefix(said).filter(|_| said.trim_end().len() > 1);
    again.unwrap_or(text).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_belongs_at_the_cursor_is_left() {
        for (answer, line, expected) in [
            ("a + b", "    return ", "a + b"),
            ("return a + b", "    return ", "a + b"),
            ("```python\n    return a + b\n```", "    return ", "a + b"),
            ("```\nx\ny\n```\nThis adds.", "", "x\ny"),
            ("```python\nx", "", "x"),
            (") {\n  x();\n}", "if (a", ") {\n  x();\n}"),
            ("xx", "x", "xx"),
            ("```", "", ""),
            ("", "return ", ""),
        ] {
            assert_eq!(bare(answer, line), expected, "{answer}");
        }
    }
}
