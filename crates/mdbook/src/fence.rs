//! Fenced code blocks: where one begins and ends, and what its info string asks for.

/// The first line of a fenced block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fence<'a> {
    mark: &'a str,
    pub(crate) info: &'a str,
}

impl<'a> Fence<'a> {
    /// Blocks in lists and quotations stay as they are: an element around them would end the list.
    pub(crate) fn open(line: &'a str) -> Option<Self> {
        let first = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
        let info = line.trim_start_matches(first);
        let mark = &line[..line.len() - info.len()];
        let valid = mark.len() >= 3 && !(first == '`' && info.contains('`'));
        valid.then(|| Self { mark, info: info.trim() })
    }

    pub(crate) fn is_closed_by(&self, line: &str) -> bool {
        line.trim_end().starts_with(self.mark)
            && line.trim().chars().all(|c| self.mark.starts_with(c))
    }

    pub(crate) fn words(&self) -> impl Iterator<Item = &'a str> {
        self.info.split([',', ' ', '\t']).filter(|word| !word.is_empty())
    }

    pub(crate) fn language(&self) -> &'a str {
        self.words().next().unwrap_or_default()
    }

    pub(crate) fn asks(&self, flag: &str) -> bool {
        self.words().skip(1).any(|word| word == flag)
    }

    pub(crate) fn value(&self, key: &str) -> Option<&'a str> {
        self.words().find_map(|word| word.strip_prefix(key)?.strip_prefix('='))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fences_are_those_of_commonmark_at_the_margin() {
        for line in ["```js", "~~~~ js,play", "```"] {
            assert!(Fence::open(line).is_some(), "{line}");
        }
        for line in ["``js", "text", "  ```js", "```a`b", "> ```js"] {
            assert!(Fence::open(line).is_none(), "{line}");
        }
        let fence = Fence::open("````py").expect("it is a fence");
        assert!(fence.is_closed_by("````") && fence.is_closed_by("`````  "));
        assert!(!fence.is_closed_by("```") && !fence.is_closed_by("````py"));
    }

    #[test]
    fn the_info_string_is_read_with_commas_and_spaces() {
        let fence = Fence::open("```python,play editable, hide=# height=300px").expect("a fence");
        assert_eq!(fence.language(), "python");
        assert!(fence.asks("play") && fence.asks("editable") && !fence.asks("python"));
        assert_eq!((fence.value("hide"), fence.value("height")), (Some("#"), Some("300px")));
    }
}
