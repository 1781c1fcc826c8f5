//! Links by people who mean harm, or by chat programs that cut them off.

use crate::projects::project;
use flint_share::{File, LIMITS, LinkError, Project, decode, encode, from_query};
use proptest::prelude::*;

#[test]
fn a_cut_or_changed_link_says_so() {
    let link = encode(&project(11)).expect("small enough");
    for end in 3..link.len() {
        assert_eq!(decode(&link[..end]), Some(Err(LinkError::Damaged)), "cut at {end}");
    }
    for at in 3..link.len() {
        let mut changed = link.clone().into_bytes();
        changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
        let changed = String::from_utf8(changed).expect("ASCII");
        // The last character may carry bits that mean nothing.
        assert!(
            matches!(decode(&changed), Some(Err(_))) || decode(&changed) == decode(&link),
            "changed at {at}"
        );
    }
}

#[test]
fn a_small_link_that_unpacks_to_too_much_is_refused() {
    let bomb = |bytes: usize| Project {
        files: vec![File { path: "bomb".into(), text: "0".repeat(bytes) }],
        ..Project::default()
    };
    assert_eq!(encode(&bomb(LIMITS.unpacked)), Err(LinkError::TooLarge));
    let link = encode(&bomb(LIMITS.unpacked - 20)).expect("just fits");
    assert!(link.len() < 10_000);
    assert!(matches!(decode(&link), Some(Ok(_))));
    // 5 MiB of zeros, compressed by zlib.
    let zeros = miniz_oxide::deflate::compress_to_vec_zlib(&vec![0; 5 << 20], 9);
    let bomb = format!("v1={}", base64url(&zeros));
    assert_eq!(decode(&bomb), Some(Err(LinkError::TooLarge)));
}

#[test]
fn other_fragments_are_no_projects() {
    for fragment in ["", "#", "#section", "#v", "#v=", "#vx=AA", "#a=b"] {
        assert_eq!(decode(fragment), None, "{fragment}");
    }
    assert_eq!(decode("#v2=anything"), Some(Err(LinkError::Newer)));
    assert_eq!(
        decode(&format!("#v1={}", "A".repeat(LIMITS.link + 1))),
        Some(Err(LinkError::TooLarge))
    );
}

fn base64url(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let bits: Vec<bool> =
        bytes.iter().flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1 == 1)).collect();
    let value =
        |six: &[bool]| (0..6).fold(0, |sum, at| sum << 1 | usize::from(six.get(at) == Some(&true)));
    bits.chunks(6).map(|six| char::from(ALPHABET[value(six)])).collect()
}

proptest! {
    #[test]
    fn any_project_comes_back(
        files in prop::collection::vec((".*", "(?s).{0,200}"), 0..8),
        open in 0_usize..1000,
        edition in prop::option::of("[0-9]{4}"),
        exercise in prop::option::of((".*", "(?s).{0,200}")),
    ) {
        let files = files.into_iter().map(|(path, text)| File { path, text }).collect();
        let exercise = exercise.map(|(path, text)| File { path, text });
        let project = Project { files, open, edition, exercise };
        let link = encode(&project).expect("small enough");
        prop_assert_eq!(decode(&link), Some(Ok(project)));
    }

    #[test]
    fn no_text_panics(text in "(?s).*", packed in "[A-Za-z0-9_-]{0,300}") {
        let _ = decode(&text);
        let _ = decode(&format!("#v1={text}"));
        let _ = decode(&format!("#v1={packed}"));
        let _ = from_query(&text);
        let _ = from_query(&format!("?code={text}"));
    }

    /// Well-packed records with anything in them.
    #[test]
    fn no_records_panic(records in prop::collection::vec(any::<u8>(), 0..300)) {
        let packed = miniz_oxide::deflate::compress_to_vec_zlib(&records, 1);
        let _ = decode(&format!("v1={}", base64url(&packed)));
    }
}
