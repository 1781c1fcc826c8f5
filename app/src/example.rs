//! The project of a first visit: short, real files with something left to write.

use crate::project::{Draft, DraftFile};

const FILES: [(&str, &str); 6] = [
    ("primes.py", include_str!("../example/primes.py")),
    ("todo.js", include_str!("../example/todo.js")),
    ("stack.rs", include_str!("../example/stack.rs")),
    ("index.html", include_str!("../example/index.html")),
    ("style.css", include_str!("../example/style.css")),
    ("add.wat", include_str!("../example/add.wat")),
];

pub(crate) fn project() -> Draft {
    let file = |(path, text): (&str, &str)| DraftFile {
        path: path.into(),
        text: text.into(),
        cursor: open_place(text),
    };
    Draft { files: FILES.map(file).into(), ..Draft::default() }
}

/// The first place left open, a line that ends in a space; otherwise the beginning.
fn open_place(text: &str) -> usize {
    text.find(" \n").map_or(0, |space| space + 1)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_open_file_has_something_left_to_write() {
        let draft = super::project();
        let file = &draft.files[draft.open];
        let before = &file.text[..file.cursor];
        assert!(before.ends_with("return "), "{before:?}");
    }
}
