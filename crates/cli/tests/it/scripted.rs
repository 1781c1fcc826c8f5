//! A model server that does byte for byte what a case says, and may fall over in the middle of it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Instant;

/// What the server does with a request, in order.
#[derive(Clone, Debug)]
pub(crate) enum Act {
    Send(Vec<u8>),
    /// The same bytes until the client has gone.
    Forever(Vec<u8>),
    /// Nothing, until the client has gone.
    Hang,
}

#[derive(Debug)]
pub(crate) struct Server {
    pub(crate) port: u16,
    scripts: Arc<Mutex<Vec<Vec<Act>>>>,
    log: Arc<Mutex<Log>>,
}

/// What has happened.
#[derive(Debug, Default)]
pub(crate) struct Log {
    pub(crate) requests: Vec<String>,
    /// When the last script was done, or began to do nothing.
    pub(crate) done: Option<Instant>,
}

impl Server {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let server = Self { port, scripts: Arc::default(), log: Arc::default() };
        let (scripts, log) = (server.scripts.clone(), server.log.clone());
        thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                let (scripts, log) = (scripts.clone(), log.clone());
                thread::spawn(move || serve(connection, &scripts, &log));
            }
        });
        server
    }

    /// The address under which a request gets this script.
    pub(crate) fn script(&self, acts: Vec<Act>) -> String {
        let mut scripts = self.scripts.lock().expect("no panic");
        scripts.push(acts);
        format!("http://127.0.0.1:{}/{}/v1", self.port, scripts.len() - 1)
    }

    pub(crate) fn take_log(&self) -> Log {
        std::mem::take(&mut *self.log.lock().expect("no panic"))
    }
}

/// Does a script; the client may leave at any time, which ends it.
fn serve(mut connection: TcpStream, scripts: &Mutex<Vec<Vec<Act>>>, log: &Mutex<Log>) {
    let Some((path, body)) = request(&connection) else { return };
    let number = path.split('/').nth(1).and_then(|number| number.parse::<usize>().ok());
    let script = number.and_then(|number| scripts.lock().expect("no panic").get(number).cloned());
    log.lock().expect("no panic").requests.push(body);
    for act in script.unwrap_or_default() {
        let sent = match act {
            Act::Send(bytes) => connection.write_all(&bytes).and_then(|()| connection.flush()),
            Act::Forever(bytes) => loop {
                if let Err(gone) = connection.write_all(&bytes) {
                    break Err(gone);
                }
            },
            Act::Hang => {
                log.lock().expect("no panic").done = Some(Instant::now());
                connection.read(&mut [0]).map(|_| ())
            }
        };
        if sent.is_err() {
            return;
        }
    }
    log.lock().expect("no panic").done.get_or_insert_with(Instant::now);
}

/// Path and body of a request; None when there is none.
fn request(connection: &TcpStream) -> Option<(String, String)> {
    let mut reader = BufReader::new(connection);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let path = line.split(' ').nth(1)?.to_owned();
    let mut length = 0;
    loop {
        line.clear();
        reader.read_line(&mut line).ok()?;
        let lower = line.to_lowercase();
        if let Some(value) = lower.strip_prefix("content-length:") {
            length = value.trim().parse().ok()?;
        }
        if line.trim().is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some((path, String::from_utf8(body).ok()?))
}

/// The head of an answer whose end is the connection's.
pub(crate) fn head(status: u16, content_type: &str, more: &str) -> Act {
    let head = format!(
        "HTTP/1.1 {status} X\r\ncontent-type: {content_type}\r\nconnection: close\r\n{more}\r\n"
    );
    Act::Send(head.into_bytes())
}

/// The head of a stream in chunks: one that breaks off is not one that ends.
pub(crate) fn stream_head() -> Act {
    head(200, "text/event-stream", "transfer-encoding: chunked\r\n")
}

pub(crate) fn chunk(bytes: &[u8]) -> Act {
    Act::Send([format!("{:x}\r\n", bytes.len()).as_bytes(), bytes, b"\r\n"].concat())
}

pub(crate) fn last_chunk() -> Act {
    Act::Send(b"0\r\n\r\n".to_vec())
}

/// A piece of text as a Chat Completions event.
pub(crate) fn piece(text: &str) -> String {
    format!(
        "data: {}\n\n",
        serde_json::json!({"choices": [{"delta": {"content": text}, "finish_reason": null}]})
    )
}

pub(crate) const STOP: &str = "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
pub(crate) const DONE: &str = "data: [DONE]\n\n";
