//! A file on the disk, read in slices while nobody waits for this thread: workers alone may do so.

use crate::wire::Source;
use js_sys::Uint8Array;
use std::ops::Range;
use web_sys::{Blob, FileReaderSync};

/// A file and what reads it.
pub(crate) struct Slices<'a> {
    file: &'a Blob,
    reader: FileReaderSync,
}

impl<'a> Slices<'a> {
    /// `None` where the browser has no such reader.
    pub(crate) fn of(file: &'a Blob) -> Option<Self> {
        Some(Self { file, reader: FileReaderSync::new().ok()? })
    }
}

impl Source for Slices<'_> {
    fn size(&self) -> u64 {
        self.file.size() as u64
    }

    fn read(&self, range: Range<u64>) -> Option<Vec<u8>> {
        let slice = self.file.slice_with_f64_and_f64(range.start as f64, range.end as f64).ok()?;
        let buffer = self.reader.read_as_array_buffer(&slice).ok()?;
        Some(Uint8Array::new(&buffer).to_vec())
    }
}
