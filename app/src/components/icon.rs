//! The page's few icons, drawn with the text's colour.

use leptos::prelude::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Icon {
    Add,
    Clear,
    Close,
    Copy,
    Delete,
    Menu,
    Open,
    Rename,
    Run,
    Stop,
}

impl Icon {
    /// Strokes on a grid of 16.
    fn path(self) -> &'static str {
        match self {
            Self::Add => "M8 3v10M3 8h10",
            Self::Clear => "M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11M4.2 4.2l7.6 7.6",
            Self::Copy => "M5.5 5.5h7v7.5h-7zM3.5 10.5v-7.5h7",
            Self::Run => "M4 2.5v11l9.5-5.5z",
            Self::Stop => "M3.5 3.5h9v9h-9z",
            Self::Close => "M4 4l8 8M12 4l-8 8",
            Self::Delete => {
                "M3 4.5h10M6.5 4.5V3h3v1.5M4.5 4.5l.6 8.5h5.8l.6-8.5M6.8 7v3.7M9.2 7v3.7"
            }
            Self::Menu => "M2.5 4.5h11M2.5 8h11M2.5 11.5h11",
            Self::Open => "M6.5 3.5H3v9.5h9.5V9.5M9 3h4v4M13 3L7.5 8.5",
            Self::Rename => "M3 13l.7-2.9 7-7 2.2 2.2-7 7zM9.3 4.5l2.2 2.2",
        }
    }

    /// A button with the icon alone, which says what it does to those who point at it or hear it.
    pub(crate) fn button(self, label: &'static str, press: impl Fn() + 'static) -> impl IntoView {
        view! {
            <button
                class="icon-button"
                type="button"
                aria-label=label
                title=label
                on:click=move |_| press()
            >
                {self.draw()}
            </button>
        }
    }

    pub(crate) fn draw(self) -> impl IntoView {
        view! {
            <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
                <path d=self.path()></path>
            </svg>
        }
    }
}
