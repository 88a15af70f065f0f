//! Which cell of a picture the pointer is on.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlCanvasElement, MouseEvent};

/// `[row, column]` of the pixel of a canvas that the pointer is on, however large the canvas is shown; `None` if the
/// event's target is not a canvas.
#[must_use]
pub fn cell_under(event: &MouseEvent) -> Option<[usize; 2]> {
    let canvas: HtmlCanvasElement = event.target()?.dyn_into().ok()?;
    cell_of(event, [canvas.height() as usize, canvas.width() as usize])
}

/// The same for an element that shows `[height, width]` cells.
#[must_use]
pub fn cell_of(event: &MouseEvent, [height, width]: [usize; 2]) -> Option<[usize; 2]> {
    let element: Element = event.target()?.dyn_into().ok()?;
    let along = |offset_px: i32, shown_px: i32, n_cells: usize| {
        let share = f64::from(offset_px.max(0)) / f64::from(shown_px.max(1));
        ((share * n_cells as f64) as usize).min(n_cells.saturating_sub(1))
    };
    Some([
        along(event.offset_y(), element.client_height(), height),
        along(event.offset_x(), element.client_width(), width),
    ])
}
