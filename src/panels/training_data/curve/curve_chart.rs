//! The chart: accuracy over the number of training images, which are laid out by their ratios.

use crate::components::{on_resize, text_scale, use_theme};
use crate::plot::chart::{Axes, ChartSize, Curve, LineColour, Look, Measure};
use crate::plot::chart_painter::{ChartColours, paint};
use crate::plot::number::thousands;
use crate::plot::scale::{Scale, ScaleKind};
use crate::protocol::questions::{CurvePoint, LearningCurveAnswer};
use leptos::{html, prelude::*};
use std::sync::Arc;

/// Pixels that the label of a size takes.
const LABEL_PX: f64 = 48.0;

/// Training and validation accuracy.
#[component]
pub fn CurveChart(
    /// What is known.
    answer: Memo<Option<Arc<LearningCurveAnswer>>>,
    /// What it shows, for those who cannot see it.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    let (plot, canvas) = (NodeRef::<html::Div>::new(), NodeRef::<html::Canvas>::new());
    let size = RwSignal::new(ChartSize::default());
    Effect::new(move |_| {
        let Some(element) = plot.get() else { return };
        let measured = element.clone();
        on_resize(&element, move || {
            let (width, height) = (f64::from(measured.client_width()), f64::from(measured.client_height()));
            size.set(ChartSize { width, height, text_scale: text_scale() });
        });
    });
    let ground = use_theme().ground;
    Effect::new(move |_| {
        ground.track();
        let (Some(canvas), Some(answer)) = (canvas.get(), answer.get()) else { return };
        let size = size.get();
        if size.width >= 1.0 && size.height >= 1.0 {
            let curves = curves(&answer.points);
            paint(&canvas, &axes(&curves, &answer.sizes, size), (&curves, &[]), &ChartColours::of_page(), None);
        }
    });
    view! {
        <div class="learning-curve__plot" node_ref=plot role="img" aria-label=move || label.get() data-testid="learning-curve">
            <canvas class="curve__canvas" node_ref=canvas aria-hidden="true"></canvas>
        </div>
    }
}

fn curves(points: &[CurvePoint]) -> Vec<Curve> {
    let curve = |colour, of: fn(&CurvePoint) -> Option<f64>| Curve {
        colour,
        look: Look::Marked,
        points: points.iter().filter_map(|point| Some((point.n_train as f64, of(point)?))).collect(),
    };
    vec![curve(LineColour::Train, |point| Some(point.accuracy)), curve(LineColour::Val, |point| point.val_accuracy)]
}

/// Axes for all sizes, so that nothing moves along x while points come.
fn axes(curves: &[Curve], sizes: &[usize], size: ChartSize) -> Axes {
    let mut axes = Axes::new(curves, Measure::AccuracyNear, 1, size);
    let [left, _, right, _] = axes.plot_px();
    let (low, high) = (sizes.first().copied().unwrap_or(1) as f64, sizes.last().copied().unwrap_or(1) as f64);
    axes.x = Scale::new(ScaleKind::Log, (low / 1.25, high * 1.25), (left, right.max(left + 1.0)));
    let mut free_from = f64::NEG_INFINITY;
    axes.x_ticks = Vec::new();
    for size_of_run in sizes {
        let x = *size_of_run as f64;
        let Some(px) = axes.x.px(x).filter(|px| *px >= free_from) else { continue };
        free_from = px + LABEL_PX * size.text_scale;
        axes.x_ticks.push((x, thousands(*size_of_run)));
    }
    axes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_laid_out_by_their_ratios() {
        let size = ChartSize { width: 600.0, height: 200.0, text_scale: 1.0 };
        let sizes = [100, 300, 1_000, 3_000, 10_000, 30_000, 54_000];
        let axes_of = |size| axes(&curves(&[]), &sizes, size);
        let axes = axes_of(size);
        let px = |x: f64| axes.x.px(x).unwrap_or_default();
        assert!((px(1_000.0) - px(100.0) - (px(10_000.0) - px(1_000.0))).abs() < 1e-6);
        let labels: Vec<&str> = axes.x_ticks.iter().map(|(_, label)| label.as_str()).collect();
        assert_eq!(labels, ["100", "300", "1,000", "3,000", "10,000", "30,000"], "54,000 has no room beside 30,000");
        assert!(axes_of(ChartSize { width: 200.0, ..size }).x_ticks.len() < 5);
    }
}
