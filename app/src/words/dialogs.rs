//! The words of the smaller dialogs: the link, import, history, examples, the network, what was sent,
//! the ledger.

pub(crate) const CLOSE: &str = "Close";

// The link.
pub(crate) const SHARE: &str = "Share";
pub(crate) const LINK_IS: &str =
    "Whoever opens this link has your files. They are in the link itself and on no server.";
pub(crate) const LINK: &str = "Link";
pub(crate) const COPY: &str = "Copy";
pub(crate) const COPIED: &str = "Copied.";
pub(crate) const NOT_COPIED: &str =
    "This browser does not let the page copy. Select the link and copy it.";
pub(crate) const LONG_LINK: &str =
    "It is long: some programs will cut it off. A zip file from the menu arrives whole.";

pub(crate) fn link_size(bytes: usize) -> String {
    #[expect(clippy::cast_precision_loss, reason = "a tenth of a kilobyte is exact enough")]
    let kilobytes = bytes as f64 / 1_000.0;
    format!("The link has {kilobytes:.1} kB. ")
}

// Import.
pub(crate) const IMPORT: &str = "Import";
pub(crate) const TAKEN_NAMES: &str = "Names that are taken";
pub(crate) const NOT_TAKEN: &str = "Not taken";
pub(crate) const REPLACE: &str = "Replace";
pub(crate) const LEAVE_OUT: &str = "Leave out";

pub(crate) fn new_files(count: usize) -> String {
    if count == 1 { "1 file is new.".into() } else { format!("{count} files are new.") }
}

pub(crate) fn becomes_of(path: &str) -> String {
    format!("What becomes of {path}")
}

pub(crate) fn keep_both(free_path: &str) -> String {
    format!("Keep both, as {free_path}")
}

// History.
pub(crate) const HISTORY: &str = "History";
pub(crate) const NO_HISTORY: &str = "Nothing yet. A snapshot is kept before every run, import, deletion, and whenever \
     another project takes this one's place.";
pub(crate) const SNAPSHOTS: &str = "Snapshots";
pub(crate) const GO_BACK: &str = "Go back to this";

pub(crate) fn going_back(files: usize) -> String {
    match files {
        0 => "This is what you have now.".to_owned(),
        1 => "Going back changes 1 file:".to_owned(),
        many => format!("Going back changes {many} files:"),
    }
}

pub(crate) fn changed_file(path: &str, how: &str) -> String {
    format!("{path} ({how})")
}

// Examples.
pub(crate) const EXAMPLES: &str = "Examples";
pub(crate) const SEARCH: &str = "Search the examples";
pub(crate) const SEARCH_HINT: &str = "Search, such as python or canvas";
pub(crate) const FETCHING: &str = "Fetching the examples";
pub(crate) const NOT_FETCHED: &str = "The examples could not be fetched. Check the connection.";

pub(crate) fn examples(count: usize) -> String {
    if count == 1 { "1 example".to_owned() } else { format!("{count} examples") }
}

// The network.
pub(crate) const NETWORK: &str = "Network";
pub(crate) const NETWORK_IS: &str = "Programs reach no host unless you name it here. What they know, they can tell it: the files \
     of this project and the input that you give. Only this project gets this leave, in this \
     browser; a link or an export does not carry it.";
pub(crate) const HOSTS: &str = "Hosts, one below the other";
pub(crate) const HOSTS_HINT: &str =
    "A * stands for any host. Each is asked over https, and must allow requests from any page.";
pub(crate) const ALLOW_HOSTS: &str = "Allow these";

// What was sent.
pub(crate) const OUTBOX: &str = "What was sent";
pub(crate) const NOTHING_SENT: &str =
    "Nothing has left this page for a model server since it was opened.";
pub(crate) const UNDER_WAY: &str = "Under way.";

// The ledger.
pub(crate) const LEDGER: &str = "Speed of suggestions";
pub(crate) const NOTHING_SUGGESTED: &str = "Nothing has been suggested since the page was opened.";
pub(crate) const MEASURED: &str = "Measured in this tab since it was opened, and sent nowhere.";
pub(crate) const EXPORT: &str = "Export as JSON";
pub(crate) const OLDEST: &str = "oldest";
pub(crate) const NEWEST: &str = "newest";
pub(crate) const MEAN: &str = "Mean time of each stage";
/// The stages in their order.
pub(crate) const STAGES: [&str; flint_assist::STAGES.len()] =
    ["Editor", "To the worker", "Queue", "Tokens", "Prefill", "Decode", "Back", "Filters", "Paint"];
pub(crate) const WORTH: &str = "Worth";
pub(crate) const SHOWN: &str = "Shown";
pub(crate) const ACCEPTED: &str = "Accepted";
pub(crate) const DISMISSED: &str = "Dismissed";
pub(crate) const SAVED: &str = "Characters saved";
pub(crate) const TYPED_THROUGH: &str = "Keys that ghost text followed";
pub(crate) const CACHED: &str = "Known from before";
pub(crate) const AHEAD: &str = "Asked for ahead";

pub(crate) fn key_to_picture(count: usize, p50: f64, p95: f64) -> String {
    format!("Key to picture of the last {count}: half within {p50:.0} ms, 95 % within {p95:.0} ms")
}

pub(crate) fn highest(ms: f64) -> String {
    format!("highest bar {ms:.0} ms")
}

pub(crate) fn mean(ms: f64) -> String {
    format!("{ms:.1} ms")
}

pub(crate) fn share(part: u32, whole: u32) -> String {
    match whole {
        0 => "–".to_owned(),
        _ => format!("{:.0} %", f64::from(part) / f64::from(whole) * 100.0),
    }
}
