//! Which connection and model answer for each tier.

use crate::session::{Message, Session};
use crate::tiers::Post;
use crate::words::connections as words;
use flint_assist::routing::Tier;
use flint_remote::Effort;
use leptos::html::{Input, Select};
use leptos::prelude::*;

/// What each is for, in the user's words.
const fn purpose(tier: Tier) -> &'static str {
    match tier {
        Tier::Instant => words::INSTANT,
        Tier::Quick => words::QUICK,
        Tier::Heavy => words::HEAVY,
        Tier::Economical => words::ECONOMICAL,
    }
}

/// Shown once there is a connection to choose.
#[component]
pub(super) fn TierRows() -> impl IntoView {
    let session = expect_context::<Session>();
    let named = session.see(|screen| !screen.connections.list.is_empty());
    view! {
        <Show when=move || named.get()>
            <fieldset class="tier-rows">
                <legend>{words::WHO_ANSWERS}</legend>
                {Tier::REMOTE.map(|tier| view! { <Row tier /> }).collect_view()}
            </fieldset>
        </Show>
    }
}

#[component]
fn Row(tier: Tier) -> impl IntoView {
    let session = expect_context::<Session>();
    let list = session.see(|screen| {
        let names = screen.connections.list.iter().map(|one| one.name.clone());
        names.collect::<Vec<_>>()
    });
    let post = session.see(move |screen| screen.connections.tiers.post(tier).clone());
    let [server, effort] = std::array::from_fn(|_| NodeRef::<Select>::new());
    let model = NodeRef::<Input>::new();
    let assign = move || {
        let value = |field: NodeRef<Select>| field.get_untracked().map(|field| field.value());
        let word = value(effort).unwrap_or_default();
        let effort = Effort::ALL.into_iter().find(|effort| effort.word() == word);
        let post = Post {
            connection: value(server).unwrap_or_default(),
            model: model.get_untracked().map(|model| model.value()).unwrap_or_default(),
            effort: effort.unwrap_or_default(),
        };
        session.send(Message::AssignTier(tier, post));
    };
    let option = move |name: String| {
        let selected = post.with(|post| post.connection == name);
        view! { <option value=name.clone() selected=selected>{name.clone()}</option> }
    };
    let word = move |one: Effort| {
        let selected = move || post.with(|post| post.effort == one);
        view! { <option value=one.word() selected=selected>{one.word()}</option> }
    };
    let nobody = if tier == Tier::Quick { words::THE_FIRST } else { words::NONE };
    let label = |what: &str| words::of_tier(what, tier.name());
    view! {
        <div class="tier-row">
            <span>
                {tier.name()} <span class="hint">{purpose(tier)}</span>
            </span>
            <select class="field" aria-label=label(words::CONNECTION) node_ref=server on:change=move |_| assign()>
                <option value="">{nobody}</option>
                {move || list.get().into_iter().map(option).collect_view()}
            </select>
            <input
                class="field"
                type="text"
                list="models"
                aria-label=label(words::MODEL)
                placeholder=words::ITS_OWN_MODEL
                autocomplete="off"
                spellcheck="false"
                prop:value=move || post.with(|post| post.model.clone())
                node_ref=model
                on:change=move |_| assign()
            />
            <select class="field" aria-label=label(words::EFFORT) title=words::EFFORT_IS node_ref=effort on:change=move |_| assign()>
                {Effort::ALL.map(word).collect_view()}
            </select>
        </div>
    }
}
