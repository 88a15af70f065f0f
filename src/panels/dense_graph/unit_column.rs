//! A Dense layer as a column of its units.

use super::graph::{Column, weight_cells};
use crate::components::Newest;
use crate::components::pictures::{NumberPicture, Picture, memo_picture};
use crate::plot::colour_map::{ColourMap, Domain};
use crate::plot::number::{probability, thousands, three_digits};
use crate::protocol::questions::Weights;
use crate::state::use_app_state;
use inkling_engine::experiment::Activation;
use inkling_engine::explain::CellIndex;
use leptos::prelude::*;

/// The shown units from top to bottom; a click takes a unit apart.
#[component]
pub fn UnitColumn(
    /// The layer.
    column: StoredValue<Column>,
    /// Its weights.
    weights: Newest<Weights>,
    /// What its units give.
    outputs: Memo<Vec<f32>>,
    /// The units that are shown.
    shown: Memo<Vec<usize>>,
    /// The unit that is pointed at, if it is one of these.
    pointed: RwSignal<Option<usize>>,
) -> impl IntoView {
    let largest = Memo::new(move |_| {
        let weights = weights.read();
        let column = column.read_value();
        let (kernel, _) = column.dense.arrays(weights.as_ref()?)?;
        let kernel = kernel.by_unit();
        let sizes = kernel.iter().copied().map(f32::abs).filter(|size| size.is_finite());
        Some(sizes.fold(f32::MIN_POSITIVE, f32::max))
    });
    let reach = Memo::new(move |_| outputs.read().iter().copied().map(f32::abs).fold(f32::MIN_POSITIVE, f32::max));
    let (name, n_units) = column.with_value(|column| (column.dense.layer.name.clone(), column.dense.n_units()));
    let n_places = Memo::new(move |_| shown.read().len());
    let count = move || match n_places.get() {
        n if n == n_units => thousands(n),
        n => format!("{n} of {}", thousands(n_units)),
    };
    view! {
        <div class="dense-graph__column">
            <p class="dense-graph__name" translate="no">
                <b>{name.clone()}</b>
                " "
                {count}
            </p>
            <ol class="dense-graph__units" aria-label=format!("Units of {name}")>
                <For each=move || 0..n_places.get() key=|place| *place let:place>
                    <UnitNode
                        column
                        weights
                        largest
                        unit=Memo::new(move |_| shown.read().get(place).copied().unwrap_or_default())
                        outputs
                        reach
                        pointed
                    />
                </For>
            </ol>
        </div>
    }
}

#[component]
fn UnitNode(
    column: StoredValue<Column>,
    weights: Newest<Weights>,
    largest: Memo<Option<f32>>,
    unit: Memo<usize>,
    outputs: Memo<Vec<f32>>,
    reach: Memo<f32>,
    pointed: RwSignal<Option<usize>>,
) -> impl IntoView {
    let state = use_app_state();
    let (layer_idx, name, n_columns) =
        column.with_value(|column| (column.dense.layer_idx, column.dense.layer.name.clone(), column.n_columns));
    let activation = column.read_value().dense.layer.config.kind().activation();
    let gives_probabilities = activation == Some(Activation::Softmax);
    let n_inputs = column.read_value().dense.layer.input_shape.size();
    let output = move || outputs.read().get(unit.get()).copied();
    let write = if gives_probabilities { probability } else { three_digits };
    let text = move || output().map_or_else(|| "–".to_owned(), write);
    let picture = memo_picture(move || {
        let (weights, largest) = (weights.read(), largest.get()?);
        let column = column.read_value();
        let (kernel, _) = column.dense.arrays(weights.as_ref()?)?;
        let values = weight_cells(kernel.by_unit(), unit.get(), column.n_columns)?;
        Some(Picture { values, domain: Domain { low: -largest, high: largest }, colours: ColourMap::Diverging })
    });
    let label = {
        let name = name.clone();
        Signal::derive(move || format!("{name} unit {}: weights", unit.get()))
    };
    let share = move || {
        let share = output().unwrap_or_default().abs() / reach.get();
        format!("width: {:.1}%", if share.is_finite() { 100.0 * share } else { 0.0 })
    };
    let pin = move |_| state.pin(Some((layer_idx, CellIndex::unit(unit.get_untracked()))));
    let point = move |is_there: bool| {
        // The column may be gone before its handlers.
        let _ = pointed.try_set(is_there.then(|| unit.get_untracked()));
    };
    let is_pinned = move || state.pinned.get() == Some((layer_idx, CellIndex::unit(unit.get())));
    view! {
        <li>
            <button
                type="button"
                class="dense-graph__unit"
                class:dense-graph__unit--pinned=is_pinned
                title="take this unit apart"
                aria-label=move || format!("{name} unit {}, output {}", unit.get(), text())
                data-testid="dense-unit"
                data-layer=layer_idx
                data-unit=move || unit.get()
                data-value=move || output().map(|output| output.to_string())
                on:click=pin
                on:pointerenter=move |_| point(true)
                on:pointerleave=move |_| point(false)
                on:focus=move |_| point(true)
                on:blur=move |_| point(false)
            >
                <NumberPicture
                    picture
                    size=[n_inputs.div_ceil(n_columns.max(1)), n_columns]
                    class="dense-graph__weights"
                    label
                />
                <span class="dense-graph__number" translate="no">
                    {move || unit.get()}
                </span>
                <span class="dense-graph__output" translate="no">
                    <span>{text}</span>
                    <span class="dense-graph__track">
                        <span class="dense-graph__bar" prop:style=share></span>
                    </span>
                </span>
            </button>
        </li>
    }
}
