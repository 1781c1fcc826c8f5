//! A case: files, an answer, and what must come of it.

use flint_placement::{Answer, File, Plan, Region, parse, parse_region, plan};

pub(crate) type Files = Vec<(String, String)>;

#[derive(Clone, Debug)]
pub(crate) enum Expect {
    /// The answer can be understood: exactly these files, or else (and counted) untouched ones.
    Becomes(Files),
    /// Nobody can tell what was meant: nothing may change.
    Refused,
}

#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) family: &'static str,
    pub(crate) files: Files,
    pub(crate) answer: String,
    /// Lines of the first file that were asked about, where the answer is to be these lines anew.
    pub(crate) asked: Option<(usize, usize)>,
    pub(crate) expect: Expect,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Applied,
    Refused,
    /// Applied, and not as it should have been.
    Wrong,
}

impl Case {
    pub(crate) fn read(&self) -> Answer {
        let Some((from, to)) = self.asked else { return parse(&self.answer) };
        let (path, text) = &self.files[0];
        parse_region(&self.answer, Region::new(path, text, from, to))
    }

    pub(crate) fn plan(&self) -> Plan {
        let files: Vec<_> = self.files.iter().map(|(path, text)| File { path, text }).collect();
        plan(&self.read(), &files)
    }

    pub(crate) fn outcome(&self) -> Outcome {
        let plan = self.plan();
        if !plan.is_whole() {
            return Outcome::Refused;
        }
        match &self.expect {
            Expect::Becomes(files) if made(&self.files, &plan) == *files => Outcome::Applied,
            _ => Outcome::Wrong,
        }
    }
}

/// The files with a plan's changes made.
pub(crate) fn made(files: &Files, plan: &Plan) -> Files {
    let mut files = files.clone();
    for change in &plan.changes {
        files.retain(|(path, _)| *path != change.path);
        if let Some(text) = &change.after {
            let path = change.moved_to.clone().unwrap_or_else(|| change.path.clone());
            files.push((path, text.clone()));
        }
    }
    files.sort();
    files
}
