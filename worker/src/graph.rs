//! What an ONNX file says of itself, read from its beginning: kinds of nodes, and files that its weights lie in.
//!
//! The protobuf is walked and never decoded as a whole, for it may be larger than memory. Field numbers: onnx.proto3 of
//! ONNX 1.x (`ModelProto.graph` 7, `GraphProto.node` 1 and `initializer` 5, `NodeProto.op_type` 4,
//! `TensorProto.external_data` 13, `StringStringEntryProto` 1 and 2). Writers put nodes before weights.

use std::collections::BTreeSet;

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Graph {
    pub nodes: BTreeSet<String>,
    /// Names of files beside this one.
    pub external: BTreeSet<String>,
}

impl Graph {
    /// Reads what is there of a file; bytes that are no ONNX give an empty graph.
    pub fn read(bytes: &[u8]) -> Self {
        let mut graph = Self::default();
        for (_, body) in fields(bytes).filter(|(number, _)| *number == 7) {
            for (number, part) in fields(body) {
                match number {
                    1 => graph.nodes.extend(texts(part, 4)),
                    5 => graph.add_external(part),
                    _ => {}
                }
            }
        }
        graph
    }

    /// Whether matrices are of four bits, which the CPU engine unpacks anew for every token.
    pub fn has_four_bit_matrices(&self) -> bool {
        self.nodes.contains("MatMulNBits")
    }

    /// Whether attention is one node, whose kernels are the runtime's own.
    pub fn has_fused_attention(&self) -> bool {
        self.nodes.iter().any(|node| node.ends_with("Attention"))
    }

    fn add_external(&mut self, tensor: &[u8]) {
        for (_, entry) in fields(tensor).filter(|(number, _)| *number == 13) {
            if texts(entry, 1).next().as_deref() == Some("location") {
                self.external.extend(texts(entry, 2));
            }
        }
    }
}

/// Fields that hold bytes: number and content, the last as far as it is there.
fn fields(mut bytes: &[u8]) -> impl Iterator<Item = (u64, &[u8])> {
    std::iter::from_fn(move || {
        loop {
            let key = varint(&mut bytes)?;
            let skipped = match key & 7 {
                0 => varint(&mut bytes).map(|_| 0),
                1 => Some(8),
                5 => Some(4),
                2 => {
                    let length = usize::try_from(varint(&mut bytes)?).ok()?;
                    let (content, rest) = bytes.split_at(length.min(bytes.len()));
                    bytes = rest;
                    return Some((key >> 3, content));
                }
                _ => None,
            }?;
            bytes = bytes.get(skipped..)?;
        }
    })
}

fn texts(bytes: &[u8], field: u64) -> impl Iterator<Item = String> {
    let found = fields(bytes).filter(move |(number, _)| *number == field);
    found.filter_map(|(_, text)| std::str::from_utf8(text).ok().map(str::to_owned))
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

    fn field(number: u8, content: &[u8]) -> Vec<u8> {
        let mut bytes = vec![number << 3 | 2];
        let mut length = content.len();
        while length > 127 {
            bytes.push(length as u8 | 0x80);
            length >>= 7;
        }
        bytes.push(length as u8);
        bytes.extend_from_slice(content);
        bytes
    }

    fn model() -> Vec<u8> {
        let node = |kind: &str| field(1, &[field(1, b"x"), field(4, kind.as_bytes())].concat());
        let entry = |key: &str, value: &str| {
            field(13, &[field(1, key.as_bytes()), field(2, value.as_bytes())].concat())
        };
        let tensor =
            [field(8, b"w"), entry("location", "model_q4.onnx_data"), entry("offset", "0")];
        let graph = [node("Gather"), node("MatMulNBits"), field(5, &tensor.concat())];
        [vec![0x08, 9], field(2, b"writer"), field(7, &graph.concat())].concat()
    }

    #[test]
    fn nodes_and_external_files_are_found() {
        let graph = Graph::read(&model());
        assert!(graph.has_four_bit_matrices() && graph.nodes.contains("Gather"));
        assert!(!graph.has_fused_attention());
        assert_eq!(graph.external.into_iter().collect::<Vec<_>>(), ["model_q4.onnx_data"]);
    }

    #[test]
    fn a_file_that_is_cut_anywhere_gives_what_is_there() {
        let bytes = model();
        for end in 0..bytes.len() {
            let graph = Graph::read(&bytes[..end]);
            assert!(graph.nodes.len() <= 3);
        }
        assert_eq!(Graph::read(&[0xff; 40]), Graph::default());
        assert_eq!(Graph::read(b"<!doctype html>"), Graph::default());
    }
}
