//! One running request, one waiting, latest wins. Pure, so that it is tested without a browser.

use flint_protocol::{
    CompletionRequest, FinishReason, FromWorker, ModelSource, Neighbour, RequestId, Timings,
    ToWorker,
};

/// Messages that have arrived and not been answered.
#[derive(Debug, Default)]
pub struct Inbox {
    model: Option<ModelSource>,
    neighbours: Option<Vec<Neighbour>>,
    waiting: Option<Waiting>,
    running: Option<RequestId>,
    cancelled: bool,
}

/// A request and when it arrived.
#[derive(Debug, PartialEq)]
pub struct Waiting {
    pub request: CompletionRequest,
    /// On the host's clock.
    pub arrived_ms: f64,
}

/// What to do next.
#[derive(Debug, PartialEq)]
pub enum Job {
    Load(ModelSource),
    Know(Vec<Neighbour>),
    Complete(Waiting),
}

impl Inbox {
    /// Takes a message; returns the answer that it causes at once, if any.
    pub fn receive(&mut self, message: ToWorker, now_ms: f64) -> Option<FromWorker> {
        match message {
            ToWorker::Load { model } => {
                self.model = Some(model);
                self.cancelled = self.running.is_some();
                None
            }
            ToWorker::Know { neighbours } => {
                self.neighbours = Some(neighbours);
                None
            }
            ToWorker::Complete(request) => {
                self.cancelled = self.running.is_some();
                let waiting = Waiting { request, arrived_ms: now_ms };
                self.waiting.replace(waiting).map(|replaced| cancelled(replaced.request.id))
            }
            ToWorker::Cancel { id } => {
                if self.running == Some(id) {
                    self.cancelled = true;
                }
                let waiting = self.waiting.take_if(|waiting| waiting.request.id == id);
                waiting.map(|waiting| cancelled(waiting.request.id))
            }
        }
    }

    /// The next job; a completion counts as running until [`Inbox::finished`].
    pub fn next_job(&mut self) -> Option<Job> {
        if let Some(model) = self.model.take() {
            return Some(Job::Load(model));
        }
        if let Some(neighbours) = self.neighbours.take() {
            return Some(Job::Know(neighbours));
        }
        let waiting = self.waiting.take()?;
        self.running = Some(waiting.request.id);
        self.cancelled = false;
        Some(Job::Complete(waiting))
    }

    /// Whether the running completion may go on.
    pub fn may_proceed(&self) -> bool {
        !self.cancelled
    }

    /// The running completion has been answered.
    pub fn finished(&mut self) {
        self.running = None;
        self.cancelled = false;
    }
}

fn cancelled(id: RequestId) -> FromWorker {
    FromWorker::Done { id, finish_reason: FinishReason::Cancelled, timings: Timings::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flint_protocol::Limits;

    fn complete(id: u32) -> ToWorker {
        ToWorker::Complete(CompletionRequest {
            id: RequestId(id),
            language: "rust".into(),
            path: "a.rs".into(),
            prefix: String::new(),
            suffix: String::new(),
            limits: Limits { max_tokens: 8, max_lines: 1, min_likelihood: 0.0 },
            alternative: 0,
        })
    }

    fn next_id(inbox: &mut Inbox) -> Option<u32> {
        match inbox.next_job() {
            Some(Job::Complete(waiting)) => Some(waiting.request.id.0),
            _ => None,
        }
    }

    #[test]
    fn the_latest_waiting_request_wins_and_the_other_is_answered() {
        let mut inbox = Inbox::default();
        assert_eq!(inbox.receive(complete(1), 0.0), None);
        assert_eq!(inbox.receive(complete(2), 1.0), Some(cancelled(RequestId(1))));
        assert_eq!(next_id(&mut inbox), Some(2));
        assert_eq!(next_id(&mut inbox), None);
    }

    #[test]
    fn other_files_are_known_before_the_next_request() {
        let mut inbox = Inbox::default();
        let know = |text: &str| vec![Neighbour { language: "rust".into(), text: text.into() }];
        inbox.receive(complete(1), 0.0);
        inbox.receive(ToWorker::Know { neighbours: know("a") }, 0.0);
        inbox.receive(ToWorker::Know { neighbours: know("b") }, 0.0);
        assert_eq!(inbox.next_job(), Some(Job::Know(know("b"))));
        assert_eq!(next_id(&mut inbox), Some(1));
    }

    #[test]
    fn a_newer_request_stops_the_running_one() {
        let mut inbox = Inbox::default();
        inbox.receive(complete(1), 0.0);
        assert_eq!(next_id(&mut inbox), Some(1));
        assert!(inbox.may_proceed());
        assert_eq!(inbox.receive(complete(2), 0.0), None, "1 answers for itself when it stops");
        assert!(!inbox.may_proceed());
        inbox.finished();
        assert_eq!(next_id(&mut inbox), Some(2));
        assert!(inbox.may_proceed());
    }

    #[test]
    fn cancel_reaches_running_and_waiting_and_nothing_else() {
        let mut inbox = Inbox::default();
        inbox.receive(complete(1), 0.0);
        assert_eq!(next_id(&mut inbox), Some(1));
        inbox.receive(ToWorker::Cancel { id: RequestId(7) }, 0.0);
        assert!(inbox.may_proceed());
        inbox.receive(ToWorker::Cancel { id: RequestId(1) }, 0.0);
        assert!(!inbox.may_proceed());
        inbox.finished();
        inbox.receive(complete(3), 0.0);
        let answer = inbox.receive(ToWorker::Cancel { id: RequestId(3) }, 0.0);
        assert_eq!(answer, Some(cancelled(RequestId(3))));
        assert_eq!(inbox.next_job(), None);
    }
}
