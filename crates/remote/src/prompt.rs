//! What a model is told: the task, the files and the words of the user.

use crate::redact::redact;
use crate::request::{Ask, Message, Role};

/// What is wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Task {
    /// Change files: the answer is search/replace blocks.
    #[default]
    Edit,
    /// Answer a question in words.
    Ask,
    /// Comment on lines: the answer is `path:line: comment`, one a line.
    Review,
}

/// A file that goes along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    pub path: String,
    pub text: String,
    /// Lines from, to (not included) that the task is about, counted from 0; None for all of it.
    pub selected: Option<(usize, usize)>,
}

/// A task with what belongs to it, and what was taken out of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prompt {
    pub ask: Ask,
    /// Secrets that do not leave.
    pub redacted: usize,
}

const EDIT: &str = "You edit files. Answer with search/replace blocks and nothing else. Each block is:

path/of/the/file
<<<<<<< SEARCH
lines of the file as they are now
=======
lines that stand there afterwards
>>>>>>> REPLACE

Copy the SEARCH lines exactly, with their indentation, and as few as make the place unmistakable. Change nothing that was not asked for, and only the lines that it is about where some are named. Write new code out in full: never \"...\" or \"rest of the code\". For a new file, leave SEARCH empty.";

const ASK: &str = "You answer questions about the files below. Be brief and exact; name lines and files where it helps.";

const REVIEW: &str = "You review the files below. For each thing that is wrong or could be clearer, write one line: path:line: what and why. Write nothing else. If all is well, write: no comments.";

impl Prompt {
    /// Puts a task into words. What looks like a secret does not go along.
    #[must_use]
    pub fn new(task: Task, instruction: &str, documents: &[Document]) -> Self {
        let system = match task {
            Task::Edit => EDIT,
            Task::Ask => ASK,
            Task::Review => REVIEW,
        };
        let files: String = documents.iter().map(shown).collect();
        let (user, redacted) = redact(&format!("{files}{}\n", instruction.trim()));
        let message = |role, content| Message { role, content };
        let messages = vec![message(Role::System, system.to_owned()), message(Role::User, user)];
        Self { ask: Ask::Messages(messages), redacted }
    }
}

/// A file between fences that are longer than any in it; selected lines once more, behind it.
fn shown(document: &Document) -> String {
    let Document { path, text, selected } = document;
    let longest = text.lines().map(|line| line.trim_start()).filter(|line| line.starts_with("```"));
    let longest = longest.map(|line| line.len() - line.trim_start_matches('`').len()).max();
    let fence = "`".repeat(longest.map_or(3, |longest| longest + 1));
    let end = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    let mut shown = format!("{path}\n{fence}\n{text}{end}{fence}\n\n");
    if let Some((from, to)) = selected {
        let lines: Vec<_> = text.lines().skip(*from).take(to - from).collect();
        shown += &format!(
            "It is about these lines of {path} ({} to {to}):\n{fence}\n{}\n{fence}\n\n",
            from + 1,
            lines.join("\n"),
        );
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user(documents: &[Document]) -> (String, usize) {
        let Prompt { ask, redacted } = Prompt::new(Task::Edit, " make it fast ", documents);
        let Ask::Messages(messages) = ask else { panic!("messages") };
        (messages[1].content.clone(), redacted)
    }

    #[test]
    fn files_and_instruction_are_all_that_is_said() {
        let document =
            |text: &str, selected| Document { path: "a.md".into(), text: text.into(), selected };
        let (said, _) = user(&[document("x\n```\ny", None)]);
        assert_eq!(said, "a.md\n````\nx\n```\ny\n````\n\nmake it fast\n");
        let (said, _) = user(&[document("a\nb\nc\n", Some((1, 2)))]);
        assert!(said.contains("(2 to 2):\n```\nb\n```\n\nmake it fast"), "{said}");
        let (said, redacted) = user(&[document("k = 'sk-abcdefghijklmnop1234'", None)]);
        assert!(said.contains("k = '[redacted]'") && redacted == 1);
    }
}
