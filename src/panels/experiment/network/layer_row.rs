//! The fields that a layer shows in its row.

use super::layer_parts::{activation, filters, kernel_size, of_layer, pool_size, rate, units};
use super::pair_field::PairField;
use crate::panels::experiment::fields::{ChoiceField, NumberField, use_faults};
use crate::state::use_editor;
use inkling_engine::experiment::{Activation, Field, LayerConfig};
use leptos::prelude::*;

/// The hyperparameters that matter most, edited in place.
#[component]
pub fn LayerRow(
    /// The layer's place.
    layer_idx: usize,
    /// Its kind; the numbers are read from the experiment.
    kind: LayerConfig,
) -> impl IntoView {
    match kind {
        LayerConfig::Dense(_) => view! {
            <CountField layer_idx part=units name="units" field=Field::Units />
            <Dot />
            <ActivationField layer_idx />
        }
        .into_any(),
        LayerConfig::Conv2D(_) => view! {
            <CountField layer_idx part=filters name="filters" field=Field::Filters />
            <Dot />
            <PairField
                layer_idx
                part=kernel_size
                names=names(layer_idx, "kernel height", "kernel width")
                fault=use_faults().layer(layer_idx, Field::KernelSize)
            />
            <Dot />
            <ActivationField layer_idx />
        }
        .into_any(),
        LayerConfig::MaxPooling2D(_) | LayerConfig::AveragePooling2D(_) => view! {
            <PairField
                layer_idx
                part=pool_size
                names=names(layer_idx, "window height", "window width")
                fault=use_faults().layer(layer_idx, Field::PoolSize)
            />
        }
        .into_any(),
        LayerConfig::Dropout(_) => view! { <RateField layer_idx /> }.into_any(),
        LayerConfig::Activation(_) => view! { <ActivationField layer_idx /> }.into_any(),
        LayerConfig::Flatten => ().into_any(),
    }
}

/// What a field is called for ears: `units of layer 3`.
#[must_use]
pub fn name_of(layer_idx: usize, what: &str) -> String {
    format!("{what} of layer {}", layer_idx + 1)
}

fn names(layer_idx: usize, first: &str, second: &str) -> [String; 2] {
    [name_of(layer_idx, first), name_of(layer_idx, second)]
}

#[component]
fn Dot() -> impl IntoView {
    view! { <span class="layer__dot" aria-hidden="true">"·"</span> }
}

#[component]
fn CountField(
    layer_idx: usize,
    part: fn(&mut LayerConfig) -> Option<&mut usize>,
    name: &'static str,
    field: Field,
) -> impl IntoView {
    let (editor, part) = (use_editor(), of_layer(layer_idx, part));
    view! {
        <NumberField
            value=editor.value(part)
            on_change=editor.setter(part)
            fault=use_faults().layer(layer_idx, field)
            name=name_of(layer_idx, name)
            is_inline=true
        />
    }
}

#[component]
fn RateField(layer_idx: usize) -> impl IntoView {
    let (editor, part) = (use_editor(), of_layer(layer_idx, rate));
    view! {
        <NumberField
            value=editor.value(part)
            on_change=editor.setter(part)
            fault=use_faults().layer(layer_idx, Field::Rate)
            name=name_of(layer_idx, "rate")
            is_inline=true
        />
    }
}

#[component]
fn ActivationField(layer_idx: usize) -> impl IntoView {
    let (editor, part) = (use_editor(), of_layer(layer_idx, activation));
    let fault = use_faults().layer(layer_idx, Field::Activation);
    view! {
        <ChoiceField
            options=Activation::ALL.map(|activation| (activation, activation.as_str())).to_vec()
            value=editor.value(part)
            on_change=editor.setter(part)
            name=name_of(layer_idx, "activation")
            fault
        />
        <span class="message message--bad field__message">{move || fault.get()}</span>
    }
}
