//! The menu of experiments to begin with.

use crate::state::{use_app_state, use_editor};
use inkling_engine::experiment::{Experiment, Preset};
use leptos::prelude::*;

/// Names the preset that the experiment is, or came from with changes, and loads another.
#[component]
pub fn PresetMenu() -> impl IntoView {
    let (state, editor) = (use_app_state(), use_editor());
    let present = Memo::new(move |_| preset_of(&state.experiment.read()));
    let load = move |slug: String| {
        if let Some(preset) = Preset::from_slug(&slug) {
            editor.load(preset.experiment());
        }
    };
    view! {
        <select class="select" aria-label="Begin with" on:change=move |event| load(event_target_value(&event))>
            <Show when=move || present.get().is_none()>
                <option value="" selected disabled>
                    "edited"
                </option>
            </Show>
            {Preset::ALL
                .map(|preset| {
                    view! {
                        <option value=preset.slug() prop:selected=move || present.get() == Some(preset)>
                            {preset.title()}
                        </option>
                    }
                })
                .collect_view()}
        </select>
    }
}

fn preset_of(experiment: &Experiment) -> Option<Preset> {
    Preset::ALL.into_iter().find(|preset| preset.experiment() == *experiment)
}
