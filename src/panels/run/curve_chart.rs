//! One chart with a cursor.

use super::curve_data::{Quantity, ReadOut, nearest, stepped};
use super::text::held_out;
use crate::components::glossary::Entry;
use crate::components::{Term, on_resize, text_scale, use_theme, while_mounted};
use crate::plot::chart::{Axes, ChartSize, Curve, Mark, Measure};
use crate::plot::chart_painter::{ChartColours, paint};
use crate::state::use_app_state;
use leptos::{ev, html, prelude::*};

/// Loss or accuracy over epochs. Pointer and arrow keys move the cursor, which both charts share.
#[component]
pub fn CurveChart(
    /// What is shown.
    quantity: Quantity,
    /// The heading's explanation.
    entry: Entry,
    /// The scale of the y axis.
    #[prop(into)]
    measure: Signal<Measure>,
    /// The curves.
    #[prop(into)]
    curves: Signal<Vec<Curve>>,
    /// What happened along the way.
    #[prop(into)]
    marks: Signal<Vec<Mark>>,
    /// Where the x axis ends.
    #[prop(into)]
    x_high: Signal<usize>,
    /// Where the chart can be read.
    #[prop(into)]
    places: Signal<Vec<f64>>,
    /// The cursor.
    cursor: RwSignal<Option<f64>>,
    /// The values at the cursor, or the newest.
    #[prop(into)]
    read_out: Signal<ReadOut>,
    /// What is shown at the heading's right.
    #[prop(optional, into)]
    tools: ViewFnOnce,
) -> impl IntoView {
    let (plot, canvas) = (NodeRef::<html::Div>::new(), NodeRef::<html::Canvas>::new());
    let place = use_app_state().place;
    let held_out = held_out(place);
    let size = RwSignal::new(ChartSize::default());
    follow_size(plot, size);
    let axes = Memo::new(move |_| Axes::new(&curves.read(), measure.get(), x_high.get(), size.get()));
    let ground = use_theme().ground;
    let colours = Memo::new(move |_| {
        ground.get();
        ChartColours::of_page()
    });
    let is_due = StoredValue::new(false);
    Effect::new(move |_| {
        // Read rather than tracked: a memo that was never read has no sources. The curves before the axes, which are
        // made of them: an effect misses what changes while an earlier source of it, which stays the same, is asked.
        curves.with(|_| axes.with(|_| marks.with(|_| colours.with(|_| cursor.track()))));
        size.track();
        if is_due.get_value() {
            return;
        }
        is_due.set_value(true);
        request_animation_frame(move || {
            // The chart may have been removed from the page.
            if is_due.try_update_value(|is_due| *is_due = false).is_none() {
                return;
            }
            let Some(canvas) = canvas.get_untracked() else { return };
            let size = size.get_untracked();
            if size.width >= 1.0 && size.height >= 1.0 {
                let (axes, curves, marks) = (axes.read_untracked(), curves.read_untracked(), marks.read_untracked());
                paint(&canvas, &axes, (&curves, &marks), &colours.read_untracked(), cursor.get_untracked());
            }
        });
    });
    let point = move |event: ev::PointerEvent| {
        let x = axes.read_untracked().x.value(f64::from(event.offset_x()));
        set_if_new(cursor, nearest(&places.read_untracked(), x));
    };
    let press = move |event: ev::KeyboardEvent| {
        let places = places.read_untracked();
        let next = match event.key().as_str() {
            "ArrowLeft" | "ArrowDown" => stepped(&places, cursor.get_untracked(), -1),
            "ArrowRight" | "ArrowUp" => stepped(&places, cursor.get_untracked(), 1),
            "PageDown" => stepped(&places, cursor.get_untracked(), -10),
            "PageUp" => stepped(&places, cursor.get_untracked(), 10),
            "Home" => places.first().copied(),
            "End" => places.last().copied(),
            "Escape" => None,
            _ => return,
        };
        event.prevent_default();
        set_if_new(cursor, next);
    };
    let sentence = Memo::new(move |_| read_out.read().sentence(quantity, held_out));
    let is_empty = Memo::new(move |_| curves.read().iter().all(|curve| curve.points.is_empty()));
    let at_cursor = move || cursor.get().map(|_| read_out.read().place.clone());
    view! {
        <figure class="curve">
            <figcaption class="curve__head">
                <Term entry>{capitalised(quantity)}</Term>
                {tools.run()}
                <span class="curve__legend" aria-hidden="true">
                    <span class="curve__value curve__value--train">
                        "training " <b translate="no">{move || read_out.read().training.clone().unwrap_or_else(dash)}</b>
                    </span>
                    <span class="curve__value curve__value--val">
                        {held_out} " " <b translate="no">{move || read_out.read().validation.clone().unwrap_or_else(dash)}</b>
                    </span>
                </span>
            </figcaption>
            <div
                class="curve__plot"
                node_ref=plot
                tabindex="0"
                role="slider"
                aria-label=format!("Curve of the {}, by epoch", quantity.as_str())
                aria-valuemin="0"
                aria-valuemax=move || x_high.get().to_string()
                aria-valuenow=move || cursor.get().or_else(|| places.read().last().copied()).unwrap_or(0.0).to_string()
                aria-valuetext=move || sentence.get()
                on:pointermove=point
                on:pointerdown=point
                on:pointerleave=move |_| set_if_new(cursor, None)
                on:blur=while_mounted(move |_| set_if_new(cursor, None))
                on:keydown=press
            >
                <canvas class="curve__canvas" node_ref=canvas aria-hidden="true"></canvas>
                <span class="curve__place" translate="no" aria-hidden="true">{at_cursor}</span>
                <Show when=move || is_empty.get()>
                    <p class="curve__empty">{quantity.forecast(place)}</p>
                </Show>
            </div>
        </figure>
    }
}

/// Shown for a missing value.
fn dash() -> String {
    "–".to_owned()
}

fn set_if_new(cursor: RwSignal<Option<f64>>, place: Option<f64>) {
    if cursor.get_untracked() != place {
        cursor.set(place);
    }
}

fn capitalised(quantity: Quantity) -> &'static str {
    match quantity {
        Quantity::Loss => "Loss",
        Quantity::Accuracy => "Accuracy",
    }
}

/// Keeps `size` at the size of the element and of the page's text.
fn follow_size(element: NodeRef<html::Div>, size: RwSignal<ChartSize>) {
    Effect::new(move |_| {
        let Some(element) = element.get() else { return };
        let measured = element.clone();
        on_resize(&element, move || {
            let (width, height) = (f64::from(measured.client_width()), f64::from(measured.client_height()));
            // Also when it is the same: the screen may have other pixels.
            size.set(ChartSize { width, height, text_scale: text_scale() });
        });
    });
}
