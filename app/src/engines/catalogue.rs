//! `models.json`: which models this page offers, and where their files are.

use crate::words::engines as words;
use crate::{network, page};
use flint_protocol::{KnownFile, ModelFile, ModelSource};
use serde::Deserialize;

const PATH: &str = "models.json";

#[derive(Debug, Deserialize)]
struct Catalogue {
    /// The id of the model that loads unasked.
    default: String,
    models: Vec<Model>,
    /// Models that are elsewhere and are fetched when the user says so.
    #[serde(default)]
    bigger: Vec<Suggested>,
}

/// A bigger model that this page suggests.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Suggested {
    pub(crate) name: String,
    /// `owner/name` at the hub.
    pub(crate) hub: String,
    /// What it is good for, and under which licence.
    pub(crate) about: String,
    /// Bytes to fetch, where a GPU computes and where the CPU does.
    pub(crate) gpu_bytes: u64,
    pub(crate) cpu_bytes: u64,
    /// Weights, and layers that they lie in; 0 where nobody says, and so nothing is predicted.
    #[serde(default)]
    pub(crate) parameters: u64,
    #[serde(default)]
    pub(crate) layers: u32,
    /// Whether it is good enough for code to be recommended where it is fast.
    #[serde(default)]
    pub(crate) recommend: bool,
    /// What is known of single files.
    #[serde(default)]
    pub(crate) files: Vec<KnownFile>,
}

#[derive(Debug, Deserialize)]
struct Model {
    id: String,
    name: String,
    /// The addresses of files are relative to the page.
    weights: ModelFile,
    tokenizer: ModelFile,
    counts: Option<ModelFile>,
}

/// A model that can be loaded.
#[derive(Clone, Debug)]
pub(crate) struct Offer {
    /// What people call it.
    pub(crate) name: String,
    pub(crate) source: ModelSource,
}

/// The default model of this page.
///
/// # Errors
/// A sentence for the user when the list of models cannot be had.
pub(crate) async fn default_model() -> Result<Offer, String> {
    choose(catalogue().await?)
}

/// The bigger models that this page suggests.
///
/// # Errors
/// A sentence for the user when the list of models cannot be had.
pub(crate) async fn suggested() -> Result<Vec<Suggested>, String> {
    Ok(catalogue().await?.bigger)
}

async fn catalogue() -> Result<Catalogue, String> {
    let text = network::text(PATH).await;
    let text = text.map_err(|reason| words::list_not_fetched(PATH, &reason))?;
    serde_json::from_str(&text).map_err(|error| words::list_unreadable(PATH, error))
}

fn choose(catalogue: Catalogue) -> Result<Offer, String> {
    let Catalogue { default, models, .. } = catalogue;
    let model = models.into_iter().find(|model| model.id == default);
    let model = model.ok_or_else(|| words::list_without(PATH, &default))?;
    let source = ModelSource {
        weights: absolute(model.weights),
        tokenizer: absolute(model.tokenizer),
        counts: model.counts.map(absolute),
        id: model.id,
    };
    Ok(Offer { name: model.name, source })
}

fn absolute(file: ModelFile) -> ModelFile {
    ModelFile { url: page::absolute(&file.url), ..file }
}
