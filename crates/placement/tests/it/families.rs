//! Answers that are written badly and still say what they mean.

use crate::case::{Case, Expect, Files};
use crate::chance::Chance;
use crate::source::{Language, Source, source};
use crate::write::{FORMATS, Format, Hunk, chatty, write};

/// An edit of one function in a file, and all that is known of it.
pub(crate) struct Edit {
    pub(crate) source: Source,
    pub(crate) path: String,
    /// Where the hunk begins in the file.
    pub(crate) from: usize,
    pub(crate) hunk: Hunk,
    pub(crate) after: Vec<String>,
}

/// Changes a line or two in the middle of a function, with two to four lines around that are its own.
pub(crate) fn edit(chance: &mut Chance, functions: usize) -> Edit {
    let source = source(chance, functions);
    let function = chance.one_of(&source.functions).clone();
    edit_at(chance, source, function.start)
}

/// The same, of the function that begins here.
pub(crate) fn edit_at(chance: &mut Chance, source: Source, start: usize) -> Edit {
    let from = start + chance.between(0, 2);
    let changed = start + chance.between(3, 5);
    let to = changed + chance.between(2, 4);
    let old = &source.lines[changed];
    let depth = &old[..old.len() - old.trim_start().len()];
    let mut new = vec![format!("{depth}renewed('a - b', \"{}\")", chance.between(0, 99))];
    let opens = old.ends_with([':', '{']);
    if chance.coin() || opens {
        new.push(old.clone());
    }
    let mut lines = Vec::new();
    for at in from..to {
        let text = source.lines[at].clone();
        if at != changed {
            lines.push((' ', text));
        } else if new.len() == 2 {
            lines.push(('+', new[0].clone()));
            lines.push((' ', text));
        } else {
            lines.push(('-', text));
            lines.push(('+', new[0].clone()));
        }
    }
    let mut after = source.lines.clone();
    after.splice(changed..=changed, new);
    let path = format!("src/part.{}", source.language.extension());
    Edit { path, from, hunk: Hunk { line: from + 1, lines }, after, source }
}

pub(crate) fn text(lines: &[String]) -> String {
    lines.iter().map(|line| format!("{line}\n")).collect()
}

impl Edit {
    pub(crate) fn files(&self) -> Files {
        vec![(self.path.clone(), text(&self.source.lines))]
    }

    pub(crate) fn answer(&self, format: Format) -> String {
        write(format, &[(&self.path, vec![self.hunk.clone()])])
    }

    pub(crate) fn becomes(&self) -> Expect {
        Expect::Becomes(vec![(self.path.clone(), text(&self.after))])
    }

    fn case(&self, family: &'static str, chance: &mut Chance) -> Case {
        let format = *chance.one_of(&FORMATS);
        let answer = self.answer(format);
        let answer = if format == Format::Unified { answer } else { chatty(chance, &answer) };
        Case { family, files: self.files(), answer, asked: None, expect: self.becomes() }
    }
}

/// All lines less deep, or deeper, by the same.
pub(crate) fn shifted(chance: &mut Chance) -> Case {
    let mut edit = edit(chance, 6);
    let depths = edit.hunk.lines.iter().filter(|(_, line)| !line.is_empty());
    let least = depths.map(|(_, line)| line.len() - line.trim_start().len()).min().unwrap_or(0);
    let deeper = least == 0 || chance.coin();
    for (_, line) in &mut edit.hunk.lines {
        if !line.is_empty() {
            *line = if deeper { format!("    {line}") } else { line[least..].to_owned() };
        }
    }
    edit.case("shifted", chance)
}

/// Another number of spaces for each level.
pub(crate) fn stepped(chance: &mut Chance) -> Case {
    let mut edit = edit(chance, 6);
    let (from, to) = if edit.source.language == Language::JavaScript { (2, 4) } else { (4, 2) };
    for (_, line) in &mut edit.hunk.lines {
        let bare = line.trim_start();
        *line = format!("{}{bare}", " ".repeat((line.len() - bare.len()) / from * to));
    }
    edit.case("stepped", chance)
}

/// Tabs in the file and spaces in the answer, or the other way round.
pub(crate) fn tabs(chance: &mut Chance) -> Case {
    let mut edit = edit(chance, 6);
    let step = if edit.source.language == Language::JavaScript { 2 } else { 4 };
    let tabbed = |line: &String| {
        let bare = line.trim_start();
        format!("{}{bare}", "\t".repeat((line.len() - bare.len()) / step))
    };
    if chance.coin() {
        edit.source.lines = edit.source.lines.iter().map(tabbed).collect();
        edit.after = edit.after.iter().map(tabbed).collect();
    } else {
        for (_, line) in &mut edit.hunk.lines {
            *line = tabbed(line);
        }
    }
    edit.case("tabs", chance)
}

/// The answer forgot a line that it keeps, away from what it changes.
pub(crate) fn missing_lines(chance: &mut Chance) -> Case {
    let source = source(chance, 6);
    let function = chance.one_of(&source.functions).clone();
    let mut edit = edit_at(chance, source, function.start);
    // From the function's first line on, so that there is a line to forget.
    let more: Vec<_> =
        (function.start..edit.from).map(|at| (' ', edit.source.lines[at].clone())).collect();
    edit.hunk.lines.splice(0..0, more);
    edit.hunk.line = function.start + 1;
    let changed = edit.hunk.lines.iter().position(|(mark, _)| *mark != ' ').expect("a change");
    let forgotten = chance.between(1, changed - 1);
    edit.hunk.lines.remove(forgotten);
    edit.case("missing lines", chance)
}

/// The changed lines are there twice; a line around them tells which ones are meant.
pub(crate) fn repeated_with_context(chance: &mut Chance) -> Case {
    let mut source = source(chance, 4);
    let at = chance.between(0, 4);
    let function = source.functions[at].clone();
    let copy: Vec<_> = source.lines[function.start + 1..function.end].to_vec();
    let name = source.lines[function.start].replace("measure", "repeat");
    source.lines.push(name);
    source.lines.extend(copy);
    let mut edit = edit_at(chance, source, function.start);
    let more: Vec<_> =
        (function.start..edit.from).map(|at| (' ', edit.source.lines[at].clone())).collect();
    edit.from = function.start;
    edit.hunk.lines.splice(0..0, more);
    edit.hunk.line = function.start + 1;
    edit.case("repeated, with the line that tells", chance)
}

/// Line ends of two systems, in the file or in the answer; the file's stay.
pub(crate) fn crlf(chance: &mut Chance) -> Case {
    let edit = edit(chance, 6);
    let mut case = edit.case("CRLF", chance);
    let there = chance.coin();
    if there {
        case.files[0].1 = case.files[0].1.replace('\n', "\r\n");
        let Expect::Becomes(files) = &mut case.expect else { return case };
        files[0].1 = files[0].1.replace('\n', "\r\n");
    }
    if !there || chance.coin() {
        case.answer = case.answer.replace('\n', "\r\n");
    }
    case
}

/// Characters that look like those of the file, in everything that the answer quotes and adds.
pub(crate) fn look_alikes(chance: &mut Chance) -> Case {
    const SWAPS: [(&str, &str); 6] = [
        ("\"", "\u{201d}"),
        ("'", "\u{2019}"),
        (" = ", "\u{a0}=\u{a0}"),
        ("item", "\u{456}tem"),
        ("-", "\u{2013}"),
        ("    ", "\u{a0}\u{a0}\u{a0}\u{a0}"),
    ];
    let mut edit = edit(chance, 6);
    let first = chance.between(0, SWAPS.len());
    let shown = edit.hunk.lines.clone();
    // Both, so that at least one occurs; what is added is only written so where a kept line shows it.
    for swap in [first, (first + 1) % SWAPS.len(), (first + 2) % SWAPS.len()] {
        let (plain, round) = SWAPS[swap];
        let quoted = |(mark, line): &(char, String)| *mark != '+' && line.contains(plain);
        if shown.iter().any(quoted) {
            for (_, line) in &mut edit.hunk.lines {
                *line = line.replace(plain, round);
            }
        }
    }
    edit.case("look-alikes", chance)
}

/// The answer says that it leaves lines out.
pub(crate) fn elided(chance: &mut Chance) -> Case {
    let source = source(chance, 6);
    let function = chance.one_of(&source.functions).clone();
    let comment = source.language.comment();
    let mark = chance
        .one_of(&[
            "...".to_owned(),
            format!("{comment} ..."),
            format!("    {comment} ... existing code ..."),
        ])
        .clone();
    let changed = function.end - chance.between(2, 4);
    let old = source.lines[changed].clone();
    let new = format!("{}renewed()", &old[..old.len() - old.trim_start().len()]);
    let mut lines: Vec<_> =
        (function.start..function.start + 2).map(|at| (' ', source.lines[at].clone())).collect();
    lines.push((' ', mark));
    lines.extend((changed - 1..changed).map(|at| (' ', source.lines[at].clone())));
    lines.extend([('-', old), ('+', new.clone())]);
    lines.extend((changed + 1..function.end).map(|at| (' ', source.lines[at].clone())));
    let mut after = source.lines.clone();
    after[changed] = new;
    let path = format!("part.{}", source.language.extension());
    let from = function.start;
    Edit { path, from, hunk: Hunk { line: from + 1, lines }, after, source }.case("elided", chance)
}

/// Two changes whose shown lines overlap, but not what they change.
pub(crate) fn neighbours(chance: &mut Chance) -> Case {
    let source = source(chance, 6);
    let start = chance.one_of(&source.functions).start;
    let hunk = |changed: usize| {
        let line = |at: usize| match at == changed {
            true => vec![('-', source.lines[at].clone()), ('+', format!("renewed {at}"))],
            false => vec![(' ', source.lines[at].clone())],
        };
        Hunk { line: changed, lines: (changed - 1..changed + 3).flat_map(line).collect() }
    };
    let (first, second) = (start + 1, start + 4);
    let hunks = vec![hunk(first), hunk(second)];
    let mut after = source.lines.clone();
    after[first] = format!("renewed {first}");
    after[second] = format!("renewed {second}");
    let path = format!("part.{}", source.language.extension());
    let answer = write(*chance.one_of(&FORMATS), &[(&path, hunks)]);
    Case {
        family: "neighbours",
        files: vec![(path.clone(), text(&source.lines))],
        answer,
        asked: None,
        expect: Expect::Becomes(vec![(path, text(&after))]),
    }
}

/// The second change is made for the text that the first leaves.
pub(crate) fn one_after_the_other(chance: &mut Chance) -> Case {
    let edit = edit(chance, 6);
    let new = edit.hunk.lines.iter().find(|(mark, _)| *mark == '+').expect("a change").1.clone();
    let newer = new.replace("renewed", "renewed_again");
    let second = Hunk { line: 1, lines: vec![('-', new.clone()), ('+', newer.clone())] };
    let after: Vec<_> = edit
        .after
        .iter()
        .map(|line| if *line == new { newer.clone() } else { line.clone() })
        .collect();
    let hunks = vec![edit.hunk.clone(), second];
    let answer = write(*chance.one_of(&FORMATS), &[(&edit.path, hunks)]);
    let expect = Expect::Becomes(vec![(edit.path.clone(), text(&after))]);
    Case { family: "one after the other", files: edit.files(), answer, asked: None, expect }
}

/// The function stands elsewhere by now.
pub(crate) fn moved(chance: &mut Chance) -> Case {
    let mut edit = edit(chance, 6);
    let lines = chance.between(5, 40);
    let filler = |at| format!("{} filler {at}", edit.source.language.comment());
    let filler: Vec<_> = (0..lines).map(filler).collect();
    edit.source.lines.splice(0..0, filler.clone());
    edit.after.splice(0..0, filler);
    edit.case("moved", chance)
}

/// A diff whose numbers are made up.
pub(crate) fn wrong_numbers(chance: &mut Chance) -> Case {
    let mut edit = edit(chance, 6);
    edit.hunk.line = chance.between(1, 200);
    let answer = edit.answer(Format::Unified);
    // Fewer lines promised than come; or, in a fence whose end shows that all have come, more.
    let (from, to) = answer.split_once("@@ -").expect("a header");
    let (_, body) = to.split_once(" @@\n").expect("a header");
    let line = edit.hunk.line;
    let answer = if chance.coin() {
        format!("{from}@@ -{line},2 +{line},1 @@\n{body}")
    } else {
        format!("```diff\n{from}@@ -{line},40 +{line},41 @@\n{body}```\n")
    };
    Case {
        family: "wrong numbers",
        files: edit.files(),
        answer,
        asked: None,
        expect: edit.becomes(),
    }
}

/// White space at the ends of lines, blank lines around, other quotes, commas that come and go.
pub(crate) fn noise(chance: &mut Chance) -> Case {
    let mut edit = edit(chance, 6);
    match chance.between(0, 3) {
        0 => {
            for (mark, line) in &mut edit.hunk.lines {
                if *mark != '+' {
                    *line += "  ";
                }
            }
        }
        1 => {
            edit.hunk.lines.insert(0, (' ', String::new()));
            edit.hunk.lines.push((' ', String::new()));
        }
        _ => {
            let kept = edit.hunk.lines.iter_mut().filter(|(mark, _)| *mark == ' ');
            for (_, line) in kept {
                *line = line.replace("(items, limit)", "( items,limit )").replace("= 0;", "=  0");
            }
        }
    }
    edit.case("noise", chance)
}

/// A diff whose kept lines lost the space before them.
pub(crate) fn lost_spaces(chance: &mut Chance) -> Case {
    let edit = edit(chance, 6);
    let answer = edit.answer(Format::LooseUnified);
    let lost = |line: &str| line.strip_prefix(' ').unwrap_or(line).to_owned();
    let answer: Vec<_> = answer.lines().map(lost).collect();
    Case {
        family: "lost spaces",
        files: edit.files(),
        answer: format!("{}\n", answer.join("\n")),
        asked: None,
        expect: edit.becomes(),
    }
}

/// Files that are changed, added and taken away in one answer.
pub(crate) fn several_files(chance: &mut Chance) -> Case {
    let edit = edit(chance, 6);
    let mut files = edit.files();
    files.push(("old.txt".into(), "gone\n".into()));
    let body = edit.answer(Format::ApplyPatch);
    let more =
        "*** Add File: new/one.txt\n+first\n+second\n*** Delete File: old.txt\n*** End Patch";
    let answer = chatty(chance, &body.replace("*** End Patch", more));
    let mut after = vec![(edit.path.clone(), text(&edit.after))];
    after.push(("new/one.txt".into(), "first\nsecond\n".into()));
    after.sort();
    Case { family: "several files", files, answer, asked: None, expect: Expect::Becomes(after) }
}
