//! Ways to read two lines as the same line, from strict to loose.

/// Leading white space of a line.
pub(crate) fn indent(line: &str) -> &str {
    &line[..line.len() - line.trim_start().len()]
}

pub(crate) fn is_blank(line: &str) -> bool {
    line.trim().is_empty()
}

/// Whether a line says something that few other lines say.
pub(crate) fn is_telling(line: &str) -> bool {
    line.chars().filter(|c| c.is_alphanumeric()).count() >= 3
}

/// The line, trimmed, with every character that only looks like another in that one's place.
pub(crate) fn look_alikes(line: &str) -> String {
    let mut folded = String::with_capacity(line.len());
    for character in line.chars() {
        match twin(character) {
            Twin::Nothing => {}
            Twin::Same => folded.push(character),
            Twin::Of(other) => folded.push_str(other),
        }
    }
    folded.trim().to_owned()
}

/// Without white space, kinds of quotes, a comment at the end and the punctuation that may end a
/// line: what people and models write differently without meaning anything else.
pub(crate) fn loose(line: &str) -> String {
    let folded = look_alikes(line);
    let bare = without_comment(&folded).trim_end_matches([',', ';', ' ', '\t']);
    let same = |c: char| if c == '"' || c == '`' { '\'' } else { c };
    bare.chars().filter(|c| !c.is_whitespace()).map(same).collect()
}

/// Without a comment that follows code; a line that is a comment stays.
fn without_comment(line: &str) -> &str {
    let cut = [" #", "\t#", " //", "\t//"].iter().filter_map(|start| line.rfind(start)).min();
    match cut {
        // A quote behind it: it may be in a string.
        Some(at) if !line[at..].contains(['"', '\'', '`']) && !is_blank(&line[..at]) => &line[..at],
        _ => line,
    }
}

enum Twin {
    Same,
    Nothing,
    Of(&'static str),
}

/// What a character is taken for. White space other than a tab is a space; marks that combine and
/// characters without width are nothing; accents go, since they may be written in two ways.
fn twin(character: char) -> Twin {
    const TWINS: [(&str, &str); 42] = [
        ("\u{2018}\u{2019}\u{201a}\u{201b}\u{2032}\u{00b4}\u{02bc}\u{ff07}", "'"),
        ("\u{201c}\u{201d}\u{201e}\u{201f}\u{2033}\u{00ab}\u{00bb}\u{ff02}", "\""),
        ("\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}\u{2015}\u{2212}\u{fe63}\u{ff0d}", "-"),
        ("\u{2026}", "..."),
        ("\u{2044}\u{2215}", "/"),
        ("\u{00d7}", "x"),
        ("\u{2217}\u{22c6}", "*"),
        ("\u{037e}", ";"),
        ("\u{a789}\u{2236}", ":"),
        ("\u{201a}", ","),
        ("\u{0430}\u{03b1}àáâãäå", "a"),
        ("\u{0410}\u{0391}ÀÁÂÃÄÅ", "A"),
        ("\u{0412}\u{0392}", "B"),
        ("\u{0441}\u{03f2}ç", "c"),
        ("\u{0421}\u{03f9}Ç", "C"),
        ("\u{0501}", "d"),
        ("\u{0435}\u{04bd}èéêë", "e"),
        ("\u{0415}\u{0395}ÈÉÊË", "E"),
        ("\u{04bb}", "h"),
        ("\u{041d}\u{0397}", "H"),
        ("\u{0456}\u{03b9}\u{0131}ìíîï", "i"),
        ("\u{0406}\u{0399}ÌÍÎÏ", "I"),
        ("\u{0458}", "j"),
        ("\u{0408}", "J"),
        ("\u{039a}\u{041a}", "K"),
        ("\u{041c}\u{039c}", "M"),
        ("ñ", "n"),
        ("\u{039d}Ñ", "N"),
        ("\u{043e}\u{03bf}òóôõö", "o"),
        ("\u{041e}\u{039f}ÒÓÔÕÖ", "O"),
        ("\u{0440}\u{03c1}", "p"),
        ("\u{0420}\u{03a1}", "P"),
        ("\u{0455}", "s"),
        ("\u{0405}", "S"),
        ("\u{0422}\u{03a4}", "T"),
        ("\u{03c5}ùúûü", "u"),
        ("ÙÚÛÜ", "U"),
        ("\u{0445}\u{03c7}", "x"),
        ("\u{0425}\u{03a7}", "X"),
        ("\u{0443}\u{03b3}ýÿ", "y"),
        ("\u{0423}\u{03a5}Ý", "Y"),
        ("\u{0396}", "Z"),
    ];
    match character {
        '\t' | '\u{20}'..='\u{7e}' => return Twin::Same,
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => {
            return Twin::Nothing;
        }
        _ if character.is_whitespace() => return Twin::Of(" "),
        '\u{ff01}'..='\u{ff5e}' => return full_width(character),
        _ => {}
    }
    let twin = TWINS.iter().find(|(these, _)| these.contains(character));
    twin.map_or(Twin::Same, |(_, twin)| Twin::Of(twin))
}

/// Full-width forms stand in ASCII's order.
fn full_width(character: char) -> Twin {
    const ASCII: &str = "!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~";
    let at = u32::from(character) as usize - 0xff01;
    ASCII.get(at..=at).map_or(Twin::Same, Twin::Of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_alike_is_alike() {
        for (written, meant) in [
            ("print(\u{201c}hi\u{201d})", "print(\"hi\")"),
            ("x\u{a0}=\u{2009}1 \u{2013} 2", "x = 1 - 2"),
            ("e\u{301}t\u{e9}", "ete"),
            ("\u{ff46}\u{ff08}\u{ff09}", "f()"),
            ("\u{441}\u{43e}unt\u{200b}er", "counter"),
            ("wait\u{2026}", "wait..."),
        ] {
            assert_eq!(look_alikes(written), meant);
        }
    }

    #[test]
    fn noise_is_not_meaning() {
        for (a, b) in [
            ("foo( a, b );", "foo(a,b)"),
            ("x = 'a'  # why", "x = \"a\""),
            ("return x // done", "return x;"),
        ] {
            assert_eq!(loose(a), loose(b));
        }
        for (a, b) in [("x = 1", "x = 2"), ("# one", "# two"), ("u = 'a // b'", "u = 'a'")] {
            assert_ne!(loose(a), loose(b));
        }
    }
}
