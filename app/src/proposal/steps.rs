//! A plan that is being written, cut into its steps: a heading begins each.

/// A piece of what a model says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// The next step begins; its title.
    Step(String),
    Text(String),
}

/// Takes text, cut anywhere. Only a line that may be a heading is held back until it is whole.
#[derive(Clone, Debug, Default)]
pub(super) struct Steps {
    line: String,
    /// Between the marks of a block nothing is a heading.
    in_block: bool,
}

impl Steps {
    pub(super) fn push(&mut self, text: &str) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for part in text.split_inclusive('\n') {
            self.line.push_str(part);
            let whole = part.ends_with('\n');
            let may_be_heading = !self.in_block && self.line.starts_with('#');
            match (may_be_heading, whole) {
                (true, false) => continue,
                (true, true) => pieces.push(piece(&self.line)),
                (false, _) => pieces.push(Piece::Text(part.to_owned())),
            }
            if whole {
                self.in_block = match () {
                    () if self.line.starts_with("<<<<<<<") => true,
                    () if self.line.starts_with(">>>>>>>") => false,
                    () => self.in_block,
                };
                self.line.clear();
            }
        }
        pieces
    }

    /// What was held back when no more comes.
    pub(super) fn finish(self) -> Option<Piece> {
        let held = !self.in_block && self.line.starts_with('#');
        held.then(|| piece(&self.line))
    }
}

fn piece(line: &str) -> Piece {
    title(line).map_or_else(|| Piece::Text(line.to_owned()), Piece::Step)
}

/// `## Step 2: what it does`, however many hashes and whatever stands behind the number.
fn title(line: &str) -> Option<String> {
    let rest = line.trim_start_matches('#').trim_start();
    let word = rest.get(..4).filter(|word| word.eq_ignore_ascii_case("step"))?;
    let rest = rest[word.len()..].trim_start();
    let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    (digits > 0).then(|| {
        rest[digits..].trim_matches(|c: char| c.is_whitespace() || ":.–—-*".contains(c)).to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAN: &str = "Well.\n## Step 1: Rename it\na.js\n<<<<<<< SEARCH\n# Step 9: no heading\n=======\nx\n>>>>>>> REPLACE\n### step 2 - Use **it**\n# more\n";

    fn joined(pieces: Vec<Piece>) -> Vec<Piece> {
        let mut joined: Vec<Piece> = Vec::new();
        for piece in pieces {
            match (joined.last_mut(), piece) {
                (Some(Piece::Text(text)), Piece::Text(more)) => text.push_str(&more),
                (_, piece) => joined.push(piece),
            }
        }
        joined
    }

    #[test]
    fn steps_are_the_same_however_the_text_is_cut() {
        let mut steps = Steps::default();
        let whole = joined(steps.push(PLAN));
        let titles = whole.iter().filter_map(|piece| match piece {
            Piece::Step(title) => Some(title.as_str()),
            Piece::Text(_) => None,
        });
        assert_eq!(titles.collect::<Vec<_>>(), ["Rename it", "Use **it"]);
        for size in 1..20 {
            let mut steps = Steps::default();
            let mut pieces = Vec::new();
            for chunk in PLAN.as_bytes().chunks(size) {
                pieces.extend(steps.push(std::str::from_utf8(chunk).expect("ASCII")));
            }
            pieces.extend(steps.finish());
            assert_eq!(joined(pieces), whole, "in pieces of {size}");
        }
    }
}
