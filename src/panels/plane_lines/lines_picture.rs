//! The square with the points, the line of each unit of the first layer, and the boundary of the output.

use super::contour::{Lattice, Segment, contour, joined, lead_of};
use super::network_shape::NetworkShape;
use super::reading::MAX_UNITS;
use super::unit_look::{unit_colour, unit_dash};
use crate::components::plane::{MapCanvas, MapValues, PointLook, paint_points_of_size, use_plane_screen};
use crate::components::{ThemeState, on_resize, use_theme};
use crate::plot::colour_map::{ColourMap, Ground};
use crate::plot::frame_scheduler::{fresh_picture_id, paint_soon};
use crate::plot::picture::context_of;
use crate::protocol::questions::{MapSize, PlaneViewAnswer};
use crate::state::use_app_state;
use inkling_engine::data::PLANE_RADIUS;
use inkling_engine::experiment::{Activation, PlaneFeature};
use leptos::html::{Canvas, Div};
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen::JsValue;
use web_sys::HtmlCanvasElement;

/// Places along a side at which sums of the first layer are computed.
const N_PLACES: usize = 49;
const POINT_PX: f64 = 2.6;
/// Labels along the axes.
const TICKS: [i32; 5] = [-6, -3, 0, 3, 6];

/// The picture.
#[component]
pub fn LinesPicture(
    /// The network that is looked at.
    shape: Memo<Option<Arc<NetworkShape>>>,
) -> impl IntoView {
    let (state, screen) = (use_app_state(), use_plane_screen());
    let ThemeState { ground, palette, .. } = use_theme();
    let (frame, points, lines) = (NodeRef::<Div>::new(), NodeRef::<Canvas>::new(), NodeRef::<Canvas>::new());
    let picture_id = fresh_picture_id();
    let side = RwSignal::new(0.0);
    Effect::new(move |_| {
        if let Some(element) = frame.get() {
            let measured = element.clone();
            on_resize(&element, move || {
                let _ = side.try_set(f64::from(measured.client_width()));
            });
        }
    });
    Effect::new(move |_| {
        let (Some(canvas), side) = (points.get(), side.get()) else { return };
        let data = state.run.data();
        let look = PointLook {
            n_outputs: data.n_outputs,
            is_regression: data.is_regression,
            colours: palette.get().of(ColourMap::Diverging),
            ground: ground.get(),
        };
        if side > 0.0 {
            paint_points_of_size(&canvas, side, &screen.points.read(), screen.shows_test.get(), look, POINT_PX);
        }
    });
    let places = Memo::new(move |_| {
        let shape = shape.get();
        Arc::new(features_at(shape.as_ref().map_or(&[][..], |shape| &shape.features)))
    });
    Effect::new(move |_| {
        let (Some(canvas), side, ground) = (lines.get(), side.get(), ground.get()) else { return };
        let strokes = screen.with_view(|view| Some(strokes(&*shape.get()?, view, &places.read(), ground)));
        if side > 0.0 {
            let strokes = strokes.flatten().unwrap_or_default();
            paint_soon((picture_id, 0), move || paint(&canvas, side, &strokes, ground));
        }
    });
    let values = Memo::new(move |_| screen.with_view(background).flatten());
    view! {
        <div class="plane-map plane-lines__picture">
            <div
                class="plane-map__square"
                role="img"
                aria-label="The square from −6 to 6 with the points and the lines whose equations follow"
                data-testid="plane-lines-picture"
            >
                <MapCanvas values class="plane-map__values plane-lines__ground" />
                <div class="plane-map__points" node_ref=frame>
                    <canvas node_ref=points class="plane-map__points-canvas" aria-hidden="true"></canvas>
                </div>
                <canvas node_ref=lines class="plane-lines__lines" aria-hidden="true"></canvas>
            </div>
            {TICKS.map(tick_labels).collect_view()}
        </div>
    }
}

fn tick_labels(tick: i32) -> impl IntoView {
    let share = (f64::from(tick) / PLANE_RADIUS + 1.0) / 2.0 * 100.0;
    let label = tick.to_string().replace('-', "−");
    view! {
        <span class="plane-map__tick plane-map__tick--x" style:left=format!("{share:.1}%") aria-hidden="true">{label.clone()}</span>
        <span class="plane-map__tick plane-map__tick--y" style:bottom=format!("{share:.1}%") aria-hidden="true">{label}</span>
    }
}

fn background(view: &PlaneViewAnswer) -> Option<MapValues> {
    let map = |output: usize| view.output_map(output).map(<[f32]>::to_vec);
    if view.n_outputs == 1 {
        return map(0).map(MapValues::Signed);
    }
    (0..view.n_outputs).map(map).collect::<Option<Vec<_>>>().map(MapValues::Classes)
}

fn features_at(features: &[PlaneFeature]) -> Vec<f32> {
    let lattice = Lattice::of_corners(N_PLACES, PLANE_RADIUS);
    lattice.places().flat_map(|[x1, x2]| features.iter().map(move |feature| feature.of(x1, x2) as f32)).collect()
}

/// A curve and its look.
struct Stroke {
    segments: Vec<Segment>,
    colour: String,
    width: f64,
    dash: &'static [f64],
}

fn strokes(shape: &NetworkShape, view: &PlaneViewAnswer, places: &[f32], ground: Ground) -> Vec<Stroke> {
    let ink = if ground == Ground::Light { "#1b1c1e" } else { "#f4f4f2" };
    let corners = Lattice::of_corners(N_PLACES, PLANE_RADIUS);
    let cells = Lattice::of_cells(MapSize::Large.side(), PLANE_RADIUS);
    let bold = |segments| Stroke { segments, colour: ink.to_owned(), width: 2.6, dash: &[] };
    let Some(last) = shape.layers.last() else { return Vec::new() };
    let levels: &[f32] = if shape.is_regression { &[0.0, -0.5, 0.5] } else { &[0.0] };
    if shape.n_hidden() == 0 && last.n_units == 1 {
        let sums = shape.first_sums(view.weights(), 0, places);
        let level = |level: &f32| {
            let stroke = bold(contour(&sums, corners, *level));
            if *level == 0.0 { stroke } else { Stroke { width: 1.6, dash: &[6.0, 4.0], ..stroke } }
        };
        return levels.iter().map(level).collect();
    }
    let mut strokes = Vec::new();
    if shape.n_hidden() > 0 {
        strokes.extend((0..shape.layers[0].n_units.min(MAX_UNITS)).map(|unit| Stroke {
            segments: contour(&shape.first_sums(view.weights(), unit, places), corners, 0.0),
            colour: unit_colour(unit, ground),
            width: 2.2,
            dash: unit_dash(unit),
        }));
    }
    if let Some(maps) = (0..view.n_outputs).map(|output| view.output_map(output)).collect::<Option<Vec<_>>>() {
        match maps.as_slice() {
            // Of a sigmoid, half is the middle.
            [map] => {
                let middle = if last.activation == Activation::Sigmoid { 0.5 } else { 0.0 };
                strokes.push(bold(contour(map, cells, middle)));
            }
            maps => strokes.extend((0..maps.len()).map(|class| bold(contour(&lead_of(class, maps), cells, 0.0)))),
        }
    }
    strokes
}

fn paint(canvas: &HtmlCanvasElement, side: f64, strokes: &[Stroke], ground: Ground) {
    let Some(context) = context_of(canvas) else { return };
    let ratio = window().device_pixel_ratio().max(1.0);
    let n_pixels = (side * ratio).round() as u32;
    if canvas.width() != n_pixels {
        canvas.set_width(n_pixels);
        canvas.set_height(n_pixels);
    }
    // What the browser refuses is left out.
    let _ = context.set_transform(ratio, 0.0, 0.0, ratio, 0.0, 0.0);
    context.clear_rect(0.0, 0.0, side, side);
    context.set_line_cap("round");
    let edge = if ground == Ground::Light { "rgb(255 255 255 / 80%)" } else { "rgb(19 20 23 / 80%)" };
    for stroke in strokes {
        context.begin_path();
        let at = |[x1, x2]: [f64; 2]| [(x1 / PLANE_RADIUS + 1.0) / 2.0 * side, (1.0 - x2 / PLANE_RADIUS) / 2.0 * side];
        for chain in chains_of(stroke) {
            for (idx, [x, y]) in chain.into_iter().map(at).enumerate() {
                if idx == 0 { context.move_to(x, y) } else { context.line_to(x, y) }
            }
        }
        // An edge, so that lines are seen on every colour.
        let dash = |lengths: &[f64]| {
            let _ =
                context.set_line_dash(&lengths.iter().map(|length| JsValue::from(*length)).collect::<js_sys::Array>());
        };
        dash(&[]);
        context.set_stroke_style_str(edge);
        context.set_line_width(stroke.width + 2.4);
        context.stroke();
        dash(stroke.dash);
        context.set_stroke_style_str(&stroke.colour);
        context.set_line_width(stroke.width);
        context.stroke();
    }
    let _ = context.set_line_dash(&js_sys::Array::new());
}

/// Whole lines need no joining, which takes a while.
fn chains_of(stroke: &Stroke) -> Vec<Vec<[f64; 2]>> {
    if stroke.dash.is_empty() {
        return stroke.segments.iter().map(|segment| segment.to_vec()).collect();
    }
    joined(&stroke.segments)
}
