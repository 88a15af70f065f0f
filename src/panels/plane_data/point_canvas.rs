//! The picture of the own points: axes, points, and where the cursor is.

use super::own_points::PointList;
use crate::components::plane::{PlanePoints, PointLook, paint_points_of_size, place_of};
use crate::components::{ThemeState, on_resize, use_theme};
use crate::plot::colour_map::{ColourMap, Ground};
use crate::plot::frame_scheduler::{fresh_picture_id, paint_soon};
use crate::plot::picture::context_of;
use inkling_engine::data::PlanePoint;
use leptos::html::Canvas;
use leptos::prelude::*;
use std::f64::consts::TAU;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

const POINT_PX: f64 = 3.4;

/// What the pointer holds, until it is let go.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Held {
    /// A point that is not there yet.
    New([f64; 2]),
    /// A point that is moved.
    Point(usize, [f64; 2]),
    /// The eraser.
    Eraser,
}

/// What is marked beside the points.
#[derive(Debug, Clone, Copy)]
struct Marks {
    cursor: Option<[f64; 2]>,
    chosen: Option<[f64; 2]>,
}

/// The picture.
#[component]
pub fn PointCanvas(
    /// The points.
    #[prop(into)]
    list: Signal<PointList>,
    /// What the pointer holds: shown where it is.
    #[prop(into)]
    held: Signal<Option<Held>>,
    /// The target of a point that is set now.
    #[prop(into)]
    new_target: Signal<f64>,
    /// Where the cursor is, while keys work.
    #[prop(into)]
    cursor: Signal<Option<[f64; 2]>>,
    /// The point that is chosen.
    #[prop(into)]
    chosen: Signal<Option<usize>>,
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
        let (Some(canvas), side, list) = (canvas.get(), side.get(), list.get()) else { return };
        let mut points = list.points;
        match held.get() {
            Some(Held::New([x1, x2])) => points.push([x1, x2, new_target.get()]),
            Some(Held::Point(idx, [x1, x2])) if idx < points.len() => {
                let point = &mut points[idx];
                (point[0], point[1]) = (x1, x2);
            }
            _ => {}
        }
        let place = |idx: usize| points.get(idx).map(|[x1, x2, _]| [*x1, *x2]);
        let marks = Marks { cursor: cursor.get(), chosen: chosen.get().and_then(place) };
        let point = |[x1, x2, target]: [f64; 3]| PlanePoint { x1, x2, target };
        let points = PlanePoints { train: points.into_iter().map(point).collect(), test: Vec::new() };
        let look = PointLook {
            n_outputs: list.n_outputs,
            is_regression: false,
            colours: palette.get().of(ColourMap::Diverging),
            ground: ground.get(),
        };
        if side > 0.0 {
            paint_soon((picture_id, 0), move || {
                paint_points_of_size(&canvas, side, &points, false, look, POINT_PX);
                paint_marks(&canvas, side, marks, look.ground);
            });
        }
    });
    view! { <canvas node_ref=canvas class="own-points__canvas" width="1" height="1" aria-hidden="true"></canvas> }
}

fn paint_marks(canvas: &HtmlCanvasElement, side: f64, marks: Marks, ground: Ground) {
    let Some(context) = context_of(canvas) else { return };
    let (faint, strong) =
        if ground == Ground::Light { ("rgb(0 0 0 / 14%)", "#1b1c1e") } else { ("rgb(255 255 255 / 16%)", "#f4f4f2") };
    context.set_line_width(1.0);
    context.set_stroke_style_str(faint);
    let middle = (side / 2.0).round() + 0.5;
    line(&context, [0.0, middle], [side, middle]);
    line(&context, [middle, 0.0], [middle, side]);
    context.set_stroke_style_str(strong);
    let place = |[x1, x2]: [f64; 2]| place_of(&PlanePoint { x1, x2, target: 0.0 }, side);
    if let Some([x, y]) = marks.cursor.map(place) {
        const ARM_PX: f64 = 8.0;
        line(&context, [x - ARM_PX, y], [x + ARM_PX, y]);
        line(&context, [x, y - ARM_PX], [x, y + ARM_PX]);
    }
    if let Some([x, y]) = marks.chosen.map(place) {
        context.begin_path();
        // A circle that the browser refuses is left out.
        let _ = context.arc(x, y, POINT_PX + 3.0, 0.0, TAU);
        context.stroke();
    }
}

fn line(context: &CanvasRenderingContext2d, [x1, y1]: [f64; 2], [x2, y2]: [f64; 2]) {
    context.begin_path();
    context.move_to(x1, y1);
    context.line_to(x2, y2);
    context.stroke();
}
