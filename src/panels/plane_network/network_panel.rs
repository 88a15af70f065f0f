//! The panel in the middle of the plane.

use super::feature_column::FeatureColumn;
use super::geometry::Geometry;
use super::layer_head::LayerHead;
use super::layer_orders::{add_layer, remove_layer};
use super::links::{Link, Links};
use super::speed_field::SpeedField;
use super::unit_node::UnitNode;
use super::weight_card::WeightCard;
use crate::components::on_resize;
use crate::components::plane::{EditHistory, Hideable, dense_layers, unit_title, use_plane_screen};
use crate::link::playground::Control;
use crate::plot::number::three_digits;
use crate::state::{use_app_state, use_editor};
use inkling_engine::experiment::{CheckedExperiment, DataConfig};
use leptos::html::Div;
use leptos::prelude::*;

/// The graph with its switches; `children` stand above it.
#[component]
pub fn PlaneNetworkPanel(
    /// The run's buttons and its state.
    children: Children,
) -> impl IntoView {
    let state = use_app_state();
    let scroller = NodeRef::<Div>::new();
    let width = RwSignal::new(0.0);
    Effect::new(move |_| {
        if let Some(element) = scroller.get() {
            let measured = element.clone();
            on_resize(&element, move || {
                let _ = width.try_set(f64::from(measured.client_width()));
            });
        }
    });
    let pointed = RwSignal::new(None::<Link>);
    // The graph is made again when its columns change, not with each weight.
    let columns = Memo::new(move |_| Columns::of(&state.run.checked.read()));
    let graph = move || {
        let columns = columns.get();
        let geometry = Geometry::new(&columns.layers, width.get());
        graph(columns, geometry, pointed)
    };
    view! {
        <section class="panel panel--plane-network" aria-label="Network">
            {children()}
            <div class="plane-network__bar">
                <Hideable control=Control::NumHiddenLayers>
                    <LayerCount />
                </Hideable>
                <SpeedField />
            </div>
            <div class="plane-graph" node_ref=scroller tabindex="0" role="group" aria-label="The network: features, units and output">
                {graph}
            </div>
            <LinkLine pointed />
            <WeightCard />
        </section>
    }
}

/// What of a network decides how its graph looks.
#[derive(Debug, Clone, PartialEq)]
struct Columns {
    /// Index into the network and units of each Dense layer.
    layers: Vec<(usize, usize)>,
    /// Where each layer's weights begin, and its inputs.
    kernels: Vec<(usize, usize)>,
    features: Vec<inkling_engine::experiment::PlaneFeature>,
}

impl Columns {
    fn of(checked: &CheckedExperiment) -> Columns {
        let layers = dense_layers(checked);
        let kernel = |(layer_idx, n_units): &(usize, usize)| {
            let start = checked.layers()[..*layer_idx].iter().map(|layer| layer.n_params()).sum();
            (start, checked.layers()[*layer_idx].n_kernel / n_units.max(&1))
        };
        let features = match &checked.experiment().data {
            DataConfig::Plane(plane) => plane.features.clone(),
            DataConfig::Mnist(_) => Vec::new(),
        };
        Columns { kernels: layers.iter().map(kernel).collect(), layers, features }
    }
}

fn graph(columns: Columns, geometry: Geometry, pointed: RwSignal<Option<Link>>) -> impl IntoView {
    let Columns { layers, kernels, features } = columns;
    let n_dense = layers.len();
    let links = layers.iter().zip(&kernels).enumerate().map(|(dense_idx, (&(layer_idx, n_units), &(kernel_start, n_inputs)))| {
        let features = (dense_idx == 0).then(|| features.clone());
        view! { <Links geometry=geometry.clone() dense_idx layer_idx size=[n_inputs, n_units] features kernel_start pointed /> }
    });
    let links = links.collect_view();
    let column = |dense_idx: usize| {
        let (layer_idx, n_units) = layers[dense_idx];
        let (kernel_start, n_inputs) = kernels[dense_idx];
        let (is_output, left) = (dense_idx + 1 == n_dense, geometry.column_x(dense_idx + 1));
        let unit = |unit: usize| {
            let bias_idx = kernel_start + n_inputs * n_units + unit;
            view! { <UnitNode dense_idx layer_idx unit is_output bias_idx n_inputs left /> }
        };
        view! {
            <LayerHead layer_idx n_units is_output left />
            {(0..geometry.layers[dense_idx].1).map(unit).collect_view()}
        }
    };
    let (width, height) = (geometry.width, geometry.height);
    view! {
        <div class="plane-graph__paper" style:width=format!("{width:.0}px") style:height=format!("{height:.0}px")>
            <svg class="plane-graph__links" viewBox=format!("0 0 {width:.0} {height:.0}") aria-hidden="true">
                {links}
            </svg>
            <div class="plane-head plane-head--features" style:left=format!("{:.1}px", geometry.column_x(0))>
                <span class="plane-head__units">"Features"</span>
            </div>
            <FeatureColumn left=geometry.column_x(0) />
            {(0..n_dense).map(column).collect_view()}
        </div>
    }
}

/// More and fewer hidden layers.
#[component]
fn LayerCount() -> impl IntoView {
    let (state, editor) = (use_app_state(), use_editor());
    let history = expect_context::<EditHistory>();
    let n_hidden = Memo::new(move |_| dense_layers(&state.run.checked.read()).len().saturating_sub(1));
    view! {
        <div class="layer-count">
            <button
                type="button"
                class="button button--icon"
                aria-label="One hidden layer fewer"
                disabled=move || n_hidden.get() == 0
                on:click=move |_| editor.edit_layers(remove_layer)
            >
                "−"
            </button>
            <button
                type="button"
                class="button button--icon"
                aria-label="One hidden layer more"
                on:click=move |_| editor.edit_layers(add_layer)
            >
                "+"
            </button>
            <span translate="no">
                {move || match n_hidden.get() {
                    0 => "no hidden layer: a linear model of its features".to_owned(),
                    1 => "1 hidden layer".to_owned(),
                    n => format!("{n} hidden layers"),
                }}
            </span>
            <span class="layer-count__history">
                <button type="button" class="button button--quiet" disabled=move || !history.can_undo() on:click=move |_| history.undo()>
                    "Undo"
                </button>
                <button type="button" class="button button--quiet" disabled=move || !history.can_redo() on:click=move |_| history.redo()>
                    "Redo"
                </button>
            </span>
        </div>
    }
}

/// What the link under the pointer is, in words and numbers.
#[component]
fn LinkLine(pointed: RwSignal<Option<Link>>) -> impl IntoView {
    let (state, screen) = (use_app_state(), use_plane_screen());
    let text = move || {
        let Some(Link { dense_idx, row, unit, weight_idx, .. }) = pointed.get() else {
            return "Hover over a link for its weight, over a unit for its map; press one to change its weights."
                .to_owned();
        };
        let checked = state.run.checked.read();
        let (from, to) =
            (unit_title(&checked, dense_idx.checked_sub(1), row), unit_title(&checked, Some(dense_idx), unit));
        let weight = screen.with_view(|view| view.weights().get(weight_idx).copied()).flatten();
        format!("weight from {from} to {to}: {}", weight.map_or_else(|| "–".to_owned(), three_digits))
    };
    view! { <p class="plane-graph__line muted" translate="no">{text}</p> }
}
