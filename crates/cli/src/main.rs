//! `flint`: the playground's model in a terminal, through the same code as the tab's worker.

mod apply;
mod ask;
mod case;
mod complete;
mod count;
mod eval;
mod fit;
mod host;
mod local;
mod model;
mod page;
mod project;
mod replay;
mod server;
mod test;
mod tiers;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// The playground's model in a terminal.
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Apply an answer with edits, or a patch, to a folder: all of it or nothing.
    Apply(apply::Options),
    /// Change files as a sentence says, by a model server: all changes or none.
    Edit(ask::Edit),
    /// Ask a model server about files, or a model on this machine.
    Ask(ask::Ask),
    /// Have a model server comment on files, a line for each comment.
    Review(ask::Review),
    /// Run every example of a documentation in a browser and compare what it prints.
    Test(test::Options),
    /// Complete at the cursor: reads {"prefix", "suffix"} on stdin, prints one JSON object a line.
    Complete(complete::Options),
    /// Count what follows what in many packages, into a model's counts.bin.
    Count(count::Options),
    /// Learn from held-out code how far to trust the counts, into the same file.
    Fit(fit::Options),
    /// Measure the suggestions on held-out code.
    Eval(eval::Options),
    /// Type recorded sessions again, with suggestions; fails when one flickers.
    Replay(replay::Options),
}

fn main() -> anyhow::Result<ExitCode> {
    match Arguments::parse().command {
        Command::Apply(options) => return apply::run(&options),
        Command::Edit(options) => return ask::edit(&options),
        Command::Test(options) => return test::run(&options),
        Command::Ask(options) => ask::ask(&options),
        Command::Review(options) => ask::review(&options),
        Command::Complete(options) => complete::run(&options),
        Command::Count(options) => count::run(&options),
        Command::Fit(options) => fit::run(&options),
        Command::Eval(options) => eval::run(&options),
        Command::Replay(options) => replay::run(&options),
    }?;
    Ok(ExitCode::SUCCESS)
}
