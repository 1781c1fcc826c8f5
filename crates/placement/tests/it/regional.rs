//! Lines of a file written anew, whole, as models do it that write no blocks well.

use crate::case::{Case, Expect};
use crate::chance::Chance;
use crate::families::{Edit, edit_at, text};
use crate::source::source;
use crate::write::{Format, chatty};

/// A function that was asked about, and what it shall be.
struct Asked {
    edit: Edit,
    from: usize,
    to: usize,
    new: Vec<String>,
}

fn asked(chance: &mut Chance) -> Asked {
    let source = source(chance, 6);
    // Neither the first nor the last, so that there is something around it.
    let at = chance.between(1, 5);
    let function = source.functions[at].clone();
    let edit = edit_at(chance, source, function.start);
    let more = edit.after.len() - edit.source.lines.len();
    let new = edit.after[function.start..function.end + more].to_vec();
    Asked { from: function.start, to: function.end, new, edit }
}

/// Only the lines inside the function.
fn asked_inside(chance: &mut Chance) -> Asked {
    let Asked { edit, from, to, mut new } = asked(chance);
    new.remove(0);
    let to = if edit.source.lines[to - 1].starts_with('}') { to - 1 } else { to };
    new.truncate(new.len() - usize::from(edit.source.lines[to].starts_with('}')));
    Asked { edit, from: from + 1, to, new }
}

fn fenced(lines: &[String]) -> String {
    format!("```\n{}```\n", text(lines))
}

impl Asked {
    fn case(&self, family: &'static str, answer: String) -> Case {
        let asked = Some((self.from, self.to));
        Case { family, files: self.edit.files(), answer, asked, expect: self.edit.becomes() }
    }

    fn refused(&self, family: &'static str, answer: String) -> Case {
        Case { expect: Expect::Refused, ..self.case(family, answer) }
    }
}

pub(crate) fn written_anew(chance: &mut Chance) -> Case {
    let asked = asked(chance);
    let answer = chatty(chance, &fenced(&asked.new));
    asked.case("written anew", answer)
}

/// Moved to the left, as models do that see the lines alone.
pub(crate) fn less_deep(chance: &mut Chance) -> Case {
    let asked = asked_inside(chance);
    let depth = |line: &&String| line.len() - line.trim_start().len();
    let least = asked.new.iter().filter(|line| !line.is_empty()).map(|line| depth(&line)).min();
    let least = least.unwrap_or(0);
    let moved: Vec<_> =
        asked.new.iter().map(|line| line.get(least..).unwrap_or_default().to_owned()).collect();
    asked.case("less deep", fenced(&moved))
}

pub(crate) fn deeper(chance: &mut Chance) -> Case {
    let asked = asked(chance);
    let moved = |line: &String| match line.is_empty() {
        true => String::new(),
        false => format!("    {line}"),
    };
    let moved: Vec<_> = asked.new.iter().map(moved).collect();
    asked.case("deeper", chatty(chance, &fenced(&moved)))
}

/// All of the file came back instead of the lines.
pub(crate) fn whole_file(chance: &mut Chance) -> Case {
    let asked = asked(chance);
    let answer = fenced(&asked.edit.after);
    asked.case("whole file", answer)
}

/// With lines around it.
pub(crate) fn with_surroundings(chance: &mut Chance) -> Case {
    let asked = asked(chance);
    let (above, below) = (chance.between(3, 6), chance.between(3, 6));
    let mut lines = asked.edit.source.lines[asked.from - above..asked.from].to_vec();
    lines.extend(asked.new.clone());
    lines.extend(asked.edit.source.lines[asked.to..].iter().take(below).cloned());
    asked.case("with surroundings", fenced(&lines))
}

pub(crate) fn crlf(chance: &mut Chance) -> Case {
    let mut case = written_anew(chance);
    case.family = "written anew, CRLF";
    case.files[0].1 = case.files[0].1.replace('\n', "\r\n");
    if let Expect::Becomes(files) = &mut case.expect {
        files[0].1 = files[0].1.replace('\n', "\r\n");
    }
    if chance.coin() {
        case.answer = case.answer.replace('\n', "\r\n");
    }
    case
}

/// The model writes blocks or a patch although it was asked for lines.
pub(crate) fn other_format(chance: &mut Chance) -> Case {
    let asked = asked(chance);
    let format = *chance.one_of(&[
        Format::Blocks,
        Format::ApplyPatch,
        Format::Unified,
        Format::LooseUnified,
    ]);
    let answer = asked.edit.answer(format);
    asked.case("another format", answer)
}

/// Just the lines.
pub(crate) fn without_fence(chance: &mut Chance) -> Case {
    let asked = asked(chance);
    let answer = format!("\n{}", text(&asked.new));
    asked.case("without fence", answer)
}

/// Without the fence's end.
pub(crate) fn cut_off(chance: &mut Chance) -> Case {
    let asked = asked(chance);
    let answer = fenced(&asked.new);
    let at = chance.between(4, answer.len() - 4);
    asked.refused("cut off", answer[..at].to_owned())
}

pub(crate) fn with_a_hole(chance: &mut Chance) -> Case {
    let asked = asked(chance);
    let mut lines = asked.new.clone();
    let comment = asked.edit.source.language.comment();
    let at = chance.between(1, lines.len());
    lines.splice(at.., [format!("    {comment} ... rest of the function ...")]);
    asked.refused("with a hole", fenced(&lines))
}

/// Two of them, or one line of those around: nobody can tell what is meant.
pub(crate) fn two_answers(chance: &mut Chance) -> Case {
    let asked = asked_inside(chance);
    let answer = if chance.coin() {
        let other = asked.edit.source.lines[asked.from..asked.to].to_vec();
        format!("{}\nor rather\n\n{}", fenced(&asked.new), fenced(&other))
    } else {
        let mut lines = asked.new.clone();
        lines.insert(0, asked.edit.source.lines[asked.from - 1].clone());
        fenced(&lines)
    };
    asked.refused("two answers", answer)
}
