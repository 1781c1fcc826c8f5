//! Files that look like programs: functions of their own, with the lines in common that programs have.

use crate::chance::Chance;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    Python,
    JavaScript,
    Rust,
}

impl Language {
    pub(crate) fn extension(self) -> &'static str {
        match self {
            Self::Python => "py",
            Self::JavaScript => "js",
            Self::Rust => "rs",
        }
    }

    pub(crate) fn comment(self) -> &'static str {
        if self == Self::Python { "#" } else { "//" }
    }
}

/// A file's lines and where each function's are in it.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    pub(crate) language: Language,
    pub(crate) lines: Vec<String>,
    pub(crate) functions: Vec<std::ops::Range<usize>>,
}

pub(crate) const LANGUAGES: [Language; 3] =
    [Language::Python, Language::JavaScript, Language::Rust];

/// A file of some functions; numbers in it come from `chance` and occur nowhere twice.
pub(crate) fn source(chance: &mut Chance, functions: usize) -> Source {
    let language = *chance.one_of(&LANGUAGES);
    let mut source = Source { language, lines: Vec::new(), functions: Vec::new() };
    source.lines.push(format!("{} A file of small functions.", language.comment()));
    source.lines.push(String::new());
    for index in 0..functions {
        let number = 100 + index * 37 + chance.between(0, 37);
        let from = source.lines.len();
        source.lines.extend(function(language, number));
        source.functions.push(from..source.lines.len());
        source.lines.push(String::new());
    }
    source
}

/// Nine or so lines in which `n` makes most lines this function's own.
pub(crate) fn function(language: Language, n: usize) -> Vec<String> {
    let text = match language {
        Language::Python => format!(
            "def measure_{n}(items, limit):\n    total_{n} = 0\n    for item in items:\n        if item > limit:\n            log(\"over {n}\", item)\n            total_{n} += item - limit\n\n        seen_{n}.append('item')\n    result = total_{n} * {n}\n    return result"
        ),
        Language::JavaScript => format!(
            "export function measure{n}(items, limit) {{\n  let total{n} = 0;\n  for (const item of items) {{\n    if (item > limit) {{\n      console.log(\"over {n}\", item);\n      total{n} += item - limit;\n    }}\n    seen{n}.push('item');\n  }}\n\n  const result = total{n} * {n};\n  return result;\n}}"
        ),
        Language::Rust => format!(
            "pub fn measure_{n}(items: &[u32], limit: u32) -> u32 {{\n    let mut total_{n} = 0;\n    for item in items {{\n        if *item > limit {{\n            println!(\"over {n} {{item}}\");\n            total_{n} += item - limit;\n        }}\n        seen_{n}.push('x');\n    }}\n\n    let result = total_{n} * {n};\n    result\n}}"
        ),
    };
    text.split('\n').map(str::to_owned).collect()
}
