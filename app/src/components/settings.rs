//! The settings, each at work as soon as it is changed.

use super::dialogs::Frame;
use super::key_choices::{KeyChoices, OtherKeys};
use crate::language;
use crate::session::{Message, Session};
use crate::settings::Settings;
use crate::theme::Theme;
use crate::words::settings as words;
use leptos::ev::Event;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement};

/// A switch: what it is called, what it means, how it is read and written.
type Switch = (&'static str, &'static str, fn(&mut Settings) -> &mut bool);

const SWITCHES: [Switch; 5] = [
    (words::SUGGESTIONS, words::SUGGESTIONS_IS, |s| &mut s.suggestions),
    (words::WRAP, words::WRAP_IS, |s| &mut s.wrap),
    (words::LIVE_PREVIEW, words::LIVE_PREVIEW_IS, |s| &mut s.live_preview),
    (words::FULL_PYTHON, words::FULL_PYTHON_IS, |s| &mut s.full_python),
    (words::VIM, words::VIM_IS, |s| &mut s.vim),
];

#[component]
pub(crate) fn SettingsForm() -> impl IntoView {
    view! {
        <Frame title=words::SETTINGS>
            <div class="dialog-text scrolls">
                <Choose
                    label=words::THEME
                    options=Theme::ALL.map(|theme| theme.name().to_owned()).into()
                    now=|settings| settings.theme.name().to_owned()
                    change=|settings, value| {
                        let theme = Theme::ALL.into_iter().find(|theme| theme.name() == value);
                        settings.theme = theme.unwrap_or_default();
                    }
                />
                <Choose
                    label=words::CODE_SIZE
                    options=[12, 13, 14, 15, 16, 18, 20, 24].map(|size| size.to_string()).into()
                    now=|settings| settings.font_size.to_string()
                    change=|settings, value| settings.font_size = value.parse().unwrap_or(14)
                />
                <Choose
                    label=words::TAB_WIDTH
                    options=[2, 4, 8].map(|size| size.to_string()).into()
                    now=|settings| settings.tab_size.to_string()
                    change=|settings, value| settings.tab_size = value.parse().unwrap_or(4)
                />
                {SWITCHES.map(|switch| view! { <Toggle switch /> }).collect_view()}
                <Languages />
                <KeyChoices />
                <OtherKeys />
            </div>
        </Frame>
    }
}

/// A checkbox for each language in which something can be suggested.
#[component]
fn Languages() -> impl IntoView {
    let session = expect_context::<Session>();
    let choice = move |(language, name): (&'static str, &'static str)| {
        let on = session.see(move |screen| !screen.settings.muted.iter().any(|it| it == language));
        let on_change = move |event: Event| {
            let mut settings = session.now(|screen| screen.settings.clone());
            settings.mute(language, !event_target_checked(&event));
            session.send(Message::ChangeSettings(settings));
        };
        view! {
            <label class="tick">
                <input type="checkbox" prop:checked=move || on.get() on:change=on_change />
                {name}
            </label>
        }
    };
    view! {
        <fieldset class="ticks">
            <legend>{words::SUGGEST_IN}</legend>
            {language::NAMES.map(choice).collect_view()}
        </fieldset>
    }
}

#[component]
fn Choose(
    label: &'static str,
    options: Vec<String>,
    now: fn(&Settings) -> String,
    change: fn(&mut Settings, &str),
) -> impl IntoView {
    let session = expect_context::<Session>();
    let chosen = session.now(|screen| now(&screen.settings));
    let on_change = move |event: Event| {
        let field = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok());
        let mut settings = session.now(|screen| screen.settings.clone());
        change(&mut settings, &field.map(|field| field.value()).unwrap_or_default());
        session.send(Message::ChangeSettings(settings));
    };
    let option = |value: String| {
        let selected = value == chosen;
        view! { <option value=value.clone() selected=selected>{value.clone()}</option> }
    };
    view! {
        <label class="choice">
            <span>{label}</span>
            <select class="field" on:change=on_change>
                {options.into_iter().map(option).collect_view()}
            </select>
        </label>
    }
}

#[component]
fn Toggle(switch: Switch) -> impl IntoView {
    let session = expect_context::<Session>();
    let (label, hint, field) = switch;
    let now = move || session.now(|screen| *field(&mut screen.settings.clone()));
    let on_change = move |event: Event| {
        let box_ = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        let mut settings = session.now(|screen| screen.settings.clone());
        *field(&mut settings) = box_.is_some_and(|box_| box_.checked());
        session.send(Message::ChangeSettings(settings));
    };
    view! {
        <label class="choice">
            <span>
                {label}
                <span class="hint">{hint}</span>
            </span>
            <input type="checkbox" checked=now() on:change=on_change />
        </label>
    }
}
