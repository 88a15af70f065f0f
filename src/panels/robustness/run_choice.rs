//! The choice of the runs that are compared, and of the images.

use super::candidate::Candidate;
use super::context::{MAX_CHOSEN, RobustnessContext};
use crate::components::fresh_id;
use crate::protocol::questions::JudgedSet;
use leptos::prelude::*;

/// A box for each run, and a choice between validation and test images.
#[component]
pub fn RunChoice() -> impl IntoView {
    let context = expect_context::<RobustnessContext>();
    let is_full = Memo::new(move |_| context.chosen.read().len() >= MAX_CHOSEN);
    let option = move |candidate: Candidate| {
        let run = candidate.run;
        let is_chosen = Memo::new(move |_| context.chosen.read().iter().any(|chosen| chosen.run == run));
        let choose = move |event| {
            let is_wanted = event_target_checked(&event);
            context.picked.update(|picked| {
                picked.retain(|other| *other != run);
                picked.extend(is_wanted.then_some(run));
            });
        };
        view! {
            <label class="run-choice__option">
                <input
                    type="checkbox"
                    prop:checked=move || is_chosen.get()
                    disabled=move || is_full.get() && !is_chosen.get()
                    on:change=choose
                />
                <b style:color=candidate.css_colour() aria-hidden="true">{candidate.mark.to_string()}</b>
                <span translate="no">{candidate.name}</span>
                <span class="muted">{candidate.is_present.then_some("(present run)")}</span>
            </label>
        }
    };
    view! {
        <div class="run-choice" data-testid="robustness-runs">
            <fieldset class="run-choice__runs">
                <legend class="run-choice__legend">{format!("Runs to compare (up to {MAX_CHOSEN})")}</legend>
                <For
                    each=move || context.candidates.get()
                    key=|candidate| (candidate.run, candidate.name.clone(), candidate.mark)
                    children=option
                />
            </fieldset>
            <ImageChoice />
        </div>
    }
}

/// Validation or test images; these only where the test set was opened.
#[component]
fn ImageChoice() -> impl IntoView {
    let context = expect_context::<RobustnessContext>();
    let is_sealed = Memo::new(move |_| {
        let chosen = context.chosen.read();
        chosen.is_empty() || chosen.iter().any(|candidate| !candidate.is_test_opened)
    });
    let name = StoredValue::new(fresh_id("images"));
    let option = move |(set, text): (JudgedSet, &'static str)| {
        view! {
            <label class="run-choice__option">
                <input
                    type="radio"
                    name=name.get_value()
                    prop:checked=move || context.set.get() == set
                    disabled=move || set == JudgedSet::Test && is_sealed.get()
                    on:change=move |_| context.wanted_set.set(set)
                />
                <span>{text}</span>
            </label>
        }
    };
    view! {
        <fieldset class="run-choice__runs">
            <legend class="run-choice__legend">"Images"</legend>
            {[(JudgedSet::Validation, "validation"), (JudgedSet::Test, "test")].map(option).collect_view()}
            <Show when=move || is_sealed.get()>
                <span class="muted">"The test set is sealed until each of these runs was evaluated on it."</span>
            </Show>
        </fieldset>
    }
}
