//! One running request, one completion and one question waiting, the latest of each wins. Pure, so that it is tested
//! without a browser.
//!
//! Typing does not stop an answer that somebody waits for: completions wait until it is there or stopped.

use flint_protocol::{
    ChatRequest, CompletionRequest, FinishReason, FromWorker, ModelSource, Neighbour, RequestId,
    Timings, ToWorker,
};

/// Messages that have arrived and not been answered.
#[derive(Debug, Default)]
pub struct Inbox {
    model: Option<ModelSource>,
    neighbours: Option<Vec<Neighbour>>,
    waiting: Option<Waiting<CompletionRequest>>,
    question: Option<Waiting<ChatRequest>>,
    running: Option<RequestId>,
    cancelled: bool,
}

/// A request and when it arrived.
#[derive(Debug, PartialEq)]
pub struct Waiting<R> {
    pub request: R,
    /// On the host's clock.
    pub arrived_ms: f64,
}

/// What to do next.
#[derive(Debug, PartialEq)]
pub enum Job {
    Load(ModelSource),
    Know(Vec<Neighbour>),
    Complete(Waiting<CompletionRequest>),
    Answer(Waiting<ChatRequest>),
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
                self.cancelled |= self.running.is_some_and(|id| !id.is_question());
                let waiting = Waiting { request, arrived_ms: now_ms };
                self.waiting.replace(waiting).map(|replaced| cancelled(replaced.request.id))
            }
            ToWorker::Chat(request) => {
                self.cancelled |= self.running.is_some_and(RequestId::is_question);
                let question = Waiting { request, arrived_ms: now_ms };
                self.question.replace(question).map(|replaced| cancelled(replaced.request.id))
            }
            ToWorker::Cancel { id } => {
                if self.running == Some(id) {
                    self.cancelled = true;
                }
                let waiting = self.waiting.take_if(|waiting| waiting.request.id == id).is_some();
                let asked = self.question.take_if(|question| question.request.id == id).is_some();
                (waiting || asked).then(|| cancelled(id))
            }
        }
    }

    /// The next job; a completion or an answer counts as running until [`Inbox::finished`].
    pub fn next_job(&mut self) -> Option<Job> {
        if let Some(model) = self.model.take() {
            return Some(Job::Load(model));
        }
        if let Some(neighbours) = self.neighbours.take() {
            return Some(Job::Know(neighbours));
        }
        self.cancelled = false;
        if let Some(question) = self.question.take() {
            self.running = Some(question.request.id);
            return Some(Job::Answer(question));
        }
        let waiting = self.waiting.take()?;
        self.running = Some(waiting.request.id);
        Some(Job::Complete(waiting))
    }

    /// Whether what runs may go on.
    pub fn may_proceed(&self) -> bool {
        !self.cancelled
    }

    /// What ran has been answered.
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

    fn ask(number: u32) -> ToWorker {
        let id = RequestId::question(number);
        ToWorker::Chat(ChatRequest { id, messages: Vec::new(), max_tokens: 8 })
    }

    fn next(inbox: &mut Inbox) -> Option<RequestId> {
        match inbox.next_job()? {
            Job::Complete(waiting) => Some(waiting.request.id),
            Job::Answer(question) => Some(question.request.id),
            _ => None,
        }
    }

    fn next_id(inbox: &mut Inbox) -> Option<u32> {
        next(inbox).map(|id| id.0)
    }

    #[test]
    fn typing_waits_for_an_answer_and_does_not_stop_it() {
        let mut inbox = Inbox::default();
        inbox.receive(complete(1), 0.0);
        assert_eq!(next_id(&mut inbox), Some(1));
        assert_eq!(inbox.receive(ask(1), 0.0), None);
        assert!(inbox.may_proceed(), "what is being completed is soon done");
        inbox.receive(complete(2), 0.0);
        assert!(!inbox.may_proceed());
        inbox.finished();
        assert_eq!(next(&mut inbox), Some(RequestId::question(1)));
        assert_eq!(inbox.receive(complete(3), 0.0), Some(cancelled(RequestId(2))));
        assert!(inbox.may_proceed());
        inbox.receive(ToWorker::Cancel { id: RequestId(3) }, 0.0);
        inbox.receive(complete(4), 0.0);
        inbox.receive(ToWorker::Cancel { id: RequestId::question(1) }, 0.0);
        assert!(!inbox.may_proceed());
        inbox.receive(complete(5), 0.0);
        assert!(!inbox.may_proceed(), "what was stopped stays stopped");
        inbox.finished();
        assert_eq!(next_id(&mut inbox), Some(5));
    }

    #[test]
    fn another_question_takes_the_place_of_one() {
        let mut inbox = Inbox::default();
        inbox.receive(ask(1), 0.0);
        let replaced = inbox.receive(ask(2), 0.0);
        assert_eq!(replaced, Some(cancelled(RequestId::question(1))));
        assert_eq!(next(&mut inbox), Some(RequestId::question(2)));
        inbox.receive(ask(3), 0.0);
        assert!(!inbox.may_proceed());
        inbox.finished();
        let stop = ToWorker::Cancel { id: RequestId::question(3) };
        assert_eq!(inbox.receive(stop, 0.0), Some(cancelled(RequestId::question(3))));
        assert_eq!(inbox.next_job(), None);
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
        let know = |text: &str| {
            vec![Neighbour { language: "rust".into(), text: text.into(), ..Neighbour::default() }]
        };
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
