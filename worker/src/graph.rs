//! What an ONNX file says of itself, and the file without its weights: those stay where they are, and the runtime reads
//! them one by one.
//!
//! Field numbers: onnx.proto3 of ONNX 1.x (`ModelProto.graph` 7, `GraphProto.node` 1 and `initializer` 5,
//! `NodeProto.op_type` 4, `TensorProto.raw_data` 9, `external_data` 13 and `data_location` 14, `StringStringEntryProto` 1
//! and 2). A tensor whose data are external names a file, an offset and a length; nothing forbids that this is the very
//! file that it is in.

use crate::wire::{Field, Reader, Source, Unread, put_bytes, put_number};
use std::{collections::BTreeSet, ops::Range};

/// Smaller tensors stay in the graph: the runtime looks at them before it computes.
const LARGE: u64 = 16 << 10;
/// `TensorProto.DataLocation.EXTERNAL`.
const EXTERNAL: u64 = 1;
/// Bytes of a graph without its weights at most; those of real ones are a few megabytes. What nodes hold stays with them, as
/// do weights that are no raw data.
const MOST: usize = 256 << 20;

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Graph {
    /// Kinds of nodes (`op_type`), of the graph itself.
    pub operators: BTreeSet<String>,
    /// Names of the files that weights are in, this one's among them if they are.
    pub external: BTreeSet<String>,
    /// The file with its large weights outside: of those that were in it, offsets are into the file that was read.
    pub light: Vec<u8>,
}

impl Graph {
    /// Reads the file of this name.
    ///
    /// # Errors
    /// When it cannot be read, is no ONNX, or holds more beside its weights than memory is for.
    pub fn read(file: &(impl Source + ?Sized), name: &str) -> Result<Self, Unread> {
        let reader = Reader::new(file);
        let mut lifting = Lifting { reader, name, kept: 0, graph: Self::default() };
        lifting.graph.light = lifting.model(0..file.size())?;
        match lifting.graph.operators.is_empty() {
            true => Err(Unread::Malformed),
            false => Ok(lifting.graph),
        }
    }

    /// Whether matrices are of four bits, which the CPU engine unpacks anew for every token.
    pub fn has_four_bit_matrices(&self) -> bool {
        self.operators.contains("MatMulNBits")
    }

    /// Whether attention is one node, whose kernels are the runtime's own.
    pub fn has_fused_attention(&self) -> bool {
        self.operators.iter().any(|kind| kind.ends_with("Attention"))
    }
}

/// Takes the weights out of a file.
struct Lifting<'a, S: ?Sized> {
    reader: Reader<'a, S>,
    name: &'a str,
    /// Bytes that were copied.
    kept: usize,
    graph: Graph,
}

/// What a field becomes; `None` where it stays as it is.
type Changed = Result<Option<Vec<u8>>, Unread>;

impl<S: Source + ?Sized> Lifting<'_, S> {
    fn model(&mut self, range: Range<u64>) -> Result<Vec<u8>, Unread> {
        self.message(range, |lifting, field| match field.number {
            7 => lifting.body(field.content.clone()).map(Some),
            _ => Ok(None),
        })
    }

    fn body(&mut self, range: Range<u64>) -> Result<Vec<u8>, Unread> {
        self.message(range, |lifting, field| match field.number {
            1 => {
                let kinds = lifting.reader.texts(field.content.clone(), 4)?;
                lifting.graph.operators.extend(kinds);
                Ok(None)
            }
            5 => lifting.tensor(field.content.clone()),
            _ => Ok(None),
        })
    }

    /// A message whose fields are what `change` makes of them.
    fn message(
        &mut self,
        range: Range<u64>,
        change: impl Fn(&mut Self, &Field) -> Changed,
    ) -> Result<Vec<u8>, Unread> {
        let mut message = Vec::new();
        for field in self.reader.fields(range)? {
            match if field.bytes { change(self, &field)? } else { None } {
                Some(changed) => put_bytes(&mut message, field.number, &changed),
                None => self.keep(&mut message, &field)?,
            }
        }
        Ok(message)
    }

    /// Copies a field as it is.
    fn keep(&mut self, message: &mut Vec<u8>, field: &Field) -> Result<(), Unread> {
        let length = usize::try_from(field.whole.end - field.whole.start).ok();
        let kept = length.and_then(|length| self.kept.checked_add(length));
        self.kept = kept.filter(|kept| *kept <= MOST).ok_or(Unread::Heavy)?;
        message.extend(self.reader.bytes(field.whole.clone())?);
        Ok(())
    }

    /// A tensor with its data outside, if they are large and within.
    fn tensor(&mut self, range: Range<u64>) -> Changed {
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
            return Ok(None);
        };
        let mut tensor = Vec::new();
        for field in fields.iter().filter(|field| ![9, 13, 14].contains(&field.number)) {
            self.keep(&mut tensor, field)?;
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
        Ok(Some(tensor))
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

    fn read(bytes: &[u8]) -> Result<Graph, Unread> {
        Graph::read(bytes, "model.onnx")
    }

    #[test]
    fn nodes_and_external_files_are_found() {
        let location = message(&[(1, b"location"), (2, b"model_q4.onnx_data")]);
        let offset = message(&[(1, b"offset"), (2, b"0")]);
        let file = model(&[tensor("w", &[(13, &location), (13, &offset)])]);
        let graph = read(&file).unwrap();
        assert!(graph.has_four_bit_matrices() && graph.operators.contains("Gather"));
        assert!(!graph.has_fused_attention());
        assert_eq!(graph.external, BTreeSet::from(["model_q4.onnx_data".to_owned()]));
        assert_eq!(graph.light, file, "nothing is within");
    }

    #[test]
    fn large_weights_stay_where_they_are_and_all_else_is_as_it_was() {
        let (large, small) = (vec![3; LARGE as usize], vec![4; LARGE as usize - 1]);
        let mut within = tensor("large", &[(9, &large), (12, b"what it is")]);
        put_number(&mut within, 14, 0);
        let file = model(&[within, tensor("small", &[(9, &small)])]);
        let graph = read(&file).unwrap();
        assert_eq!(graph.external, BTreeSet::from(["model.onnx".to_owned()]));
        let at = file.windows(large.len()).position(|bytes| bytes == large).unwrap();
        let [offset, length] = [at, large.len()].map(|number| number.to_string());
        let entries = [("location", "model.onnx"), ("offset", &*offset), ("length", &*length)]
            .map(|(key, value)| message(&[(1, key.as_bytes()), (2, value.as_bytes())]));
        let entries = entries.each_ref().map(|entry| (13, &entry[..]));
        let mut outside = tensor("large", &[&[(12, &b"what it is"[..])], &entries[..]].concat());
        put_number(&mut outside, 14, EXTERNAL);
        assert_eq!(graph.light, model(&[outside, tensor("small", &[(9, &small)])]));
        let again = read(&graph.light).unwrap();
        assert_eq!(again, graph, "what is light is not made lighter");
    }

    #[test]
    fn a_file_that_is_cut_or_is_none_is_not_read() {
        let bytes = model(&[tensor("w", &[(9, &[1; LARGE as usize])])]);
        for end in (0..200).chain(bytes.len() - 200..bytes.len()) {
            assert_eq!(read(&bytes[..end]), Err(Unread::Malformed), "{end}");
        }
        assert_eq!(read(&[0xff; 40]), Err(Unread::Malformed));
        assert_eq!(read(b"<!doctype html>"), Err(Unread::Malformed));
    }

    #[test]
    fn what_is_not_raw_data_stays_as_far_as_memory_is_for_it() {
        /// A file that says it is larger than memory, of which nobody may ask for more than its beginning.
        struct Endless(Vec<u8>);
        impl Source for Endless {
            fn size(&self) -> u64 {
                1 << 33
            }
            fn read(&self, range: Range<u64>) -> Option<Vec<u8>> {
                assert!(range.end - range.start < 1 << 20, "{range:?}");
                let mut bytes = vec![0; (range.end - range.start) as usize];
                let from = usize::try_from(range.start).ok()?;
                for (byte, there) in bytes.iter_mut().zip(self.0.iter().skip(from)) {
                    *byte = *there;
                }
                Some(bytes)
            }
        }
        // `ModelProto.graph` of one `initializer`, whose `float_data` (4) fill the rest.
        let mut beginning = Vec::new();
        for number in [7u8, 5, 4] {
            let left = (1u64 << 33) - beginning.len() as u64 - 6;
            beginning.push(number << 3 | 2);
            beginning.extend(
                (0..5).map(|at| (left >> (7 * at) & 0x7f) as u8 | if at < 4 { 0x80 } else { 0 }),
            );
        }
        assert_eq!(Graph::read(&Endless(beginning), "model.onnx"), Err(Unread::Heavy));
        let floats = model(&[tensor("w", &[(4, &vec![0; LARGE as usize * 2])])]);
        assert_eq!(read(&floats).unwrap().light, floats);
    }
}
