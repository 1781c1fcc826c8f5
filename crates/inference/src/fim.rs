//! How models are asked to fill in the middle: one row per family, told apart by the tokenizer's own markers.
//!
//! Sources: the model cards of Qwen2.5-Coder, StarCoder, DeepSeek-Coder, CodeGemma, Codestral and Granite, and "Code
//! Llama: Open Foundation Models for Code", arXiv 2308.12950, section 2.3. Whole projects: "Qwen2.5-Coder Technical
//! Report", arXiv 2409.12186, section 3.2.2, and "StarCoder 2 and The Stack v2", arXiv 2402.19173, section 5.1.

/// In which order the parts stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// The text before the cursor comes last, so typing only appends tokens.
    SuffixFirst,
    PrefixFirst,
    /// The model knows of nothing but what comes before.
    PrefixOnly,
}

/// One family; a marker that it does not have is empty.
struct Row {
    /// Tokens that only this family's tokenizers have all of, of the rows from here on.
    telling: &'static [&'static str],
    order: Order,
    /// What every text begins with.
    begin: &'static str,
    /// What a file's path comes after.
    file: &'static str,
    /// What a project's name comes after, and what the path of each of its files does, where the family was trained on
    /// whole projects.
    project: &'static str,
    between: &'static str,
    prefix: &'static str,
    suffix: &'static str,
    middle: &'static str,
    /// What ends a completion beside the markers above.
    ends: &'static [&'static str],
}

const NONE: Row = Row {
    telling: &[],
    order: Order::PrefixFirst,
    begin: "",
    file: "",
    project: "",
    between: "",
    prefix: "",
    suffix: "",
    middle: "",
    ends: &[],
};

/// The markers that most families spell alike.
const USUAL: Row = Row {
    prefix: "<|fim_prefix|>",
    suffix: "<|fim_suffix|>",
    middle: "<|fim_middle|>",
    ends: &["<|endoftext|>"],
    ..NONE
};

const OURS: Row = Row {
    telling: &["<|lang:text|>", "<|fim_prefix|>", "<|file_sep|>"],
    order: Order::SuffixFirst,
    file: "<|file_sep|>",
    ..USUAL
};

const OTHERS: [Row; 8] = [
    // Qwen2.5-Coder.
    Row {
        telling: &["<|fim_prefix|>", "<|file_sep|>"],
        project: "<|repo_name|>",
        between: "<|file_sep|>",
        ends: &["<|endoftext|>", "<|im_end|>", "<|fim_pad|>", "<|repo_name|>", "<|file_sep|>"],
        ..USUAL
    },
    // CodeGemma.
    Row {
        telling: &["<|fim_prefix|>", "<|file_separator|>"],
        begin: "<bos>",
        ends: &["<eos>", "<|file_separator|>"],
        ..USUAL
    },
    // Granite 4.
    Row {
        telling: &["<|fim_prefix|>"],
        ends: &["<|end_of_text|>", "<|endoftext|>", "<|fim_pad|>"],
        ..USUAL
    },
    // StarCoder, StarCoder 2, Granite Code.
    Row {
        telling: &["<fim_prefix>"],
        project: "<repo_name>",
        between: "<file_sep>",
        prefix: "<fim_prefix>",
        suffix: "<fim_suffix>",
        middle: "<fim_middle>",
        ends: &["<|endoftext|>", "<file_sep>", "<filename>", "<fim_pad>"],
        ..NONE
    },
    // DeepSeek-Coder: the hole is where the suffix begins.
    Row {
        telling: &["<｜fim▁begin｜>"],
        begin: "<｜begin▁of▁sentence｜>",
        prefix: "<｜fim▁begin｜>",
        suffix: "<｜fim▁hole｜>",
        middle: "<｜fim▁end｜>",
        ends: &["<｜end▁of▁sentence｜>", "<|EOT|>"],
        ..NONE
    },
    // CodeLlama.
    Row {
        telling: &["▁<PRE>"],
        begin: "<s>",
        prefix: "▁<PRE>",
        suffix: "▁<SUF>",
        middle: "▁<MID>",
        ends: &["▁<EOT>", "</s>"],
        ..NONE
    },
    // Codestral: the prefix is last, and the answer follows it at once.
    Row {
        telling: &["[PREFIX]", "[SUFFIX]"],
        order: Order::SuffixFirst,
        begin: "<s>",
        prefix: "[PREFIX]",
        suffix: "[SUFFIX]",
        ends: &["</s>"],
        ..NONE
    },
    // Any other model can still go on with a text.
    Row {
        order: Order::PrefixOnly,
        ends: &["<|endoftext|>", "<|im_end|>", "<|end_of_text|>", "</s>", "<eos>"],
        ..NONE
    },
];

/// The format of one tokenizer: ids of its markers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fim {
    pub(crate) order: Order,
    pub(crate) begin: Option<u32>,
    pub(crate) file: Option<u32>,
    pub(crate) project: Option<u32>,
    pub(crate) between: Option<u32>,
    pub(crate) prefix: Option<u32>,
    pub(crate) suffix: Option<u32>,
    pub(crate) middle: Option<u32>,
    /// The first is the one that a model ends a text with.
    pub(crate) ends: Vec<u32>,
}

impl Fim {
    /// The format of the tokenizer that gives tokens these ids; none for one that cannot end a text.
    pub(crate) fn of(id: impl Fn(&str) -> Option<u32>) -> Option<Self> {
        let known = |row: &&Row| row.telling.iter().all(|marker| id(marker).is_some());
        let rows = [OURS];
        let row = rows.iter().chain(&OTHERS).find(known)?;
        let ends: Vec<u32> = row.ends.iter().filter_map(|marker| id(marker)).collect();
        (!ends.is_empty()).then(|| Self {
            order: row.order,
            begin: id(row.begin),
            file: id(row.file),
            project: id(row.project),
            between: id(row.between),
            prefix: id(row.prefix),
            suffix: id(row.suffix),
            middle: id(row.middle),
            ends,
        })
    }

    /// Tokens that are never text.
    pub(crate) fn markers(&self) -> impl Iterator<Item = u32> {
        let of_project = [self.project, self.between];
        let parts = [self.begin, self.file, self.prefix, self.suffix, self.middle];
        parts.into_iter().chain(of_project).flatten().chain(self.ends.iter().copied())
    }

    /// The parts in the model's order.
    pub(crate) fn arrange(&self, prefix: &[u32], suffix: &[u32], tokens: &mut Vec<u32>) {
        let before = |tokens: &mut Vec<u32>| {
            tokens.extend(self.prefix);
            tokens.extend_from_slice(prefix);
        };
        let after = |tokens: &mut Vec<u32>| {
            tokens.extend(self.suffix);
            tokens.extend_from_slice(suffix);
        };
        match self.order {
            Order::SuffixFirst => {
                after(tokens);
                before(tokens);
            }
            Order::PrefixFirst => {
                before(tokens);
                after(tokens);
            }
            Order::PrefixOnly => before(tokens),
        }
        tokens.extend(self.middle);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Family, what its tokenizers know, and the prompt of `P` before the cursor and `S` behind it.
    const FAMILIES: [(&str, &[&str], &str); 10] = [
        (
            "ours",
            &[
                "<|endoftext|>",
                "<|fim_prefix|>",
                "<|fim_suffix|>",
                "<|fim_middle|>",
                "<|file_sep|>",
                "<|lang:text|>",
            ],
            "<|fim_suffix|> S <|fim_prefix|> P <|fim_middle|>",
        ),
        (
            "Qwen2.5-Coder",
            &[
                "<|endoftext|>",
                "<|fim_prefix|>",
                "<|fim_suffix|>",
                "<|fim_middle|>",
                "<|fim_pad|>",
                "<|file_sep|>",
                "<|im_end|>",
            ],
            "<|fim_prefix|> P <|fim_suffix|> S <|fim_middle|>",
        ),
        (
            "CodeGemma",
            &[
                "<bos>",
                "<eos>",
                "<|fim_prefix|>",
                "<|fim_suffix|>",
                "<|fim_middle|>",
                "<|file_separator|>",
            ],
            "<bos> <|fim_prefix|> P <|fim_suffix|> S <|fim_middle|>",
        ),
        (
            "Granite 4",
            &[
                "<|end_of_text|>",
                "<|fim_prefix|>",
                "<|fim_suffix|>",
                "<|fim_middle|>",
                "<|fim_pad|>",
            ],
            "<|fim_prefix|> P <|fim_suffix|> S <|fim_middle|>",
        ),
        (
            "StarCoder",
            &["<|endoftext|>", "<fim_prefix>", "<fim_suffix>", "<fim_middle>", "<filename>"],
            "<fim_prefix> P <fim_suffix> S <fim_middle>",
        ),
        (
            "StarCoder 2",
            &["<|endoftext|>", "<fim_prefix>", "<fim_suffix>", "<fim_middle>", "<file_sep>"],
            "<fim_prefix> P <fim_suffix> S <fim_middle>",
        ),
        (
            "DeepSeek-Coder",
            &[
                "<｜begin▁of▁sentence｜>",
                "<｜end▁of▁sentence｜>",
                "<｜fim▁begin｜>",
                "<｜fim▁hole｜>",
                "<｜fim▁end｜>",
            ],
            "<｜begin▁of▁sentence｜> <｜fim▁begin｜> P <｜fim▁hole｜> S <｜fim▁end｜>",
        ),
        (
            "CodeLlama",
            &["<s>", "</s>", "▁<PRE>", "▁<SUF>", "▁<MID>", "▁<EOT>"],
            "<s> ▁<PRE> P ▁<SUF> S ▁<MID>",
        ),
        ("Codestral", &["<s>", "</s>", "[PREFIX]", "[SUFFIX]"], "<s> [SUFFIX] S [PREFIX] P"),
        ("SmolLM2", &["<|endoftext|>", "<|im_start|>", "<|im_end|>"], "P"),
    ];

    #[test]
    fn every_family_is_asked_in_its_own_words() {
        for (family, vocabulary, wanted) in FAMILIES {
            let id = |marker: &str| {
                vocabulary.iter().position(|known| *known == marker).map(|at| at as u32)
            };
            let fim = Fim::of(id).unwrap_or_else(|| panic!("{family} has no format"));
            let (before, after) = (900, 901);
            let mut tokens: Vec<u32> = fim.begin.into_iter().collect();
            fim.arrange(&[before], &[after], &mut tokens);
            let spelled = |token: &u32| match *token {
                900 => "P",
                901 => "S",
                marker => vocabulary[marker as usize],
            };
            let prompt: Vec<_> = tokens.iter().map(spelled).collect();
            assert_eq!(prompt.join(" "), wanted, "{family}");
            assert!(fim.ends.iter().all(|end| (*end as usize) < vocabulary.len()));
            let text = fim.markers().filter(|marker| *marker >= 900).count();
            assert_eq!(text, 0, "{family}");
        }
    }

    #[test]
    fn a_tokenizer_that_cannot_end_a_text_has_no_format() {
        assert_eq!(Fim::of(|_| None), None);
    }
}
