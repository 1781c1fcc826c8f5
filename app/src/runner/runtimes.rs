//! The files of each runtime: where they are, and their bytes once they have been fetched, each once.
//! They are handed to the frame, which can fetch nothing itself.

use crate::{network, page};
use flint_run::Runtime;
use js_sys::ArrayBuffer;
use serde::Deserialize;
use std::collections::HashMap;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::AbortController;

#[wasm_bindgen(raw_module = "flint-sandbox-files")]
extern "C" {
    #[wasm_bindgen(js_name = sandboxFiles)]
    fn sandbox_files() -> String;
}

/// A runtime as the frame gets it.
#[derive(Debug)]
pub(crate) struct Bundle {
    pub(crate) script: String,
    pub(crate) wasm: Vec<ArrayBuffer>,
}

#[derive(Debug, Default, Deserialize)]
struct Listing {
    page: String,
    runtimes: HashMap<String, Files>,
}

#[derive(Clone, Debug, Deserialize)]
struct Files {
    script: String,
    wasm: Vec<String>,
}

#[derive(Debug)]
pub(crate) struct Runtimes {
    listing: Listing,
    fetched: HashMap<Runtime, Rc<Bundle>>,
    pending: HashMap<Runtime, AbortController>,
}

impl Runtimes {
    pub(crate) fn new() -> Self {
        let listing = serde_json::from_str(&sandbox_files()).unwrap_or_default();
        Self { listing, fetched: HashMap::new(), pending: HashMap::new() }
    }

    /// The sandbox's own page.
    pub(crate) fn page(&self) -> String {
        page::absolute(&self.listing.page)
    }

    pub(crate) fn get(&self, runtime: Runtime) -> Option<Rc<Bundle>> {
        self.fetched.get(&runtime).cloned()
    }

    /// Lets the next that wants it fetch it anew. What is under way is broken off: a browser has the
    /// second request for a file wait for the first.
    pub(crate) fn forget(&mut self, runtime: Runtime) {
        if let Some(abort) = self.pending.remove(&runtime) {
            abort.abort();
        }
        self.fetched.remove(&runtime);
    }

    /// Takes what [`Self::fetch`] has brought.
    ///
    /// # Errors
    /// The sentence that came instead; the runtime may be fetched again.
    pub(crate) fn keep(
        &mut self,
        runtime: Runtime,
        fetched: Result<Bundle, String>,
    ) -> Result<(), String> {
        self.pending.remove(&runtime);
        self.fetched.insert(runtime, Rc::new(fetched?));
        Ok(())
    }

    /// Fetches a runtime's files, or fails with a sentence for the user; None when they are here, under
    /// way, or not needed. The caller hands the outcome to [`Self::keep`].
    pub(crate) fn fetch(
        &mut self,
        runtime: Runtime,
    ) -> Option<impl Future<Output = Result<Bundle, String>> + use<>> {
        let name = runtime.bundle()?;
        if self.fetched.contains_key(&runtime) || self.pending.contains_key(&runtime) {
            return None;
        }
        let abort = AbortController::new().ok()?;
        let signal = abort.signal();
        self.pending.insert(runtime, abort);
        let files = self.listing.runtimes.get(name).cloned();
        Some(async move {
            let files = files.ok_or("This page was built without that language.")?;
            let script = network::text(&files.script, Some(&signal)).await.map_err(sentence)?;
            let mut wasm = Vec::new();
            for path in &files.wasm {
                wasm.push(network::bytes(path, Some(&signal)).await.map_err(sentence)?);
            }
            Ok(Bundle { script, wasm })
        })
    }
}

fn sentence(reason: String) -> String {
    format!(
        "What runs this language could not be fetched: {reason}. Check the connection and run it again."
    )
}
