//! `flint`: the playground's model in a terminal, through the same code as the tab's worker.

mod complete;
mod host;
mod model;

use clap::{Parser, Subcommand};

/// The playground's model in a terminal.
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Complete at the cursor: reads {"prefix", "suffix"} on stdin, prints one JSON object a line.
    Complete(complete::Options),
}

fn main() -> anyhow::Result<()> {
    match Arguments::parse().command {
        Command::Complete(options) => complete::run(&options),
    }
}
