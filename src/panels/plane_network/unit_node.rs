//! A unit of the graph: its map, its bias, and what pointing at it shows.

use super::geometry::{Geometry, UNIT_PX};
use crate::components::plane::{Enlarged, MapCanvas, MapValues, unit_title, use_plane_screen};
use crate::components::while_mounted;
use crate::plot::number::three_digits;
use crate::state::use_app_state;
use leptos::prelude::*;

/// A unit as a button: pointing at it shows its map in full, pressing it lists its weights.
#[component]
pub fn UnitNode(
    /// Which Dense layer, counted from 0.
    dense_idx: usize,
    /// Its index in the network.
    layer_idx: usize,
    /// Which unit.
    unit: usize,
    /// Whether the layer is the output.
    is_output: bool,
    /// Where the unit's bias stands among all weights.
    bias_idx: usize,
    /// Inputs of the layer: the bias stands behind their weights.
    n_inputs: usize,
    /// Left edge, in pixels.
    left: f64,
) -> impl IntoView {
    let (state, screen) = (use_app_state(), use_plane_screen());
    let values = Memo::new(move |_| {
        let map = screen.with_view(|view| {
            if is_output {
                view.output_map(unit).map(|map| thinned(map, view.n_outputs))
            } else {
                view.small_map(layer_idx, unit).map(<[f32]>::to_vec)
            }
        });
        map.flatten().map(MapValues::Signed)
    });
    let bias = move || screen.with_view(|view| view.weights().get(bias_idx).copied()).flatten();
    let title = move || unit_title(&state.run.checked.read(), Some(dense_idx), unit);
    let is_chosen = Memo::new(move |_| screen.chosen.get() == Some((layer_idx, unit)));
    let point = move || screen.pointed.set(Some(Enlarged::Unit(layer_idx, unit)));
    let leave = move || screen.pointed.set(None);
    view! {
        <button
            type="button"
            class="plane-unit"
            class:plane-unit--chosen=is_chosen
            data-testid="plane-unit"
            data-layer=layer_idx
            data-unit=unit
            aria-pressed=move || is_chosen.get().to_string()
            aria-label=move || format!("{}, bias {}", title(), bias().map_or_else(|| "unknown".to_owned(), three_digits))
            title=move || format!("{}: press to see and change its weights", title())
            style:left=format!("{left:.1}px")
            style:top=format!("{:.1}px", Geometry::row_y(unit))
            style:width=format!("{UNIT_PX}px")
            style:height=format!("{UNIT_PX}px")
            on:pointerenter=move |_| point()
            on:pointerleave=move |_| leave()
            on:focus=move |_| point()
            on:blur=while_mounted(move |_| screen.pointed.set(None))
            on:click=move |_| screen.chosen.set(if is_chosen.get_untracked() { None } else { Some((layer_idx, unit)) })
        >
            <MapCanvas values class="plane-unit__map" />
            <span
                class="plane-unit__bias"
                class:plane-unit__bias--negative=move || bias().is_some_and(|bias| bias < 0.0)
                style:opacity=move || format!("{:.2}", 0.25 + 0.75 * bias().unwrap_or(0.0).abs().min(1.0))
                aria-hidden="true"
                on:click=move |event| {
                    event.stop_propagation();
                    screen.chosen.set(Some((layer_idx, unit)));
                    screen.wanted_row.set(Some(n_inputs));
                }
            ></span>
        </button>
    }
}

/// A large map in the size of a unit's picture: every fourth row and column is enough for it. Probabilities become signs,
/// so that one half is grey.
fn thinned(map: &[f32], n_outputs: usize) -> Vec<f32> {
    const STEP: usize = 4;
    let side = map.len().isqrt();
    let cells = (STEP / 2..side)
        .step_by(STEP)
        .flat_map(|row| (STEP / 2..side).step_by(STEP).map(move |column| map[row * side + column]));
    cells.map(|value| if n_outputs > 1 { 2.0 * value - 1.0 } else { value }).collect()
}

#[cfg(test)]
mod tests {
    use super::thinned;

    #[test]
    fn a_thinned_map_is_a_square() {
        let thin = thinned(&vec![0.5; 10_000], 1);
        assert_eq!((thin.len(), thin[0]), (625, 0.5));
        assert_eq!(thinned(&vec![0.5; 10_000], 3)[0], 0.0);
    }
}
