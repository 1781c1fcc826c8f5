//! From “Run” to a program's first line: how long a frame is waited for, and what runs the language,
//! when another frame is tried, and when the user is told instead. Every wait ends.
//!
//! Browsers put the frames of one site into one process, so a program that holds its thread holds the
//! next one's too, until every frame of it is gone: that is why a frame that stands already is waited for so shortly.

use crate::Runtime;

/// What a run waits for before it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waiting {
    /// A word of a frame that stood before: it is there at once, or the frame's process is held.
    Answer,
    /// The first word of a frame that opens, perhaps in a process that must be started.
    Frame,
    /// The files of what runs the language.
    Files,
    /// That the frame has loaded them.
    Runtime,
}

/// What follows when it has not come in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Late {
    /// Another frame is tried.
    AnotherFrame,
    /// The run ends, with [`Waiting::sentence`].
    GiveUp,
}

/// A frame whose thread is free answers sooner.
pub const ANSWER_MS: u32 = 80;
/// One that does not is left for another, which is no longer waited for.
const ANSWERS_MS: [u32; 2] = [ANSWER_MS; 2];
const FRAME_MS: [u32; 6] = [240, 480, 960, 1_920, 3_840, 10_000];
const FILES_MS: [u32; 1] = [20_000];
const RUNTIME_MS: [u32; 2] = [4_000, 8_000];
const LARGE_RUNTIME_MS: [u32; 2] = [20_000, 40_000];
/// After this many frames that said nothing, every second one is made opaque the other way.
const FRAMES_OF_ONE_KIND: usize = 3;

impl Waiting {
    const fn waits_ms(self, large: bool) -> &'static [u32] {
        match self {
            Self::Answer => &ANSWERS_MS,
            Self::Frame => &FRAME_MS,
            Self::Files => &FILES_MS,
            Self::Runtime if large => &LARGE_RUNTIME_MS,
            Self::Runtime => &RUNTIME_MS,
        }
    }

    /// For the user: what did not come, and what to do.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Answer | Self::Frame => {
                "The frame that programs run in did not open. Run it again; if that does not help, reload the page: your text is kept."
            }
            Self::Files => {
                "What runs this language has not arrived. Check the connection and run it again."
            }
            Self::Runtime => {
                "What runs this language did not start. Run it again; if that does not help, reload the page: your text is kept."
            }
        }
    }
}

/// One start of a run. What was late is counted over all of its frames.
#[derive(Clone, Debug)]
pub struct Start {
    late: [usize; 4],
    large: bool,
}

impl Start {
    #[must_use]
    pub fn new(runtime: Runtime) -> Self {
        Self { late: [0; 4], large: runtime == Runtime::FullPython }
    }

    /// For how long this is waited for now.
    #[must_use]
    pub fn wait_ms(&self, waiting: Waiting) -> u32 {
        let waits = waiting.waits_ms(self.large);
        let last = waits.len() - 1;
        waits[self.late[waiting as usize].min(last)]
    }

    /// It has not come, or what came will not do.
    pub fn late(&mut self, waiting: Waiting) -> Late {
        let late = &mut self.late[waiting as usize];
        *late += 1;
        if *late < waiting.waits_ms(self.large).len() { Late::AnotherFrame } else { Late::GiveUp }
    }

    /// Whether the next frame is made opaque in another way than the usual one.
    #[must_use]
    pub fn tries_the_other_way(&self) -> bool {
        let frames = self.late[Waiting::Frame as usize];
        frames >= FRAMES_OF_ONE_KIND && frames % 2 == 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ALL: [Waiting; 4] = [Waiting::Answer, Waiting::Frame, Waiting::Files, Waiting::Runtime];

    #[test]
    fn each_wait_is_longer_than_the_one_before_and_together_they_end_soon() {
        for waiting in [Waiting::Frame, Waiting::Files, Waiting::Runtime] {
            let mut start = Start::new(Runtime::Script);
            let mut waits = vec![start.wait_ms(waiting)];
            while start.late(waiting) == Late::AnotherFrame {
                waits.push(start.wait_ms(waiting));
            }
            assert!(waits.is_sorted_by(|a, b| a < b), "{waiting:?}: {waits:?}");
            let total: u32 = waits.iter().sum();
            assert!((10_000..=20_000).contains(&total), "{waiting:?}: {total}");
            assert!(waiting.sentence().contains("again"));
        }
    }

    #[test]
    fn frames_that_say_nothing_are_tried_both_ways() {
        let mut start = Start::new(Runtime::Script);
        let mut ways = vec![start.tries_the_other_way()];
        while start.late(Waiting::Frame) == Late::AnotherFrame {
            ways.push(start.tries_the_other_way());
        }
        assert_eq!(ways, [false, false, false, true, false, true]);
    }

    proptest! {
        #[test]
        fn whatever_is_late_a_start_ends(late in proptest::collection::vec(0_usize..4, 12..40)) {
            let mut start = Start::new(Runtime::Script);
            let ended = late.into_iter().any(|which| start.late(ALL[which]) == Late::GiveUp);
            prop_assert!(ended);
        }
    }
}
