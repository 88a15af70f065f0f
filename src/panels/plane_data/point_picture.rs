//! A small picture of points.

use crate::components::plane::{PlanePoints, PointLook, paint_points_of_size};
use crate::components::{ThemeState, on_resize, use_theme};
use crate::plot::colour_map::ColourMap;
use crate::plot::frame_scheduler::{fresh_picture_id, paint_soon};
use inkling_engine::data::PlanePoint;
use leptos::html::Canvas;
use leptos::prelude::*;
use std::sync::Arc;

/// What a picture shows.
#[derive(Debug, Clone, PartialEq)]
pub struct PointSet {
    /// The points.
    pub points: Arc<PlanePoints>,
    /// Outputs of a network for them: decides the colours.
    pub n_outputs: usize,
    /// Whether targets are numbers.
    pub is_regression: bool,
}

impl PointSet {
    /// Of points that are not kept back.
    pub fn new(points: Vec<PlanePoint>, n_outputs: usize, is_regression: bool) -> PointSet {
        let points = Arc::new(PlanePoints { train: points, test: Vec::new() });
        PointSet { points, n_outputs, is_regression }
    }
}

/// A square with points; its look gives it its size.
#[component]
pub fn PointPicture(
    /// What is shown.
    #[prop(into)]
    set: Signal<PointSet>,
    /// Radius of a point, in CSS pixels.
    point_px: f64,
    /// Its look.
    class: &'static str,
) -> impl IntoView {
    let picture_id = fresh_picture_id();
    let ThemeState { ground, palette, .. } = use_theme();
    let canvas = NodeRef::<Canvas>::new();
    let side = RwSignal::new(0.0);
    Effect::new(move |_| {
        if let Some(element) = canvas.get() {
            let measured = element.clone();
            // Zero while the place is hidden.
            on_resize(&element, move || {
                let _ = side.try_set(f64::from(measured.client_width()));
            });
        }
    });
    Effect::new(move |_| {
        let (Some(canvas), side, set) = (canvas.get(), side.get(), set.get()) else { return };
        let look = PointLook {
            n_outputs: set.n_outputs,
            is_regression: set.is_regression,
            colours: palette.get().of(ColourMap::Diverging),
            ground: ground.get(),
        };
        if side > 0.0 {
            paint_soon((picture_id, 0), move || {
                paint_points_of_size(&canvas, side, &set.points, false, look, point_px);
            });
        }
    });
    view! { <canvas node_ref=canvas class=class width="1" height="1" aria-hidden="true"></canvas> }
}
