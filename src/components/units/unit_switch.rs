//! A switch between layers and their units.

use super::unit_choice::{Candidate, UnitChoice};
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
    let first = move || choice.layer.read().as_ref().map_or(0, Candidate::first_number);
    let word = move || match choice.layer.read().as_ref().map(Candidate::word) {
        Some("channel") => channel_word,
        _ => "unit",
    };
    let choose_layer = move |event| {
        if let Ok(layer_idx) = event_target_value(&event).parse() {
            choice.chosen.set((layer_idx, 0));
        }
    };
    let step = move |by: isize| {
        let n_channels = untrack(n_channels) as isize;
        let channel = (choice.channel.get_untracked() as isize + by).rem_euclid(n_channels.max(1));
        choice.choose_channel(channel as usize);
    };
    let type_in = move |event| match event_target_value(&event).trim().parse::<usize>() {
        Ok(number) => match number.checked_sub(untrack(first)).filter(|channel| *channel < untrack(n_channels)) {
            Some(channel) => choice.choose_channel(channel),
            // The field shows again what is chosen.
            None => choice.chosen.notify(),
        },
        Err(_) => choice.chosen.notify(),
    };
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
            <span class="stepper">
                <span class="muted">{word}</span>
                <button type="button" class="button button--quiet button--icon" aria-label="Previous unit" on:click=move |_| step(-1)>
                    "‹"
                </button>
                <input
                    class="subject-switch__number"
                    type="number"
                    min=first
                    max=move || n_channels() - 1 + first()
                    aria-label=move || format!("Number of the {}, {} to {}", word(), first(), n_channels() - 1 + first())
                    prop:value=move || {
                        choice.chosen.track();
                        // Before the channel, which is one of the layer's.
                        let first = first();
                        (choice.channel.get() + first).to_string()
                    }
                    on:change=type_in
                />
                <button type="button" class="button button--quiet button--icon" aria-label="Next unit" on:click=move |_| step(1)>
                    "›"
                </button>
                <span class="muted">{move || format!("of {}", n_channels())}</span>
            </span>
        </div>
    }
}
