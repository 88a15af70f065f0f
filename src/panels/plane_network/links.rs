//! The links of the graph: as wide as their weights are large, blue for positive ones, orange and dashed for negative ones.

use super::feature_column::feature_row;
use super::geometry::{Geometry, MAX_SHOWN};
use crate::components::plane::use_plane_screen;
use inkling_engine::experiment::PlaneFeature;
use leptos::prelude::*;

/// A weight that is this large has the widest link, as in TensorFlow Playground.
const WIDEST_AT: f32 = 5.0;
const MAX_WIDTH_PX: f32 = 8.0;
const MIN_WIDTH_PX: f32 = 0.75;

/// A link: a weight of the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// Which Dense layer it leads to, counted from 0.
    pub dense_idx: usize,
    /// The layer's index in the network.
    pub layer_idx: usize,
    /// Which of the layer's inputs.
    pub row: usize,
    /// Which of its units.
    pub unit: usize,
    /// Its place among all weights.
    pub weight_idx: usize,
}

/// All links into a layer.
#[component]
pub fn Links(
    /// The places of the graph.
    geometry: Geometry,
    /// Which Dense layer, counted from 0.
    dense_idx: usize,
    /// Its index in the network.
    layer_idx: usize,
    /// Inputs and units of the layer, all of them.
    size: [usize; 2],
    /// The features, if they are its inputs.
    features: Option<Vec<PlaneFeature>>,
    /// Where its kernel begins among all weights.
    kernel_start: usize,
    /// The link that is pointed at.
    pointed: RwSignal<Option<Link>>,
) -> impl IntoView {
    let screen = use_plane_screen();
    let [n_inputs, n_units] = size;
    let link = move |row: usize, unit: usize| {
        let weight_idx = kernel_start + row * n_units + unit;
        let link = Link { dense_idx, layer_idx, row, unit, weight_idx };
        let from_row = features.as_ref().map_or(row, |features| feature_row(features[row]));
        let path = geometry.link(dense_idx, from_row, unit);
        let weight = Memo::new(move |_| screen.with_view(|view| view.weights().get(weight_idx).copied()).flatten());
        let is_dead =
            Memo::new(move |_| screen.with_view(|view| view.dead.contains(&(weight_idx as u32))).unwrap_or_default());
        view! {
            <path
                class="plane-link"
                class:plane-link--negative=move || weight.get().is_some_and(|weight| weight < 0.0)
                class:plane-link--dead=is_dead
                class:plane-link--pointed=move || pointed.get() == Some(link)
                d=path.clone()
                stroke-width=move || format!("{:.2}", width_of(weight.get()))
                stroke-opacity=move || format!("{:.2}", opacity_of(weight.get()))
            ></path>
            <path
                class="plane-link__area"
                d=path
                on:pointerenter=move |_| pointed.set(Some(link))
                on:pointerleave=move |_| pointed.set(None)
                on:click=move |_| {
                    screen.chosen.set(Some((layer_idx, unit)));
                    screen.wanted_row.set(Some(row));
                }
            ></path>
        }
    };
    let n_rows = n_inputs.min(if dense_idx == 0 { n_inputs } else { MAX_SHOWN });
    let pairs = (0..n_rows).flat_map(move |row| (0..n_units.min(MAX_SHOWN)).map(move |unit| (row, unit)));
    pairs.map(|(row, unit)| link(row, unit)).collect_view()
}

/// Width of a link, in pixels.
fn width_of(weight: Option<f32>) -> f32 {
    let share = (weight.unwrap_or(0.0).abs() / WIDEST_AT).min(1.0);
    MIN_WIDTH_PX + (MAX_WIDTH_PX - MIN_WIDTH_PX) * share
}

/// Weak links are pale: colours say the sign of weights up to 1 in steps, beyond that in full.
fn opacity_of(weight: Option<f32>) -> f32 {
    0.2 + 0.8 * weight.unwrap_or(0.0).abs().min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn width_and_strength_grow_with_the_weight() {
        assert_eq!(width_of(None), MIN_WIDTH_PX);
        assert_eq!(width_of(Some(-50.0)), MAX_WIDTH_PX);
        assert!(width_of(Some(2.0)) > width_of(Some(1.0)));
        assert_eq!((opacity_of(Some(0.0)), opacity_of(Some(-3.0))), (0.2, 1.0));
        assert!(width_of(Some(f32::NAN)).is_finite());
    }
}
