//! The user's files: named, in order, one of them open. Knows nothing of editors or storage.

use crate::exercise::Worked;
use crate::file_name;
use crate::words::notices as words;
use serde::{Deserialize, Serialize};

/// Names a file for as long as the page is open, whatever it is called.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct FileId(pub(crate) u32);

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct File {
    pub(crate) id: FileId,
    pub(crate) path: String,
    pub(crate) text: String,
    /// Byte offset of the cursor.
    pub(crate) cursor: usize,
}

/// A project as it is kept: what [`Project::draft`] gives and [`Project::new`] takes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Draft {
    pub(crate) files: Vec<DraftFile>,
    /// Index of the open file.
    pub(crate) open: usize,
    /// The Rust edition that the code is for, where a link said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) edition: Option<String>,
    /// Hosts that its programs may reach; the user has named them in this browser.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) network: Vec<String>,
    /// What one of the files is to be worked on for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) exercise: Option<DraftExercise>,
}

impl Draft {
    /// Without what is not the user's text: two drafts with the same content are the same to them.
    pub(crate) fn content(&self) -> Self {
        let file = |file: &DraftFile| DraftFile { cursor: 0, ..file.clone() };
        let files = self.files.iter().map(file).collect();
        let (edition, exercise) = (self.edition.clone(), self.exercise.clone());
        Self { files, edition, exercise, ..Self::default() }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct DraftFile {
    pub(crate) path: String,
    pub(crate) text: String,
    #[serde(default)]
    pub(crate) cursor: usize,
}

/// An exercise as it is kept: the file that it is about, and that file with its marks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct DraftExercise {
    pub(crate) path: String,
    pub(crate) source: String,
}

/// A deleted file and where it stood.
#[derive(Clone, Debug)]
pub(crate) struct Deleted {
    file: File,
    index: usize,
}

impl Deleted {
    pub(crate) fn id(&self) -> FileId {
        self.file.id
    }

    pub(crate) fn path(&self) -> &str {
        &self.file.path
    }
}

/// Never empty: there is always a file to type into.
#[derive(Clone, Debug)]
pub(crate) struct Project {
    files: Vec<File>,
    open: usize,
    next_id: u32,
    edition: Option<String>,
    network: Vec<String>,
    exercise: Option<Worked>,
}

impl Project {
    pub(crate) fn new(draft: Draft) -> Self {
        let mut project = Self {
            files: Vec::new(),
            open: 0,
            next_id: 0,
            edition: None,
            network: Vec::new(),
            exercise: None,
        };
        project.replace(draft);
        project
    }

    /// Takes all files out and others in. None of them is taken for one that was there before.
    pub(crate) fn replace(&mut self, draft: Draft) {
        self.files.clear();
        self.edition = draft.edition;
        self.network = draft.network;
        self.exercise = None;
        let about = draft.exercise.as_ref().map(|exercise| exercise.path.clone());
        let mut worked = None;
        for file in draft.files {
            let is_it = about.as_ref() == Some(&file.path) && worked.is_none();
            let id = self.add(file);
            worked = worked.or(is_it.then_some(id));
        }
        if let Some(DraftExercise { path, source }) = draft.exercise {
            let exercise = flint_exercise::Exercise::parse(&source);
            let (text, cursor) = (exercise.text(), exercise.first_open());
            let id = worked.unwrap_or_else(|| self.add(DraftFile { path, text, cursor }));
            self.exercise = Some(Worked { id, source, exercise });
        }
        if self.files.is_empty() {
            self.create();
        }
        self.open = draft.open.min(self.files.len() - 1);
    }

    pub(crate) fn draft(&self) -> Draft {
        let keep = |File { path, text, cursor, .. }: &File| DraftFile {
            path: path.clone(),
            text: text.clone(),
            cursor: *cursor,
        };
        let exercise = self.exercise().map(|(file, worked)| DraftExercise {
            path: file.path.clone(),
            source: worked.source.clone(),
        });
        let files = self.files.iter().map(keep).collect();
        Draft {
            files,
            open: self.open,
            edition: self.edition.clone(),
            network: self.network.clone(),
            exercise,
        }
    }

    /// What is to be worked on, and in which file; none while that is deleted.
    pub(crate) fn exercise(&self) -> Option<(&File, &Worked)> {
        let worked = self.exercise.as_ref()?;
        Some((self.files.iter().find(|file| file.id == worked.id)?, worked))
    }

    /// Hosts that its programs may reach.
    pub(crate) fn network(&self) -> &[String] {
        &self.network
    }

    pub(crate) fn allow(&mut self, network: Vec<String>) {
        self.network = network;
    }

    /// The Rust edition that the code is for; the newest when nothing else was asked for.
    pub(crate) fn edition(&self) -> &str {
        self.edition.as_deref().unwrap_or("2024")
    }

    /// Moves a file to another place in the order; past the end is the end. Whether it moved.
    pub(crate) fn move_to(&mut self, id: FileId, place: usize) -> bool {
        let open = self.open_file().id;
        let Some(index) = self.index(id) else {
            return false;
        };
        let file = self.files.remove(index);
        let place = place.min(self.files.len());
        self.files.insert(place, file);
        self.open(open);
        place != index
    }

    pub(crate) fn files(&self) -> &[File] {
        &self.files
    }

    pub(crate) fn open_file(&self) -> &File {
        &self.files[self.open]
    }

    /// Takes over what was typed into the open file.
    pub(crate) fn write_open_file(&mut self, text: &str, cursor: usize) {
        let file = &mut self.files[self.open];
        text.clone_into(&mut file.text);
        file.cursor = cursor;
    }

    /// Writes a file that need not be open; where there is none of this name, it comes to the others.
    pub(crate) fn write(&mut self, path: &str, text: &str) -> FileId {
        match self.files.iter_mut().find(|file| file.path == path) {
            Some(file) => {
                text.clone_into(&mut file.text);
                file.cursor = file.cursor.min(text.len());
                file.id
            }
            None => self.add(DraftFile { path: path.into(), text: text.into(), cursor: 0 }),
        }
    }

    pub(crate) fn file(&self, path: &str) -> Option<&File> {
        self.files.iter().find(|file| file.path == path)
    }

    pub(crate) fn open(&mut self, id: FileId) {
        self.open = self.index(id).unwrap_or(self.open);
    }

    /// Adds an empty file with a free name and opens it.
    pub(crate) fn create(&mut self) -> FileId {
        let id = self.add(DraftFile { path: "untitled.js".into(), text: String::new(), cursor: 0 });
        self.open = self.files.len() - 1;
        id
    }

    /// # Errors
    /// A sentence for the user when no file can have this name.
    pub(crate) fn rename(&mut self, id: FileId, path: &str) -> Result<(), String> {
        let path = path.trim();
        let Some(index) = self.index(id) else {
            return Ok(());
        };
        if path != self.files[index].path {
            self.may_be_named(path)?;
        }
        path.clone_into(&mut self.files[index].path);
        Ok(())
    }

    /// # Errors
    /// A sentence for the user when no file more can have this name.
    pub(crate) fn may_be_named(&self, path: &str) -> Result<(), String> {
        file_name::check(path)?;
        match self.has(path) {
            true => Err(words::name_taken(path)),
            false => Ok(()),
        }
    }

    /// Takes a file out and opens its neighbour; the last one makes room for an empty file.
    pub(crate) fn delete(&mut self, id: FileId) -> Option<Deleted> {
        let index = self.index(id)?;
        let file = self.files.remove(index);
        if self.files.is_empty() {
            self.create();
        }
        if self.open > index || self.open == self.files.len() {
            self.open = self.open.saturating_sub(1);
        }
        Some(Deleted { file, index })
    }

    /// Puts a deleted file back where it stood, under a free name, and opens it.
    pub(crate) fn restore(&mut self, deleted: Deleted) {
        let Deleted { mut file, index } = deleted;
        file.path = file_name::free(&file.path, |path| self.has(path));
        self.open = index.min(self.files.len());
        self.files.insert(self.open, file);
    }

    fn add(&mut self, DraftFile { path, text, cursor }: DraftFile) -> FileId {
        let id = FileId(self.next_id);
        self.next_id += 1;
        let path = file_name::free(&file_name::sound(&path), |path| self.has(path));
        self.files.push(File { id, path, text, cursor });
        id
    }

    pub(crate) fn has(&self, path: &str) -> bool {
        self.files.iter().any(|file| file.path == path)
    }

    fn index(&self, id: FileId) -> Option<usize> {
        self.files.iter().position(|file| file.id == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn project(paths: &[&str], open: usize) -> Project {
        let file =
            |path: &&str| DraftFile { path: (*path).into(), text: format!("// {path}"), cursor: 3 };
        Project::new(Draft { files: paths.iter().map(file).collect(), open, ..Draft::default() })
    }

    /// Paths with the open one in brackets.
    fn shown(project: &Project) -> String {
        let show = |file: &File| {
            if file.id == project.open_file().id {
                format!("[{}]", file.path)
            } else {
                file.path.clone()
            }
        };
        project.files().iter().map(show).collect::<Vec<_>>().join(" ")
    }

    fn delete(project: &mut Project, index: usize) -> Deleted {
        project.delete(project.files()[index].id).expect("the file exists")
    }

    #[test]
    fn a_draft_survives() {
        let draft = project(&["a.js", "b.rs"], 1).draft();
        assert_eq!(Project::new(draft.clone()).draft(), draft);
    }

    #[test]
    fn an_exercise_stays_with_its_file() {
        let source = "# flint: open\nx = 1\n# flint: tests\nt()\n";
        let exercise = Some(DraftExercise { path: "b.py".into(), source: source.into() });
        let path = |project: &Project| project.exercise().map(|(file, _)| file.path.clone());
        let alone = Project::new(Draft { exercise: exercise.clone(), ..Draft::default() });
        assert_eq!(
            (shown(&alone).as_str(), alone.open_file().text.as_str()),
            ("[b.py]", "x = 1\n")
        );
        let draft = Draft { exercise, ..project(&["a.py", "b.py"], 0).draft() };
        let mut project = Project::new(draft.clone());
        assert_eq!(project.draft(), draft);
        let id = project.files()[1].id;
        assert_eq!(project.rename(id, "c.py"), Ok(()));
        project.move_to(id, 0);
        assert_eq!(path(&project), Some("c.py".into()));
        let taken = project.delete(id).expect("it exists");
        assert_eq!((path(&project), project.draft().exercise), (None, None));
        project.restore(taken);
        assert_eq!(path(&project), Some("c.py".into()));
    }

    #[test]
    fn deleting_opens_a_neighbour_and_restoring_undoes_it() {
        for (open, deleted, after) in
            [(1, 1, "a [c]"), (2, 2, "a [b]"), (2, 0, "b [c]"), (0, 2, "[a] b")]
        {
            let mut project = project(&["a", "b", "c"], open);
            let taken = delete(&mut project, deleted);
            assert_eq!(shown(&project), after);
            let path = taken.path().to_owned();
            project.restore(taken);
            assert_eq!(shown(&project), "a b c".replace(&path, &format!("[{path}]")));
        }
    }

    #[test]
    fn the_last_file_makes_room_for_an_empty_one() {
        let mut project = project(&["a.py"], 0);
        let taken = delete(&mut project, 0);
        assert_eq!(shown(&project), "[untitled.js]");
        project.restore(taken);
        assert_eq!(shown(&project), "[a.py] untitled.js");
    }

    #[test]
    fn a_moved_file_stays_open_and_the_others_keep_their_order() {
        for (open, from, to, after) in
            [(0, 0, 2, "b c [a]"), (1, 2, 0, "c a [b]"), (2, 0, 1, "b a [c]"), (1, 1, 9, "a c [b]")]
        {
            let mut project = project(&["a", "b", "c"], open);
            assert!(project.move_to(project.files()[from].id, to));
            assert_eq!(shown(&project), after);
        }
        let mut project = project(&["a", "b"], 0);
        assert!(!project.move_to(project.files()[1].id, 1));
        assert!(!project.move_to(FileId(99), 0));
    }

    #[test]
    fn names_are_free_and_sound() {
        let mut project = project(&["untitled.js", "b"], 0);
        let id = project.create();
        assert_eq!(shown(&project), "untitled.js b [untitled-2.js]");
        for bad in ["", "  ", "/x", "a//b", "../x", "b"] {
            assert!(project.rename(id, bad).is_err(), "{bad:?}");
        }
        assert_eq!(project.rename(id, " src/lib.rs "), Ok(()));
        assert_eq!(shown(&project), "untitled.js b [src/lib.rs]");
    }
}
