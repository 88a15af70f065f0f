//! Silence a unit, set its bias, freeze it.

use super::context::{SurgeryContext, n_in_channels};
use crate::components::fields::WeightField;
use crate::components::layers::{KernelForm, LayerView};
use crate::components::{Term, fresh_id, glossary};
use inkling_engine::explain::{Edit, Frozen};
use leptos::prelude::*;

/// What can be done to a whole unit or filter.
#[component]
pub fn UnitTools(
    /// The layer.
    view: LayerView,
    /// The unit or filter.
    unit: usize,
    /// The input channel whose kernel is shown.
    in_channel: usize,
) -> impl IntoView {
    let context = expect_context::<SurgeryContext>();
    let layer_idx = view.layer_idx;
    let name = view.unit_name(unit);
    let is_silent =
        Memo::new(move |_| context.weights.read().as_ref().is_some_and(super::unit_weights::UnitWeights::is_silent));
    let bias = Signal::derive(move || context.weights.read().as_ref().map(|weights| weights.bias));
    let set_bias = Callback::new(move |value| context.edit(Edit::SetBias { layer_idx, unit, value }));
    let (message, message_id) = (RwSignal::new(None), fresh_id("bias"));
    let silence_name = name.clone();
    let silence_text = move || {
        if is_silent.get() { format!("{silence_name} is silent") } else { format!("Silence {silence_name}") }
    };
    let unit_part = Frozen::Unit { layer_idx, unit };
    let layer_part = Frozen::Layer { layer_idx };
    let slice_part = Frozen::Slice { layer_idx, in_channel, filter: unit };
    let is_conv2d = matches!(view.form, KernelForm::Slices { .. });
    let has_slices = is_conv2d && n_in_channels(&view) > 1;
    view! {
        <div class="unit-tools">
            <button
                type="button"
                class="button"
                data-testid="silence"
                disabled=move || is_silent.get()
                prop:textContent=silence_text
                on:click=move |_| context.edit(Edit::SilenceUnit { layer_idx, unit })
            ></button>
            <Term entry=glossary::SILENCE />
            <span class="unit-tools__group" role="group" aria-label="Freeze">
                <FreezeButton part=unit_part name=name.clone() around=vec![layer_part] />
                {has_slices
                    .then(|| {
                        let name = format!("channel {in_channel} only");
                        view! { <FreezeButton part=slice_part name around=vec![unit_part, layer_part] /> }
                    })}
                <FreezeButton part=layer_part name=format!("all of {}", view.layer.name) around=Vec::new() />
                <Term entry=glossary::FREEZE />
            </span>
            <span class="unit-tools__bias">
                <span aria-hidden="true">"bias"</span>
                <WeightField value=bias on_change=set_bias name=format!("Bias of {name}") message message_id=message_id.clone() />
            </span>
            <p id=message_id class="message message--bad" aria-live="polite" prop:textContent=move || message.get()></p>
        </div>
    }
}

/// Freezes a part, or thaws it; does neither while a larger part is frozen.
#[component]
fn FreezeButton(part: Frozen, name: String, around: Vec<Frozen>) -> impl IntoView {
    let context = expect_context::<SurgeryContext>();
    let is_frozen = Memo::new(move |_| context.state.run.weight_edits.read().frozen().contains(&part));
    let is_held = Memo::new(move |_| around.iter().any(|part| context.is_held(*part)));
    let text = move || match (is_held.get(), is_frozen.get()) {
        (true, _) => format!("{name} is frozen"),
        (false, true) => format!("Thaw {name}"),
        (false, false) => format!("Freeze {name}"),
    };
    view! {
        <button
            type="button"
            class="button"
            class:button--frozen=move || is_frozen.get() || is_held.get()
            data-testid="freeze"
            disabled=move || is_held.get()
            prop:textContent=text
            on:click=move |_| context.operate(|weight_edits| weight_edits.toggle_frozen(part))
        ></button>
    }
}
