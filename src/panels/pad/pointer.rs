//! A stroke by mouse, finger or pen: pointer events become points of ink.

use crate::drawing::{InkPoint, Pen};
use js_sys::Reflect;
use wasm_bindgen::JsCast;
use web_sys::{HtmlCanvasElement, PointerEvent};

/// A stroke under way.
pub struct Gesture {
    pointer_id: i32,
    kind: PointerKind,
    pen: Pen,
}

/// What draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PointerKind {
    /// A mouse or the like.
    Mouse,
    /// A pen.
    Pen,
    /// A finger, or a palm beside a pen.
    Touch,
}

/// What to do with a pointer that comes down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Press {
    /// Begins a stroke.
    Begin,
    /// Takes the stroke under way back and begins another.
    Replace,
    /// Takes the stroke under way back: two fingers scroll or zoom.
    Cancel,
    /// Nothing: a palm beside a pen, or a second finger.
    Ignore,
}

/// How long after a pen a touch is taken for a palm, in milliseconds.
const PALM_MS: f64 = 500.0;

impl PointerKind {
    /// Of an event.
    #[must_use]
    pub fn of(event: &PointerEvent) -> PointerKind {
        match event.pointer_type().as_str() {
            "pen" => PointerKind::Pen,
            "touch" => PointerKind::Touch,
            _ => PointerKind::Mouse,
        }
    }
}

impl Press {
    /// For a pointer of that kind, beside what draws at present; the pen was last seen `ms_since_pen` ago. A stroke
    /// whose end was never heard of does not lock the pad.
    #[must_use]
    pub fn of(drawing: Option<PointerKind>, kind: PointerKind, is_primary: bool, ms_since_pen: f64) -> Press {
        match (drawing, kind) {
            (Some(PointerKind::Pen), PointerKind::Touch) => Press::Ignore,
            (_, PointerKind::Touch) if ms_since_pen < PALM_MS => Press::Ignore,
            (Some(PointerKind::Touch), PointerKind::Pen) => Press::Replace,
            (Some(PointerKind::Touch), PointerKind::Touch) if !is_primary => Press::Cancel,
            _ if !is_primary => Press::Ignore,
            _ => Press::Begin,
        }
    }
}

impl Gesture {
    /// Puts the pen down.
    #[must_use]
    pub fn begin(event: &PointerEvent, canvas: &HtmlCanvasElement) -> Gesture {
        let [x, y] = place(event, place_of(canvas));
        let kind = PointerKind::of(event);
        // Only pens measure pressure; fingers report anything between 0 and 1.
        let pressure = (kind == PointerKind::Pen).then(|| event.pressure());
        Gesture { pointer_id: event.pointer_id(), kind, pen: Pen::down(x, y, pressure, event.time_stamp()) }
    }

    /// Whether the event is of the pointer that draws.
    #[must_use]
    pub fn is_of(&self, event: &PointerEvent) -> bool {
        event.pointer_id() == self.pointer_id
    }

    /// What draws.
    #[must_use]
    pub fn kind(&self) -> PointerKind {
        self.kind
    }

    /// Where the pen is.
    #[must_use]
    pub fn point(&self) -> InkPoint {
        self.pen.point()
    }

    /// Moves the pen; `None` if it hardly moved. `pad_px` is where the pad lies now.
    pub fn move_to(&mut self, event: &PointerEvent, pad_px: [f64; 4]) -> Option<InkPoint> {
        let [x, y] = place(event, pad_px);
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

/// Where the pad lies on the screen, in CSS pixels: `[left, top, width, height]`. The page may scroll, or be laid out
/// differently, under a stroke.
#[must_use]
pub fn place_of(canvas: &HtmlCanvasElement) -> [f64; 4] {
    let rect = canvas.get_bounding_client_rect();
    [rect.left(), rect.top(), rect.width().max(1.0), rect.height().max(1.0)]
}

fn place(event: &PointerEvent, [left, top, width, height]: [f64; 4]) -> [f32; 2] {
    let x = (f64::from(event.client_x()) - left) / width;
    let y = (f64::from(event.client_y()) - top) / height;
    [x as f32, y as f32]
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG_AGO: f64 = f64::INFINITY;

    #[test]
    fn a_pen_wins_over_a_palm() {
        assert_eq!(Press::of(Some(PointerKind::Pen), PointerKind::Touch, true, 0.0), Press::Ignore);
        assert_eq!(Press::of(None, PointerKind::Touch, true, 100.0), Press::Ignore, "the pen has just gone up");
        assert_eq!(Press::of(Some(PointerKind::Touch), PointerKind::Pen, true, LONG_AGO), Press::Replace);
        assert_eq!(Press::of(None, PointerKind::Touch, true, 2_000.0), Press::Begin);
    }

    #[test]
    fn a_second_finger_cancels_the_stroke() {
        assert_eq!(Press::of(Some(PointerKind::Touch), PointerKind::Touch, false, LONG_AGO), Press::Cancel);
        assert_eq!(Press::of(None, PointerKind::Touch, false, LONG_AGO), Press::Ignore);
    }

    #[test]
    fn a_pointer_that_never_ended_does_not_lock_the_pad() {
        for kind in [PointerKind::Mouse, PointerKind::Pen, PointerKind::Touch] {
            assert_eq!(Press::of(Some(kind), kind, true, LONG_AGO), Press::Begin, "{kind:?}");
        }
    }
}
