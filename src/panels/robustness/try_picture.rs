//! The changed image, which is dragged by the pointer or moved by the arrow keys.

use super::context::RobustnessContext;
use super::text::shift_text;
use crate::components::pictures::DigitPicture;
use crate::components::use_theme;
use crate::protocol::questions::SHIFT_REACH;
use inkling_engine::data::MNIST_SIDE;
use leptos::{ev, html, prelude::*};

/// A drag under way: where the pointer went down, and the shift at that time.
#[derive(Debug, Clone, Copy)]
struct Drag {
    pointer_px: [i32; 2],
    shift: [i32; 2],
}

/// The picture.
#[component]
pub fn TryPicture() -> impl IntoView {
    let context = expect_context::<RobustnessContext>();
    let change = context.change;
    let frame = NodeRef::<html::Div>::new();
    let drag = StoredValue::new(None::<Drag>);
    let image = Memo::new(move |_| context.image());
    let pixels = Signal::derive(move || image.get().and_then(|image| change.get().apply(&image)).unwrap_or_default());
    let move_to = move |[dx, dy]: [i32; 2]| {
        let [dx, dy] = [dx, dy].map(|px| px.clamp(-SHIFT_REACH, SHIFT_REACH));
        if (change.get_untracked().dx, change.get_untracked().dy) != (dx, dy) {
            change.update(|change| (change.dx, change.dy) = (dx, dy));
        }
    };
    let press = move |event: ev::KeyboardEvent| {
        let now = change.get_untracked();
        let [dx, dy] = match event.key().as_str() {
            "ArrowLeft" => [-1, 0],
            "ArrowRight" => [1, 0],
            "ArrowUp" => [0, -1],
            "ArrowDown" => [0, 1],
            _ => return,
        };
        event.prevent_default();
        move_to([now.dx + dx, now.dy + dy]);
    };
    let begin = move |event: ev::PointerEvent| {
        let Some(frame) = frame.get_untracked() else { return };
        // Without the capture the drag ends at the picture's edge.
        let _ = frame.set_pointer_capture(event.pointer_id());
        let now = change.get_untracked();
        drag.set_value(Some(Drag { pointer_px: [event.client_x(), event.client_y()], shift: [now.dx, now.dy] }));
    };
    let go_on = move |event: ev::PointerEvent| {
        let Some((frame, Drag { pointer_px, shift })) = frame.get_untracked().zip(drag.get_value()) else { return };
        let cell_px = f64::from(frame.client_width()) / MNIST_SIDE as f64;
        let moved = [event.client_x() - pointer_px[0], event.client_y() - pointer_px[1]];
        let moved = moved.map(|px| (f64::from(px) / cell_px.max(1.0)).round() as i32);
        move_to([shift[0] + moved[0], shift[1] + moved[1]]);
    };
    let label = move || {
        let now = change.get();
        format!("The changed image, {}. Drag it, or move it by the arrow keys.", shift_text(now.dx, now.dy))
    };
    let ground = use_theme().ground;
    view! {
        <div
            class="try-picture"
            node_ref=frame
            tabindex="0"
            role="img"
            aria-label=label
            data-dx=move || change.get().dx
            data-dy=move || change.get().dy
            on:keydown=press
            on:pointerdown=begin
            on:pointermove=go_on
            on:pointerup=move |_| drag.set_value(None)
            on:pointercancel=move |_| drag.set_value(None)
        >
            <DigitPicture pixels ground=ground.into() class="try-picture__canvas" />
        </div>
    }
}
