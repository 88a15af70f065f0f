//! Drawing: by pointer and by keyboard, undone and cleared.

use crate::stage::{Stage, frame};
use inkling::drawing::{SIDE, centre_of_mass};
use inkling::panels::pad::PadPanel;
use inkling::plot::picture::context_of;
use inkling::protocol::{Inspection, Subject};
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{
    HtmlCanvasElement, HtmlElement, HtmlInputElement, KeyboardEvent, KeyboardEventInit, PointerEvent, PointerEventInit,
};

struct Pad {
    stage: Stage,
    canvas: HtmlCanvasElement,
}

impl Pad {
    async fn open() -> Pad {
        let stage = Stage::with(|| view! { <PadPanel /> }).await;
        let canvas = stage.find("canvas[aria-label='Drawing pad']");
        Pad { stage, canvas }
    }

    fn pixels(&self) -> Vec<f32> {
        self.stage.state.drawing().1
    }

    fn ink(&self) -> f32 {
        self.pixels().iter().sum()
    }

    fn n_drawings(&self) -> u32 {
        self.stage.state.drawing().0
    }

    /// A pointer event at a place of the pad, in shares of its sides.
    fn point(&self, kind: &str, [x, y]: [f64; 2]) {
        self.point_with(kind, [x, y], 1);
    }

    fn point_with(&self, kind: &str, [x, y]: [f64; 2], pointer_id: i32) {
        let rect = self.canvas.get_bounding_client_rect();
        let init = PointerEventInit::new();
        init.set_bubbles(true);
        init.set_cancelable(true);
        init.set_pointer_id(pointer_id);
        init.set_is_primary(pointer_id == 1);
        init.set_client_x((rect.left() + x * rect.width()).round() as i32);
        init.set_client_y((rect.top() + y * rect.height()).round() as i32);
        let event = PointerEvent::new_with_event_init_dict(kind, &init).unwrap();
        self.canvas.dispatch_event(&event).unwrap();
    }

    fn stroke(&self, points: &[[f64; 2]]) {
        self.point("pointerdown", points[0]);
        for &point in &points[1..] {
            self.point("pointermove", point);
        }
        self.point("pointerup", points[points.len() - 1]);
    }

    fn press(&self, key: &str, is_shifted: bool) {
        let init = KeyboardEventInit::new();
        init.set_bubbles(true);
        init.set_cancelable(true);
        init.set_key(key);
        init.set_shift_key(is_shifted);
        let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
        self.canvas.dispatch_event(&event).unwrap();
    }

    /// How much ink there is on the canvas at a place of the pad, in `0..=255`.
    fn painted(&self, [x, y]: [f64; 2]) -> u8 {
        let side = f64::from(self.canvas.width());
        let pixel = context_of(&self.canvas).unwrap().get_image_data(x * side, y * side, 1.0, 1.0).unwrap();
        pixel.data().0[3]
    }
}

const ONE: [[f64; 2]; 4] = [[0.5, 0.2], [0.5, 0.4], [0.5, 0.6], [0.5, 0.8]];

#[wasm_bindgen_test]
async fn a_ready_made_digit_is_sent_first() {
    let pad = Pad::open().await;
    assert_eq!(pad.n_drawings(), 1);
    assert_eq!(pad.pixels().len(), SIDE * SIDE);
    assert!(pad.ink() > 50.0);
}

#[wasm_bindgen_test]
async fn ink_appears_with_the_event_and_is_sent_in_the_next_frame() {
    let pad = Pad::open().await;
    pad.point("pointerdown", ONE[0]);
    assert!(pad.painted(ONE[0]) > 200, "a dot at once");
    pad.point("pointermove", ONE[1]);
    assert!(pad.painted(ONE[1]) > 200, "the line follows at once");
    assert_eq!(pad.painted([0.2, 0.2]), 0, "the ready-made digit has gone");
    assert_eq!(pad.n_drawings(), 1, "nothing is sent within the event");
    frame().await;
    assert_eq!(pad.n_drawings(), 2);
    pad.point("pointerup", ONE[1]);
    let [x, y] = centre_of_mass(&pad.pixels()).unwrap();
    assert!((x - 14.0).abs() < 0.5 && (y - 14.0).abs() < 0.5, "centred at {x}, {y}");
}

#[wasm_bindgen_test]
async fn many_events_make_one_drawing_a_frame() {
    let pad = Pad::open().await;
    let before = pad.n_drawings();
    pad.point("pointerdown", [0.1, 0.5]);
    for step in 1..60 {
        pad.point("pointermove", [0.1 + 0.8 * f64::from(step) / 60.0, 0.5]);
    }
    frame().await;
    assert_eq!(pad.n_drawings(), before + 1);
    pad.point("pointerup", [0.9, 0.5]);
}

#[wasm_bindgen_test]
async fn moving_without_pressing_leaves_no_ink() {
    let pad = Pad::open().await;
    pad.stage.button("Clear").click();
    pad.point("pointermove", [0.5, 0.5]);
    pad.stroke(&ONE);
    pad.point("pointermove", [0.9, 0.9]);
    frame().await;
    assert_eq!(pad.painted([0.9, 0.9]), 0);
    assert!(pad.painted([0.5, 0.5]) > 200);
}

#[wasm_bindgen_test]
async fn a_page_that_moves_under_a_stroke_does_not_shift_it() {
    let pad = Pad::open().await;
    // A page that is scrolled down would stay where it is.
    window().scroll_to_with_x_and_y(0.0, 0.0);
    pad.point("pointerdown", [0.2, 0.2]);
    pad.point("pointermove", [0.2, 0.5]);
    let before = pad.canvas.get_bounding_client_rect();
    let above: HtmlElement = document().create_element("div").unwrap().unchecked_into();
    above.set_attribute("style", "height: 60px").unwrap();
    document().body().unwrap().prepend_with_node_1(&above).unwrap();
    assert!(pad.canvas.get_bounding_client_rect().top() >= before.top() + 60.0, "the pad lies lower now");
    // `point` gives the places where the pad is now.
    pad.point("pointermove", [0.2, 0.8]);
    above.remove();
    pad.point("pointermove", [0.5, 0.8]);
    pad.point("pointerup", [0.5, 0.8]);
    assert_eq!([[0.2, 0.75], [0.35, 0.8]].map(|place| pad.painted(place) > 200), [true, true]);
    assert_eq!([[0.2, 0.95], [0.35, 0.6]].map(|place| pad.painted(place)), [0, 0]);
}

#[wasm_bindgen_test]
async fn a_second_finger_does_not_draw() {
    let pad = Pad::open().await;
    pad.point("pointerdown", ONE[0]);
    pad.point_with("pointerdown", [0.1, 0.1], 2);
    pad.point_with("pointermove", [0.2, 0.9], 2);
    assert_eq!(pad.painted([0.2, 0.9]), 0);
    pad.point_with("pointerup", [0.2, 0.9], 2);
    pad.point("pointermove", ONE[2]);
    assert!(pad.painted(ONE[2]) > 200, "the first goes on");
    pad.point("pointerup", ONE[2]);
}

#[wasm_bindgen_test]
async fn undo_and_clear_remove_ink() {
    let pad = Pad::open().await;
    pad.stroke(&ONE);
    frame().await;
    let one = pad.pixels();
    pad.stroke(&[[0.3, 0.5], [0.7, 0.5]]);
    frame().await;
    assert_ne!(pad.pixels(), one);
    pad.stage.button("Undo").click();
    frame().await;
    assert_eq!(pad.pixels(), one);
    assert_eq!(pad.painted([0.3, 0.5]), 0);
    pad.stage.button("Clear").click();
    frame().await;
    assert_eq!(pad.ink(), 0.0);
    assert_eq!(pad.painted([0.5, 0.5]), 0);
    let prediction: HtmlElement = pad.stage.find("[data-testid=prediction]");
    assert!(prediction.inner_text().contains("draw a digit"), "{}", prediction.inner_text());
    assert!(!prediction.has_attribute("data-digit"));
    pad.stage.button("Undo").click();
    frame().await;
    assert_eq!(pad.pixels(), one, "a clearing can be undone too");
}

#[wasm_bindgen_test]
async fn keys_draw_and_undo() {
    let pad = Pad::open().await;
    pad.stage.button("Clear").click();
    for _ in 0..3 {
        pad.press("ArrowDown", false);
    }
    frame().await;
    assert_eq!(pad.ink(), 0.0, "the pen is up");
    pad.press(" ", false);
    for _ in 0..3 {
        pad.press("ArrowDown", true);
    }
    pad.press("Enter", false);
    pad.press("ArrowRight", true);
    frame().await;
    let pixels = pad.pixels();
    let ink_in = |column: usize| (0..SIDE).map(|row| pixels[row * SIDE + column]).sum::<f32>();
    assert!(ink_in(14) > 10.0, "a line from top to bottom");
    assert_eq!(ink_in(18), 0.0, "the pen was lifted");
    let spoken: HtmlElement = pad.stage.find("[aria-live=polite]");
    assert_eq!(spoken.text_content().unwrap(), "row 21, column 17, pen up");
    pad.press("Backspace", false);
    frame().await;
    assert_eq!(pad.ink(), 0.0);
}

#[wasm_bindgen_test]
async fn the_recipe_can_be_switched_off() {
    let pad = Pad::open().await;
    pad.stroke(&[[0.1, 0.1], [0.1, 0.2], [0.1, 0.3]]);
    frame().await;
    assert!((centre_of_mass(&pad.pixels()).unwrap()[0] - 14.0).abs() < 0.5);
    let as_drawn: HtmlInputElement = pad.stage.find("label:nth-of-type(2) input[type=radio]");
    as_drawn.click();
    frame().await;
    let [x, y] = centre_of_mass(&pad.pixels()).unwrap();
    assert!((x - 2.8).abs() < 0.3 && (y - 5.6).abs() < 0.3, "as drawn at {x}, {y}");
}

#[wasm_bindgen_test]
async fn the_prediction_names_digit_probability_and_subject() {
    let pad = Pad::open().await;
    let mut probs = vec![0.01; 10];
    probs[7] = 0.91;
    let inspection = Inspection {
        run: 0,
        n_steps: 0,
        subject: Subject::Test(17),
        revision: 0,
        label: Some(9),
        probs,
        layers: Vec::new(),
        pinned: None,
        unfamiliarity: None,
        values: vec![0.5; SIDE * SIDE],
    };
    pad.stage.state.subject.set(Subject::Test(17));
    pad.stage.state.inspection.set(Some(Arc::new(inspection)));
    frame().await;
    let prediction: HtmlElement = pad.stage.find("[data-testid=prediction]");
    assert_eq!(prediction.get_attribute("data-digit").unwrap(), "7");
    assert_eq!(prediction.get_attribute("data-probability").unwrap(), "0.91");
    let words = prediction.inner_text();
    assert!(words.contains("91.0 %") && words.contains("test image 17") && words.contains("a 9"), "{words}");
    assert!(words.contains("pretrained network"), "{words}");
    pad.stroke(&ONE);
    frame().await;
    assert_eq!(pad.stage.state.subject.get_untracked(), Subject::Drawing, "drawing brings the drawing back");
}
