//! `flint test`: runs every example of a documentation as its reader would, in a browser through the
//! built page, and compares what it prints. Doctests for every language that runs in a tab.

mod browser;
mod documents;
mod outcome;
mod site;

use anyhow::{Context, Result, bail};
use browser::Browser;
use documents::Document;
use outcome::{News, Outcome, Report};
use serde::Serialize;
use site::{Answer, Site};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// A folder of Markdown with `play` blocks, or of a built site, or both; or one such file.
    docs: PathBuf,
    /// The playground: a folder that `cargo xtask build` made, or the address of a host.
    #[arg(long, default_value = "dist")]
    page: String,
    /// Chromium or Chrome; $CHROMIUM or the first on the PATH if left out.
    #[arg(long)]
    browser: Option<PathBuf>,
    /// How many seconds one example may take.
    #[arg(long, default_value_t = 30)]
    timeout: u64,
    /// How many run at the same time.
    #[arg(long, default_value_t = 2)]
    jobs: usize,
    /// Print one JSON object instead of sentences.
    #[arg(long)]
    json: bool,
}

/// How long the browser may take until it asks for anything, and between two answers, beside what an
/// example may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// What the runner in the browser reads.
#[derive(Debug, Serialize)]
struct Job<'a> {
    documents: &'a [Document],
    loader: String,
    timeout_s: u64,
    jobs: usize,
}

pub(crate) fn run(options: &Options) -> Result<ExitCode> {
    let documents = documents::read(&options.docs)?;
    let page = Page::open(&options.page)?;
    let loader = format!("{}/embed-1.js", page.address());
    let (timeout_s, jobs) = (options.timeout, options.jobs.max(1));
    let job = Job { documents: &documents, loader, timeout_s, jobs };
    let job = serde_json::to_vec(&job)?;
    let (send, news) = channel();
    let runner = Site::serve(move |request| match (request.method.as_str(), &*request.path) {
        ("GET", "/") => Answer::of("html", include_bytes!("runner.html").to_vec()),
        ("GET", "/runner.js") => Answer::of("js", include_bytes!("runner.js").to_vec()),
        ("GET", "/job.json") => Answer::of("json", job.clone()),
        ("POST", "/news") => match serde_json::from_slice::<News>(&request.body) {
            // Nobody listens any more once an end has come.
            Ok(news) => send.send(news).map_or(Answer::NONE, |()| Answer::of("txt", Vec::new())),
            Err(_) => Answer::NONE,
        },
        _ => Answer::NONE,
    })?;
    let mut browser = Browser::open(options.browser.as_deref(), &runner.address())?;
    let report = collect(&news, &mut browser, options)?;
    if report.examples.is_empty() {
        bail!(
            "no example was found in {}: Markdown blocks need the word `play`, built pages an \
             element or data-flint (docs/embed.md)",
            options.docs.display()
        );
    }
    if options.json {
        println!("{}", serde_json::to_string(&report)?);
    } else {
        println!("{}", report.summary());
    }
    Ok(if report.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Takes what the browser says until it has run all, printing each example as it ends.
fn collect(news: &Receiver<News>, browser: &mut Browser, options: &Options) -> Result<Report> {
    let patience = PATIENCE + Duration::from_secs(options.timeout);
    let mut outcomes: Vec<Outcome> = Vec::new();
    let mut heard = Instant::now();
    loop {
        match news.recv_timeout(Duration::from_millis(200)) {
            Ok(News::Example(outcome)) => {
                if !options.json {
                    print!("{outcome}");
                }
                outcomes.push(outcome);
                heard = Instant::now();
            }
            Ok(News::Done) => return Ok(Report::new(outcomes)),
            Ok(News::Broken { reason }) => bail!(reason),
            Err(RecvTimeoutError::Disconnected) => bail!("the browser cannot be heard any more"),
            Err(RecvTimeoutError::Timeout) => {
                browser.check()?;
                if heard.elapsed() > patience {
                    bail!("the browser has said nothing for {} s", patience.as_secs());
                }
            }
        }
    }
}

/// Where the playground is.
enum Page {
    Here(Site),
    There(String),
}

impl Page {
    fn open(place: &str) -> Result<Self> {
        if place.starts_with("https://") || place.starts_with("http://") {
            return Ok(Self::There(place.trim_end_matches('/').to_owned()));
        }
        let folder = PathBuf::from(place).canonicalize().ok();
        let folder = folder.filter(|folder| folder.join("embed-1.js").is_file()).with_context(|| {
            format!(
                "{place} holds no built page: make one with `cargo xtask build`, or say where one \
                 is with --page, a folder or an address"
            )
        })?;
        Ok(Self::Here(Site::serve(move |request| site::file(&folder, request))?))
    }

    fn address(&self) -> String {
        match self {
            Self::Here(site) => site.address(),
            Self::There(address) => address.clone(),
        }
    }
}
