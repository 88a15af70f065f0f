//! Paints a sheet of kernels, a row at a time.

use super::kernel_sheet::{KernelSheet, one_decimal};
use crate::plot::colour_map::{ColourTable, Domain};
use crate::plot::picture::{context_of, put_at};
use crate::plot::text_colour::text_colour_on;
use leptos::prelude::window;
use ndarray::Array2;
use std::sync::Arc;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

/// Letters of the captions, in CSS pixels.
const CAPTION_LETTERS_PX: f64 = 11.0;

/// A sheet of kernels with its values and colours.
pub struct KernelPainter {
    /// The canvas.
    pub canvas: HtmlCanvasElement,
    /// Its layout.
    pub sheet: KernelSheet,
    /// The kernels, each `[height, width]`.
    pub kernels: Arc<Vec<Array2<f32>>>,
    /// The caption below each kernel.
    pub captions: Vec<String>,
    /// The values at the ends of the colours.
    pub domain: Domain,
    /// The colours.
    pub table: ColourTable,
}

impl KernelPainter {
    /// Gives the canvas as many pixels as the screen has for it.
    pub fn fit(&self) {
        let [width, height] = self.sheet.size_px().map(|px| (px * ratio()).round() as u32);
        if [self.canvas.width(), self.canvas.height()] != [width, height] {
            self.canvas.set_width(width);
            self.canvas.set_height(height);
        }
    }

    /// Paints the kernels of a row. A frame that the browser refuses to paint is left out.
    pub fn paint_row(&self, row: usize) {
        let Some(context) = context_of(&self.canvas) else { return };
        let Some(style) = window().get_computed_style(&self.canvas).ok().flatten() else { return };
        let token = |name: &str| style.get_property_value(name).unwrap_or_default();
        let (font, ink, rule) = (token("font-family"), token("color"), token("--rule"));
        let first = row * self.sheet.columns;
        let kernels = first..(first + self.sheet.columns).min(self.sheet.n);
        let [_, top] = self.sheet.corner_px(first).map(|px| px * ratio());
        context.clear_rect(0.0, top, self.canvas.width().into(), self.sheet.row_px() * ratio());
        context.set_text_align("left");
        context.set_font(&format!("{}px {font}", CAPTION_LETTERS_PX * ratio()));
        context.set_fill_style_str(&ink);
        context.set_stroke_style_str(rule.trim());
        context.set_line_width(ratio().round());
        for kernel_idx in kernels.clone() {
            let [left, top] = self.sheet.corner_px(kernel_idx).map(|px| (px * ratio()).round());
            let side = (self.sheet.side_px * ratio()).round();
            let base_line = (top + side + (CAPTION_LETTERS_PX + 1.0) * ratio()).round();
            if let Some(caption) = self.captions.get(kernel_idx) {
                let _ = context.fill_text_with_max_width(caption, left, base_line, side);
            }
            put_at(&context, &self.pixels(kernel_idx), [side as usize; 2], [left, top]);
            // The border separates white cells from the background.
            let half = ratio().round() / 2.0;
            context.stroke_rect(left + half, top + half, side - 2.0 * half, side - 2.0 * half);
        }
        if let Some(letters_px) = self.sheet.letters_px() {
            context.set_text_align("center");
            context.set_font(&format!("{}px {font}", letters_px * ratio()));
            kernels.for_each(|kernel_idx| self.write(&context, kernel_idx, letters_px, &ink));
        }
    }

    /// The weights of a kernel to one decimal, as in the lesson.
    fn write(&self, context: &CanvasRenderingContext2d, kernel_idx: usize, letters_px: f64, ink: &str) {
        let [left, top] = self.sheet.corner_px(kernel_idx).map(|px| (px * ratio()).round());
        for ((row, column), value) in self.kernels[kernel_idx].indexed_iter() {
            let [x, y, width, height] = self.sheet.cell_px([row, column], ratio());
            let [red, green, blue, alpha] = self.table.rgba(*value, self.domain);
            // NaN is not painted, but written on the background.
            context.set_fill_style_str(if alpha == 0 { ink } else { text_colour_on([red, green, blue]) });
            // Digits are 0.72 of their size high, and crisp if their base line is on a whole pixel.
            let base_line = (top + y + height / 2.0 + 0.36 * letters_px * ratio()).round();
            let _ = context.fill_text(&one_decimal(*value), left + x + width / 2.0, base_line);
        }
    }

    /// A kernel's square, four bytes a pixel.
    fn pixels(&self, kernel_idx: usize) -> Vec<u8> {
        let side = (self.sheet.side_px * ratio()).round() as usize;
        let mut pixels = Vec::with_capacity(4 * side * side);
        for (row_idx, values) in self.kernels[kernel_idx].rows().into_iter().enumerate() {
            let begin = pixels.len();
            let mut n_lines = 0;
            for (column, value) in values.iter().enumerate() {
                let [_, _, width, height] = self.sheet.cell_px([row_idx, column], ratio());
                n_lines = height as usize;
                let colour = self.table.rgba(*value, self.domain);
                (0..width as usize).for_each(|_| pixels.extend_from_slice(&colour));
            }
            let line = begin..pixels.len();
            if n_lines == 0 {
                pixels.truncate(begin);
            }
            (1..n_lines).for_each(|_| pixels.extend_from_within(line.clone()));
        }
        pixels
    }
}

/// Pixels of the screen for one of CSS.
fn ratio() -> f64 {
    window().device_pixel_ratio().max(1.0)
}
