//! The letters that vocabularies spell bytes with (GPT-2's `bytes_to_unicode`): a byte that is a visible
//! character of Latin-1 is itself, the others are the letters from U+0100 on, in order.

/// Bytes that are spelled as themselves.
fn is_visible(byte: u8) -> bool {
    matches!(byte, b'!'..=b'~' | 0xa1..=0xac | 0xae..=0xff)
}

pub(crate) fn letter(byte: u8) -> char {
    if is_visible(byte) {
        return char::from(byte);
    }
    let before = (0..byte).filter(|byte| !is_visible(*byte)).count() as u32;
    char::from_u32(0x100 + before).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// The byte that a letter spells.
pub(crate) fn byte_of(letter: char) -> Option<u8> {
    match u32::from(letter) {
        code @ 0..=0xff => Some(code as u8).filter(|byte| is_visible(*byte)),
        code @ 0x100..=0x120 => Some((code - 0x100) as u8),
        0x121 => Some(0x7f),
        code @ 0x122..=0x142 => Some((code - 0x122 + 0x80) as u8),
        0x143 => Some(0xad),
        _ => None,
    }
}

pub(crate) fn spell(text: &str) -> String {
    text.bytes().map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_comes_back() {
        for byte in 0..=255 {
            assert_eq!(byte_of(letter(byte)), Some(byte), "{byte}");
        }
        assert_eq!(spell(" a\n\té"), "ĠaĊĉÃ©");
    }
}
