//! The project's commands. `cargo xtask` alone lists them.

mod bench;
mod bigger;
mod browser;
mod build;
mod documentation;
mod engines;
mod eval;
mod replay;
mod report;
mod serve;
mod servers;
mod setup;
mod size;
mod split;
mod test;
mod tidy;
mod workspace;

use clap::{Parser, Subcommand};

/// The project's commands.
#[derive(Debug, Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Build the page and serve it on this machine.
    Serve {
        #[arg(long, default_value_t = 8080)]
        port: u16,
    },
    /// Build the page into dist/, ready for any static host.
    Build,
    /// Run every test: native, in a real browser, end to end.
    Test {
        /// The same suites with their counts scaled up.
        #[arg(long)]
        long: bool,
        /// Only this suite.
        #[arg(long)]
        only: Option<test::Suite>,
    },
    /// Measure the built page in Chromium.
    Bench {
        /// Print one JSON object as the last line.
        #[arg(long)]
        json: bool,
    },
    /// Measure the bundled model's suggestions on held-out code, beside free baselines.
    Eval(eval::Options),
    /// Weigh what a first visit downloads; fails when it is 2 % over what was accepted.
    Size {
        /// Print one JSON object.
        #[arg(long)]
        json: bool,
        /// Accept what it weighs now.
        #[arg(long)]
        accept: bool,
    },
    /// Print what the last test run counted.
    Report,
    /// Check what a program can check of the written invariants.
    Tidy,
}

fn main() -> anyhow::Result<()> {
    let workspace = workspace::Workspace::open()?;
    match Arguments::parse().command {
        Command::Serve { port } => serve::run(&workspace, port),
        Command::Build => build::publish(&workspace),
        Command::Test { long, only } => test::run(&workspace, long, only),
        Command::Bench { json } => bench::run(&workspace, json),
        Command::Eval(options) => eval::run(&workspace, &options),
        Command::Size { json, accept } => size::run(&workspace, json, accept),
        Command::Report => report::run(&workspace),
        Command::Tidy => tidy::run(&workspace),
    }
}
