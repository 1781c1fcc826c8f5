//! Records: a kind, a length, and so many bytes.

use crate::{File, LIMITS, LinkError, Project};

const PATH: u8 = 1;
const TEXT: u8 = 2;
const OPEN: u8 = 3;
const EDITION: u8 = 4;
const EXERCISE_PATH: u8 = 5;
const EXERCISE: u8 = 6;

pub(crate) fn write(project: &Project) -> Vec<u8> {
    let mut bytes = Vec::new();
    for File { path, text } in &project.files {
        push(&mut bytes, PATH, path.as_bytes());
        push(&mut bytes, TEXT, text.as_bytes());
    }
    if project.open > 0 {
        let mut open = Vec::new();
        push_number(&mut open, project.open);
        push(&mut bytes, OPEN, &open);
    }
    if let Some(edition) = &project.edition {
        push(&mut bytes, EDITION, edition.as_bytes());
    }
    if let Some(File { path, text }) = &project.exercise {
        push(&mut bytes, EXERCISE_PATH, path.as_bytes());
        push(&mut bytes, EXERCISE, text.as_bytes());
    }
    bytes
}

pub(crate) fn read(mut bytes: &[u8]) -> Result<Project, LinkError> {
    let mut project = Project::default();
    while let Some((kind, rest)) = bytes.split_first() {
        bytes = rest;
        let length = take_number(&mut bytes)?;
        let (value, rest) = bytes.split_at_checked(length).ok_or(LinkError::Damaged)?;
        bytes = rest;
        match *kind {
            PATH if project.files.len() == LIMITS.files => return Err(LinkError::TooLarge),
            PATH => project.files.push(File { path: string(value)?, text: String::new() }),
            TEXT => project.files.last_mut().ok_or(LinkError::Damaged)?.text = string(value)?,
            OPEN => project.open = take_number(&mut &*value)?,
            EDITION => project.edition = Some(string(value)?),
            EXERCISE_PATH => project.exercise.get_or_insert_default().path = string(value)?,
            EXERCISE => project.exercise.get_or_insert_default().text = string(value)?,
            _ => {}
        }
    }
    Ok(project)
}

fn push(bytes: &mut Vec<u8>, kind: u8, value: &[u8]) {
    bytes.push(kind);
    push_number(bytes, value.len());
    bytes.extend_from_slice(value);
}

/// Seven bits a byte, the lowest first; the high bit says that more follow.
fn push_number(bytes: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        bytes.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// Numbers of up to four bytes, which is more than [`LIMITS`] lets anything be.
fn take_number(bytes: &mut &[u8]) -> Result<usize, LinkError> {
    let mut number = 0;
    for shift in [0, 7, 14, 21] {
        let (byte, rest) = bytes.split_first().ok_or(LinkError::Damaged)?;
        *bytes = rest;
        number |= usize::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Ok(number);
        }
    }
    Err(LinkError::Damaged)
}

fn string(bytes: &[u8]) -> Result<String, LinkError> {
    String::from_utf8(bytes.to_vec()).map_err(|_| LinkError::Damaged)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_skips_what_it_does_not_know() {
        let file = File { path: "a.js".into(), text: "1".into() };
        let project = Project { files: vec![file], ..Project::default() };
        let mut bytes = Vec::new();
        push(&mut bytes, 200, b"from the future");
        bytes.extend(write(&project));
        push(&mut bytes, 99, &[0; 300]);
        assert_eq!(read(&bytes), Ok(project));
    }

    #[test]
    fn records_that_lie_are_damaged() {
        let lies: [&[u8]; 6] =
            [&[1], &[1, 5, b'a'], &[2, 0], &[1, 0xff, 0xff, 0xff, 0xff, 0], &[1, 1, 0xff], &[3, 0]];
        for bytes in lies {
            assert_eq!(read(bytes), Err(LinkError::Damaged), "{bytes:?}");
        }
    }

    #[test]
    fn too_many_files_are_too_large() {
        let bytes = [PATH, 1, b'x'].repeat(LIMITS.files + 1);
        assert_eq!(read(&bytes), Err(LinkError::TooLarge));
    }
}
