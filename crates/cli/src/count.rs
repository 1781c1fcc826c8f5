//! `flint count`: counts a corpus into a packed table.
//!
//! A context with its next token enters only when several independent packages have it, which
//! keeps idioms and leaves anybody's particular code out.

use crate::model;
use anyhow::{Context, Result};
use flint_inference::{Counts, Tokenizer};
use flint_ngram::{CONTEXT_LENGTHS, Entry, Gate, MAX_CONTEXT, Table, context_hash};
use serde::Deserialize;
use std::{
    collections::HashMap,
    fs::File,
    io::{BufRead, BufReader},
    path::PathBuf,
};

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// JSON lines with language, package, split and text.
    #[arg(long)]
    documents: PathBuf,
    /// Folder of the model; its tokenizer is used, and counts.bin is written there.
    #[arg(long)]
    model: PathBuf,
    /// The table has 2^bits buckets of 32 bytes.
    #[arg(long, default_value_t = 17)]
    bits: u32,
    /// Text to count of each language, in millions of bytes.
    #[arg(long, default_value_t = 14)]
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

/// How often, and in which packages: 32 bits that each stand for many packages.
#[derive(Clone, Copy, Default)]
struct Tally {
    count: u32,
    packages: u32,
}

type Tallies = HashMap<(u64, u16), Tally>;

pub(crate) fn run(options: &Options) -> Result<()> {
    let tokenizer = model::tokenizer(&options.model)?;
    let tallies = tally(options, &tokenizer)?;
    eprintln!("{} different continuations", tallies.len());
    let entries = select(tallies, options.packages);
    eprintln!("{} of them in {} packages or more", entries.len(), options.packages);
    let table = Table::pack(entries, options.bits);
    let bytes = Counts { gate: Gate::closed(), table }.to_bytes();
    std::fs::write(options.model.join(model::COUNTS), &bytes)?;
    eprintln!("wrote {} bytes; now run flint fit", bytes.len());
    Ok(())
}

fn tally(options: &Options, tokenizer: &Tokenizer) -> Result<Tallies> {
    let file = File::open(&options.documents)
        .with_context(|| format!("cannot read {}", options.documents.display()))?;
    let mut tallies = Tallies::new();
    let mut taken: HashMap<String, usize> = HashMap::new();
    for line in BufReader::new(file).lines() {
        let document: Document = serde_json::from_str(&line?).context("not a document")?;
        // The corpus is sorted by name: the second half of a language's share is kept for a third
        // of the packages, chosen by hash, so that the end of the alphabet has its turn.
        let package = name_hash(&document.package);
        let bytes = taken.entry(document.language).or_default();
        if document.split != "train" || *bytes > options.megabytes * 1_000_000 {
            continue;
        }
        if package % 3 != 0 && *bytes > options.megabytes * 500_000 {
            continue;
        }
        *bytes += document.text.len();
        let tokens = tokenizer.encode(&document.text)?;
        add(&mut tallies, &tokens, 1 << (package >> 59));
    }
    Ok(tallies)
}

fn add(tallies: &mut Tallies, tokens: &[u32], package: u32) {
    for at in 1..tokens.len() {
        for length in CONTEXT_LENGTHS.into_iter().filter(|length| *length <= at.min(MAX_CONTEXT)) {
            let context = context_hash(&tokens[at - length..at]);
            let tally = tallies.entry((context, tokens[at] as u16)).or_default();
            tally.count += 1;
            tally.packages |= package;
        }
    }
}

/// What enough packages share, the most frequent first.
fn select(tallies: Tallies, packages: u32) -> Vec<Entry> {
    let shared = tallies.into_iter().filter(|(_, tally)| tally.packages.count_ones() >= packages);
    let mut entries: Vec<Entry> = shared
        .map(|((context, token), tally)| Entry { context, token: token.into(), count: tally.count })
        .collect();
    entries.sort_unstable_by_key(|entry| (u32::MAX - entry.count, entry.context, entry.token));
    entries
}

/// FNV-1a with a last stir, so that the high bits are as good as the low.
fn name_hash(name: &str) -> u64 {
    let start = 0xcbf2_9ce4_8422_2325u64;
    let hash = name
        .bytes()
        .fold(start, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    (hash ^ (hash >> 31)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}
