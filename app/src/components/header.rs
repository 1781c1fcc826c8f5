//! The top line: the name, the files, the theme.

use super::icon::Icon;
use super::menu::Menu;
use super::run_button::RunButton;
use super::tabs::Tabs;
use crate::session::{Message, Session};
use crate::theme::Theme;
use leptos::prelude::*;

#[component]
pub(crate) fn Header() -> impl IntoView {
    view! {
        <header class="header">
            <h1 class="brand">
                <svg class="brand-mark" viewBox="0 0 16 16" aria-hidden="true">
                    <path d="M9.6 1 3 9.2h4L6 15l7-8.4H8.8z"></path>
                </svg>
                <span class="brand-name">"Flint"</span>
            </h1>
            <Tabs />
            <RunButton />
            <ThemeButton />
            <Menu />
        </header>
    }
}

#[component]
fn ThemeButton() -> impl IntoView {
    let session = expect_context::<Session>();
    let theme = session.see(|screen| screen.theme);
    let label = move || format!("Theme: {}", theme.get().name());
    let icon = move || match theme.get() {
        Theme::System => Icon::System,
        Theme::Light => Icon::Light,
        Theme::Dark => Icon::Dark,
    };
    view! {
        <button
            class="icon-button"
            type="button"
            aria-label=label
            title=label
            on:click=move |_| session.send(Message::NextTheme)
        >
            {move || icon().draw()}
        </button>
    }
}
