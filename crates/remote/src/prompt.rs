//! What a model is told: the task, the files and the words of the user.

use crate::format::Format;
use crate::redact::redact;
use crate::request::Ask;
use flint_protocol::{ChatMessage as Message, Role};

/// What is wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Task {
    /// Change files: the answer is edits, in the form that the model writes well.
    #[default]
    Edit,
    /// Answer a question in words.
    Ask,
    /// Comment on lines: the answer is `path:line: comment`, one a line.
    Review,
    /// Change files in steps: the answer is headings with search/replace blocks below each.
    Plan,
    /// Change one step of a plan: the answer is its blocks.
    Revise,
    /// Write documentation: the answer is edits.
    Document,
    /// Write tests: the answer is edits.
    Test,
}

impl Task {
    /// Whether the answer changes files.
    #[must_use]
    pub const fn changes(self) -> bool {
        !matches!(self, Self::Ask | Self::Review)
    }
}

/// A file that goes along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    pub path: String,
    pub text: String,
    /// Lines from, to (not included) that the task is about, counted from 0; None for all of it.
    pub selected: Option<(usize, usize)>,
}

impl Document {
    /// The lines that the task is about, from, to (not included).
    #[must_use]
    pub fn region(&self) -> (usize, usize) {
        self.selected.unwrap_or_else(|| (0, self.text.lines().count()))
    }
}

/// A task with what belongs to it, and what was taken out of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prompt {
    pub ask: Ask,
    /// Secrets that do not leave.
    pub redacted: usize,
    /// The files, as the model is told of them.
    shown: String,
}

/// What was asked about some files and answered, so that the next question can go on from there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Talk {
    shown: String,
    messages: Vec<Message>,
}

const BLOCKS: &str = "You edit files. Answer with search/replace blocks and nothing else. Each block is:

path/of/the/file
<<<<<<< SEARCH
lines of the file as they are now
=======
lines that stand there afterwards
>>>>>>> REPLACE

Copy the SEARCH lines exactly, with their indentation, and as few as make the place unmistakable. For a new file, leave SEARCH empty.";

const PATCH: &str = "You edit files. Answer with one patch and nothing else:

*** Begin Patch
*** Update File: path/of/the/file
@@ the line above that begins the function or class
 a line that stays
-a line that goes
+a line that comes instead
*** End Patch

Copy the lines that stay and go exactly, with their indentation, and enough of them to make the place unmistakable. A new file is `*** Add File: path` with + before each line, one that goes is `*** Delete File: path`, another name is `*** Move to: path` below its Update File.";

const UNIFIED: &str = "You edit files. Answer with a unified diff and nothing else:

--- a/path/of/the/file
+++ b/path/of/the/file
@@ ... @@
 a line that stays
-a line that goes
+a line that comes instead

Write no line numbers. Copy the lines that stay and go exactly, with their indentation, and enough of them to make the place unmistakable; change whole functions rather than single words in them. For a new file the first line is --- /dev/null.";

const REGION: &str = "You edit lines of a file. Answer with the lines that it is about as they shall be, from the first to the last, also those that stay as they are, with their indentation, in one code fence like the one around them, and nothing else.";

const RULES: &str = " Change nothing that was not asked for, and only the lines that it is about where some are named. Write new code out in full: never \"...\" or \"rest of the code\".";

const PLAN: &str = "

Divide the work into steps that make sense by themselves, two to seven of them. Begin each with a line `## Step N: what it does` and put the blocks of that step below it.";

const REVISE: &str = "

The files are one step of a plan on their way. Answer with the blocks of that step alone; they take the place of those it had.";

const DOCUMENT: &str = "

Write documentation as the language has it: what each part is for, units, errors. Change no code.";

const TEST: &str = "

Write tests as the language and the project have them, of what the code promises and of its edges. Change no code that is tested.";

const ASK: &str = "You answer questions about the files below. Be brief and exact; name lines and files where it helps.";

const REVIEW: &str = "You review the files below. For each thing that is wrong or could be clearer, write one line: path:line: what and why. Write nothing else. If all is well, write: no comments.";

impl Prompt {
    /// Puts a task into words, for an answer in this form. What looks like a secret does not go along.
    #[must_use]
    pub fn new(task: Task, format: Format, instruction: &str, documents: &[Document]) -> Self {
        let edit = match format {
            Format::Blocks => BLOCKS,
            Format::Patch => PATCH,
            Format::Unified => UNIFIED,
            Format::Region => REGION,
        };
        let more = |task: &str| format!("{edit}{RULES}{task}");
        let system = match task {
            Task::Edit => more(""),
            Task::Ask => ASK.to_owned(),
            Task::Review => REVIEW.to_owned(),
            Task::Plan => more(PLAN),
            Task::Revise => more(REVISE),
            Task::Document => more(DOCUMENT),
            Task::Test => more(TEST),
        };
        let files: String = documents.iter().map(|document| shown(document, format)).collect();
        let (shown, in_files) = redact(&files);
        let (words, in_words) = redact(&format!("{}\n", instruction.trim()));
        let message = |role, content| Message { role, content };
        let user = message(Role::User, format!("{shown}{words}"));
        let messages = vec![message(Role::System, system), user];
        Self { ask: Ask::Messages(messages), redacted: in_files + in_words, shown }
    }

    /// The same as the next question of a conversation, if that is about the same files as they are now.
    #[must_use]
    pub fn after(mut self, talk: &Talk) -> Self {
        if let Ask::Messages(messages) = &mut self.ask
            && talk.shown == self.shown
            && talk.messages.first() == messages.first()
            && let Some(mut words) = messages.pop()
        {
            words.content.drain(..self.shown.len());
            messages.clone_from(&talk.messages);
            messages.push(words);
        }
        self
    }

    /// What this amounts to once it is answered.
    #[must_use]
    pub fn answered(self, answer: &str) -> Talk {
        let mut messages = self.ask.messages();
        messages.push(Message { role: Role::Assistant, content: answer.to_owned() });
        Talk { shown: self.shown, messages }
    }
}

/// A file between fences that are longer than any in it; selected lines once more, behind it.
fn shown(document: &Document, format: Format) -> String {
    let Document { path, text, selected } = document;
    let longest = text.lines().map(|line| line.trim_start()).filter(|line| line.starts_with("```"));
    let longest = longest.map(|line| line.len() - line.trim_start_matches('`').len()).max();
    let fence = "`".repeat(longest.map_or(3, |longest| longest + 1));
    let end = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    let mut shown = format!("{path}\n{fence}\n{text}{end}{fence}\n\n");
    if let (Format::Region, None) = (format, selected) {
        shown += &format!("It is about all of {path}.\n\n");
    } else if let Some((from, to)) = selected {
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
        let Prompt { ask, redacted, .. } =
            Prompt::new(Task::Edit, Format::Blocks, " make it fast ", documents);
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

    #[test]
    fn a_conversation_goes_on_about_the_same_files() {
        let document =
            |text: &str| [Document { path: "a".into(), text: text.into(), selected: None }];
        let ask =
            |words: &str, text| Prompt::new(Task::Ask, Format::Blocks, words, &document(text));
        let talk = ask("why?", "x").answered("So.");
        let contents = |prompt: Prompt| {
            let messages = prompt.ask.messages();
            messages.into_iter().map(|message| message.content).collect::<Vec<_>>()
        };
        let next = contents(ask("how?", "x").after(&talk));
        assert_eq!((next.len(), &*next[2], &*next[3]), (4, "So.", "how?\n"));
        assert_eq!(next[..2], contents(ask("why?", "x")));
        assert_eq!(contents(ask("how?", "y").after(&talk)), contents(ask("how?", "y")));
        let third = ask("how?", "x").after(&talk).answered("Thus.");
        assert_eq!(contents(ask("when?", "x").after(&third)).len(), 6);
    }
}
