//! What the page would show: the assistant's rules around the engine, as in the tab.

use super::{Suggester, Suggestion};
use crate::{case::Place, host::TerminalHost, page::last_key};
use anyhow::Result;
use flint_assist::{Event, update};
use flint_inference::{CpuBackend, Engine};
use flint_protocol::Neighbour;

pub(super) struct Product {
    engine: Engine<CpuBackend>,
    threshold: Option<f32>,
    neighbours: Vec<String>,
}

impl Product {
    pub(super) fn new(engine: Engine<CpuBackend>, threshold: Option<f32>) -> Self {
        Self { engine, threshold, neighbours: Vec::new() }
    }
}

impl Suggester for Product {
    fn suggest(&mut self, place: Place<'_>) -> Result<Suggestion> {
        if self.neighbours != place.neighbours {
            self.neighbours = place.neighbours.to_vec();
            let neighbour = |text: &String| Neighbour {
                language: place.language.to_owned(),
                text: text.clone(),
                ..Neighbour::default()
            };
            self.engine.know(place.neighbours.iter().map(neighbour).collect());
        }
        let (mut state, request) = last_key(place);
        let Some(mut request) = request else { return Ok(Suggestion::default()) };
        request.limits.min_likelihood = self.threshold.unwrap_or(request.limits.min_likelihood);
        let completion =
            pollster::block_on(self.engine.complete(&request, &mut TerminalHost::new()))?;
        update(&mut state, Event::Text { id: request.id, text: completion.text });
        update(&mut state, Event::Done { id: request.id });
        let text = state.ghost().map(|ghost| ghost.text.clone()).unwrap_or_default();
        Ok(Suggestion { text, p_accept: Some(completion.p_accept) })
    }
}
