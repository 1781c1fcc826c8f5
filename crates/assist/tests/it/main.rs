//! The assistant from outside: stories as marked text, and random sessions under a judge.

mod flicker;
mod report;
mod scene;
mod stories;
mod typist;
