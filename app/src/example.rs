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
    let file = |(path, text): (&str, &str)| DraftFile { path: path.into(), text: text.into() };
    Draft { files: FILES.map(file).into(), open: 0 }
}

/// Where the cursor stands in a file that opens for the first time: at the first place left open,
/// a line that ends in a space, otherwise at the beginning.
pub(crate) fn cursor(text: &str) -> usize {
    text.find(" \n").map_or(0, |space| space + 1)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_open_file_has_something_left_to_write() {
        let draft = super::project();
        let text = &draft.files[draft.open].text;
        let cursor = super::cursor(text);
        assert!(text[..cursor].ends_with("return "), "{:?}", &text[..cursor]);
    }
}
