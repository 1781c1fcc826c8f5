//! Answers that do not say what they mean: whatever is applied would be a guess.

use crate::case::{Case, Expect};
use crate::chance::Chance;
use crate::families::{edit, edit_at, text};
use crate::source::{function, source};
use crate::write::{FORMATS, Format, Hunk, write};

fn refused(family: &'static str, files: Vec<(String, String)>, answer: String) -> Case {
    Case { family, files, answer, asked: None, expect: Expect::Refused }
}

/// What it shows stands there twice; also when it is indented differently here and there.
pub(crate) fn repeated(chance: &mut Chance) -> Case {
    let mut source = source(chance, 4);
    let function = chance.one_of(&source.functions).clone();
    let copy: Vec<_> = source.lines[function.clone()].to_vec();
    source.lines.extend(copy);
    let mut edit = edit_at(chance, source, function.start);
    if chance.coin() {
        for (_, line) in &mut edit.hunk.lines {
            *line = format!("   {line}");
        }
    }
    refused("repeated", edit.files(), edit.answer(*chance.one_of(&FORMATS)))
}

/// The answer stops somewhere after its first change has begun.
pub(crate) fn truncated(chance: &mut Chance) -> Case {
    let edit = edit(chance, 6);
    let format = *chance.one_of(&FORMATS);
    let answer = edit.answer(format);
    let start = answer.find("\n+").or_else(|| answer.find("=======")).expect("a change");
    let end = match format {
        Format::Blocks => answer.find(">>>>>>>").expect("an end"),
        Format::ApplyPatch => answer.find("*** End").expect("an end"),
        Format::Unified => answer.trim_end().len() - 1,
        Format::LooseUnified => answer.rfind("\n```").expect("a fence"),
    };
    let mut at = chance.between(start.min(end - 1), end);
    if format == Format::Unified {
        // Only whole lines: a cut within the last kept line changes nothing in what is changed.
        at = answer[..at].rfind('\n').map_or(at, |line| line + 1);
    }
    refused("truncated", edit.files(), answer[..at].to_owned())
}

/// New code with a hole in it.
pub(crate) fn placeholder(chance: &mut Chance) -> Case {
    let mut edit = edit(chance, 6);
    let comment = edit.source.language.comment();
    let hole = format!("    {comment} ... rest of the code unchanged ...");
    let kept = edit.hunk.lines.len() - 1;
    edit.hunk.lines[kept].0 = '-';
    edit.hunk.lines.push(('+', hole));
    refused("placeholder", edit.files(), edit.answer(*chance.one_of(&FORMATS)))
}

/// Two changes to the same line.
pub(crate) fn overlapping(chance: &mut Chance) -> Case {
    let source = source(chance, 6);
    let start = chance.one_of(&source.functions).start;
    let hunk = |from: usize, to: usize, new: &str| {
        let mut lines: Vec<_> = (from..to).map(|at| ('-', source.lines[at].clone())).collect();
        lines.push(('+', new.to_owned()));
        lines.push((' ', source.lines[to].clone()));
        Hunk { line: from + 1, lines }
    };
    let hunks = vec![hunk(start, start + 3, "one"), hunk(start + 2, start + 4, "two")];
    let path = format!("part.{}", source.language.extension());
    let answer = write(*chance.one_of(&FORMATS), &[(&path, hunks)]);
    refused("overlapping", vec![(path, text(&source.lines))], answer)
}

/// The function is not there any more; one that differs in its numbers is.
pub(crate) fn gone(chance: &mut Chance) -> Case {
    let mut edit = edit(chance, 6);
    let at = edit.source.functions.iter().position(|function| function.contains(&edit.from));
    let range = edit.source.functions[at.expect("its function")].clone();
    let other = function(edit.source.language, 9_000 + chance.between(0, 900));
    edit.source.lines.splice(range, other);
    refused("gone", edit.files(), edit.answer(*chance.one_of(&FORMATS)))
}

/// What it shows was changed in the meantime.
pub(crate) fn stale(chance: &mut Chance) -> Case {
    let mut edit = edit(chance, 6);
    let shown: Vec<_> =
        edit.hunk.lines.iter().filter(|(mark, line)| *mark != '+' && line.len() > 12).collect();
    let line = chance.one_of(&shown).1.clone();
    for real in &mut edit.source.lines {
        if *real == line {
            *real = format!(
                "{}other({})",
                &line[..line.len() - line.trim_start().len()],
                chance.between(0, 99)
            );
        }
    }
    refused("stale", edit.files(), edit.answer(*chance.one_of(&FORMATS)))
}

/// It inserts between two lines that have a third between them.
pub(crate) fn missing_beside_insertion(chance: &mut Chance) -> Case {
    let source = source(chance, 6);
    let start = chance.one_of(&source.functions).start;
    let line = |mark, at: usize| (mark, source.lines[at].clone());
    let lines = vec![
        line(' ', start),
        line(' ', start + 1),
        ('+', "    inserted()".to_owned()),
        line(' ', start + 3),
        line(' ', start + 4),
    ];
    let path = format!("part.{}", source.language.extension());
    let hunks = vec![Hunk { line: start + 1, lines }];
    let answer = write(*chance.one_of(&FORMATS), &[(&path, hunks)]);
    refused("missing beside an insertion", vec![(path, text(&source.lines))], answer)
}

/// One file's change is right and the other's is not: neither is made.
pub(crate) fn one_of_two_files(chance: &mut Chance) -> Case {
    let edit = edit(chance, 6);
    let nowhere = Hunk { line: 1, lines: vec![('-', "no such line".into()), ('+', "x".into())] };
    let other = *chance.one_of(&["other.txt", "missing.txt", "../outside.txt"]);
    let mut files = edit.files();
    files.push(("other.txt".into(), "here\nis other text\n".into()));
    let mut changes = vec![(edit.path.as_str(), vec![edit.hunk.clone()]), (other, vec![nowhere])];
    if chance.coin() {
        changes.swap(0, 1);
    }
    let answer = write(*chance.one_of(&FORMATS), &changes);
    refused("one of two files", files, answer)
}

/// The change has been made before.
pub(crate) fn already_there(chance: &mut Chance) -> Case {
    let edit = edit(chance, 6);
    let files = vec![(edit.path.clone(), text(&edit.after))];
    refused("already there", files, edit.answer(*chance.one_of(&FORMATS)))
}
