//! The graph as a whole: shown for networks of Dense layers on an image.

use super::graph::{
    Column, MAX_COLUMNS, MAX_WEIGHTS, columns, is_dense, links_from_image, shown_units, strongest_links,
};
use super::links::Links;
use super::unit_column::UnitColumn;
use crate::components::layers::LayerWatcher;
use crate::components::part::{Part, part};
use crate::components::pictures::{NumberPicture, Picture, memo_picture};
use crate::components::{Newest, Pace, keep_asking, newest};
use crate::plot::colour_map::{ColourMap, Domain};
use crate::plot::number::thousands;
use crate::protocol::Inspection;
use crate::protocol::questions::{WeightKind, Weights};
use crate::state::{AppState, Viewer, use_app_state};
use leptos::{html, prelude::*};
use ndarray::Array2;
use std::collections::BTreeSet;

/// The graph, where the network is one of Dense layers; nothing for others.
#[component]
pub fn DenseGraph() -> impl IntoView {
    let state = use_app_state();
    let is_shown = Memo::new(move |_| state.run.is_on_images() && is_dense(state.run.checked.read().layers()));
    let part = Part::new(fetch_graph, move || is_shown.get());
    view! { <Show when=move || is_shown.get()>{move || part.show(|| graph(()))}</Show> }
}

part!(later, fetch_graph, graph(_nothing: ()), view! { <Graph /> }.into_any());

/// A column with its signals.
#[derive(Clone, Copy)]
struct ColumnSignals {
    column: StoredValue<Column>,
    weights: Newest<Weights>,
    outputs: Memo<Vec<f32>>,
    shown: Memo<Vec<usize>>,
}

#[component]
fn Graph() -> impl IntoView {
    let state = use_app_state();
    let columns = Memo::new(move |_| columns(state.run.checked.read().layers()));
    let visible = RwSignal::new(BTreeSet::new());
    let watcher = LayerWatcher::new(visible);
    let section = NodeRef::<html::Section>::new();
    Effect::new(move |_| {
        if let Some(section) = section.get() {
            watcher.observe(&section, 0);
        }
    });
    // Nothing is asked for a graph that the screen does not show.
    keep_asking(state, Pace::PROMPT, move || {
        if visible.read().is_empty() {
            return Vec::new();
        }
        // Weights change by updates and by hand; a new drawing does not change them.
        state.run.id.track();
        state.run.progress.track();
        state.run.weight_edits.track();
        let question = |column: &Column| Weights { layer_idx: column.dense.layer_idx, kind: WeightKind::Values }.into();
        columns.read().iter().map(question).collect()
    });
    // Its own, since the strip above may have left the screen.
    Effect::new(move |_| {
        let is_seen = !visible.read().is_empty();
        let layers = columns.read().iter().map(|column| column.out_idx).filter(|_| is_seen).collect();
        state.watch_layers(Viewer::Graph, layers);
    });
    on_cleanup(move || state.watch_layers(Viewer::Graph, Vec::new()));
    view! {
        <section node_ref=section class="dense-graph" aria-label="Units and links" data-testid="dense-graph">
            <Show
                when=move || !columns.read().is_empty()
                fallback=|| {
                    let limits = format!(
                        "Units and links are shown for networks of up to {MAX_COLUMNS} Dense layers and {} weights.",
                        thousands(MAX_WEIGHTS)
                    );
                    view! { <p class="message">{limits}</p> }
                }
            >
                <p class="message">
                    "Each unit with its weights as a picture: blue above zero, orange below. A link is as wide as what it carries for this image, weight × activation; into each unit the strongest three are drawn. Blue raises the unit's sum, orange lowers it."
                </p>
                {move || view! { <Columns columns=columns.get() /> }}
            </Show>
        </section>
    }
}

#[component]
fn Columns(columns: Vec<Column>) -> impl IntoView {
    let state = use_app_state();
    let columns = signals_of(state, columns);
    let n_rows = Signal::derive({
        let columns = columns.clone();
        move || columns.iter().map(|column| column.shown.read().len()).max().unwrap_or(1)
    });
    let pointed = RwSignal::new(None);
    let first = columns.first().copied();
    let mut before: Option<ColumnSignals> = None;
    let mut views = Vec::new();
    for here in columns {
        let links = Memo::new(move |_| {
            let (weights, column) = (here.weights.read(), here.column.read_value());
            let kernel = weights.as_ref().and_then(|weights| column.dense.arrays(weights)).map(|(kernel, _)| kernel);
            let Some(kernel) = kernel.map(|kernel| kernel.by_unit()) else { return Vec::new() };
            match before {
                Some(before) => {
                    strongest_links(kernel, &before.outputs.read(), &before.shown.read(), &here.shown.read())
                }
                None => {
                    links_from_image(kernel, state.seen().as_deref().map_or(&[], Inspection::input), &here.shown.read())
                }
            }
        });
        let n_before = Signal::derive(move || before.map_or(1, |before| before.shown.read().len()));
        let n_here = Signal::derive(move || here.shown.read().len());
        let ColumnSignals { column, weights, outputs, shown } = here;
        let pointed = if before.is_none() { pointed } else { RwSignal::new(None) };
        views.push(view! {
            <Links links n_places=[n_before, n_here] n_rows />
            <UnitColumn column weights outputs shown pointed />
        });
        before = Some(here);
    }
    view! {
        <div
            class="dense-graph__columns"
            tabindex="0"
            role="group"
            aria-label="From the image to the output"
            style:--rows=move || n_rows.get().to_string()
        >
            {first.map(|first| view! { <Source first pointed /> })} {views}
        </div>
    }
}

/// The image; while a unit of the first layer is pointed at, what each pixel adds to that unit.
#[component]
fn Source(first: ColumnSignals, pointed: RwSignal<Option<usize>>) -> impl IntoView {
    let state = use_app_state();
    let size = untrack(|| state.run.image_size());
    let picture = memo_picture(move || {
        let inspection = state.seen()?;
        let pixels = inspection.input();
        let Some(unit) = pointed.get() else { return Picture::of_ink(size, pixels.to_vec()) };
        let (weights, column) = (first.weights.read(), first.column.read_value());
        let (kernel, _) = column.dense.arrays(weights.as_ref()?)?;
        let kernel = kernel.by_unit();
        if unit >= kernel.ncols() || kernel.nrows() != pixels.len() {
            return None;
        }
        let products: Vec<f32> = kernel.column(unit).iter().zip(pixels).map(|(weight, pixel)| weight * pixel).collect();
        let largest = products.iter().copied().map(f32::abs).fold(f32::MIN_POSITIVE, f32::max);
        let values = Array2::from_shape_vec(size, products).ok()?;
        Some(Picture { values, domain: Domain { low: -largest, high: largest }, colours: ColourMap::Diverging })
    });
    let caption = move || match pointed.get() {
        Some(unit) => format!("unit {unit}: weight × pixel"),
        None => format!("{} inputs", size[0] * size[1]),
    };
    view! {
        <figure class="dense-graph__source">
            <NumberPicture picture size class="dense-graph__image" label=Signal::derive(caption) />
            <figcaption translate="no">{caption}</figcaption>
        </figure>
    }
}

fn signals_of(state: AppState, columns: Vec<Column>) -> Vec<ColumnSignals> {
    let kernels: Vec<(StoredValue<Column>, Newest<Weights>)> = columns
        .into_iter()
        .map(|column| {
            let question = Weights { layer_idx: column.dense.layer_idx, kind: WeightKind::Values };
            (StoredValue::new(column), newest(move || state.answers.weights.to(question)))
        })
        .collect();
    let signals = |place: usize| {
        let (column, weights) = kernels[place];
        let next = kernels.get(place + 1).copied();
        let out_idx = column.read_value().out_idx;
        let outputs = Memo::new(move |_| {
            let values = state.seen().and_then(|seen| Some(seen.layer(out_idx)?.iter().copied().collect()));
            values.unwrap_or_else(|| vec![0.0; column.read_value().dense.n_units()])
        });
        let shown = Memo::new(move |_| {
            let next_weights = next.and_then(|(_, weights)| weights.get());
            let next_column = next.map(|(column, _)| column.read_value());
            let arrays = next_column.as_ref().zip(next_weights.as_ref());
            let kernel = arrays.and_then(|(column, weights)| column.dense.arrays(weights)).map(|(kernel, _)| kernel);
            shown_units(&outputs.read(), kernel.map(|kernel| kernel.by_unit()))
        });
        ColumnSignals { column, weights, outputs, shown }
    };
    (0..kernels.len()).map(signals).collect()
}
