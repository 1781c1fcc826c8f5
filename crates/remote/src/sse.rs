//! Server-sent events out of bytes, by the rules of the HTML standard, section “Interpreting an event
//! stream”. The sentences in quotes are the standard's.

/// A dispatched event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SseEvent {
    /// Empty where the stream named none.
    pub event: String,
    pub data: String,
}

/// A line or an event is longer than any event of a model server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLong;

/// Most bytes of a line, and of the data of one event.
const LONGEST: usize = 1 << 20;

/// Takes bytes, cut anywhere, and gives events.
#[derive(Debug, Default)]
pub struct Sse {
    line: Vec<u8>,
    /// The last byte was a carriage return: a line feed after it belongs to it.
    after_return: bool,
    /// "One leading U+FEFF BYTE ORDER MARK character must be ignored if any are present."
    past_first_line: bool,
    event: String,
    data: String,
}

impl Sse {
    /// The events that these bytes complete. At the end of the bytes nothing needs to be done: "If the
    /// file ends in the middle of an event, before the final empty line, the incomplete event is not
    /// dispatched."
    ///
    /// # Errors
    /// [`TooLong`] for what no honest server sends; nothing more is to be read then.
    pub fn push(&mut self, bytes: &[u8]) -> Result<Vec<SseEvent>, TooLong> {
        let mut events = Vec::new();
        for byte in bytes {
            // "Lines must be separated by either a […] CRLF character pair, a single […] LF character,
            // or a single […] CR character."
            let was_return = std::mem::replace(&mut self.after_return, *byte == b'\r');
            match byte {
                b'\n' if was_return => {}
                b'\r' | b'\n' => events.extend(self.end_line()?),
                _ if self.line.len() >= LONGEST => return Err(TooLong),
                byte => self.line.push(*byte),
            }
        }
        Ok(events)
    }

    fn end_line(&mut self) -> Result<Option<SseEvent>, TooLong> {
        let bytes = std::mem::take(&mut self.line);
        // "Streams must be decoded using the UTF-8 decode algorithm": what is not UTF-8 is replaced. A
        // line is decoded whole, so a character that was cut between reads is whole again.
        let line = String::from_utf8_lossy(&bytes);
        let first = !std::mem::replace(&mut self.past_first_line, true);
        let line = if first { line.trim_start_matches('\u{feff}') } else { &line };
        if line.is_empty() {
            return Ok(self.dispatch());
        }
        // "If the line starts with a U+003A COLON character (:): Ignore the line."
        // "Otherwise, the string is not empty but does not contain a U+003A COLON character (:):
        // Process the field using […] the whole line as the field name, and the empty string as the
        // field value."
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        // "If value starts with a U+0020 SPACE character, remove it from value."
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => value.clone_into(&mut self.event),
            // "Append the field value to the data buffer, then append a single […] LF character".
            "data" => {
                if self.data.len() + value.len() >= LONGEST {
                    return Err(TooLong);
                }
                self.data.push_str(value);
                self.data.push('\n');
            }
            // "id" and "retry" serve to connect anew, which is never done with a model's answer.
            // "Otherwise: The field is ignored."
            _ => {}
        }
        Ok(None)
    }

    fn dispatch(&mut self) -> Option<SseEvent> {
        let event = std::mem::take(&mut self.event);
        let mut data = std::mem::take(&mut self.data);
        // "If the data buffer is an empty string, set the data buffer and the event type buffer to the
        // empty string and return."
        if data.is_empty() {
            return None;
        }
        // "If the data buffer's last character is a […] LF character, then remove the last character".
        data.pop();
        Some(SseEvent { event, data })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn events(stream: &[u8]) -> Vec<(String, String)> {
        let events = Sse::default().push(stream).expect("short");
        events.into_iter().map(|SseEvent { event, data }| (event, data)).collect()
    }

    #[test]
    fn streams_mean_what_the_standard_says() {
        for (stream, expected) in [
            ("data: YHOO\ndata: +2\ndata: 10\n\n", vec![("", "YHOO\n+2\n10")]),
            (
                ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n",
                vec![("", "first event"), ("", "second event")],
            ),
            ("data\n\ndata\ndata\n\ndata:\n", vec![("", ""), ("", "\n")]),
            ("data:test\n\ndata: test\n\n", vec![("", "test"), ("", "test")]),
            ("\u{feff}event: add\rdata: 1\r\rdata: 2\r\n\r\n", vec![("add", "1"), ("", "2")]),
            ("event: x\n\ndata: y\n\nother: z\n\n", vec![("", "y")]),
            ("data: a:b: c\n\n", vec![("", "a:b: c")]),
        ] {
            let expected: Vec<_> =
                expected.into_iter().map(|(e, d)| (e.to_owned(), d.to_owned())).collect();
            assert_eq!(events(stream.as_bytes()), expected, "{stream:?}");
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_replaced() {
        assert_eq!(events(b"data: \xff\xe2\x82\n\n"), [(String::new(), "\u{fffd}\u{fffd}".into())]);
    }

    #[test]
    fn memory_is_bounded() {
        let mut sse = Sse::default();
        let line = vec![b'x'; LONGEST + 1];
        assert_eq!(sse.push(&line), Err(TooLong));
        let mut sse = Sse::default();
        let row = [b"data: ".as_slice(), &vec![b'x'; 1000], b"\n"].concat();
        assert!((0..2000).any(|_| sse.push(&row).is_err()));
    }
}
