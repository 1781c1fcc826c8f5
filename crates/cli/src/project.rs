//! A folder of files: read as text, and changed as one.

use anyhow::{Context, Result, bail};
use flint_placement::{FileChange, is_inside};
use std::fs;
use std::path::{Path, PathBuf};

/// Folders that hold what others made.
const LEFT_OUT: [&str; 5] = [".git", ".venv", "node_modules", "target", "__pycache__"];
/// A file beyond this is no source.
const LARGEST: u64 = 4 << 20;

/// A folder.
#[derive(Debug)]
pub(crate) struct Project {
    root: PathBuf,
}

/// A file's path in the folder, with `/`, and its text.
#[derive(Clone, Debug)]
pub(crate) struct Text {
    pub(crate) path: String,
    pub(crate) text: String,
}

impl Project {
    pub(crate) fn open(root: &Path) -> Result<Self> {
        let root =
            root.canonicalize().with_context(|| format!("cannot open {}", root.display()))?;
        Ok(Self { root })
    }

    /// The text files whose name `wanted` says yes to.
    pub(crate) fn texts(&self, wanted: impl Fn(&str) -> bool) -> Result<Vec<Text>> {
        let mut texts = Vec::new();
        let mut folders = vec![self.root.clone()];
        while let Some(folder) = folders.pop() {
            let entries = fs::read_dir(&folder)
                .with_context(|| format!("cannot read {}", folder.display()))?;
            for entry in entries {
                let entry = entry?;
                let (path, kind) = (entry.path(), entry.file_type()?);
                let name = entry.file_name().to_string_lossy().into_owned();
                if kind.is_dir() && !LEFT_OUT.contains(&name.as_str()) {
                    folders.push(path);
                } else if kind.is_file() && wanted(&name) {
                    texts.extend(self.text(&path)?);
                }
            }
        }
        texts.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(texts)
    }

    /// A file; None when it is no text.
    fn text(&self, path: &Path) -> Result<Option<Text>> {
        if fs::metadata(path)?.len() > LARGEST {
            return Ok(None);
        }
        let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        let inside = path.strip_prefix(&self.root)?;
        let parts: Vec<_> =
            inside.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        Ok(String::from_utf8(bytes).ok().map(|text| Text { path: parts.join("/"), text }))
    }

    /// Makes all changes, or none: what was written before one failed is written back.
    pub(crate) fn change(&self, changes: &[FileChange]) -> Result<()> {
        let mut writes = Vec::new();
        for change in changes {
            writes.append(&mut self.writes(change)?);
        }
        let ready: Vec<_> = writes.iter().map(Write::prepare).collect::<Result<_>>()?;
        for (index, (write, ready)) in writes.iter().zip(&ready).enumerate() {
            if let Err(error) = write.make(ready.as_deref()) {
                for done in &writes[..index] {
                    done.undo().context("files may be half changed")?;
                }
                return Err(error);
            }
        }
        Ok(())
    }

    fn writes(&self, change: &FileChange) -> Result<Vec<Write>> {
        let path = self.place(&change.path)?;
        let now = fs::read(&path).ok();
        if now.as_deref() != change.before.as_deref().map(str::as_bytes) {
            bail!("{} is not what it was when the change was made for it", change.path);
        }
        let after = change.after.clone().map(String::into_bytes);
        let Some(to) = &change.moved_to else {
            return Ok(vec![Write { path, before: now, after }]);
        };
        let target = self.place(to)?;
        if target.exists() {
            bail!("{to} exists");
        }
        let gone = Write { path, before: now, after: None };
        Ok(vec![Write { path: target, before: None, after }, gone])
    }

    /// Where a path is on the disk, links followed: inside the folder or nowhere.
    fn place(&self, path: &str) -> Result<PathBuf> {
        let full = self.root.join(path);
        let mut existing = full.parent();
        while let Some(folder) = existing.filter(|folder| !folder.exists()) {
            existing = folder.parent();
        }
        let real = existing.context("there is no such place")?.canonicalize()?;
        if !is_inside(path) || !real.starts_with(&self.root) || full.is_symlink() {
            bail!("{path} is outside {}", self.root.display());
        }
        Ok(full)
    }
}

/// One file from one content to another; None is no file.
#[derive(Debug)]
struct Write {
    path: PathBuf,
    before: Option<Vec<u8>>,
    after: Option<Vec<u8>>,
}

impl Write {
    /// Writes the new content beside the file.
    fn prepare(&self) -> Result<Option<tempfile::TempPath>> {
        self.after.as_deref().map(|content| self.beside(content)).transpose()
    }

    fn beside(&self, content: &[u8]) -> Result<tempfile::TempPath> {
        let say = || format!("cannot write {}", self.path.display());
        let folder = self.path.parent().with_context(say)?;
        fs::create_dir_all(folder).with_context(say)?;
        let mut file = tempfile::NamedTempFile::new_in(folder).with_context(say)?;
        std::io::Write::write_all(&mut file, content).with_context(say)?;
        if let Ok(metadata) = fs::metadata(&self.path) {
            fs::set_permissions(file.path(), metadata.permissions()).with_context(say)?;
        }
        Ok(file.into_temp_path())
    }

    fn make(&self, ready: Option<&Path>) -> Result<()> {
        let done = match ready {
            Some(ready) => fs::rename(ready, &self.path),
            None => fs::remove_file(&self.path),
        };
        done.with_context(|| format!("cannot change {}", self.path.display()))
    }

    fn undo(&self) -> Result<()> {
        let ready = self.before.as_deref().map(|content| self.beside(content)).transpose()?;
        self.make(ready.as_deref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(path: &str, before: Option<&str>, after: Option<&str>) -> FileChange {
        FileChange {
            path: path.into(),
            before: before.map(str::to_owned),
            after: after.map(str::to_owned),
            moved_to: None,
            edits: vec![0],
            hunks: vec![],
        }
    }

    fn shown(project: &Project) -> String {
        let texts = project.texts(|_| true).expect("readable");
        let all = texts.into_iter().map(|text| format!("{}={}", text.path, text.text));
        all.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn all_or_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let project = Project::open(folder.path()).expect("it exists");
        project
            .change(&[change("a/b.txt", None, Some("1")), change("c.txt", None, Some("2"))])
            .expect("new");
        assert_eq!(shown(&project), "a/b.txt=1 c.txt=2");
        for bad in [
            change("c.txt", Some("other"), Some("3")),
            change("c.txt", None, Some("3")),
            change("../out.txt", None, Some("3")),
            change("c.txt/d.txt", None, Some("3")),
        ] {
            assert!(project.change(&[change("a/b.txt", Some("1"), Some("9")), bad]).is_err());
            assert_eq!(shown(&project), "a/b.txt=1 c.txt=2");
        }
        project.change(&[change("a/b.txt", Some("1"), None)]).expect("it may go");
        assert_eq!(shown(&project), "c.txt=2");
    }

    #[cfg(unix)]
    #[test]
    fn no_link_leads_outside() {
        let (folder, other) = (tempfile::tempdir().expect("a"), tempfile::tempdir().expect("b"));
        std::os::unix::fs::symlink(other.path(), folder.path().join("link")).expect("linked");
        let project = Project::open(folder.path()).expect("it exists");
        assert!(project.change(&[change("link/a.txt", None, Some("1"))]).is_err());
        assert_eq!(fs::read_dir(other.path()).expect("readable").count(), 0);
    }
}
