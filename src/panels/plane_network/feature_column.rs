//! What the network can be given: each feature as a switch with its map.

use super::geometry::{Geometry, UNIT_PX};
use super::layer_orders::toggle_feature;
use crate::components::plane::{Enlarged, MapCanvas, MapValues, feature_map, use_plane_screen};
use crate::components::while_mounted;
use crate::state::{use_app_state, use_editor};
use inkling_engine::experiment::{DataConfig, PlaneFeature};
use leptos::prelude::*;

/// Cells along a side of a feature's picture.
const SIDE: usize = 20;

/// All features in a column; those that the network is given are pressed.
#[component]
pub fn FeatureColumn(
    /// Left edge, in pixels.
    left: f64,
) -> impl IntoView {
    let (state, editor, screen) = (use_app_state(), use_editor(), use_plane_screen());
    let given = Memo::new(move |_| match &state.experiment.read().data {
        DataConfig::Plane(plane) => plane.features.clone(),
        DataConfig::Mnist(_) => Vec::new(),
    });
    let feature = move |(row, feature): (usize, PlaneFeature)| {
        let is_given = move || given.read().contains(&feature);
        let is_last = move || is_given() && given.read().len() == 1;
        let title = feature.label();
        view! {
            <button
                type="button"
                class="plane-feature"
                class:plane-feature--off=move || !is_given()
                data-feature=title
                aria-pressed=move || is_given().to_string()
                aria-label=format!("feature {title}")
                title=move || if is_last() { "The network needs at least one feature" } else { "Give the network this feature, or not" }
                style:left=format!("{:.1}px", left)
                style:top=format!("{:.1}px", Geometry::row_y(row))
                style:width=format!("{UNIT_PX}px")
                style:height=format!("{UNIT_PX}px")
                on:pointerenter=move |_| screen.pointed.set(Some(Enlarged::Feature(feature)))
                on:pointerleave=move |_| screen.pointed.set(None)
                on:focus=move |_| screen.pointed.set(Some(Enlarged::Feature(feature)))
                on:blur=while_mounted(move |_| screen.pointed.set(None))
                on:click=move |_| editor.edit(|experiment| toggle_feature(experiment, feature))
            >
                <span class="plane-feature__name">{title}</span>
                <MapCanvas values=Signal::stored(Some(MapValues::Signed(feature_map(feature, SIDE)))) class="plane-unit__map" />
            </button>
        }
    };
    PlaneFeature::ALL.into_iter().enumerate().map(feature).collect_view()
}

/// The row of a feature in the column.
#[must_use]
pub fn feature_row(feature: PlaneFeature) -> usize {
    PlaneFeature::ALL.iter().position(|other| *other == feature).unwrap_or(0)
}
