//! One layer of the list.

use super::arrange::shape_text;
use super::layer_details::LayerDetails;
use super::layer_row::LayerRow;
use super::misfit::Misfit;
use super::network_orders::NetworkOrders;
use crate::components::fields::use_field_errors;
use crate::components::fresh_id;
use inkling_engine::experiment::{LayerConfig, thousands};
use inkling_engine::layers::{INPUT_FIELD, LayerFamily};
use inkling_engine::summary::SummaryRow;
use leptos::{ev, prelude::*};

/// A layer: its fields, what comes out of it, what it costs; opened, all the rest.
#[component]
pub fn LayerCard(
    /// Its place, from 0.
    layer_idx: usize,
    /// Its kind; the numbers are read from the experiment.
    kind: LayerConfig,
    /// What the engine makes of it; `None` while that is unknown.
    #[prop(into)]
    row: Signal<Option<SummaryRow>>,
    /// Moves and removes.
    orders: NetworkOrders,
) -> impl IntoView {
    let is_open = RwSignal::new(false);
    let details_id = fresh_id("layer");
    let misfit = use_field_errors().layer(layer_idx, INPUT_FIELD, None);
    let type_name = kind.type_name();
    let title = format!("Layer {}, {type_name}", layer_idx + 1);
    let on_key = move |event: ev::KeyboardEvent| {
        if !event.alt_key() {
            return;
        }
        match event.key().as_str() {
            "ArrowUp" => orders.move_to(layer_idx, layer_idx.wrapping_sub(1)),
            "ArrowDown" => orders.move_to(layer_idx, layer_idx + 1),
            _ => return,
        }
        event.prevent_default();
    };
    let shape = move || row.read().as_ref().map_or_else(|| "–".to_owned(), |row| shape_text(row.output_shape));
    let n_params = move || match row.read().as_ref() {
        Some(row) if row.n_params > 0 => thousands(row.n_params),
        _ => "–".to_owned(),
    };
    let arithmetic = Memo::new(move |_| row.read().as_ref().and_then(|row| row.arithmetic.clone()));
    let is_last = move || layer_idx + 1 == orders.n_layers();
    let (card, misfit_kind) = (kind.clone(), kind.clone());
    view! {
        <li
            class="layer"
            class:layer--misfit=move || misfit.read().is_some()
            class:layer--target=move || orders.is_target(layer_idx)
            on:keydown=on_key
            on:dragover=move |event| orders.drag_over(&event, layer_idx)
            on:drop=move |event| orders.drop_on(&event, layer_idx)
        >
            <span
                class=format!("layer__swatch layer__swatch--{}", swatch(kind.kind().family()))
                draggable="true"
                title="Drag to move"
                aria-hidden="true"
                on:dragstart=move |event| orders.drag(&event, layer_idx)
                on:dragend=move |_| orders.end_drag()
            ></span>
            <div class="layer__body">
                <button
                    type="button"
                    class="layer__name"
                    data-layer-card=layer_idx.to_string()
                    aria-label=format!("{title}: all settings")
                    aria-expanded=move || is_open.get().to_string()
                    aria-controls=details_id.clone()
                    on:click=move |_| is_open.update(|is_open| *is_open = !*is_open)
                    on:keydown=move |event| {
                        if event.key() == "Delete" {
                            orders.remove(layer_idx);
                        }
                    }
                >
                    {type_name}
                </button>
                <LayerRow layer_idx layer=card />
            </div>
            <span class="layer__shape" translate="no">{shape}</span>
            <span class="layer__params" translate="no" title=move || arithmetic.get()>
                {n_params}
            </span>
            <button
                type="button"
                class="button button--quiet button--icon layer__remove"
                aria-label=format!("Remove layer {}, {type_name}", layer_idx + 1)
                on:click=move |_| orders.remove(layer_idx)
            >
                "×"
            </button>
            <Misfit layer_idx kind=misfit_kind orders />
            <div class="layer__details" id=details_id.clone() hidden=move || !is_open.get()>
                <p class="muted">{kind.kind().help()}</p>
                {move || {
                    arithmetic
                        .get()
                        .map(|arithmetic| {
                            view! {
                                <p class="layer__arithmetic">
                                    <span class="muted">"parameters "</span>
                                    <span translate="no">{arithmetic}</span>
                                </p>
                            }
                        })
                }}
                <LayerDetails layer_idx layer=kind.clone() />
                <div class="layer__moves">
                    <button
                        type="button"
                        class="button button--quiet"
                        disabled=layer_idx == 0
                        on:click=move |_| orders.move_to(layer_idx, layer_idx.wrapping_sub(1))
                    >
                        "↑ Move up"
                    </button>
                    <button
                        type="button"
                        class="button button--quiet"
                        disabled=is_last
                        on:click=move |_| orders.move_to(layer_idx, layer_idx + 1)
                    >
                        "↓ Move down"
                    </button>
                    <span class="muted">"or Alt with an arrow key"</span>
                </div>
            </div>
        </li>
    }
}

/// The ending of the swatch's class: layers that do similar things look alike.
fn swatch(family: LayerFamily) -> &'static str {
    match family {
        LayerFamily::Dense => "dense",
        LayerFamily::Convolution => "conv",
        LayerFamily::Pooling => "pool",
        LayerFamily::Reshaping | LayerFamily::Elementwise => "shape",
    }
}
