//! Random users and random engines: ghost text never flickers and is never stale.

use crate::report;
use crate::typist::{Act, Typist};
use proptest::prelude::*;

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        6 => Just(Act::TypeGhost),
        3 => prop::sample::select(vec!['a', ' ', '\n', '(', ')', '"', '<', '|', 'ß', '中', '😀']).prop_map(Act::Type),
        1 => prop::sample::select(vec![("(", ")"), ("{", "}"), ("\"", "\"")]).prop_map(|(open, close)| Act::TypePair(open, close)),
        2 => Just(Act::Delete),
        1 => any::<prop::sample::Index>().prop_map(Act::Move),
        1 => Just(Act::Compose),
        1 => Just(Act::AcceptAll),
        2 => Just(Act::AcceptWord),
        1 => Just(Act::AcceptLine),
        1 => Just(Act::Dismiss),
        2 => Just(Act::AcceptNext),
        6 => "[a ]{0,3}|ß中|\\(a\\);|\\n  a|<\\|fim|[)\"]".prop_map(Act::Stream),
        2 => Just(Act::Finish),
        1 => Just(Act::StaleText),
        1 => Just(Act::Fail),
        1 => Just(Act::RestartEngine),
        1 => Just(Act::Paste),
    ]
}

proptest! {
    #[test]
    fn no_history_breaks_the_rules(acts in prop::collection::vec(act(), 0..120)) {
        let mut typist = Typist::new();
        for act in acts {
            typist.perform(act);
            prop_assert_eq!(&typist.violations, &Vec::<String>::new());
        }
    }
}

/// A long session of one user, counted: mostly typing what is suggested.
#[test]
fn a_long_session_does_not_flicker() {
    let keystrokes = 10_000 * report::scale();
    let mut typist = Typist::new();
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    while typist.keystrokes < keystrokes {
        let act = random.act();
        typist.perform(act);
    }
    let violations = typist.violations.len();
    report::write(
        "flicker",
        &format!(
            "{{\"keystrokes\":{},\"typed_through\":{},\"violations\":{violations}}}\n",
            typist.keystrokes, typist.typed_through,
        ),
    );
    assert!(typist.typed_through > keystrokes / 4, "too few keystrokes met ghost text");
    assert_eq!(violations, 0, "{:?}", typist.violations.first());
}

/// xorshift64: the same session on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % n
    }

    fn act(&mut self) -> Act {
        match self.below(40) {
            0..18 => Act::TypeGhost,
            18..22 => Act::Type(['a', '\n', ' ', '{', 'ß'][self.below(5) as usize]),
            22 => Act::TypePair("(", ")"),
            23 => Act::Delete,
            24 => Act::AcceptWord,
            25 => Act::AcceptLine,
            26 => Act::StaleText,
            27 => Act::Dismiss,
            28..31 => Act::Finish,
            _ => Act::Stream(self.code()),
        }
    }

    fn code(&mut self) -> String {
        let words = ["let ", "größe", " = ", "f(a)", ";", "\n    ", "中文", "if x {", "}"];
        (0..1 + self.below(4)).map(|_| words[self.below(words.len() as u64) as usize]).collect()
    }
}
