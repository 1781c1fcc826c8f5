//! Code blocks of Markdown that ask to be playgrounds: [`examples`] takes them out, [`convert`] puts
//! elements in their place for mdBook. Pure: text in, text out.

mod block;
mod chapter;
mod fence;

pub use block::{Example, examples};
pub use chapter::convert;
