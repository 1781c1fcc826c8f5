//! A running llama.cpp server.

use std::env;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};

pub(crate) const KEY: &str = "sk-real";

#[derive(Debug)]
pub(crate) struct Llama {
    process: Child,
    port: u16,
}

impl Llama {
    /// Starts it on a free port; it listens when this returns.
    pub(crate) fn start() -> Self {
        let free = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = free.local_addr().expect("an address").port();
        drop(free);
        let program = env::var_os("FLINT_LLAMA_SERVER").expect("FLINT_LLAMA_SERVER names it");
        let model = env::var_os("FLINT_GGUF").expect("FLINT_GGUF names the model");
        let mut process = Command::new(program)
            .arg("--model")
            .arg(model)
            .args(["--host", "127.0.0.1", "--port", &port.to_string(), "--api-key", KEY])
            .args(["--threads", "1", "--parallel", "1", "--slots"])
            // The same answer every time, and one that does not end at once.
            .args(["--temp", "0", "--ignore-eos"])
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        let mut said = BufReader::new(process.stderr.take().expect("it is read")).lines();
        let ready = said.by_ref().map_while(Result::ok).any(|line| line.contains("listening on"));
        assert!(ready, "the server ended before it listened");
        // A server that nobody listens to stands still one day.
        std::thread::spawn(move || said.for_each(drop));
        Self { process, port }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}/v1", self.port)
    }

    pub(crate) fn name(&self) -> String {
        let slots = self.slots();
        assert!(slots.is_array(), "{slots}");
        "llama-server".into()
    }

    /// Whether it works on an answer.
    pub(crate) fn is_busy(&self) -> bool {
        let slots = self.slots();
        let slots = slots.as_array().expect("a list of slots");
        slots.iter().any(|slot| slot["is_processing"] == true)
    }

    fn slots(&self) -> serde_json::Value {
        let url = format!("http://127.0.0.1:{}/slots", self.port);
        let get = ureq::get(&url).header("authorization", format!("Bearer {KEY}"));
        let text = get.call().expect("an answer").body_mut().read_to_string().expect("text");
        serde_json::from_str(&text).expect("JSON")
    }
}

impl Drop for Llama {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
