//! What an ONNX file says of itself, and the file without its weights: those stay where they are, and the runtime reads
//! them one by one.
//!
//! Field numbers: onnx.proto3 of ONNX 1.x (`ModelProto.graph` 7, `GraphProto.node` 1 and `initializer` 5,
//! `NodeProto.op_type` 4, `TensorProto.raw_data` 9, `external_data` 13 and `data_location` 14, `StringStringEntryProto` 1
//! and 2). A tensor whose data are external names a file, an offset and a length; nothing forbids that this is the very
//! file that it is in.

use crate::wire::{Field, Reader, Source, put_bytes, put_number};
use std::{collections::BTreeSet, ops::Range};

/// Smaller tensors stay in the graph: the runtime looks at them before it computes.
const LARGE: u64 = 16 << 10;
/// `TensorProto.DataLocation.EXTERNAL`.
const EXTERNAL: u64 = 1;

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Graph {
    /// Kinds of nodes.
    pub nodes: BTreeSet<String>,
    /// Names of the files that weights are in, this one's among them if they are.
    pub external: BTreeSet<String>,
    /// The file with weights outside.
    pub light: Vec<u8>,
}

impl Graph {
    /// Reads the file of this name; `None` where it is no ONNX.
    pub fn read(file: &(impl Source + ?Sized), name: &str) -> Option<Self> {
        let mut lifting = Lifting { reader: Reader::new(file), name, graph: Self::default() };
        lifting.graph.light = lifting.model(0..file.size())?;
        Some(lifting.graph)
    }

    /// Whether matrices are of four bits, which the CPU engine unpacks anew for every token.
    pub fn has_four_bit_matrices(&self) -> bool {
        self.nodes.contains("MatMulNBits")
    }

    /// Whether attention is one node, whose kernels are the runtime's own.
    pub fn has_fused_attention(&self) -> bool {
        self.nodes.iter().any(|node| node.ends_with("Attention"))
    }
}

/// Takes the weights out of a file.
struct Lifting<'a, S: ?Sized> {
    reader: Reader<'a, S>,
    name: &'a str,
    graph: Graph,
}

impl<S: Source + ?Sized> Lifting<'_, S> {
    fn model(&mut self, range: Range<u64>) -> Option<Vec<u8>> {
        self.message(range, |lifting, field| match field.number {
            7 => lifting.body(field.content.clone()).map(Some),
            _ => Some(None),
        })
    }

    fn body(&mut self, range: Range<u64>) -> Option<Vec<u8>> {
        self.message(range, |lifting, field| match field.number {
            1 => {
                let kinds = lifting.reader.texts(field.content.clone(), 4)?;
                lifting.graph.nodes.extend(kinds);
                Some(None)
            }
            5 => lifting.tensor(field.content.clone()),
            _ => Some(None),
        })
    }

    /// A message whose fields are what `change` makes of them, or as they were where that is nothing.
    fn message(
        &mut self,
        range: Range<u64>,
        change: impl Fn(&mut Self, &Field) -> Option<Option<Vec<u8>>>,
    ) -> Option<Vec<u8>> {
        let mut message = Vec::new();
        for field in self.reader.fields(range)? {
            match if field.bytes { change(self, &field)? } else { None } {
                Some(changed) => put_bytes(&mut message, field.number, &changed),
                None => message.extend(self.reader.bytes(field.whole)?),
            }
        }
        Some(message)
    }

    /// A tensor with its data outside, if they are large and within.
    fn tensor(&mut self, range: Range<u64>) -> Option<Option<Vec<u8>>> {
        let fields = self.reader.fields(range)?;
        for entry in fields.iter().filter(|field| field.number == 13 && field.bytes) {
            if self.reader.texts(entry.content.clone(), 1)? == ["location"] {
                let files = self.reader.texts(entry.content.clone(), 2)?;
                self.graph.external.extend(files);
            }
        }
        let large = |field: &&Field| {
            let Range { start, end } = field.content;
            field.number == 9 && field.bytes && end - start >= LARGE
        };
        let Some(data) = fields.iter().find(large).map(|field| field.content.clone()) else {
            return Some(None);
        };
        let mut tensor = Vec::new();
        for field in fields.into_iter().filter(|field| ![9, 13, 14].contains(&field.number)) {
            tensor.extend(self.reader.bytes(field.whole)?);
        }
        let (offset, length) = (data.start.to_string(), (data.end - data.start).to_string());
        for (key, value) in [("location", self.name), ("offset", &*offset), ("length", &*length)] {
            let mut entry = Vec::new();
            put_bytes(&mut entry, 1, key.as_bytes());
            put_bytes(&mut entry, 2, value.as_bytes());
            put_bytes(&mut tensor, 13, &entry);
        }
        put_number(&mut tensor, 14, EXTERNAL);
        self.graph.external.insert(self.name.to_owned());
        Some(Some(tensor))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(fields: &[(u64, &[u8])]) -> Vec<u8> {
        let mut message = Vec::new();
        fields.iter().for_each(|(number, content)| put_bytes(&mut message, *number, content));
        message
    }

    fn tensor(name: &str, rest: &[(u64, &[u8])]) -> Vec<u8> {
        message(&[&[(8, name.as_bytes())], rest].concat())
    }

    /// A file of these tensors, and two kinds of nodes behind them.
    fn model(tensors: &[Vec<u8>]) -> Vec<u8> {
        let nodes =
            ["Gather", "MatMulNBits"].map(|kind| message(&[(1, b"x"), (4, kind.as_bytes())]));
        let tensors = tensors.iter().map(|tensor| (5, &tensor[..]));
        let graph: Vec<_> = tensors.chain(nodes.iter().map(|node| (1, &node[..]))).collect();
        let mut model = Vec::new();
        put_number(&mut model, 1, 9);
        model.extend(message(&[(2, b"writer"), (7, &message(&graph))]));
        model
    }

    fn read(bytes: &[u8]) -> Option<Graph> {
        Graph::read(bytes, "model.onnx")
    }

    #[test]
    fn nodes_and_external_files_are_found() {
        let location = message(&[(1, b"location"), (2, b"model_q4.onnx_data")]);
        let offset = message(&[(1, b"offset"), (2, b"0")]);
        let file = model(&[tensor("w", &[(13, &location), (13, &offset)])]);
        let graph = read(&file).unwrap();
        assert!(graph.has_four_bit_matrices() && graph.nodes.contains("Gather"));
        assert!(!graph.has_fused_attention());
        assert_eq!(graph.external, BTreeSet::from(["model_q4.onnx_data".to_owned()]));
        assert_eq!(graph.light, file, "nothing is within");
    }

    #[test]
    fn large_weights_stay_where_they_are_and_all_else_is_as_it_was() {
        let (large, small) = (vec![3; LARGE as usize], vec![4; LARGE as usize - 1]);
        let file = model(&[tensor("large", &[(9, &large)]), tensor("small", &[(9, &small)])]);
        let graph = read(&file).unwrap();
        assert_eq!(graph.external, BTreeSet::from(["model.onnx".to_owned()]));
        let at = file.windows(large.len()).position(|bytes| bytes == large).unwrap();
        let [offset, length] = [at, large.len()].map(|number| number.to_string());
        let entries = [("location", "model.onnx"), ("offset", &*offset), ("length", &*length)]
            .map(|(key, value)| message(&[(1, key.as_bytes()), (2, value.as_bytes())]));
        let mut outside = tensor("large", &entries.each_ref().map(|entry| (13, &entry[..])));
        put_number(&mut outside, 14, EXTERNAL);
        assert_eq!(graph.light, model(&[outside, tensor("small", &[(9, &small)])]));
        let again = read(&graph.light).unwrap();
        assert_eq!(again, graph, "what is light is not made lighter");
    }

    #[test]
    fn a_file_that_is_cut_or_is_none_is_not_read() {
        let bytes = model(&[tensor("w", &[(9, &[1; 200])])]);
        let inner = bytes.len() - 1;
        for end in 11..inner {
            assert_eq!(read(&bytes[..end]), None, "{end}");
        }
        assert_eq!(read(&[0xff; 40]), None);
        assert_eq!(read(b"<!doctype html>"), None);
    }
}
