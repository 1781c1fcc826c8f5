//! Special tokens that a model has written as text.

const MARKERS: [&str; 11] = [
    "<|",
    "<｜",
    "<fim_",
    "<fim-",
    "<file_sep>",
    "<repo_name>",
    "<endoftext>",
    "<PRE>",
    "<SUF>",
    "<MID>",
    "<EOT>",
];

/// Cuts before the first marker; while more is to come, before what could become one.
pub(super) fn cut(text: &str, finished: bool) -> &str {
    let found = MARKERS.iter().filter_map(|marker| text.find(marker)).min();
    let text = found.map_or(text, |at| &text[..at]);
    if finished || found.is_some() {
        return text;
    }
    let Some(at) = text.rfind('<') else {
        return text;
    };
    let begun = MARKERS.iter().any(|marker| marker.starts_with(&text[at..]));
    if begun { &text[..at] } else { text }
}
