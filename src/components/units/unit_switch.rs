//! A switch between layers and their units.

use super::unit_choice::{Candidate, UnitChoice};
use crate::components::NumberStepper;
use leptos::prelude::*;

/// A menu of the layers, and the number of the unit with a step to each side.
#[component]
pub fn UnitSwitch(
    /// The choice.
    choice: UnitChoice,
    /// What it is for, for those who cannot see it.
    #[prop(default = "Unit that is looked at")]
    name: &'static str,
    /// What a channel is called.
    #[prop(default = "channel")]
    channel_word: &'static str,
) -> impl IntoView {
    let n_channels = move || choice.layer.read().as_ref().map_or(1, Candidate::n_channels);
    let word = move || match choice.layer.read().as_ref().map(Candidate::word) {
        Some("channel") => channel_word,
        _ => "unit",
    };
    let choose_layer = move |event| {
        if let Ok(layer_idx) = event_target_value(&event).parse() {
            choice.chosen.set((layer_idx, 0));
        }
    };
    let n = Signal::derive(n_channels);
    let field_name = Signal::derive(move || format!("Number of the {}, 0 to {}", word(), n_channels() - 1));
    let on_choose = Callback::new(move |channel| choice.choose_channel(channel));
    view! {
        <div class="unit-switch" role="group" aria-label=name>
            <label class="inside-switch">
                "layer"
                <select
                    class="select"
                    prop:value=move || choice.layer.read().as_ref().map(|layer| layer.layer_idx.to_string())
                    on:change=choose_layer
                >
                    <For each=move || choice.candidates.get() key=|layer| (layer.layer_idx, layer.name.clone()) let:layer>
                        <option
                            value=layer.layer_idx
                            prop:selected=move || {
                                choice.layer.read().as_ref().is_some_and(|chosen| chosen.layer_idx == layer.layer_idx)
                            }
                        >
                            {format!("{} {}", layer.name, layer.shape)}
                        </option>
                    </For>
                </select>
            </label>
            <NumberStepper idx=choice.channel n step_name="unit" field_name on_choose>
                <span class="muted">{word}</span>
            </NumberStepper>
        </div>
    }
}
