//! Line charts on a canvas.

use super::chart::{Axes, Curve, LineColour, Look, Mark, N_RUN_COLOURS};
use leptos::prelude::{document, window};
use wasm_bindgen::JsValue;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

/// Side of the ground of a letter at a line's end.
const LETTER_PX: f64 = 11.0;

/// The page's colours, read from its style sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct ChartColours {
    ground: String,
    rule: String,
    text: String,
    train: String,
    val: String,
    runs: [String; N_RUN_COLOURS],
    font: String,
}

impl ChartColours {
    /// The colours of the present theme.
    #[must_use]
    pub fn of_page() -> ChartColours {
        let style = document().document_element().and_then(|root| window().get_computed_style(&root).ok().flatten());
        let token = |name: &str| {
            let value = style.as_ref().and_then(|style| style.get_property_value(name).ok()).unwrap_or_default();
            value.trim().to_owned()
        };
        ChartColours {
            ground: token("--panel"),
            rule: token("--rule"),
            text: token("--ink-3"),
            train: token(LineColour::Train.token()),
            val: token(LineColour::Val.token()),
            runs: std::array::from_fn(|run_idx| token(LineColour::Run(run_idx).token())),
            font: token("--font"),
        }
    }

    /// A font for a canvas, by its weight.
    fn font(&self, weight: &str, axes: &Axes) -> String {
        format!("{weight} {}px {}", 11.0 * axes.size.text_scale, self.font)
    }

    fn colour(&self, colour: LineColour) -> &str {
        match colour {
            LineColour::Train => &self.train,
            LineColour::Val => &self.val,
            LineColour::Run(run_idx) => &self.runs[run_idx % N_RUN_COLOURS],
        }
    }
}

/// Paints axes, curves and, at `cursor`, a line across with a dot on each curve that has a point there.
///
/// The canvas gets as many pixels as the screen has for it. A frame that the browser refuses to paint is left out.
pub fn paint(
    canvas: &HtmlCanvasElement,
    axes: &Axes,
    (curves, marks): (&[Curve], &[Mark]),
    colours: &ChartColours,
    cursor: Option<f64>,
) {
    let Some(context) = super::picture::context_of(canvas) else { return };
    let ratio = window().device_pixel_ratio().max(1.0);
    let (width, height) = (axes.size.width, axes.size.height);
    let (n_columns, n_rows) = ((width * ratio).round() as u32, (height * ratio).round() as u32);
    if canvas.width() != n_columns || canvas.height() != n_rows {
        canvas.set_width(n_columns);
        canvas.set_height(n_rows);
    }
    let _ = context.set_transform(ratio, 0.0, 0.0, ratio, 0.0, 0.0);
    context.clear_rect(0.0, 0.0, width, height);
    paint_axes(&context, axes, colours);
    let [left, top, right, bottom] = axes.plot_px();
    context.save();
    context.begin_path();
    // Marks on the edge stay whole.
    context.rect(left - 1.0, top - 4.0, right - left + 6.0, bottom - top + 8.0);
    context.clip();
    if let Some(x) = cursor.and_then(|x| axes.x.px(x)) {
        context.set_stroke_style_str(&colours.text);
        context.set_line_width(1.0);
        line(&context, (x, top), (x, bottom));
    }
    for mark in marks {
        paint_mark(&context, axes, mark, colours);
    }
    for curve in curves {
        paint_curve(&context, axes, curve, colours, cursor);
    }
    paint_letters(&context, axes, curves, colours);
    context.restore();
}

fn paint_axes(context: &CanvasRenderingContext2d, axes: &Axes, colours: &ChartColours) {
    let [left, _, right, bottom] = axes.plot_px();
    let scale = axes.size.text_scale;
    context.set_font(&colours.font("", axes));
    context.set_fill_style_str(&colours.text);
    context.set_stroke_style_str(&colours.rule);
    context.set_line_width(1.0);
    context.set_text_baseline("middle");
    context.set_text_align("right");
    for (value, label) in &axes.y_ticks {
        let Some(y) = axes.y.px(*value) else { continue };
        // Half pixels make lines of one pixel crisp.
        let y = y.round() + 0.5;
        line(context, (left, y), (right, y));
        let _ = context.fill_text(label, left - 6.0 * scale, y);
    }
    context.set_text_baseline("alphabetic");
    context.set_text_align("center");
    for (value, label) in &axes.x_ticks {
        let Some(x) = axes.x.px(*value) else { continue };
        let x = x.round() + 0.5;
        line(context, (x, bottom), (x, bottom + 3.0));
        let _ = context.fill_text(label, x, bottom + 15.0 * scale);
    }
    let y = bottom.round() + 0.5;
    line(context, (left, y), (right, y));
}

/// A dotted line across, with its label at the top: to its left where there is no room to its right.
fn paint_mark(context: &CanvasRenderingContext2d, axes: &Axes, mark: &Mark, colours: &ChartColours) {
    let Some(x) = axes.x.px(mark.x) else { return };
    let [_, top, right, bottom] = axes.plot_px();
    let scale = axes.size.text_scale;
    context.set_font(&colours.font("", axes));
    context.set_fill_style_str(&colours.text);
    context.set_stroke_style_str(&colours.text);
    context.set_line_width(1.0);
    set_dash(context, &[1.0, 3.0]);
    line(context, (x.round() + 0.5, top), (x.round() + 0.5, bottom));
    set_dash(context, &[]);
    let is_near_edge = x + 6.5 * scale * mark.label.chars().count() as f64 > right;
    context.set_text_align(if is_near_edge { "right" } else { "left" });
    context.set_text_baseline("alphabetic");
    let _ = context.fill_text(&mark.label, x + if is_near_edge { -4.0 } else { 4.0 }, top + 9.0 * scale);
}

fn paint_curve(
    context: &CanvasRenderingContext2d,
    axes: &Axes,
    curve: &Curve,
    colours: &ChartColours,
    cursor: Option<f64>,
) {
    let colour = colours.colour(curve.colour);
    context.set_stroke_style_str(colour);
    context.set_fill_style_str(colour);
    let (width, alpha) = match curve.look {
        Look::Faint => (1.0, 0.28),
        Look::Average => (1.25, 0.8),
        Look::Plain | Look::Marked => (1.75, 1.0),
        Look::Dashed(_) => (1.25, 1.0),
    };
    context.set_line_width(width);
    context.set_global_alpha(alpha);
    context.set_line_join("round");
    set_dash(context, if matches!(curve.look, Look::Dashed(_)) { &[4.0, 3.0] } else { &[] });
    context.begin_path();
    let mut is_begun = false;
    let mut marks = Vec::new();
    for &(x, y) in &curve.points {
        let (Some(x_px), Some(y_px)) = (axes.x.px(x), axes.y.px(y)) else {
            // A value without a place (NaN, 0 on a log scale) leaves a gap.
            is_begun = false;
            continue;
        };
        if is_begun {
            context.line_to(x_px, y_px);
        } else {
            context.move_to(x_px, y_px);
            is_begun = true;
        }
        if curve.look == Look::Marked || curve.points.len() == 1 || cursor == Some(x) {
            let radius = if cursor == Some(x) { 3.5 } else { 2.25 };
            marks.push((x_px, y_px, radius));
        }
    }
    context.stroke();
    set_dash(context, &[]);
    // Many epochs would make a chain of beads.
    let is_chain = marks.len() > 60;
    for (x_px, y_px, radius) in marks {
        if is_chain && radius < 3.0 {
            continue;
        }
        context.begin_path();
        let _ = context.arc(x_px, y_px, radius, 0.0, std::f64::consts::TAU);
        context.fill();
    }
    context.set_global_alpha(1.0);
}

/// The letters of broken lines, each at its line's end, on ground of its own and beside those that are there already.
fn paint_letters(context: &CanvasRenderingContext2d, axes: &Axes, curves: &[Curve], colours: &ChartColours) {
    let [left, top, right, bottom] = axes.plot_px();
    let mut taken: Vec<(f64, f64)> = Vec::new();
    let side = LETTER_PX * axes.size.text_scale;
    context.set_font(&colours.font("600", axes));
    context.set_text_align("center");
    context.set_text_baseline("middle");
    for curve in curves {
        let Look::Dashed(letter) = curve.look else { continue };
        let ends = curve.points.iter().rev().filter_map(|&(x, y)| axes.x.px(x).zip(axes.y.px(y)));
        let Some((x, y)) = ends.take(1).next() else { continue };
        let (mut x, y) = (x.min(right - side / 2.0), y.clamp(top + side / 2.0, bottom - side / 2.0));
        while x > left && taken.iter().any(|at| (at.0 - x).abs() < side && (at.1 - y).abs() < side) {
            x -= side;
        }
        taken.push((x, y));
        context.set_fill_style_str(&colours.ground);
        context.fill_rect(x - side / 2.0, y - side / 2.0, side, side);
        context.set_fill_style_str(colours.colour(curve.colour));
        let _ = context.fill_text(&letter.to_string(), x, y + 1.0);
    }
}

fn line(context: &CanvasRenderingContext2d, (from_x, from_y): (f64, f64), (to_x, to_y): (f64, f64)) {
    context.begin_path();
    context.move_to(from_x, from_y);
    context.line_to(to_x, to_y);
    context.stroke();
}

fn set_dash(context: &CanvasRenderingContext2d, lengths: &[f64]) {
    let lengths: js_sys::Array = lengths.iter().map(|&length| JsValue::from_f64(length)).collect();
    let _ = context.set_line_dash(&lengths);
}
