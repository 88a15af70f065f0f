//! The canvas of the pad: the drawing's ink, painted where it changes.

use super::ink_painter::InkPainter;
use super::pad_state::PadState;
use crate::components::on_resize;
use crate::drawing::Drawing;
use crate::plot::colour_map::Ground;
use leptos::prelude::*;
use web_sys::HtmlCanvasElement;

/// The pad and its painter; cheap to copy.
#[derive(Clone, Copy)]
pub struct PadCanvas {
    /// What is painted.
    pub pad: PadState,
    /// None before there is a canvas.
    painter: StoredValue<Option<InkPainter>, LocalStorage>,
}

impl PadCanvas {
    /// A pad without a canvas: all painting is left out.
    #[must_use]
    pub fn new(pad: PadState) -> PadCanvas {
        PadCanvas { pad, painter: StoredValue::new_local(None) }
    }

    /// Paints on this canvas from now on, one canvas pixel to one pixel of the screen, also when the page is zoomed.
    pub fn attach(self, canvas: HtmlCanvasElement) {
        self.painter.set_value(InkPainter::new(canvas.clone()));
        let resize = {
            let canvas = canvas.clone();
            move || {
                let side_px = f64::from(canvas.client_width()) * window().device_pixel_ratio();
                // A hidden pad has no size; it is painted when it appears.
                if side_px >= 1.0 {
                    self.update(|painter| painter.resize(side_px.round() as u32));
                    self.repaint();
                }
            }
        };
        resize();
        on_resize(&canvas, resize);
    }

    /// Takes the ink's colour from the ground, and repaints.
    pub fn set_ground(self, ground: Ground) {
        self.update(|painter| painter.set_ground(ground));
        self.repaint();
    }

    /// Paints everything, as is needed where ink was removed.
    pub fn repaint(self) {
        self.paint(|painter, drawing| painter.repaint(drawing));
    }

    /// Paints what the last point has added to the last stroke.
    pub fn paint_end(self) {
        self.paint(|painter, drawing| match drawing.strokes() {
            // The ready-made digit has just gone.
            [only] if only.len() == 1 => painter.repaint(drawing),
            strokes => strokes.last().into_iter().for_each(|stroke| painter.paint_end(stroke)),
        });
    }

    fn update(self, update: impl FnOnce(&mut InkPainter)) {
        self.painter.update_value(|painter| {
            if let Some(painter) = painter {
                update(painter);
            }
        });
    }

    fn paint(self, paint: impl FnOnce(&InkPainter, &Drawing)) {
        self.painter.with_value(|painter| {
            if let Some(painter) = painter {
                self.pad.with(|drawing| paint(painter, drawing));
            }
        });
    }
}
