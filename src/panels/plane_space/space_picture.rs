//! The picture: the grid and the points on their way from the plane to the layer's space.

use super::choice::Choice;
use super::projection::{PLANE_AXES, SpaceFrame};
use crate::components::plane::{PlanePoints, PointLook, paint_points_of_size};
use crate::components::{ThemeState, on_resize, use_theme};
use crate::plot::colour_map::{ColourMap, Ground};
use crate::plot::frame_scheduler::{fresh_picture_id, paint_soon};
use crate::plot::number::three_digits;
use crate::plot::picture::context_of;
use crate::plot::scale::ScaleKind;
use crate::plot::ticks::{decimals, ticks};
use crate::protocol::questions::{N_GRID_LINES, N_LINE_PLACES, PlaneSpace, grid_places};
use crate::state::{Answered, use_app_state};
use inkling_engine::data::{PLANE_RADIUS, PlanePoint};
use leptos::html::{Canvas, Div};
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlCanvasElement, PointerEvent};

const POINT_PX: f64 = 3.0;
/// How near the pointer must come to a point, as a share of half the picture.
const REACH: f64 = 0.06;

/// What is painted: an answer and its frame.
pub type Space = Option<(Arc<Answered<PlaneSpace>>, SpaceFrame)>;

/// The picture with its axes and a line that reads it.
#[component]
pub fn SpacePicture(
    /// The newest answer.
    space: Signal<Space>,
    /// What it is about.
    choice: Memo<Option<Choice>>,
    /// How far on the way the picture is, from 0 to 1.
    share: RwSignal<f64>,
    /// The names along both axes in the layer's space.
    names: Memo<[String; 2]>,
) -> impl IntoView {
    let state = use_app_state();
    let ThemeState { ground, palette, .. } = use_theme();
    let (frame, grid, points) = (NodeRef::<Div>::new(), NodeRef::<Canvas>::new(), NodeRef::<Canvas>::new());
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
        let (Some(grid), Some(points), side) = (grid.get(), points.get(), side.get()) else { return };
        let (space, share, ground) = (space.get(), share.get(), ground.get());
        let data = state.run.data();
        let look = PointLook {
            n_outputs: data.n_outputs,
            is_regression: data.is_regression,
            colours: palette.get().of(ColourMap::Diverging),
            ground,
        };
        if side > 0.0 {
            paint_soon((picture_id, 0), move || {
                paint_grid(&grid, side, &space, share, ground);
                let train = moved_points(&space, share);
                paint_points_of_size(&points, side, &PlanePoints { train, test: Vec::new() }, false, look, POINT_PX);
            });
        }
    });
    let is_after = Memo::new(move |_| share.get() >= 0.5);
    let axes = Memo::new(move |_| match (is_after.get(), space.get()) {
        (true, Some((_, frame))) => frame.axes,
        _ => PLANE_AXES,
    });
    let name = move |idx: usize| {
        move || {
            let is_single = choice.get().is_some_and(|choice| choice.is_single());
            if is_after.get() && !(idx == 1 && is_single) {
                names.read()[idx].clone()
            } else {
                ["x₁", "x₂"][idx].to_owned()
            }
        }
    };
    let pointer = RwSignal::new(None::<[f64; 2]>);
    let read_out = move || {
        let Some(place) = pointer.get() else {
            return "Hover over the picture: a point, and where it comes from.".to_owned();
        };
        let Some((answered, frame)) = space.get() else { return String::new() };
        let share = share.get();
        let nearest = answered.answer.points().filter_map(|point| {
            let at = frame.place(point.before.map(f64::from), point.after, share)?;
            Some(((at[0] - place[0]).hypot(at[1] - place[1]), point))
        });
        let names = names.read();
        match nearest.min_by(|a, b| a.0.total_cmp(&b.0)) {
            Some((distance, point)) if distance < REACH => {
                let [x1, x2] = point.before.map(three_digits);
                let [a, b] = point.after.map(three_digits);
                let after = if frame.is_single { a } else { format!("{a}, {} = {b}", names[1]) };
                format!("x₁ = {x1}, x₂ = {x2}, target {} → {} = {after}", three_digits(point.target), names[0])
            }
            _ => {
                let [a, b] = frame.value_at(place, is_after.get()).map(|value| three_digits(value as f32));
                let (first, second) = (name(0)(), name(1)());
                format!("{first} = {a}, {second} = {b}")
            }
        }
    };
    view! {
        <div class="plane-map plane-space__picture">
            <div
                class="plane-map__square"
                role="img"
                data-testid="plane-space-picture"
                data-share=move || format!("{:.2}", share.get())
                aria-label=move || {
                    if is_after.get() {
                        format!("The grid and the points as {} and {} see them", name(0)(), name(1)())
                    } else {
                        "The grid and the points on the plane".to_owned()
                    }
                }
                on:pointermove=move |event| pointer.set(place_under(&event))
                on:pointerleave=move |_| pointer.set(None)
            >
                <canvas node_ref=grid class="plane-map__points-canvas plane-space__grid" aria-hidden="true"></canvas>
                <div class="plane-map__points" node_ref=frame>
                    <canvas node_ref=points class="plane-map__points-canvas" aria-hidden="true"></canvas>
                </div>
            </div>
            {move || [0, 1].map(|idx| tick_labels(axes.get()[idx], idx == 0)).collect_view()}
            <span class="plane-space__name plane-space__name--x" translate="no" prop:textContent=name(0)></span>
            <span class="plane-space__name plane-space__name--y" translate="no" prop:textContent=name(1)></span>
        </div>
        <p class="plane-map__line muted" translate="no">{read_out}</p>
    }
}

fn tick_labels([low, high]: [f64; 2], is_across: bool) -> impl IntoView {
    let places = ticks(ScaleKind::Linear, (low, high), 5);
    let n_decimals = decimals(&places);
    let label = move |value: f64| {
        let share = format!("{:.1}%", (value - low) / (high - low) * 100.0);
        let text = format!("{value:.n_decimals$}").replace('-', "−");
        let (class, left, bottom) = if is_across {
            ("plane-map__tick plane-map__tick--x", Some(share), None)
        } else {
            ("plane-map__tick plane-map__tick--y", None, Some(share))
        };
        view! { <span class=class style:left=left style:bottom=bottom aria-hidden="true">{text}</span> }
    };
    places.into_iter().map(label).collect_view()
}

/// The points as if they lay on the plane where they are on the picture.
fn moved_points(space: &Space, share: f64) -> Vec<PlanePoint> {
    let Some((answered, frame)) = space else { return Vec::new() };
    let moved = answered.answer.points().filter_map(|point| {
        let [x1, x2] = frame.place(point.before.map(f64::from), point.after, share)?.map(|at| at * PLANE_RADIUS);
        Some(PlanePoint { x1, x2, target: f64::from(point.target) })
    });
    moved.collect()
}

fn paint_grid(canvas: &HtmlCanvasElement, side: f64, space: &Space, share: f64, ground: Ground) {
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
    let Some((answered, frame)) = space else { return };
    let ink = if ground == Ground::Light { "27 28 30" } else { "244 244 242" };
    let px = |[x, y]: [f64; 2]| [(x + 1.0) / 2.0 * side, (1.0 - y) / 2.0 * side];
    let places: Vec<Option<[f64; 2]>> = grid_places()
        .map(|place| place.map(|at| at * PLANE_RADIUS))
        .zip(answered.answer.grid())
        .map(|(before, after)| frame.place(before, after, share).map(px))
        .collect();
    for (line, places) in places.chunks(N_LINE_PLACES).enumerate() {
        // The two axes of the plane stand out.
        let is_axis = line % N_GRID_LINES == N_GRID_LINES / 2;
        context.set_stroke_style_str(&format!("rgb({ink} / {}%)", if is_axis { 70 } else { 30 }));
        context.set_line_width(if is_axis { 1.6 } else { 1.0 });
        context.begin_path();
        let mut is_begun = false;
        for place in places {
            match place {
                Some([x, y]) if is_begun => context.line_to(*x, *y),
                Some([x, y]) => context.move_to(*x, *y),
                None => {}
            }
            is_begun = place.is_some();
        }
        context.stroke();
    }
    // The line of the next unit belongs to the layer's space.
    let line = answered.answer.next.and_then(|next| frame.line(&next)).filter(|_| share > 0.5);
    if let Some(ends) = line {
        let [[from_x, from_y], [to_x, to_y]] = ends.map(px);
        context.set_stroke_style_str(&format!("rgb({ink} / {:.0}%)", (share - 0.5) * 200.0));
        context.set_line_width(2.6);
        context.begin_path();
        context.move_to(from_x, from_y);
        context.line_to(to_x, to_y);
        context.stroke();
    }
}

/// Where on the picture the pointer is, from −1 to 1 to the right and up.
fn place_under(event: &PointerEvent) -> Option<[f64; 2]> {
    let target = event.current_target()?;
    let rect = target.dyn_ref::<Element>()?.get_bounding_client_rect();
    let share = |at: f64, start: f64, length: f64| ((at - start) / length.max(1.0)).clamp(0.0, 1.0) * 2.0 - 1.0;
    let across = share(f64::from(event.client_x()), rect.left(), rect.width());
    Some([across, -share(f64::from(event.client_y()), rect.top(), rect.height())])
}
