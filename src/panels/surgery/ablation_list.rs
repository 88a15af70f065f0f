//! A layer's units, ranked by what silencing them does to the accuracy.

use super::context::SurgeryContext;
use super::ranking::{AblatedUnit, ablation_text, ranking};
use super::text::judged_text;
use crate::components::units::{Candidate, UnitChoice};
use crate::components::{Term, glossary, network_age, newest};
use crate::protocol::questions::{Ablation, AblationAnswer};
use crate::state::DataState;
use inkling_engine::explain::Edit;
use leptos::prelude::*;

/// Units at first, and with each "show more".
const AT_ONCE: usize = 20;

/// A button, the search's progress, and the ranking.
#[component]
pub fn AblationList() -> impl IntoView {
    let context = expect_context::<SurgeryContext>();
    let SurgeryContext { state, choice, .. } = context;
    let is_loaded = move || matches!(state.data.get(), DataState::Loaded { .. });
    let layer_idx = Memo::new(move |_| choice.layer.read().as_ref().map(|layer: &Candidate| layer.layer_idx));
    let answer = newest(move || state.answers.ablation.to(Ablation { layer_idx: layer_idx.get()? }));
    let losses = move || {
        let AblationAnswer { accuracy, without, dead, .. } = &answer.get()?.answer;
        Some(ranking(*accuracy, without, dead))
    };
    let progress = move || answer.get().map(|answered| (answered.answer.without.len(), answered.answer.n_units));
    let whole = move || {
        // Before the first unit is through, the whole network may not be either.
        answer.get().filter(|answered| !answered.answer.without.is_empty()).map(|answered| answered.answer.accuracy)
    };
    // The edits at the time when the ranking was asked for.
    let judged_edits = RwSignal::new(None::<(usize, Vec<Edit>)>);
    let edits = move || {
        let weight_edits = state.run.weight_edits.read();
        (weight_edits.committed().len(), weight_edits.open().to_vec())
    };
    let is_outdated = Memo::new(move |_| judged_edits.read().as_ref().is_some_and(|judged| *judged != edits()));
    let ask = move |_| {
        if let Some(layer_idx) = layer_idx.get_untracked() {
            judged_edits.set(Some(untrack(edits)));
            state.ask(Ablation { layer_idx });
        }
    };
    let n_shown = RwSignal::new(AT_ONCE);
    let text = move || match (is_loaded(), progress()) {
        (false, _) => "The data set is still loading.".to_owned(),
        (true, None) => format!(
            "Silences one unit after the other and judges the network on {}.",
            judged_text(&state.run.checked.read())
        ),
        (true, Some((n_done, n_units))) if n_done < n_units => format!("{n_done} of {n_units} silenced"),
        (true, Some((_, n_units))) => {
            let n_steps = answer.read().as_ref().map_or(0, |answered| answered.n_steps);
            let checked = state.run.checked.read();
            let age = network_age(n_steps, checked.steps_per_epoch());
            format!("{n_units} units, judged on {}, {age}", judged_text(&checked))
        }
    };
    view! {
        <section class="ablation-list" data-testid="damage">
            <h3 class="surgery__title">
                <Term entry=glossary::ABLATION>"Accuracy lost without each unit"</Term>
            </h3>
            <p class="message" role="status">
                <span prop:textContent=text></span>
                {move || {
                    progress()
                        .filter(|(n_done, n_units)| n_done < n_units)
                        .map(|(n_done, n_units)| {
                            view! {
                                " "
                                <progress max=n_units value=n_done aria-label="units silenced"></progress>
                            }
                        })
                }}
            </p>
            <button type="button" class="button" disabled=move || !is_loaded() on:click=ask>
                "Rank the units"
            </button>
            <Show when=move || progress().is_some() && is_outdated.get()>
                <p class="message message--warn">"The network was edited since: rank again."</p>
            </Show>
            {move || {
                whole()
                    .map(|accuracy| {
                        view! {
                            <p
                                class="message"
                                data-value=accuracy.to_string()
                                prop:textContent=format!("all units: {:.1} %", 100.0 * accuracy)
                            ></p>
                        }
                    })
            }}
            <ol class="ablation-list__list" translate="no">
                {move || {
                    let losses = losses().unwrap_or_default();
                    let worst = losses.iter().map(|loss| loss.ablation.abs()).fold(f64::MIN_POSITIVE, f64::max);
                    losses
                        .into_iter()
                        .take(n_shown.get())
                        .map(|loss| view! { <AblationRow loss worst /> })
                        .collect_view()
                }}
            </ol>
            <Show when=move || progress().is_some_and(|(n_done, _)| n_done > n_shown.get())>
                <button
                    type="button"
                    class="button button--quiet"
                    on:click=move |_| n_shown.update(|n_shown| *n_shown += AT_ONCE)
                >
                    "show more"
                </button>
            </Show>
        </section>
    }
}

#[component]
fn AblationRow(loss: AblatedUnit, worst: f64) -> impl IntoView {
    let context = expect_context::<SurgeryContext>();
    let choice: UnitChoice = context.choice;
    let AblatedUnit { unit, accuracy, ablation, is_dead } = loss;
    let width = format!("width: {:.1}%", 100.0 * ablation.abs() / worst);
    let silence = move |_| {
        let (layer_idx, _) = untrack(|| context.target());
        choice.choose_channel(unit);
        context.edit(Edit::SilenceUnit { layer_idx, unit });
    };
    view! {
        <li class="ablation-list__row" data-testid="damage-row" data-unit=unit data-value=accuracy.to_string()>
            <button
                type="button"
                class="button button--quiet ablation-list__unit"
                aria-pressed=move || (choice.channel.get() == unit).to_string()
                aria-label=format!("Look at number {unit}")
                on:click=move |_| choice.choose_channel(unit)
            >
                {unit}
            </button>
            <span class="ablation-list__track" aria-hidden="true">
                <span class="ablation-list__bar" class:ablation-list__bar--gain=ablation < 0.0 prop:style=width></span>
            </span>
            <span class="ablation-list__text">
                {ablation_text(ablation)}
                {is_dead
                    .then(|| {
                        view! {
                            " · "
                            <Term entry=glossary::DEAD_UNIT>"dead"</Term>
                        }
                    })}
            </span>
            <button
                type="button"
                class="button button--quiet"
                aria-label=format!("Silence number {unit}")
                on:click=silence
            >
                "silence"
            </button>
        </li>
    }
}
