//! What stands above a column: the units of a layer, more or fewer, and its activation.

use super::geometry::{MAX_SHOWN, UNIT_PX};
use super::layer_orders::change_units;
use crate::components::plane::has_control;
use crate::link::playground::Control;
use crate::state::{use_app_state, use_editor};
use inkling_engine::experiment::{Activation, LayerConfig};
use leptos::prelude::*;

/// The head of a Dense layer's column.
#[component]
pub fn LayerHead(
    /// Index in the network.
    layer_idx: usize,
    /// All its units.
    n_units: usize,
    /// Whether it is the output, whose units follow from the data.
    is_output: bool,
    /// Left edge of the column, in pixels.
    left: f64,
) -> impl IntoView {
    let (state, editor) = (use_app_state(), use_editor());
    let activation = Memo::new(move |_| match state.experiment.read().network.get(layer_idx) {
        Some(LayerConfig::Dense(dense)) => dense.activation,
        _ => Activation::Linear,
    });
    let choose = move |name: String| {
        if let Some(activation) = Activation::ALL.into_iter().find(|activation| activation.as_str() == name) {
            editor.edit_layers(|layers| {
                if let Some(LayerConfig::Dense(dense)) = layers.get_mut(layer_idx) {
                    dense.activation = activation;
                }
            });
        }
    };
    let has_activation = has_control(Control::Activation);
    let step = move |by: isize| {
        let (sign, label) = if by < 0 { ("−", "One unit fewer") } else { ("+", "One unit more") };
        view! {
            <button
                type="button"
                class="button button--icon plane-head__step"
                aria-label=format!("{label} in layer {layer_idx}")
                title=label
                disabled=by < 0 && n_units == 1
                on:click=move |_| editor.edit_layers(|layers| change_units(layers, layer_idx, by))
            >
                {sign}
            </button>
        }
    };
    let units = format!("{n_units} {}", if n_units == 1 { "unit" } else { "units" });
    let note = (n_units > MAX_SHOWN).then(|| format!("{} shown", MAX_SHOWN));
    view! {
        <div class="plane-head" style:left=format!("{:.1}px", left + UNIT_PX / 2.0)>
            <div class="plane-head__steps">{(!is_output).then(|| step(-1))} {(!is_output).then(|| step(1))}</div>
            <span class="plane-head__units" translate="no">
                {if is_output { "output".to_owned() } else { units }}
            </span>
            <select
                class="select plane-head__activation"
                hidden=move || !has_activation()
                aria-label=format!("activation of layer {layer_idx}")
                on:change=move |event| choose(event_target_value(&event))
            >
                {Activation::ALL
                    .into_iter()
                    .map(|option| {
                        view! {
                            <option value=option.as_str() prop:selected=move || activation.get() == option>
                                {option.as_str()}
                            </option>
                        }
                    })
                    .collect_view()}
            </select>
            <span class="plane-head__note">{note}</span>
        </div>
    }
}
