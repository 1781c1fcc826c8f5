//! WebAssembly text in, a module's bytes out: the `wast` crate for the program's worker. Knows
//! nothing of running.

use wasm_bindgen::prelude::*;
use wast::parser::{self, ParseBuffer};

/// The binary module of a text module.
///
/// # Errors
/// JSON `{ "message", "line", "column" }`, counted from 1, when the text is not a module.
#[wasm_bindgen]
pub fn assemble(text: &str) -> Result<Vec<u8>, String> {
    encode(text).map_err(|error| {
        let (line, column) = error.span().linecol_in(text);
        let message = format!("WAT: {}", error.message());
        serde_json::json!({ "message": message, "line": line + 1, "column": column + 1 })
            .to_string()
    })
}

fn encode(text: &str) -> Result<Vec<u8>, wast::Error> {
    let buffer = ParseBuffer::new(text)?;
    let mut module = parser::parse::<wast::Wat<'_>>(&buffer)?;
    module.encode()
}

#[cfg(test)]
mod tests {
    use super::assemble;

    #[test]
    fn a_module_becomes_bytes() {
        let bytes =
            assemble("(module (func (export \"main\") (result i32) i32.const 42))").unwrap();
        assert_eq!(bytes[..8], *b"\0asm\x01\0\0\0");
    }

    #[test]
    fn a_mistake_has_a_place() {
        for (text, place) in [
            ("(module\n  (func i32.bogus))", "\"line\":2"),
            ("(module", "\"line\":1"),
            ("(module (func call $nowhere))", "\"column\":20"),
            ("", "\"line\":1"),
            ("\"\\", "\"line\":1"),
        ] {
            let error = assemble(text).unwrap_err();
            assert!(error.contains(place), "{text}: {error}");
        }
    }
}
