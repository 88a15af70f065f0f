//! What is wrong with a layer's input, and the button that mends it where there is one.

use super::network_orders::NetworkOrders;
use crate::components::fields::use_field_errors;
use inkling_engine::experiment::LayerConfig;
use inkling_engine::layers::{INPUT_FIELD, LayerFamily};
use leptos::prelude::*;

/// The message below a layer whose input does not fit it; nothing while it fits.
#[component]
pub fn Misfit(
    /// Its place, from 0.
    layer_idx: usize,
    /// Its kind.
    kind: LayerConfig,
    /// Adds what is missing.
    orders: NetworkOrders,
) -> impl IntoView {
    let misfit = use_field_errors().layer(layer_idx, INPUT_FIELD, None);
    let got = use_field_errors().got_by_layer(layer_idx, INPUT_FIELD);
    let type_name = kind.type_name();
    let needs_flatten = kind.kind().family() == LayerFamily::Dense;
    let text = move || {
        let got = got.get()?;
        if needs_flatten {
            Some(format!("{type_name} needs a flat list of numbers but receives {got}."))
        } else {
            misfit.get()
        }
    };
    view! {
        <p class="message message--bad layer__misfit">
            <span prop:textContent=text></span>
            <Show when=move || needs_flatten && got.read().is_some()>
                " "
                <button
                    type="button"
                    class="button button--quiet"
                    on:click=move |_| orders.insert(layer_idx, LayerConfig::FLATTEN)
                >
                    "Add Flatten"
                </button>
            </Show>
        </p>
    }
}
