//! `mdbook-flint`, a preprocessor of mdBook: reads a book on stdin and prints it with playgrounds in
//! the place of code blocks that ask for it. What a chapter becomes is the library's.

use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::io::{self, Read, Write};
use std::process::ExitCode;

fn main() -> Result<ExitCode> {
    let mut arguments = std::env::args().skip(1);
    if arguments.next().as_deref() == Some("supports") {
        let html = arguments.next().as_deref() == Some("html");
        return Ok(if html { ExitCode::SUCCESS } else { ExitCode::FAILURE });
    }
    let mut text = String::new();
    io::stdin().read_to_string(&mut text).context("mdBook hands the book over on stdin")?;
    let book = preprocess(&text)?;
    io::stdout().write_all(book.to_string().as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

/// mdBook's `[context, book]` to its book.
fn preprocess(text: &str) -> Result<Value> {
    let input: Value = serde_json::from_str(text).context("this is not what mdBook says")?;
    let Value::Array(parts) = input else {
        bail!("mdBook says [context, book], and this is something else");
    };
    let [context, mut book] =
        <[Value; 2]>::try_from(parts).ok().context("mdBook says [context, book]")?;
    let host = context["config"]["preprocessor"]["flint"]["host"].as_str().context(
        "book.toml does not say where the playground is: add host = \"https://…/\" under [preprocessor.flint]",
    )?;
    visit(&mut book, host.trim_end_matches('/'));
    Ok(book)
}

/// Every chapter, wherever this version of mdBook keeps them.
fn visit(value: &mut Value, host: &str) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| visit(item, host)),
        Value::Object(fields) => {
            for (name, field) in fields.iter_mut() {
                match field {
                    Value::String(text) if name == "content" => {
                        *text = mdbook_flint::convert(text, host)
                    }
                    _ => visit(field, host),
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn chapters_of_every_depth_are_found_and_the_rest_stays() {
        for list in ["items", "sections"] {
            let inner = json!({ "Chapter": { "name": "b", "content": "```js,play\n2\n```\n", "sub_items": [] } });
            let outer =
                json!({ "Chapter": { "name": "a", "content": "text", "sub_items": [inner] } });
            let context =
                json!({ "config": { "preprocessor": { "flint": { "host": "https://h/" } } } });
            let book = preprocess(&json!([context, { list: [outer, "Separator"] }]).to_string());
            let book = book.expect("it is a book");
            let chapter = &book[list][0]["Chapter"];
            assert_eq!(chapter["content"], "text");
            let content =
                chapter["sub_items"][0]["Chapter"]["content"].as_str().unwrap_or_default();
            assert!(content.contains("<flint-playground"), "{content}");
            assert!(content.contains("https://h/embed-1.js"), "{content}");
            assert_eq!(book[list][1], "Separator");
        }
    }

    #[test]
    fn a_book_that_names_no_host_is_told_so() {
        let error = preprocess(r#"[{"config":{}},{"items":[]}]"#).expect_err("no host");
        assert!(error.to_string().contains("[preprocessor.flint]"), "{error}");
        for bad in ["", "{}", "[]", "[1]"] {
            assert!(preprocess(bad).is_err(), "{bad}");
        }
    }
}
