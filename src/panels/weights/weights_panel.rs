//! The panel of weights: every kernel of the run's network as pictures.

use super::context::{UnitOrder, WeightsContext};
use super::layer_weights::LayerWeights;
use super::normalization_weights::NormalizationWeights;
use super::switches::{KindSwitch, OrderSwitch, StretchSwitch};
use crate::components::layers::{LayerView, LayerWatcher, layers_with_weights};
use crate::components::pictures::{PointedLine, Pointing};
use crate::components::{Pace, UnscrambleSwitch, keep_asking, presumed_class};
use crate::protocol::AnyQuestion;
use crate::protocol::questions::{Gradients, Histograms, Weights};
use crate::state::{Viewer, use_app_state};
use inkling_engine::experiment::CheckedLayer;
use leptos::prelude::*;

/// A layer of which there is something to see.
#[derive(Debug, Clone, PartialEq)]
enum Section {
    /// One with a kernel.
    Kernel(LayerView),
    /// One that normalizes, at that place in the network.
    Normalization(usize, CheckedLayer),
}

fn sections(layers: &[CheckedLayer]) -> Vec<Section> {
    let normalizations = layers.iter().enumerate().filter(|(_, layer)| layer.n_normalized > 0);
    let mut sections: Vec<Section> =
        normalizations.map(|(layer_idx, layer)| Section::Normalization(layer_idx, layer.clone())).collect();
    sections.extend(layers_with_weights(layers).into_iter().map(Section::Kernel));
    sections.sort_by_key(|section| match section {
        Section::Kernel(view) => view.layer_idx,
        Section::Normalization(layer_idx, _) => *layer_idx,
    });
    sections
}

/// Kernels, biases and how they are spread; alive while the network trains.
#[component]
pub fn WeightsPanel() -> impl IntoView {
    let state = use_app_state();
    let context = WeightsContext::new(state);
    provide_context(context);
    provide_context(LayerWatcher::new(context.visible));
    Pointing::provide();
    let layers = Memo::new(move |_| sections(state.run.checked.read().layers()));
    keep_asking(state, Pace::PROMPT, move || {
        state.run.progress.track();
        state.inspection.track();
        let kind = context.kind.get();
        let visible = context.visible.read();
        let mut questions: Vec<AnyQuestion> = visible
            .iter()
            .flat_map(|&layer_idx| [Weights { layer_idx, kind }.into(), Histograms { layer_idx }.into()])
            .collect();
        if context.order.get() == UnitOrder::Influence {
            let class = untrack(|| presumed_class(state.inspection.read().as_deref()));
            questions.push(Gradients { class: class as u8 }.into());
        }
        questions
    });
    // Influence is made of the layers' own values.
    Effect::new(move |_| {
        let is_needed = context.order.get() == UnitOrder::Influence;
        let visible = context.visible.read();
        state.watch_layers(Viewer::Weights, visible.iter().copied().filter(|_| is_needed).collect());
    });
    on_cleanup(move || state.watch_layers(Viewer::Weights, Vec::new()));
    let key = |section: &Section| match section {
        Section::Kernel(view) => (view.layer_idx, view.layer.name.clone(), Some(view.form), 0),
        Section::Normalization(layer_idx, layer) => (*layer_idx, layer.name.clone(), None, layer.n_normalized),
    };
    let show = |section| match section {
        Section::Kernel(view) => view! { <LayerWeights view /> }.into_any(),
        Section::Normalization(layer_idx, layer) => view! { <NormalizationWeights layer_idx layer /> }.into_any(),
    };
    view! {
        <div class="weights">
            <div class="weights__tools">
                <KindSwitch />
                <StretchSwitch />
                <OrderSwitch />
                <UnscrambleSwitch unscramble=context.unscramble />
            </div>
            <Show when=move || layers.read().is_empty()>
                <p class="message">"This network has no weights."</p>
            </Show>
            <For each=move || layers.get() key children=show />
            <PointedLine />
        </div>
    }
}
