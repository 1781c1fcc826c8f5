//! All that the page says, by the part of the page that says it. A sentence with values in it is a
//! function. What the crates say of their own errors, and the few sentences of `app/js`, stand with them.

pub(crate) mod answers;
pub(crate) mod choices;
pub(crate) mod connections;
pub(crate) mod dialogs;
pub(crate) mod edit;
pub(crate) mod embed;
pub(crate) mod engines;
pub(crate) mod exercise;
pub(crate) mod frame;
pub(crate) mod menu;
pub(crate) mod models;
pub(crate) mod notices;
pub(crate) mod panel;
pub(crate) mod running;
pub(crate) mod settings;
