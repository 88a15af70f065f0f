//! The rest of a layer's fields, and the arithmetic of its parameters.

use super::layer_parts::{kernel_initializer, l1, l2, of_layer, padding, strides};
use super::layer_row::name_of;
use super::pair_field::PairField;
use crate::components::{Term, glossary};
use crate::panels::experiment::fields::{ChoiceField, NumberField, use_faults};
use crate::state::use_editor;
use inkling_engine::experiment::{Field, Initializer, LayerConfig, Padding};
use leptos::prelude::*;

const PADDINGS: [(Padding, &str); 2] = [(Padding::Valid, "valid"), (Padding::Same, "same")];
const INITIALIZERS: [(Initializer, &str); 6] = [
    (Initializer::GlorotUniform, "glorot_uniform"),
    (Initializer::GlorotNormal, "glorot_normal"),
    (Initializer::HeUniform, "he_uniform"),
    (Initializer::HeNormal, "he_normal"),
    (Initializer::ScikitLearn, "scikit-learn's"),
    (Initializer::Zeros, "zeros"),
];

/// What a row has no room for.
#[component]
pub fn LayerDetails(
    /// The layer's place.
    layer_idx: usize,
    /// Its kind.
    kind: LayerConfig,
) -> impl IntoView {
    let (editor, faults) = (use_editor(), use_faults());
    let is_conv = matches!(kind, LayerConfig::Conv2D(_));
    let has_kernel = is_conv || matches!(kind, LayerConfig::Dense(_));
    view! {
        {is_conv
            .then(|| {
                let part = of_layer(layer_idx, padding);
                view! {
                    <div class="layer__setting">
                        <Term entry=glossary::STRIDES>"strides"</Term>
                        <PairField
                            layer_idx
                            part=strides
                            names=[name_of(layer_idx, "stride down"), name_of(layer_idx, "stride across")]
                            fault=faults.layer(layer_idx, Field::Strides)
                        />
                    </div>
                    <div class="layer__setting">
                        <Term entry=glossary::PADDING>"padding"</Term>
                        <ChoiceField
                            options=PADDINGS.to_vec()
                            value=editor.value(part)
                            on_change=editor.setter(part)
                            name=name_of(layer_idx, "padding")
                        />
                    </div>
                }
            })}
        {has_kernel
            .then(|| {
                let part = of_layer(layer_idx, kernel_initializer);
                view! {
                    <div class="layer__setting">
                        <Term entry=glossary::KERNEL_INITIALIZER>"kernel initializer"</Term>
                        <ChoiceField
                            options=INITIALIZERS.to_vec()
                            value=editor.value(part)
                            on_change=editor.setter(part)
                            name=name_of(layer_idx, "kernel initializer")
                        />
                    </div>
                    <div class="layer__setting">
                        <Term entry=glossary::KERNEL_REGULARIZER>"kernel regularizer"</Term>
                        <PenaltyField layer_idx part=l1 name="l1" />
                        <PenaltyField layer_idx part=l2 name="l2" />
                    </div>
                }
            })}
    }
}

#[component]
fn PenaltyField(layer_idx: usize, part: fn(&mut LayerConfig) -> Option<&mut f64>, name: &'static str) -> impl IntoView {
    let (editor, part) = (use_editor(), of_layer(layer_idx, part));
    view! {
        <span class="muted">{name}</span>
        <NumberField
            value=editor.value(part)
            on_change=editor.setter(part)
            fault=use_faults().layer_part(layer_idx, Field::KernelRegularizer, name)
            name=name_of(layer_idx, name)
            is_inline=true
        />
    }
}
