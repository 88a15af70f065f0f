//! The panel of surgery: change the network by hand, and see at once what that does.

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
use crate::components::{Pace, keep_asking};
use crate::protocol::{Answer, Question, WeightKind};
use crate::state::use_app_state;
use leptos::prelude::*;

/// The unit at hand, the edits, and what they do to prediction and accuracy.
#[component]
pub fn SurgeryPanel() -> impl IntoView {
    let state = use_app_state();
    let chosen = use_context::<EditedUnit>().map_or_else(|| RwSignal::new((0, 0)), |edited_unit| edited_unit.chosen);
    let context = SurgeryContext::new(state, chosen);
    provide_context(context);
    let is_mnist = Memo::new(move |_| state.run.is_on_mnist());
    let has_layers = Memo::new(move |_| !context.layers.read().is_empty());
    view! {
        <div class="surgery" data-testid="surgery">
            {move || match (is_mnist.get(), has_layers.get()) {
                (false, _) => {
                    view! { <p class="message">"This view is about networks that look at digits."</p> }.into_any()
                }
                (true, false) => {
                    view! { <p class="message">"This network has no weights: there is nothing to operate on."</p> }
                        .into_any()
                }
                (true, true) => view! { <Theatre /> }.into_any(),
            }}
        </div>
    }
}

#[component]
fn Theatre() -> impl IntoView {
    let context = expect_context::<SurgeryContext>();
    let state = context.state;
    keep_asking(state, Pace::PROMPT, move || {
        state.run.progress.track();
        state.run.weight_edits.track();
        state.inspection.track();
        let weights = context.view.read().as_ref().map(|view| view.layer_idx);
        let weights = weights.map(|layer_idx| Question::Weights { layer_idx, kind: WeightKind::Values });
        weights.into_iter().chain([Question::Comparison]).collect()
    });
    // The editor is made anew for each unit; while it is looked at, only its numbers change.
    let at = Memo::new(move |_| Some((context.view.get()?, context.choice.channel.get(), context.in_channel.get())));
    let refused = move || match &state.answers.refused.read().as_ref()?.answer {
        Answer::Refused(message) => Some(message.clone()),
        _ => None,
    };
    view! {
        <div class="surgery__choice">
            <UnitSwitch choice=context.choice name="Unit that is edited_unit on" channel_word="filter" />
            <InChannelSwitch />
        </div>
        <div class="surgery__columns">
            <div class="surgery__editor">
                {move || at.get().map(|(view, unit, in_channel)| view! { <Editor view unit in_channel /> })}
                <p class="message message--bad" role="status">
                    {refused}
                </p>
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

/// Whatever suits the layer: numbers for a kernel, a picture for a Dense unit.
#[component]
fn Editor(view: LayerView, unit: usize, in_channel: usize) -> impl IntoView {
    let editor = match WeightGrid::of(&view) {
        Some(plate) => view! {
            <BrushTools />
            <WeightCanvas view=view.clone() plate unit />
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
    let step = move |by: isize| {
        let n_channels = n_channels.get_untracked() as isize;
        let channel = (context.in_channel.get_untracked() as isize + by).rem_euclid(n_channels.max(1));
        context.choose_in_channel(channel as usize);
    };
    // What is no channel makes the field show again what is chosen.
    let misread = RwSignal::new(0_u32);
    let type_in = move |event| {
        let typed = event_target_value(&event).trim().parse::<usize>().ok();
        match typed.and_then(|number| number.checked_sub(1)).filter(|channel| *channel < n_channels.get_untracked()) {
            Some(channel) => context.choose_in_channel(channel),
            None => misread.update(|misread| *misread += 1),
        }
    };
    view! {
        <Show when=move || { n_channels.get() > 1 }>
            <div class="unit-switch" role="group" aria-label="Input channel of the kernel">
                <span class="muted">"its kernel for channel"</span>
                <span class="stepper">
                    <button type="button" class="button button--quiet button--icon" aria-label="Previous channel" on:click=move |_| step(-1)>
                        "‹"
                    </button>
                    <input
                        class="subject-switch__number"
                        type="number"
                        min="1"
                        max=move || n_channels.get()
                        aria-label=move || format!("Number of the input channel, 1 to {}", n_channels.get())
                        prop:value=move || {
                            misread.track();
                            (context.in_channel.get() + 1).to_string()
                        }
                        on:change=type_in
                    />
                    <button type="button" class="button button--quiet button--icon" aria-label="Next channel" on:click=move |_| step(1)>
                        "›"
                    </button>
                    <span class="muted">{move || format!("of {}", n_channels.get())}</span>
                </span>
            </div>
        </Show>
    }
}
