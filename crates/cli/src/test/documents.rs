//! What a documentation holds of examples: built pages as they are, blocks of Markdown as elements.

use crate::project::Project;
use anyhow::Result;
use mdbook_flint::{Example, examples};
use serde::Serialize;
use std::path::Path;

/// Something with examples in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Document {
    pub(crate) path: String,
    /// Where its only example begins; a built page does not know.
    pub(crate) line: Option<usize>,
    pub(crate) html: String,
}

/// The examples of a folder, or of one file.
pub(crate) fn read(docs: &Path) -> Result<Vec<Document>> {
    let only = docs.is_file().then(|| docs.file_name().unwrap_or_default().to_string_lossy());
    let folder = if only.is_some() { docs.parent() } else { Some(docs) };
    let folder = folder.filter(|folder| !folder.as_os_str().is_empty());
    let project = Project::open(folder.unwrap_or(Path::new(".")))?;
    let is_page = |name: &str| name.ends_with(".html") || name.ends_with(".htm");
    let is_text = |name: &str| [".md", ".mdx", ".markdown"].iter().any(|end| name.ends_with(end));
    let mut documents = Vec::new();
    for file in project.texts(|name| is_page(name) || is_text(name))? {
        if only.as_ref().is_some_and(|only| **only != *file.path) {
            continue;
        }
        if is_page(&file.path) {
            documents.push(Document { path: file.path, line: None, html: file.text });
            continue;
        }
        documents.extend(examples(&file.text).into_iter().map(|example| Document {
            path: file.path.clone(),
            line: Some(example.line),
            html: element(&example),
        }));
    }
    Ok(documents)
}

/// As the plugins of documentation systems write it.
fn element(Example { language, setup, code, expected, .. }: &Example) -> String {
    let [language, setup, code] = [language, setup, code].map(|text| escape(text));
    let output = expected.as_ref().map(|text| format!("<pre data-output>{}</pre>", escape(text)));
    format!(
        "<flint-playground language=\"{language}\" setup=\"{setup}\"><pre><code>{code}</code></pre>{}</flint-playground>",
        output.unwrap_or_default()
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_example_cannot_end_its_element() {
        let example = Example {
            line: 1,
            language: "js\" x=\"".into(),
            setup: "a = \"&\"".into(),
            code: "</code></pre></flint-playground>".into(),
            expected: Some("<3".into()),
        };
        assert_eq!(
            element(&example),
            "<flint-playground language=\"js&quot; x=&quot;\" setup=\"a = &quot;&amp;&quot;\"><pre><code>\
             &lt;/code&gt;&lt;/pre&gt;&lt;/flint-playground&gt;</code></pre><pre data-output>&lt;3</pre></flint-playground>"
        );
    }
}
