//! The files of each runtime, once they have been fetched, each once. They are handed to the frame,
//! which can fetch nothing itself. Where they are is known to `app/js/sandbox_files.js`.

use crate::page;
use crate::words::running as words;
use flint_run::Runtime;
use js_sys::{Array, ArrayBuffer, Function, Promise};
use std::collections::HashMap;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, AbortSignal};

#[wasm_bindgen(raw_module = "flint-sandbox-files")]
extern "C" {
    #[wasm_bindgen(js_name = sandboxPage)]
    fn sandbox_page(hosts: &str) -> String;
    #[wasm_bindgen(js_name = fetchRuntime)]
    fn fetch_runtime(name: &str, signal: &AbortSignal, progress: &Function) -> Promise;
}

/// A runtime as the frame gets it.
#[derive(Debug)]
pub(crate) struct Bundle {
    pub(crate) script: String,
    pub(crate) wasm: Vec<ArrayBuffer>,
}

#[derive(Debug, Default)]
pub(crate) struct Runtimes {
    fetched: HashMap<Runtime, Rc<Bundle>>,
    pending: HashMap<Runtime, Pending>,
}

/// Files on their way.
#[derive(Debug)]
struct Pending {
    abort: AbortController,
    /// So many tenths are here.
    tenths: u8,
}

impl Runtimes {
    /// The address of the sandbox's own page, for programs that may reach these hosts.
    pub(crate) fn page(hosts: &str) -> String {
        page::absolute(&sandbox_page(hosts))
    }

    pub(crate) fn get(&self, runtime: Runtime) -> Option<Rc<Bundle>> {
        self.fetched.get(&runtime).cloned()
    }

    /// How many tenths of a runtime that is on its way are here.
    pub(crate) fn tenths(&self, runtime: Runtime) -> Option<u8> {
        self.pending.get(&runtime).map(|pending| pending.tenths)
    }

    pub(crate) fn come(&mut self, runtime: Runtime, tenths: u8) {
        if let Some(pending) = self.pending.get_mut(&runtime) {
            pending.tenths = tenths;
        }
    }

    /// Lets the next that wants it fetch it anew. What is under way is broken off: a browser has the
    /// second request for a file wait for the first.
    pub(crate) fn forget(&mut self, runtime: Runtime) {
        if let Some(pending) = self.pending.remove(&runtime) {
            pending.abort.abort();
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
    /// way, or not needed. `progress` is called with the tenths that are here. The caller hands the
    /// outcome to [`Self::keep`].
    pub(crate) fn fetch(
        &mut self,
        runtime: Runtime,
        progress: Box<dyn Fn(u8)>,
    ) -> Option<impl Future<Output = Result<Bundle, String>> + use<>> {
        let name = runtime.bundle()?;
        if self.fetched.contains_key(&runtime) || self.pending.contains_key(&runtime) {
            return None;
        }
        let abort = AbortController::new().ok()?;
        let progress = Closure::wrap(progress).into_js_value();
        let fetching = fetch_runtime(name, &abort.signal(), progress.unchecked_ref());
        self.pending.insert(runtime, Pending { abort, tenths: 0 });
        Some(async move {
            let parts = JsFuture::from(fetching).await.map_err(|error| sentence(&error))?;
            let mut parts = Array::from(&parts).into_iter();
            let script = parts.next().and_then(|script| script.as_string()).unwrap_or_default();
            let wasm = parts.filter_map(|bytes| bytes.dyn_into().ok()).collect();
            Ok(Bundle { script, wasm })
        })
    }
}

fn sentence(error: &JsValue) -> String {
    words::not_fetched(&page::reason(error))
}
