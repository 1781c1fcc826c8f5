//! The top line: the name, the files, run, the menu.

use super::menu::Menu;
use super::run_button::RunButton;
use super::tabs::Tabs;
use crate::words::frame as words;
use leptos::prelude::*;

#[component]
pub(crate) fn Header() -> impl IntoView {
    view! {
        <header class="header">
            <h1 class="brand">
                <svg class="brand-mark" viewBox="0 0 16 16" aria-hidden="true">
                    <path d="M9.6 1 3 9.2h4L6 15l7-8.4H8.8z"></path>
                </svg>
                <span class="brand-name">{words::FLINT}</span>
            </h1>
            <Tabs />
            <RunButton />
            <Menu />
        </header>
    }
}
