//! The words below the code: the console, the preview, what a running program waits for.

pub(crate) const PANEL: &str = "Run";
pub(crate) const EXERCISE: &str = "Exercise";
pub(crate) const PREVIEW: &str = "Preview";
pub(crate) const OUTPUT: &str = "Output";
pub(crate) const DIVIDER: &str = "Size of the code and the panel";
pub(crate) const DIVIDER_HOW: &str = "Drag, or move by the arrow keys; a double click puts it back";
pub(crate) const STOP_PREVIEW: &str = "Stop the preview";
pub(crate) const COPY_OUTPUT: &str = "Copy output";
pub(crate) const CLEAR_OUTPUT: &str = "Clear output";
pub(crate) const CLOSE_PANEL: &str = "Close panel";
pub(crate) const INPUT: &str = "Input";
pub(crate) const INPUT_IS: &str = "Input: lines that the program reads";
pub(crate) const INPUT_HINT: &str = "Lines that the program reads, one below the other";

pub(crate) fn errors(count: u32) -> String {
    if count == 1 { "1 error".into() } else { format!("{count} errors") }
}

// How a run stands.
pub(crate) const STARTING: &str = "Starting";
pub(crate) const RUNNING: &str = "Running";
pub(crate) const FAILED: &str = "Failed";
pub(crate) const STOPPED: &str = "Stopped";
pub(crate) const AS_EXPECTED: &str = "As expected";
pub(crate) const NOT_AS_EXPECTED: &str = "Not as expected";

pub(crate) fn fetching(tenths: u8) -> String {
    format!("Fetching what runs it: {tenths}0 %")
}

pub(crate) fn finished(ms: f64) -> String {
    format!("Finished in {}", duration(ms))
}

pub(crate) fn failed(ms: f64) -> String {
    format!("Failed after {}", duration(ms))
}

fn duration(ms: f64) -> String {
    if ms < 1_000.0 { format!("{ms:.0} ms") } else { format!("{:.1} s", ms / 1_000.0) }
}

// The console's rows.
pub(crate) const TIMES: &str = "How often in a row";
pub(crate) const FIX: &str = "Fix…";
pub(crate) const FIX_IS: &str = "Ask a model to change what led to this";
pub(crate) const ERROR: &str = "Error";
pub(crate) const WARNING: &str = "Warning";
pub(crate) const RESULT: &str = "Result";
pub(crate) const GROUP: &str = "Group";
pub(crate) const AT: &str = "at";
pub(crate) const INDEX: &str = "(index)";
pub(crate) const PICTURE: &str = "A picture that the program made";
pub(crate) const NO_PICTURE: &str = "This is no picture: images must be data: URLs or SVG text.";

pub(crate) fn left_out(lines: u64) -> String {
    format!("{lines} earlier lines are not shown.")
}

pub(crate) fn at(function: &str) -> String {
    format!("{AT} {function}")
}

pub(crate) fn go_to(place: &str) -> String {
    format!("Go to {place}")
}

pub(crate) fn more(count: u32) -> String {
    format!("{count} more")
}

// What a running program waits for.
pub(crate) const STOP_IT: &str = "Stop it";
pub(crate) const KEEP_GOING: &str = "Keep going";
pub(crate) const READS_A_LINE: &str = "The program reads a line";
pub(crate) const ENTER: &str = "Enter";
pub(crate) const RUST_IS_SENT: &str = "Rust is compiled and run by a server. If you allow it, the project’s Rust files are sent to \
     this address each time you run them, and nowhere else.";
pub(crate) const ADDRESS: &str = "Address";
pub(crate) const ALLOW_AND_RUN: &str = "Allow and run";

pub(crate) fn busy(seconds: u64) -> String {
    format!("The program has been busy for {seconds} seconds.")
}
