//! Changes of several files that were made as one, and are taken back as one. Knows nothing of editors.

/// A file before and after; None is no file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Step {
    pub(crate) path: String,
    pub(crate) before: Option<String>,
    pub(crate) after: Option<String>,
    /// The name that it has afterwards, where that is another one.
    pub(crate) moved_to: Option<String>,
}

impl Step {
    fn reversed(&self) -> Self {
        let Self { path, before, after, moved_to } = self.clone();
        let (path, moved_to) = match moved_to {
            Some(to) => (to, Some(path)),
            None => (path, None),
        };
        Self { path, before: after, after: before, moved_to }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Transaction {
    pub(crate) steps: Vec<Step>,
    undone: bool,
}

impl Transaction {
    pub(crate) fn new(steps: Vec<Step>) -> Self {
        Self { steps, undone: false }
    }

    /// The steps that are left to take, from and to, so that all files are before it, or after it again.
    ///
    /// # Errors
    /// The files that have become something else since; then nothing is to be done.
    pub(crate) fn turn(
        &self,
        now: impl Fn(&str) -> Option<String>,
    ) -> Result<Vec<Step>, Vec<String>> {
        let mut left = Vec::new();
        let mut others = Vec::new();
        for step in &self.steps {
            let step = if self.undone { step.clone() } else { step.reversed() };
            let (text, there) = (now(&step.path), step.moved_to.as_deref().map(&now));
            match there {
                None if text == step.after => {}
                None if text == step.before => left.push(step),
                Some(there) if text.is_none() && there == step.after => {}
                // What was changed in it may have gone back by itself.
                Some(None) if [&step.before, &step.after].contains(&&text) => left.push(step),
                _ => others.push(step.path),
            }
        }
        if others.is_empty() { Ok(left) } else { Err(others) }
    }

    /// Whether this file has just gone back, or forth again, by itself: the others are to follow.
    pub(crate) fn leads(&self, path: &str, text: &str) -> bool {
        let steps = self.steps.iter();
        let mut steps = steps.map(|step| if self.undone { step.clone() } else { step.reversed() });
        let goal = steps.find(|step| step.path == path).and_then(|step| step.after);
        goal.as_deref() == Some(text)
    }

    pub(crate) fn turned(&mut self) {
        self.undone = !self.undone;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    #[test]
    fn files_go_back_and_forth_together_or_not_at_all() {
        let step = |path: &str, before: Option<&str>, after: Option<&str>| Step {
            path: path.into(),
            before: before.map(str::to_owned),
            after: after.map(str::to_owned),
            moved_to: None,
        };
        let mut done = Transaction::new(vec![
            step("a", Some("1"), Some("2")),
            step("b", Some("3"), Some("4")),
            step("new", None, Some("5")),
        ]);
        let mut files: HashMap<_, _> = [("a", "2"), ("b", "4"), ("new", "5")].into();
        let turn = |done: &Transaction, files: &HashMap<&str, &str>| {
            done.turn(|path| files.get(path).map(ToString::to_string))
        };
        assert!(!done.leads("a", "2") && done.leads("a", "1") && !done.leads("new", ""));
        files.insert("a", "1");
        let back = turn(&done, &files).expect("nothing has changed since");
        assert_eq!(back, [step("b", Some("4"), Some("3")), step("new", Some("5"), None)]);
        files.insert("b", "typed");
        assert_eq!(turn(&done, &files), Err(vec!["b".to_owned()]));
        done.turned();
        files = [("a", "1"), ("b", "3")].into();
        let forth = turn(&done, &files).expect("nothing has changed since");
        assert_eq!(forth.len(), 3);
        assert!(done.leads("b", "4"));
    }

    #[test]
    fn a_name_goes_back_with_its_text_or_after_it() {
        let step = Step {
            path: "a".into(),
            before: Some("1".into()),
            after: Some("2".into()),
            moved_to: Some("b".into()),
        };
        let mut done = Transaction::new(vec![step.clone()]);
        let turn = |done: &Transaction, path: &'static str, text: &'static str| {
            done.turn(|asked| (asked == path).then(|| text.to_owned()))
        };
        for text in ["2", "1"] {
            assert_eq!(turn(&done, "b", text), Ok(vec![step.reversed()]));
        }
        assert_eq!(turn(&done, "a", "1"), Ok(vec![]));
        assert_eq!(turn(&done, "b", "typed"), Err(vec!["b".to_owned()]));
        assert!(done.leads("b", "1") && !done.leads("b", "2") && !done.leads("a", "1"));
        done.turned();
        assert_eq!(turn(&done, "a", "1"), Ok(vec![step]));
    }
}
