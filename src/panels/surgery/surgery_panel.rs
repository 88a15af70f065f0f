//! The panel of surgery: edit the network's weights, and see at once what that does.

use super::ablation_list::AblationList;
use super::brush_tools::BrushTools;
use super::context::{SurgeryContext, n_in_channels};
use super::edit_list::EditList;
use super::kernel_fields::KernelFields;
use super::prediction_diff::PredictionDiff;
use super::score_table::ScoreTable;
use super::unit_tools::UnitTools;
use super::weight_canvas::WeightCanvas;
use super::weight_grid::WeightGrid;
use crate::components::layers::LayerView;
use crate::components::units::{EditedUnit, UnitSwitch};
use crate::components::{NumberStepper, Pace, keep_asking};
use crate::protocol::questions::{Comparison, WeightKind, Weights};
use crate::state::use_app_state;
use leptos::prelude::*;

/// The chosen unit, the edits, and what they do to prediction and accuracy.
#[component]
pub fn SurgeryPanel() -> impl IntoView {
    let state = use_app_state();
    let chosen = use_context::<EditedUnit>().map_or_else(|| RwSignal::new((0, 0)), |edited_unit| edited_unit.chosen);
    let context = SurgeryContext::new(state, chosen);
    provide_context(context);
    let is_on_images = Memo::new(move |_| state.run.is_on_images());
    let has_layers = Memo::new(move |_| !context.layers.read().is_empty());
    view! {
        <div class="surgery" data-testid="surgery">
            {move || match (is_on_images.get(), has_layers.get()) {
                (false, _) => {
                    view! { <p class="message">"This view is about networks that look at digits."</p> }.into_any()
                }
                (true, false) => {
                    view! { <p class="message">"This network has no weights, so there is nothing to edit."</p> }
                        .into_any()
                }
                (true, true) => view! { <SurgeryBody /> }.into_any(),
            }}
        </div>
    }
}

#[component]
fn SurgeryBody() -> impl IntoView {
    let context = expect_context::<SurgeryContext>();
    let state = context.state;
    keep_asking(state, Pace::PROMPT, move || {
        state.run.progress.track();
        state.run.weight_edits.track();
        state.inspection.track();
        let weights = context.view.read().as_ref().map(|view| view.layer_idx);
        let weights = weights.map(|layer_idx| Weights { layer_idx, kind: WeightKind::Values }.into());
        weights.into_iter().chain([Comparison.into()]).collect()
    });
    // The editor is mounted again for each unit; for one unit only its numbers change.
    let at = Memo::new(move |_| Some((context.view.get()?, context.choice.channel.get(), context.in_channel.get())));
    let refused = move || state.answers.refused.get();
    view! {
        <div class="surgery__choice">
            <UnitSwitch choice=context.choice name="Unit that is operated on" channel_word="filter" />
            <InChannelSwitch />
        </div>
        <div class="surgery__columns">
            <div class="surgery__editor">
                {move || at.get().map(|(view, unit, in_channel)| view! { <Editor view unit in_channel /> })}
                <p class="message message--bad" role="status" prop:textContent=refused></p>
            </div>
            <div class="surgery__effect">
                <PredictionDiff />
                <EditList />
            </div>
            <ScoreTable />
            <AblationList />
        </div>
    }
}

/// The editor for the layer: numbers for a kernel, a picture for a Dense unit.
#[component]
fn Editor(view: LayerView, unit: usize, in_channel: usize) -> impl IntoView {
    let editor = match WeightGrid::of(&view) {
        Some(grid) => view! {
            <BrushTools />
            <WeightCanvas view=view.clone() grid unit />
        }
        .into_any(),
        None => view! { <KernelFields view=view.clone() filter=unit in_channel /> }.into_any(),
    };
    view! {
        <UnitTools view unit in_channel />
        {editor}
    }
}

/// Which of a filter's kernels is shown; nothing where there is only one.
#[component]
fn InChannelSwitch() -> impl IntoView {
    let context = expect_context::<SurgeryContext>();
    let n_channels = Memo::new(move |_| {
        let view = context.view.read();
        let has_kernels = view.as_ref().is_some_and(|view| WeightGrid::of(view).is_none());
        if has_kernels { view.as_ref().map_or(1, n_in_channels) } else { 1 }
    });
    let field_name = Signal::derive(move || format!("Number of the input channel, 0 to {}", n_channels.get() - 1));
    let on_choose = Callback::new(move |channel| context.choose_in_channel(channel));
    view! {
        <Show when=move || { n_channels.get() > 1 }>
            <div class="unit-switch" role="group" aria-label="Input channel of the kernel">
                <span class="muted">"its kernel for channel"</span>
                <NumberStepper idx=context.in_channel n=n_channels step_name="channel" field_name on_choose />
            </div>
        </Show>
    }
}
