//! What the page says inside another site's page.

pub(crate) const OPEN: &str = "Open in Flint";
