//! Which cell of a picture the pointer is on.

use wasm_bindgen::JsCast;
use web_sys::{HtmlCanvasElement, MouseEvent};

/// `[row, column]` of the pixel of a canvas that the pointer is on, however large the canvas is shown; `None` if the
/// event's target is not a canvas.
#[must_use]
pub fn cell_under(event: &MouseEvent) -> Option<[usize; 2]> {
    let canvas: HtmlCanvasElement = event.target()?.dyn_into().ok()?;
    let along = |offset_px: i32, shown_px: i32, n_cells: u32| {
        let share = f64::from(offset_px.max(0)) / f64::from(shown_px.max(1));
        ((share * f64::from(n_cells)) as usize).min(n_cells.saturating_sub(1) as usize)
    };
    Some([
        along(event.offset_y(), canvas.client_height(), canvas.height()),
        along(event.offset_x(), canvas.client_width(), canvas.width()),
    ])
}
