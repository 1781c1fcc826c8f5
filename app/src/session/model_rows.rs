//! What is shown of the models: where each is, how fast it would be here, which is recommended.

use super::models::{Models, Progress};
use crate::engines::{Bigger, LocalEngine, Prediction, Suggested, predict};
use crate::page;
use crate::words::engines as words;

/// What is shown of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct ModelsView {
    pub(crate) rows: Vec<ModelRow>,
    pub(crate) own_in_use: bool,
    pub(crate) hub: String,
    pub(crate) cpu: bool,
    /// Bytes that models take in this browser.
    pub(crate) kept_bytes: u64,
    /// Whether nothing bigger is fast enough here, as far as was measured.
    pub(crate) own_recommended: bool,
    /// What went wrong, or what to do.
    pub(crate) said: String,
}

/// One model.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ModelRow {
    pub(crate) bigger: Bigger,
    pub(crate) about: String,
    /// How fast it would be here, or that it does not fit; empty where nothing is known.
    pub(crate) predicted: String,
    pub(crate) recommended: bool,
    pub(crate) state: ModelState,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ModelState {
    /// Not here, as far as anyone knows; about so many bytes to fetch, 0 when nobody knows.
    Elsewhere {
        bytes: u64,
    },
    Kept {
        bytes: u64,
    },
    /// On its way; no rate before there is a steady one. All bytes are here when the device is being prepared.
    Coming {
        loaded: u64,
        total: u64,
        bytes_per_second: Option<f64>,
    },
    Paused {
        loaded: u64,
    },
    InUse,
}

impl Models {
    fn prediction(&self, suggested: &Suggested) -> Option<Prediction> {
        let memory = page::memory_bytes();
        Some(predict(&suggested.shape()?, &self.probe?, self.choices.cpu, memory))
    }

    /// The largest of the suggested models that is fast enough here; none is the page's own.
    fn recommended(&self) -> Option<&Suggested> {
        let fast = |one: &&Suggested| {
            one.recommend && self.prediction(one).is_some_and(Prediction::is_fast_enough)
        };
        self.suggested.iter().filter(fast).max_by_key(|one| one.parameters)
    }

    pub(super) fn rows(&self, in_use: Option<&Bigger>) -> Vec<ModelRow> {
        let row = |bigger: Bigger, about: String, bytes: u64| {
            let state = self.state(&bigger, in_use, bytes);
            ModelRow { bigger, about, state, predicted: String::new(), recommended: false }
        };
        let recommended = self.recommended();
        // Until the device has been measured it is taken to have a GPU.
        let no_gpu = self.probe.is_some_and(|probe| probe.gpu.is_none());
        let on_cpu = self.choices.cpu || no_gpu;
        let mut rows: Vec<_> = self
            .suggested
            .iter()
            .map(|one| {
                let bytes = if on_cpu { one.cpu_bytes } else { one.gpu_bytes };
                let row = row(self.choices.of(one), one.about.clone(), bytes);
                let predicted = self.prediction(one).map(Prediction::words).unwrap_or_default();
                ModelRow { predicted, recommended: recommended == Some(one), ..row }
            })
            .collect();
        for added in &self.choices.added {
            if !rows.iter().any(|row| row.bigger.source.id == added.source.id) {
                let about =
                    added.source.base_url.clone().unwrap_or_else(|| words::FROM_DISK.into());
                rows.push(row(added.clone(), about, 0));
            }
        }
        rows
    }

    fn state(&self, bigger: &Bigger, in_use: Option<&Bigger>, bytes: u64) -> ModelState {
        let is =
            |other: Option<&Bigger>| other.is_some_and(|other| other.source.id == bigger.source.id);
        let Progress { loaded, total, .. } = self.progress;
        if is(in_use) {
            return ModelState::InUse;
        }
        if is(self.next.as_ref().and_then(LocalEngine::bigger)) {
            return ModelState::Coming { loaded, total, bytes_per_second: self.progress.rate() };
        }
        if is(self.paused.as_ref()) {
            return ModelState::Paused { loaded };
        }
        match self.kept.iter().find(|(id, _)| *id == bigger.source.id) {
            Some((_, bytes)) => ModelState::Kept { bytes: *bytes },
            None => ModelState::Elsewhere { bytes },
        }
    }
}
