//! The project's other files before the prompt of a model that was trained on whole projects:
//!
//! `<|repo_name|>project↵<|file_sep|>PATH↵TEXT … <|file_sep|>PATH↵`, and then the open file as ever.
//!
//! They come first and stay the same while somebody types, so the KV cache holds them. Our own model knows them by its
//! counts instead (`history.rs`).

use crate::{Tokenizer, pieces::Pieces, window};
use flint_protocol::Neighbour;

/// Most tokens of other files: they are read once, when a file is opened, and nobody waits long for that.
const MOST_TOKENS: usize = 1_024;
/// At most this share of the room.
const SHARE: usize = 4;
/// Nobody has told us the project's name, and models were trained with one.
const PROJECT: &str = "project\n";

/// What comes before the prompt of the file at `path`, whose prompt has `room` tokens together with this; nothing where
/// there is no other file, or the model's family knows of none. `neighbours` are nearest first, and the nearest comes last.
pub(crate) fn before(
    (tokenizer, kept): (&Tokenizer, &mut Pieces),
    neighbours: &[Neighbour],
    path: &str,
    room: usize,
) -> Vec<u32> {
    let (Some(project), Some(between)) = (tokenizer.fim.project, tokenizer.fim.between) else {
        return Vec::new();
    };
    let header = |path: &str| [vec![between], tokenizer.encode(&format!("{path}\n"))].concat();
    let (name, own) = (tokenizer.encode(PROJECT), header(path));
    let mut left = MOST_TOKENS.min(room / SHARE).saturating_sub(1 + name.len() + own.len());
    let mut files = Vec::new();
    for Neighbour { path, text, .. } in neighbours {
        let mut file = header(path);
        let most = left.saturating_sub(file.len());
        let text = window::whole_lines((tokenizer, kept), text, most);
        if text.is_empty() {
            break;
        }
        file.extend(text);
        left = left.saturating_sub(file.len());
        files.push(file);
    }
    if files.is_empty() {
        return Vec::new();
    }
    files.reverse();
    [vec![project], name, files.concat(), own].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    const PROJECT_MARKER: u32 = 1;
    const BETWEEN: u32 = 2;

    /// The bundled model's tokenizer, as if its family knew whole projects.
    fn tokenizer() -> Tokenizer {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../static/models/flint-nano/tokenizer.json");
        let json = std::fs::read(path).expect("a file");
        let mut tokenizer = Tokenizer::from_json(&json).expect("a tokenizer");
        tokenizer.fim.project = Some(PROJECT_MARKER);
        tokenizer.fim.between = Some(BETWEEN);
        tokenizer
    }

    fn file(path: &str, text: &str) -> Neighbour {
        Neighbour { path: path.into(), language: "python".into(), text: text.into() }
    }

    fn before_open(tokenizer: &Tokenizer, neighbours: &[Neighbour], room: usize) -> Vec<u32> {
        before((tokenizer, &mut Pieces::default()), neighbours, "open.py", room)
    }

    #[test]
    fn other_files_come_before_the_open_one_and_the_nearest_last() {
        let tokenizer = tokenizer();
        let files = [file("near.py", "a = 1\n"), file("far.py", "b = 2\nc = 3\n")];
        let text = |text: &str| tokenizer.encode(text);
        let wanted = [
            vec![PROJECT_MARKER],
            text("project\n"),
            vec![BETWEEN],
            text("far.py\n"),
            text("b = 2\n"),
            text("c = 3\n"),
            vec![BETWEEN],
            text("near.py\n"),
            text("a = 1\n"),
            vec![BETWEEN],
            text("open.py\n"),
        ]
        .concat();
        assert_eq!(before_open(&tokenizer, &files, 4_096), wanted);
        assert_eq!(before_open(&tokenizer, &[], 4_096), [0; 0]);
    }

    #[test]
    fn a_quarter_of_the_room_is_theirs_in_whole_lines() {
        let tokenizer = tokenizer();
        let line = "value = measure(first, second)\n";
        let files = [file("near.py", &line.repeat(500)), file("far.py", line)];
        for (room, most) in [(512, 128), (2_048, 512), (100_000, 1_024)] {
            let tokens = before_open(&tokenizer, &files, room);
            assert!(tokens.len() <= most && tokens.len() > most / 2, "{room}: {}", tokens.len());
            let marks = tokens.iter().filter(|token| **token == BETWEEN).count();
            assert_eq!(marks, 2, "the nearest takes all of it");
            let lines = tokenizer.encode(line);
            let rest = tokens.len() - tokenizer.encode("open.py\n").len() - 1;
            assert!(tokens[..rest].ends_with(&lines));
        }
        assert_eq!(before_open(&tokenizer, &files, 40), [0; 0], "no room");
    }

    #[test]
    fn a_family_that_knows_no_projects_is_told_of_none() {
        let mut tokenizer = tokenizer();
        tokenizer.fim.project = None;
        assert_eq!(before_open(&tokenizer, &[file("a.py", "a = 1\n")], 4_096), [0; 0]);
    }
}
