//! Raw model text to text worth showing.
//!
//! Every rule keeps a beginning of the raw text, and while more is to come holds back what more
//! text could take away: what is shown only ever grows.

mod bracket;
mod lines;
mod loops;
mod markers;
mod surroundings;
mod tail;

pub(crate) use bracket::doubled_closer;
pub(crate) use surroundings::Surroundings;

/// Cleans `raw`. While more is to come (`finished` is false) an end that may still turn out to
/// be something else is held back.
pub(crate) fn clean(raw: &str, around: &Surroundings, finished: bool) -> String {
    let text = raw.replace('\r', "");
    let text = markers::cut(&text, finished);
    let text = lines::begin(text, around);
    let text = lines::first(text, around.max_lines);
    let text = lines::cut(text, around, finished);
    let text = loops::cut(text, finished);
    let text = bracket::cut(text, around, finished);
    let text = tail::cut(text, &around.rest_of_line);
    text.trim_end().to_owned()
}

#[cfg(test)]
mod tests;
