//! Protobuf's wire format, walked in a file that may be larger than memory: contents are skipped unless they are asked for.
//!
//! Source: protobuf.dev, "Encoding". Knows nothing of any message.

use std::ops::Range;

/// Read at once: what is looked at lies together, and the rest is far away.
const WINDOW: u64 = 64 << 10;
/// Bytes of a field's two numbers at most.
const HEADER: u64 = 20;
/// Fields of a message at most: a file that is made of nothing else would fill the memory.
const MOST_FIELDS: usize = 1 << 20;
/// Bytes of a text at most.
const MOST_TEXT: u64 = 4 << 10;

/// Why something was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// The bytes could not be had.
    Disk,
    /// They are no message, or none that anybody writes.
    Malformed,
    /// More of them would have to be in memory than can be.
    Heavy,
}

/// Where the bytes are.
pub trait Source {
    /// Bytes of the whole.
    fn size(&self) -> u64;

    /// The bytes of a range, which is within the whole; `None` where they cannot be had.
    fn read(&self, range: Range<u64>) -> Option<Vec<u8>>;
}

impl Source for [u8] {
    fn size(&self) -> u64 {
        self.len() as u64
    }

    fn read(&self, range: Range<u64>) -> Option<Vec<u8>> {
        let [from, to] = [range.start, range.end].map(|at| usize::try_from(at).ok());
        self.get(from?..to?).map(<[u8]>::to_vec)
    }
}

/// One field of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    pub number: u64,
    /// Whether its content is bytes: text, a message, a packed list.
    pub bytes: bool,
    /// Where it is, with its number and length.
    pub whole: Range<u64>,
    pub content: Range<u64>,
}

/// Walks a source.
#[derive(Debug)]
pub struct Reader<'a, S: ?Sized> {
    source: &'a S,
    start: u64,
    window: Vec<u8>,
}

impl<'a, S: Source + ?Sized> Reader<'a, S> {
    pub fn new(source: &'a S) -> Self {
        Self { source, start: 0, window: Vec::new() }
    }

    /// The fields of the message that fills a range.
    ///
    /// # Errors
    /// Where no message does, or one of more than a million fields.
    pub fn fields(&mut self, range: Range<u64>) -> Result<Vec<Field>, Unread> {
        let mut fields = Vec::new();
        let mut at = range.start;
        while at < range.end {
            let field = self.field(at, range.end)?;
            at = field.whole.end;
            fields.push(field);
            if fields.len() > MOST_FIELDS {
                return Err(Unread::Malformed);
            }
        }
        Ok(fields)
    }

    /// The bytes of a range.
    ///
    /// # Errors
    /// When they cannot be had.
    pub fn bytes(&mut self, range: Range<u64>) -> Result<Vec<u8>, Unread> {
        if range.end - range.start > WINDOW {
            return self.source.read(range).ok_or(Unread::Disk);
        }
        self.near(range).map(<[u8]>::to_vec)
    }

    /// The text of each field of this number in the message that fills a range.
    ///
    /// # Errors
    /// Where no message does, or what should be a text is none or a very long one.
    pub fn texts(&mut self, range: Range<u64>, number: u64) -> Result<Vec<String>, Unread> {
        let mut texts = Vec::new();
        for field in self.fields(range)? {
            if field.number == number && field.bytes {
                let Range { start, end } = field.content;
                let short = start..end.min(start + MOST_TEXT + 1);
                let text = String::from_utf8(self.bytes(short)?).ok();
                let text = text.filter(|text| text.len() as u64 <= MOST_TEXT);
                texts.push(text.ok_or(Unread::Malformed)?);
            }
        }
        Ok(texts)
    }

    fn field(&mut self, at: u64, end: u64) -> Result<Field, Unread> {
        let header = self.near(at..end.min(at + HEADER))?;
        measure(header, at, end).ok_or(Unread::Malformed)
    }

    /// A range of at most [`WINDOW`] bytes.
    fn near(&mut self, range: Range<u64>) -> Result<&[u8], Unread> {
        let end = self.start + self.window.len() as u64;
        if range.start < self.start || range.end > end {
            let to = self.source.size().min(range.start + WINDOW);
            self.window = self.source.read(range.start..to).ok_or(Unread::Disk)?;
            self.start = range.start;
        }
        let [from, to] = [range.start, range.end].map(|at| (at - self.start) as usize);
        self.window.get(from..to).ok_or(Unread::Disk)
    }
}

/// The field at a place, from its first bytes; `None` where there is none before `end`.
fn measure(header: &[u8], at: u64, end: u64) -> Option<Field> {
    let mut rest = header;
    let key = varint(&mut rest)?;
    let numbered = header.len() - rest.len();
    let length = match key & 7 {
        0 => {
            let before = rest.len();
            varint(&mut rest)?;
            (before - rest.len()) as u64
        }
        1 => 8,
        2 => varint(&mut rest)?,
        5 => 4,
        _ => return None,
    };
    let bytes = key & 7 == 2;
    let from = at + if bytes { header.len() - rest.len() } else { numbered } as u64;
    let to = from.checked_add(length).filter(|to| *to <= end)?;
    Some(Field { number: key >> 3, bytes, whole: at..to, content: from..to })
}

/// Appends a field of bytes to a message.
pub fn put_bytes(message: &mut Vec<u8>, number: u64, content: &[u8]) {
    put_varint(message, number << 3 | 2);
    put_varint(message, content.len() as u64);
    message.extend_from_slice(content);
}

/// Appends a field that is a number.
pub fn put_number(message: &mut Vec<u8>, number: u64, value: u64) {
    put_varint(message, number << 3);
    put_varint(message, value);
}

fn put_varint(message: &mut Vec<u8>, mut value: u64) {
    while value > 0x7f {
        message.push(value as u8 | 0x80);
        value >>= 7;
    }
    message.push(value as u8);
}

fn varint(bytes: &mut &[u8]) -> Option<u64> {
    let mut value = 0u64;
    for shift in (0..64).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_is_found_also_behind_more_than_a_window() {
        let large = vec![7; WINDOW as usize * 3 + 1];
        let mut message = Vec::new();
        put_number(&mut message, 1, 300);
        put_bytes(&mut message, 2, &large);
        put_bytes(&mut message, 2000, "text".as_bytes());
        let mut reader = Reader::new(&message[..]);
        let whole = 0..message.len() as u64;
        let fields = reader.fields(whole.clone()).unwrap();
        assert_eq!(fields.iter().map(|field| field.number).collect::<Vec<_>>(), [1, 2, 2000]);
        assert_eq!(fields.last().unwrap().whole.end, whole.end);
        assert_eq!(reader.bytes(fields[0].content.clone()).unwrap(), [0xac, 2]);
        assert_eq!(reader.bytes(fields[1].content.clone()).unwrap(), large);
        assert_eq!(reader.texts(whole, 2000).unwrap(), ["text"]);
    }

    #[test]
    fn what_is_no_message_is_not_read() {
        let read = |bytes: &[u8]| Reader::new(bytes).fields(0..bytes.len() as u64);
        for bytes in [&[0xff; 40][..], b"<!doctype html>", &[0x12, 5, 1], &[0x08], &[0x0b]] {
            assert_eq!(read(bytes), Err(Unread::Malformed), "{bytes:?}");
        }
        assert_eq!(read(&[0x08, 1].repeat(MOST_FIELDS + 1)), Err(Unread::Malformed));
        let mut long = Vec::new();
        put_bytes(&mut long, 4, &vec![b'x'; MOST_TEXT as usize + 1]);
        let texts = Reader::new(&long[..]).texts(0..long.len() as u64, 4);
        assert_eq!(texts, Err(Unread::Malformed));
    }

    #[test]
    fn a_disk_that_fails_is_told_from_a_bad_file() {
        struct Broken;
        impl Source for Broken {
            fn size(&self) -> u64 {
                100
            }
            fn read(&self, _: Range<u64>) -> Option<Vec<u8>> {
                None
            }
        }
        assert_eq!(Reader::new(&Broken).fields(0..100), Err(Unread::Disk));
    }
}
