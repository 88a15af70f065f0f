//! One layer's weights: pictures, biases, and how the numbers are spread.

use super::bias_strip::BiasStrip;
use super::context::WeightsContext;
use super::kernel_grid::KernelGrid;
use super::slice_matrix::SliceMatrix;
use super::spread_chart::SpreadChart;
use super::stretch::Stretch;
use super::switches::kind_word;
use super::unit_grid::{MatrixPicture, UnitGrid};
use crate::components::glossary::Entry;
use crate::components::layers::{KernelForm, LayerView, LayerWatcher};
use crate::components::pictures::ColourLegend;
use crate::components::{Newest, Term, glossary};
use crate::plot::frame_scheduler::mount_in_batches;
use crate::protocol::questions::{Histograms, HistogramsAnswer, Spread, WeightKind, Weights};
use inkling_engine::explain::WeightView;
use leptos::html;
use leptos::prelude::*;

/// What a layer's body consists of: pictures, biases, spreads.
const N_PARTS: usize = 3;

/// A layer with weights.
#[component]
pub fn LayerWeights(
    /// The layer.
    view: LayerView,
) -> impl IntoView {
    let context = expect_context::<WeightsContext>();
    let watcher = expect_context::<LayerWatcher>();
    let section = NodeRef::<html::Section>::new();
    Effect::new(move |_| {
        if let Some(section) = section.get() {
            watcher.observe(&section, view.layer_idx);
        }
    });
    let (name, size, entry) = (view.layer.name.clone(), view.size_text(), Entry::of_layer(&view.layer.config));
    let (title, form, layer_idx) = (name.clone(), view.form, view.layer_idx);
    let view = StoredValue::new(view);
    let answer = context.answer(layer_idx);
    let domain = context.domain(view, answer);
    let note = Signal::derive(move || match context.stretch.get() {
        Stretch::Half => "one scale for all; weights beyond take the colours of the ends".to_owned(),
        Stretch::Full => "one scale for all".to_owned(),
    });
    // Mounted when it comes near the screen, one part per frame, and then kept: a whole deep network at once would
    // block the page.
    let is_near = Memo::new(move |was_near| was_near == Some(&true) || context.visible.read().contains(&layer_idx));
    let n_made = mount_in_batches(move || if is_near.get() { N_PARTS } else { 0 }, 1);
    let is_made = move |part_idx: usize| Memo::new(move |_| part_idx < n_made.get());
    let (has_pictures, has_biases, has_spreads) = (is_made(0), is_made(1), is_made(2));
    let pictures = move || match form {
        KernelForm::Units { .. } | KernelForm::UnitMatrices { .. } => {
            view! { <UnitGrid view answer domain /> }.into_any()
        }
        KernelForm::Matrix { .. } => view! { <MatrixPicture view answer domain /> }.into_any(),
        KernelForm::Kernels { .. } => {
            let filters = context.units(view, answer);
            let kernels = Signal::derive(move || {
                let slice = |filter| WeightView::Slice { in_channel: 0, filter };
                filters.get().into_iter().map(slice).collect::<Vec<_>>()
            });
            view! { <KernelGrid view answer domain kernels /> }.into_any()
        }
        KernelForm::Slices { .. } => view! { <SliceMatrix view answer domain /> }.into_any(),
    };
    view! {
        <section node_ref=section class="layer-weights" data-testid="layer-weights" data-layer=name>
            <h3 class="layer-weights__title">
                <Term entry>
                    <span class="layer-column__name">{title}</span>
                </Term>
                <span class="layer-weights__size">{size}</span>
                <Term entry=glossary::KERNEL />
            </h3>
            <p class="message" prop:textContent=move || missing_text(context.kind.get(), answer, view)></p>
            <div class="layer-weights__body">
                <Show when=move || has_pictures.get()>
                    <div class="layer-weights__pictures">
                        {pictures} <ColourLegend domain note /> <Show when=move || has_biases.get()>
                            <BiasStrip view answer />
                        </Show>
                    </div>
                </Show>
                <Show when=move || has_spreads.get()>
                    <Spreads layer_idx />
                </Show>
            </div>
        </section>
    }
}

/// Weights, activations and gradients as histograms.
#[component]
fn Spreads(
    /// Index into the network.
    layer_idx: usize,
) -> impl IntoView {
    let state = expect_context::<WeightsContext>().state;
    let spread = move |pick: fn(&HistogramsAnswer) -> Option<&Spread>| {
        Signal::derive(move || pick(&state.answers.histograms.to(Histograms { layer_idx })?.answer).cloned())
    };
    let weights = spread(|answer| answer.weights.as_ref());
    let activations = spread(|answer| Some(&answer.activations));
    let gradients = spread(|answer| answer.gradients.as_ref());
    view! {
        <div class="layer-weights__spreads">
            <SpreadChart title="weights" spread=weights />
            <SpreadChart title="activations of this image" spread=activations />
            <SpreadChart title="gradients of the last step" spread=gradients />
        </div>
    }
}

/// Why there is nothing to see, if so.
fn missing_text(kind: WeightKind, answer: Newest<Weights>, view: StoredValue<LayerView>) -> Option<String> {
    let answer = answer.read();
    let Some(answered) = answer.as_ref() else { return Some(format!("Loading {} …", kind_word(kind))) };
    let view = view.read_value();
    let (kernel, bias) = view.arrays(answered)?;
    let is_still = answered.n_steps == 0 && kernel.by_unit().iter().chain(bias).all(|value| *value == 0.0);
    match kind {
        WeightKind::Values => None,
        WeightKind::Gradients => is_still.then(|| "No step has been made yet: Step batch makes the first.".to_owned()),
        WeightKind::Change => is_still.then(|| "Nothing has changed yet: no step has been made.".to_owned()),
    }
}
