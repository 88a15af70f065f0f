//! Paints ink on the pad's canvas, as the pen moves.

use crate::drawing::{Drawing, InkPoint, Piece, STROKE_WIDTH, pieces};
use crate::plot::colour_map::{ColourMap, Ground};
use crate::plot::picture::context_of;
use std::f64::consts::TAU;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

/// The canvas and its size in device pixels.
pub struct InkPainter {
    canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
    side_px: f64,
    ink: String,
}

impl InkPainter {
    /// A painter for a square canvas; `None` where the browser gives no 2-D context.
    #[must_use]
    pub fn new(canvas: HtmlCanvasElement) -> Option<InkPainter> {
        let context = context_of(&canvas)?;
        Some(InkPainter { canvas, context, side_px: 0.0, ink: String::new() })
    }

    /// Fits the canvas to its size on the screen, in device pixels; empties it.
    pub fn resize(&mut self, side_px: u32) {
        self.canvas.set_width(side_px);
        self.canvas.set_height(side_px);
        self.side_px = f64::from(side_px);
    }

    /// Takes the ink's colour from the ground.
    pub fn set_ground(&mut self, ground: Ground) {
        let [red, green, blue] = ColourMap::Grey.colour(1.0, ground);
        self.ink = format!("rgb({red} {green} {blue})");
    }

    /// Clears the canvas and paints the whole drawing.
    pub fn repaint(&self, drawing: &Drawing) {
        self.context.clear_rect(0.0, 0.0, self.side_px, self.side_px);
        self.prepare();
        drawing.strokes().iter().flat_map(|stroke| pieces(stroke)).for_each(|piece| self.paint(&piece));
    }

    /// Paints what the stroke's last point added: the curve around the point before it, and a straight end.
    pub fn paint_end(&self, stroke: &[InkPoint]) {
        self.prepare();
        let end = &stroke[stroke.len().saturating_sub(3)..];
        pieces(end).skip(end.len().saturating_sub(2)).for_each(|piece| self.paint(&piece));
    }

    fn prepare(&self) {
        self.context.set_line_cap("round");
        self.context.set_stroke_style_str(&self.ink);
        self.context.set_fill_style_str(&self.ink);
    }

    fn paint(&self, piece: &Piece) {
        let [from, control, to] =
            [piece.from, piece.control, piece.to].map(|point| point.map(|along| f64::from(along) * self.side_px));
        let width_px = f64::from(piece.weight * STROKE_WIDTH) * self.side_px;
        self.context.begin_path();
        if piece.max_length() == 0.0 {
            // Browsers differ in whether a line of no length has round ends.
            if self.context.arc(from[0], from[1], width_px / 2.0, 0.0, TAU).is_ok() {
                self.context.fill();
            }
            return;
        }
        self.context.set_line_width(width_px);
        self.context.move_to(from[0], from[1]);
        self.context.quadratic_curve_to(control[0], control[1], to[0], to[1]);
        self.context.stroke();
    }
}
