//! One chart: accuracy against the strength of a kind of change.

use super::context::RobustnessContext;
use super::curve_data::{Facet, x_text};
use crate::components::{on_resize, text_scale, use_theme, while_mounted};
use crate::plot::chart::{Axes, ChartSize, Curve, Measure};
use crate::plot::chart_painter::{ChartColours, paint};
use crate::plot::number::percent_to_tenth;
use crate::protocol::questions::ChangeList;
use leptos::{ev, html, prelude::*};

/// The chart. Pointer and arrow keys move a cursor, at which the accuracies are read.
#[component]
pub fn RobustnessChart(
    /// What is changed.
    facet: Facet,
) -> impl IntoView {
    let context = expect_context::<RobustnessContext>();
    let (plot, canvas) = (NodeRef::<html::Div>::new(), NodeRef::<html::Canvas>::new());
    let size = RwSignal::new(ChartSize::default());
    let cursor = RwSignal::new(None::<f64>);
    let curves = Memo::new(move |_| {
        let chosen = context.chosen.read();
        let curve = chosen.iter().filter_map(|candidate| {
            let (_, answer) = context.measured(candidate.run, ChangeList::Curves)?;
            Some(Curve { colour: candidate.colour, look: candidate.look(), points: facet.points(&answer) })
        });
        curve.collect::<Vec<_>>()
    });
    let axes = Memo::new(move |_| Axes::over(&curves.read(), Measure::Accuracy, facet.x(), size.get()));
    let ground = use_theme().ground;
    Effect::new(move |_| {
        let Some(plot) = plot.get() else { return };
        let measured = plot.clone();
        on_resize(&plot, move || {
            let (width, height) = (f64::from(measured.client_width()), f64::from(measured.client_height()));
            size.set(ChartSize { width, height, text_scale: text_scale() });
        });
    });
    Effect::new(move |_| {
        ground.track();
        let (curves, axes, cursor) = (curves.get(), axes.get(), cursor.get());
        let Some(canvas) = canvas.get() else { return };
        if axes.size.width >= 1.0 && axes.size.height >= 1.0 {
            paint(&canvas, &axes, (&curves, &[]), &ChartColours::of_page(), cursor);
        }
    });
    let places = Memo::new(move |_| {
        let curves = curves.read();
        let longest = curves.iter().map(|curve| &curve.points).max_by_key(|points| points.len());
        longest.map(|points| points.iter().map(|point| point.0).collect::<Vec<f64>>()).unwrap_or_default()
    });
    let point = move |event: ev::PointerEvent| {
        let x = axes.read_untracked().x.value(f64::from(event.offset_x()));
        let places = places.read_untracked();
        cursor.set(places.iter().copied().min_by(|a, b| (a - x).abs().total_cmp(&(b - x).abs())));
    };
    let press = move |event: ev::KeyboardEvent| {
        let by = match event.key().as_str() {
            "ArrowLeft" | "ArrowDown" => -1,
            "ArrowRight" | "ArrowUp" => 1,
            _ => return,
        };
        event.prevent_default();
        let places = places.read_untracked();
        let here = cursor.get_untracked().and_then(|x| places.iter().position(|place| *place == x));
        let there = here.map_or(places.len() / 2, |here| here.saturating_add_signed(by));
        cursor.set(places.get(there.min(places.len().saturating_sub(1))).copied());
    };
    let read_out = Memo::new(move |_| {
        let x = cursor.get()?;
        let chosen = context.chosen.read();
        let part = chosen.iter().filter_map(|candidate| {
            let (_, answer) = context.measured(candidate.run, ChangeList::Curves)?;
            let accuracy = facet.points(&answer).into_iter().find(|point| point.0 == x)?.1;
            Some(format!("{} {}", candidate.mark, percent_to_tenth(accuracy as f32)))
        });
        Some(format!("{}: {}", x_text(x), part.collect::<Vec<_>>().join(" · ")))
    });
    let value_text = move || read_out.get().unwrap_or_else(|| "no place chosen".to_owned());
    let (low, high) = facet.x().0;
    view! {
        <figure class="robustness-chart">
            <figcaption class="robustness-chart__head">
                <b>{facet.title()}</b>
                <span class="muted">{facet.axis()}</span>
            </figcaption>
            <div
                class="robustness-chart__plot"
                node_ref=plot
                tabindex="0"
                role="slider"
                aria-label=format!("Accuracy by {}: {}", facet.title().to_lowercase(), facet.axis())
                aria-valuemin=low.to_string()
                aria-valuemax=high.to_string()
                aria-valuenow=move || cursor.get().unwrap_or(low).to_string()
                aria-valuetext=value_text
                on:pointermove=point
                on:pointerdown=point
                on:pointerleave=move |_| cursor.set(None)
                on:blur=while_mounted(move |_| cursor.set(None))
                on:keydown=press
            >
                <canvas class="curve__canvas" node_ref=canvas aria-hidden="true"></canvas>
            </div>
            <p class="robustness-chart__read-out" aria-hidden="true" translate="no" prop:textContent=move || read_out.get().unwrap_or_default()></p>
        </figure>
    }
}
