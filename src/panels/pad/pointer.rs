//! A stroke by mouse, finger or pen: pointer events become points of ink.

use crate::drawing::{InkPoint, Pen};
use js_sys::Reflect;
use wasm_bindgen::JsCast;
use web_sys::{HtmlCanvasElement, PointerEvent};

/// A stroke under way.
pub struct Gesture {
    pointer_id: i32,
    /// Where the pad lies on the screen, in CSS pixels: `[left, top, width, height]`.
    pad_px: [f64; 4],
    pen: Pen,
}

impl Gesture {
    /// Puts the pen down. The place of the pad is read here, once a stroke.
    #[must_use]
    pub fn begin(event: &PointerEvent, canvas: &HtmlCanvasElement) -> Gesture {
        let rect = canvas.get_bounding_client_rect();
        let pad_px = [rect.left(), rect.top(), rect.width().max(1.0), rect.height().max(1.0)];
        let [x, y] = place(event, pad_px);
        // Only pens measure pressure; fingers report anything between 0 and 1.
        let pressure = (event.pointer_type() == "pen").then(|| event.pressure());
        Gesture { pointer_id: event.pointer_id(), pad_px, pen: Pen::down(x, y, pressure, event.time_stamp()) }
    }

    /// Whether the event is of the pointer that draws.
    #[must_use]
    pub fn is_of(&self, event: &PointerEvent) -> bool {
        event.pointer_id() == self.pointer_id
    }

    /// Where the pen is.
    #[must_use]
    pub fn point(&self) -> InkPoint {
        self.pen.point()
    }

    /// Moves the pen; `None` if it hardly moved.
    pub fn move_to(&mut self, event: &PointerEvent) -> Option<InkPoint> {
        let [x, y] = place(event, self.pad_px);
        self.pen.move_to(x, y, event.pressure(), event.time_stamp())
    }
}

/// All positions that the browser gathered into this event since the last frame.
#[must_use]
pub fn samples(event: &PointerEvent) -> Vec<PointerEvent> {
    // Safari has had it only since version 18.2.
    let has_samples = Reflect::has(event, &"getCoalescedEvents".into()).unwrap_or(false);
    let samples: Vec<PointerEvent> = if has_samples {
        event.get_coalesced_events().iter().filter_map(|sample| sample.dyn_into().ok()).collect()
    } else {
        Vec::new()
    };
    if samples.is_empty() { vec![event.clone()] } else { samples }
}

fn place(event: &PointerEvent, [left, top, width, height]: [f64; 4]) -> [f32; 2] {
    let x = (f64::from(event.client_x()) - left) / width;
    let y = (f64::from(event.client_y()) - top) / height;
    [x as f32, y as f32]
}
