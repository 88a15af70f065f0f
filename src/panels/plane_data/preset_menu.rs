//! The menu of experiments on the plane to begin with.

use crate::state::{use_app_state, use_editor};
use inkling_engine::experiment::PlanePreset;
use leptos::prelude::*;

/// Names the preset that the experiment is, and loads another.
#[component]
pub fn PlanePresetMenu() -> impl IntoView {
    let (state, editor) = (use_app_state(), use_editor());
    let present = Memo::new(move |_| {
        let experiment = state.experiment.read();
        PlanePreset::ALL.into_iter().find(|preset| preset.experiment() == *experiment)
    });
    let load = move |slug: String| {
        if let Some(preset) = PlanePreset::from_slug(&slug) {
            editor.load(preset.experiment());
        }
    };
    view! {
        <select
            class="select plane-data__presets"
            aria-label="Begin with this data"
            on:change=move |event| load(event_target_value(&event))
        >
            <Show when=move || present.get().is_none()>
                <option value="" selected disabled>
                    "edited"
                </option>
            </Show>
            {PlanePreset::ALL
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
