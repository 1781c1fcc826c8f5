//! `flint count`: counts a corpus into a packed table.
//!
//! A context with its next token enters only when several independent packages have it, which
//! keeps idioms and leaves anybody's particular code out.

use crate::model;
use anyhow::{Context, Result};
use flint_inference::{Counts, Tokenizer, counted, group};
use flint_ngram::{CONTEXTS, Entry, Item, MAX_CONTEXT, Table, contexts, in_group};
use serde::Deserialize;
use std::{
    collections::{BTreeMap, HashMap},
    fs::File,
    io::{BufRead, BufReader},
    path::PathBuf,
};

/// Contexts of this many tokens and longer are hardly ever shared.
const TOO_LONG: [usize; 2] = [6, 7];
/// The group of Markdown and other text, which nobody completes by the line.
const PROSE: u32 = 0;
const SLOT_BYTES: usize = 32;

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// JSON lines with language, package, split and text.
    #[arg(long)]
    documents: PathBuf,
    /// Folder of the model; its tokenizer is used, and counts.bin is written there.
    #[arg(long)]
    model: PathBuf,
    /// Size of the table, in millions of bytes.
    #[arg(long, default_value_t = 11.8)]
    table: f64,
    /// Text to count of each group of languages, in millions of bytes.
    #[arg(long, default_value_t = 90)]
    megabytes: usize,
    /// Independent packages that must share an idiom.
    #[arg(long, default_value_t = 3)]
    packages: u32,
}

#[derive(Deserialize)]
struct Document {
    language: String,
    package: String,
    split: String,
    text: String,
}

/// The counted text of one group of languages.
#[derive(Default)]
struct Text {
    bytes: usize,
    items: Vec<Item>,
    /// Where each document begins, and its package's bit.
    documents: Vec<(usize, u32)>,
}

/// One place of a text under one context.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Sighting {
    context: u64,
    token: u16,
    package: u8,
    at: u32,
}

/// How much an entry is worth, and the entry.
type Valued = (f32, Entry);

pub(crate) fn run(options: &Options) -> Result<()> {
    let tokenizer = model::tokenizer(&options.model)?;
    let texts = read(options, &tokenizer)?;
    let mut valued = Vec::new();
    for (group, text) in texts.iter().filter(|(group, _)| **group != PROSE) {
        let found = worth_keeping(text, *group, options.packages);
        eprintln!("group {group}: {} bytes, {} shared idioms", text.bytes, found.len());
        valued.extend(found);
    }
    valued.sort_unstable_by(|(a, x), (b, y)| {
        b.total_cmp(a).then_with(|| (x.context, x.token).cmp(&(y.context, y.token)))
    });
    let buckets = (options.table * 1e6) as usize / SLOT_BYTES;
    let table = Table::pack(valued.into_iter().map(|(_, entry)| entry), buckets);
    let bytes = Counts { table, ..Counts::default() }.to_bytes();
    std::fs::write(options.model.join(model::COUNTS), &bytes)?;
    eprintln!("wrote {} bytes; now run flint fit", bytes.len());
    Ok(())
}

fn read(options: &Options, tokenizer: &Tokenizer) -> Result<BTreeMap<u32, Text>> {
    let file = File::open(&options.documents)
        .with_context(|| format!("cannot read {}", options.documents.display()))?;
    let mut texts: BTreeMap<u32, Text> = BTreeMap::new();
    for line in BufReader::new(file).lines() {
        let document: Document = serde_json::from_str(&line?).context("not a document")?;
        let text = texts.entry(group(&document.language)).or_default();
        // The corpus is sorted by name: the second half of a group's share is kept for a third of
        // the packages, chosen by hash, so that the end of the alphabet has its turn.
        let package = name_hash(&document.package);
        let half = text.bytes > options.megabytes * 500_000 && !package.is_multiple_of(3);
        if document.split != "train"
            || group(&document.language) == PROSE
            || half
            || text.bytes > options.megabytes * 1_000_000
        {
            continue;
        }
        text.bytes += document.text.len();
        text.documents.push((text.items.len(), (package >> 59) as u32));
        text.items.extend(counted(tokenizer, &document.text));
    }
    Ok(texts)
}

/// Entries that enough packages share and that say what a shorter context does not.
fn worth_keeping(text: &Text, group: u32, packages: u32) -> Vec<Valued> {
    let mut kept = Vec::new();
    // How likely each shared continuation is, by the context that is one token shorter.
    let mut shorter: HashMap<(u64, u16), f32> = HashMap::new();
    let scale = 1.0 / text.items.len().max(1) as f32;
    let unigrams = unigrams(text);
    for order in (0..CONTEXTS).filter(|order| !TOO_LONG.contains(order)) {
        let mut current: HashMap<(u64, u16), f32> = HashMap::new();
        let sightings = sightings(text, order);
        for context in sightings.chunk_by(|a, b| a.context == b.context) {
            let total = context.len() as f32;
            for same in context.chunk_by(|a, b| a.token == b.token) {
                let different = same.chunk_by(|a, b| a.package == b.package).count();
                if different < packages as usize {
                    continue;
                }
                let Sighting { context, token, at, .. } = same[0];
                let likely = same.len() as f32 / total;
                let before = match order {
                    0 => unigrams.get(&token).copied(),
                    order => {
                        let backed_off = if order == CONTEXTS - 1 { 1 } else { order - 1 };
                        hashes(text, at as usize)[backed_off].and_then(|shorter_context| {
                            shorter.get(&(shorter_context, token)).copied()
                        })
                    }
                };
                let gain = (likely / before.unwrap_or(likely / 8.0)).ln();
                let value = same.len() as f32 * scale * (gain.max(0.0) + 0.02);
                let entry = Entry {
                    context: in_group(context, group),
                    token: token.into(),
                    count: same.len() as u32,
                };
                kept.push((value, entry));
                current.insert((context, token), likely);
            }
        }
        // The context with the line above is compared with the last two tokens: both stay.
        shorter.extend(current);
    }
    kept
}

fn unigrams(text: &Text) -> HashMap<u16, f32> {
    let mut shares = HashMap::new();
    for item in &text.items {
        *shares.entry(item.token as u16).or_default() += 1.0 / text.items.len() as f32;
    }
    shares
}

/// Every place with a context of this order, sorted by context and token.
fn sightings(text: &Text, order: usize) -> Vec<Sighting> {
    let mut sightings = Vec::with_capacity(text.items.len());
    let ends = text.documents.iter().skip(1).map(|(start, _)| *start).chain([text.items.len()]);
    for ((start, package), end) in text.documents.iter().zip(ends) {
        for at in start + 1..end {
            let before = &text.items[at.saturating_sub(MAX_CONTEXT).max(*start)..at];
            let Item { token, key } = text.items[at];
            if let Some(context) = contexts(before, key)[order] {
                let (token, package, at) = (token as u16, *package as u8, at as u32);
                sightings.push(Sighting { context, token, package, at });
            }
        }
    }
    sightings.sort_unstable();
    sightings
}

fn hashes(text: &Text, at: usize) -> [Option<u64>; CONTEXTS] {
    contexts(&text.items[at.saturating_sub(MAX_CONTEXT)..at], text.items[at].key)
}

/// FNV-1a with a last stir, so that the high bits are as good as the low.
fn name_hash(name: &str) -> u64 {
    let start = 0xcbf2_9ce4_8422_2325u64;
    let hash = name
        .bytes()
        .fold(start, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    (hash ^ (hash >> 31)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}
