//! Files and answers for a browser on this machine: HTTP on a free port of 127.0.0.1, a thread for
//! each connection.

use anyhow::{Context, Result};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Component, Path};
use std::sync::Arc;
use std::thread;

/// More than any news of an example.
const LARGEST_BODY: u64 = 32 << 20;
const LARGEST_HEAD: u64 = 64 << 10;

#[derive(Debug)]
pub(crate) struct Site {
    address: SocketAddr,
}

#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) method: String,
    /// Without what follows a `?`.
    pub(crate) path: String,
    pub(crate) body: Vec<u8>,
}

#[derive(Debug)]
pub(crate) struct Answer {
    status: &'static str,
    kind: &'static str,
    body: Vec<u8>,
}

impl Answer {
    pub(crate) const NONE: Self =
        Self { status: "404 Not Found", kind: "text/plain", body: Vec::new() };

    /// A file's content, by the end of its name.
    pub(crate) fn of(ending: &str, body: Vec<u8>) -> Self {
        let kind = match ending {
            "html" => "text/html; charset=utf-8",
            "js" => "text/javascript; charset=utf-8",
            "css" => "text/css; charset=utf-8",
            "json" => "application/json",
            "wasm" => "application/wasm",
            "svg" => "image/svg+xml",
            "txt" => "text/plain; charset=utf-8",
            _ => "application/octet-stream",
        };
        Self { status: "200 OK", kind, body }
    }
}

impl Site {
    /// Answers until the program ends.
    pub(crate) fn serve(
        answer: impl Fn(&Request) -> Answer + Send + Sync + 'static,
    ) -> Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).context("no port can be opened")?;
        let address = listener.local_addr()?;
        let answer = Arc::new(answer);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let answer = Arc::clone(&answer);
                // A browser that goes away in the middle of an answer is nobody's loss.
                thread::spawn(move || exchange(&stream, &*answer));
            }
        });
        Ok(Self { address })
    }

    /// Without a slash at its end.
    pub(crate) fn address(&self) -> String {
        format!("http://{}", self.address)
    }
}

/// A file of a folder and of nowhere else.
pub(crate) fn file(folder: &Path, request: &Request) -> Answer {
    let path = request.path.trim_start_matches('/');
    let path = if path.is_empty() || path.ends_with('/') {
        format!("{path}index.html")
    } else {
        path.to_owned()
    };
    let path = Path::new(&path);
    let inside = path.components().all(|part| matches!(part, Component::Normal(_)));
    let ending = path.extension().unwrap_or_default().to_string_lossy();
    let content = inside.then(|| std::fs::read(folder.join(path)).ok()).flatten();
    content.map_or(Answer::NONE, |content| Answer::of(&ending, content))
}

fn exchange(stream: &TcpStream, answer: &impl Fn(&Request) -> Answer) -> io::Result<()> {
    let Some(request) = read(&mut BufReader::new(stream))? else { return Ok(()) };
    let Answer { status, kind, body } = answer(&request);
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\
         Connection: close\r\n\r\n"
    );
    let mut stream = stream;
    stream.write_all(head.as_bytes())?;
    stream.write_all(&body)
}

/// A request; None when this is none.
fn read(from: &mut impl BufRead) -> io::Result<Option<Request>> {
    let mut head = from.take(LARGEST_HEAD);
    let mut first = String::new();
    head.read_line(&mut first)?;
    let mut words = first.split_whitespace();
    let (Some(method), Some(target)) = (words.next(), words.next()) else { return Ok(None) };
    let (method, path) = (method.to_owned(), target.split('?').next().unwrap_or_default());
    let path = path.to_owned();
    let mut length = 0;
    loop {
        let mut line = String::new();
        head.read_line(&mut line)?;
        let Some((name, value)) = line.split_once(':') else { break };
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse().unwrap_or(0);
        }
    }
    let mut body = Vec::new();
    from.take(length.min(LARGEST_BODY)).read_to_end(&mut body)?;
    Ok(Some(Request { method, path, body }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_read_whole_and_nonsense_is_none() {
        let text = "POST /news?x=1 HTTP/1.1\r\nHost: h\r\ncontent-length: 3\r\n\r\nabc";
        let request = read(&mut text.as_bytes()).expect("it reads").expect("a request");
        assert_eq!((&*request.method, &*request.path), ("POST", "/news"));
        assert_eq!(request.body, b"abc");
        for nonsense in ["", "\r\n", "GET", "GET\r\n\r\n"] {
            assert!(read(&mut nonsense.as_bytes()).expect("it reads").is_none(), "{nonsense:?}");
        }
    }

    #[test]
    fn nothing_outside_of_the_folder_is_given() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let status = |path: &str| {
            let request = Request { method: "GET".into(), path: path.into(), body: Vec::new() };
            file(&folder, &request).status
        };
        assert_eq!(status("/main.rs"), "200 OK");
        for outside in ["/../Cargo.toml", "//etc/passwd/../..", "/test/../../Cargo.toml", "/", "/x"]
        {
            assert_eq!(status(outside), "404 Not Found", "{outside}");
        }
    }
}
