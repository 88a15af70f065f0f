//! A field in which a curve is drawn by pointer, or typed place by place; the real one is laid over it later.

use crate::components::{fresh_id, while_mounted};
use crate::lesson::Curve;
use crate::plot::number::{loss, plain};
use leptos::{html, prelude::*};
use web_sys::PointerEvent;

/// Size of the picture in its own units.
const WIDTH: f64 = 320.0;
/// Its height.
const HEIGHT: f64 = 180.0;
/// Room for the numbers of the axes.
const MARGIN: f64 = 34.0;

/// The field.
#[component]
pub fn CurveField(
    /// The ranges of its axes.
    field: Curve,
    /// Heights at places that are spread evenly from the left edge to the right one; `None` where nothing was drawn.
    drawn: RwSignal<Vec<Option<f64>>>,
    /// The real heights, once they may be seen.
    #[prop(into)]
    real: Signal<Option<Vec<f64>>>,
    /// What goes along the field.
    x_name: String,
    /// What goes up.
    y_name: String,
) -> impl IntoView {
    let surface = NodeRef::<html::Div>::new();
    let last = StoredValue::new(None::<usize>);
    let n = drawn.read_untracked().len();
    let place_x =
        move |place: usize| MARGIN + (WIDTH - MARGIN - 6.0) * place as f64 / n.saturating_sub(1).max(1) as f64;
    let height_y = move |height: f64| {
        let share = (height - field.y[0]) / (field.y[1] - field.y[0]);
        6.0 + (HEIGHT - 26.0 - 6.0) * (1.0 - share.clamp(0.0, 1.0))
    };
    let under = move |event: &PointerEvent| {
        let rect = surface.get_untracked()?.get_bounding_client_rect();
        let x = (f64::from(event.client_x()) - rect.left()) / rect.width().max(1.0) * WIDTH;
        let y = (f64::from(event.client_y()) - rect.top()) / rect.height().max(1.0) * HEIGHT;
        let place = (x - MARGIN) / (WIDTH - MARGIN - 6.0) * n.saturating_sub(1) as f64;
        let share = 1.0 - (y - 6.0) / (HEIGHT - 26.0 - 6.0);
        let place = place.round().clamp(0.0, n.saturating_sub(1) as f64) as usize;
        Some((place, field.y[0] + share.clamp(0.0, 1.0) * (field.y[1] - field.y[0])))
    };
    let draw = move |event: &PointerEvent| {
        let Some((place, height)) = under(event) else { return };
        let from = last.get_value().unwrap_or(place);
        drawn.update(|drawn| {
            // A quick pointer leaves no gaps.
            for between in from.min(place)..=from.max(place) {
                if let Some(value) = drawn.get_mut(between) {
                    *value = Some(height);
                }
            }
        });
        last.set_value(Some(place));
    };
    let begin = move |event: PointerEvent| {
        if event.button() == 0 && event.is_primary() && real.read_untracked().is_none() {
            event.prevent_default();
            if let Some(surface) = surface.get_untracked() {
                let _ = surface.set_pointer_capture(event.pointer_id());
            }
            last.set_value(None);
            draw(&event);
        }
    };
    let go_on = move |event: PointerEvent| {
        if event.buttons() & 1 == 1 && last.get_value().is_some() {
            draw(&event);
        }
    };
    let line = move |heights: &[Option<f64>]| {
        let points =
            heights.iter().enumerate().filter_map(|(place, height)| Some((place_x(place), height_y((*height)?))));
        points.map(|(x, y)| format!("{x:.1},{y:.1}")).collect::<Vec<_>>().join(" ")
    };
    let drawn_line = move || line(&drawn.read());
    let real_line = move || {
        let real = real.get().unwrap_or_default();
        line(&real.into_iter().map(Some).collect::<Vec<_>>())
    };
    let marks = move || {
        let marks: Vec<_> =
            drawn.read().iter().enumerate().filter_map(|(place, height)| Some((place, (*height)?))).collect();
        marks
            .into_iter()
            .map(|(place, height)| view! { <circle cx=place_x(place) cy=height_y(height) r="2.5"></circle> })
            .collect_view()
    };
    let (y_low, y_high) = (plain(field.y[0]), plain(field.y[1]));
    let (x_low, x_high) = (plain(field.x[0]), plain(field.x[1]));
    let label = format!("A field to draw {y_name} in, over {x_name}; the heights can be typed below");
    let zero = (field.y[0] < 0.0).then(|| height_y(0.0));
    view! {
        <div class="curve-field">
            <div
                class="curve-field__surface"
                class:curve-field__surface--locked=move || real.read().is_some()
                node_ref=surface
                on:pointerdown=begin
                on:pointermove=go_on
                on:pointerup=move |_| last.set_value(None)
                on:pointercancel=move |_| last.set_value(None)
            >
                <svg viewBox=format!("0 0 {WIDTH} {HEIGHT}") role="img" aria-label=label>
                    <rect class="curve-field__ground" x=MARGIN y="6" width=WIDTH - MARGIN - 6.0 height=HEIGHT - 32.0></rect>
                    {zero.map(|y| view! { <line class="curve-field__zero" x1=MARGIN x2=WIDTH - 6.0 y1=y y2=y></line> })}
                    <text x=MARGIN - 4.0 y="14" text-anchor="end">{y_high}</text>
                    <text x=MARGIN - 4.0 y=HEIGHT - 27.0 text-anchor="end">{y_low}</text>
                    <text x=MARGIN y=HEIGHT - 8.0>{x_low}</text>
                    <text x=WIDTH - 6.0 y=HEIGHT - 8.0 text-anchor="end">{x_high}</text>
                    <text x=(WIDTH + MARGIN) / 2.0 y=HEIGHT - 8.0 text-anchor="middle">{x_name}</text>
                    <polyline class="curve-field__real" points=real_line></polyline>
                    <polyline class="curve-field__drawn" points=drawn_line></polyline>
                    <g class="curve-field__marks">{marks}</g>
                </svg>
            </div>
            <p class="curve-field__legend muted">
                <span class="curve-field__key curve-field__key--drawn"></span>
                "drawn "
                <span hidden=move || real.read().is_none()>
                    <span class="curve-field__key curve-field__key--real"></span>
                    "real"
                </span>
            </p>
            <details class="curve-field__typed" hidden=move || real.read().is_some()>
                <summary>"Type the heights instead"</summary>
                <div class="curve-field__fields">{(0..n).map(|place| typed(field, drawn, place, n)).collect_view()}</div>
            </details>
        </div>
    }
}

/// A field for the height at one place.
fn typed(field: Curve, drawn: RwSignal<Vec<Option<f64>>>, place: usize, n: usize) -> impl IntoView {
    let field_id = StoredValue::new(fresh_id("height"));
    let x = field.x[0] + (field.x[1] - field.x[0]) * place as f64 / n.saturating_sub(1).max(1) as f64;
    let value = move || drawn.read().get(place).copied().flatten().map(loss).unwrap_or_default();
    let set = while_mounted(move |event| {
        let height = event_target_value(&event).trim().parse::<f64>().ok().filter(|height| height.is_finite());
        drawn.update(|drawn| {
            if let Some(value) = drawn.get_mut(place) {
                *value = height.map(|height| height.clamp(field.y[0], field.y[1]));
            }
        });
    });
    view! {
        <span class="curve-field__typed-one">
            <label for=field_id.get_value()>{plain(x)}</label>
            <input id=field_id.get_value() class="book-field" type="number" step="any" prop:value=value on:change=set />
        </span>
    }
}
