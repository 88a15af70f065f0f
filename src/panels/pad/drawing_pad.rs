//! The canvas to draw on, by mouse, finger, pen or keyboard.

use super::keyboard::Keyboard;
use super::pad_canvas::PadCanvas;
use super::pad_state::{PadContents, PadState};
use super::pointer::{Gesture, PointerKind, Press, place_of, samples};
use crate::plot::colour_map::Ground;
use leptos::html::Canvas;
use leptos::prelude::*;
use web_sys::PointerEvent;

/// The pad. Ink appears with the event; the network gets the image in the next frame.
#[component]
pub fn DrawingPad(
    /// What is drawn on.
    pad: PadState,
    /// Light or dark.
    ground: Signal<Ground>,
) -> impl IntoView {
    let canvas = NodeRef::<Canvas>::new();
    let surface = PadCanvas::new(pad);
    let gesture = StoredValue::new_local(None::<Gesture>);
    let keyboard = Keyboard::new(surface);

    Effect::new(move |_| {
        if let Some(canvas) = canvas.get() {
            surface.attach(canvas);
        }
    });
    Effect::new(move |_| {
        surface.set_ground(ground.get());
    });
    // Undo, clear and the first stroke over the ready-made digit remove ink; strokes only add it.
    let generation = pad.generation;
    Effect::new(move |_| {
        generation.track();
        surface.repaint();
    });

    let last_pen_ms = StoredValue::new(f64::NEG_INFINITY);
    let note_pen = move |event: &PointerEvent| {
        if PointerKind::of(event) == PointerKind::Pen {
            last_pen_ms.set_value(event.time_stamp());
        }
    };
    let begin = move |event: PointerEvent| {
        let Some(canvas) = canvas.get_untracked() else { return };
        if event.button() != 0 {
            return;
        }
        let kind = PointerKind::of(&event);
        let drawing_kind = gesture.with_value(|gesture| gesture.as_ref().map(Gesture::kind));
        let ms_since_pen = event.time_stamp() - last_pen_ms.get_value();
        let press = Press::of(drawing_kind, kind, event.is_primary(), ms_since_pen);
        if matches!(press, Press::Replace | Press::Cancel) {
            gesture.set_value(None);
            pad.undo();
        }
        if matches!(press, Press::Cancel | Press::Ignore) {
            return;
        }
        note_pen(&event);
        event.prevent_default();
        let _ = canvas.focus();
        // The stroke goes on outside of the pad, where its ink stops at the edge.
        let _ = canvas.set_pointer_capture(event.pointer_id());
        let started = Gesture::begin(&event, &canvas);
        pad.change(|drawing| drawing.begin(started.point()));
        surface.paint_end();
        gesture.set_value(Some(started));
        keyboard.lift();
    };
    let go_on = move |event: PointerEvent| {
        note_pen(&event);
        let Some(pad_px) = canvas.get_untracked().map(|canvas| place_of(&canvas)) else { return };
        gesture.update_value(|gesture| {
            let Some(gesture) = gesture.as_mut().filter(|gesture| gesture.is_of(&event)) else { return };
            event.prevent_default();
            for sample in samples(&event) {
                if let Some(point) = gesture.move_to(&sample, pad_px) {
                    pad.change(|drawing| drawing.extend(point));
                    surface.paint_end();
                }
            }
        });
    };
    let end = move |event: PointerEvent| {
        note_pen(&event);
        let is_over = gesture.with_value(|gesture| gesture.as_ref().is_some_and(|gesture| gesture.is_of(&event)));
        if is_over {
            gesture.set_value(None);
            surface.repaint();
        }
    };

    view! {
        <div class="drawing-pad">
            <canvas
                node_ref=canvas
                class="drawing-pad__canvas"
                aria-label="Drawing pad"
                aria-describedby="drawing-pad-help"
                role="application"
                tabindex="0"
                on:pointerdown=begin
                on:pointermove=go_on
                on:pointerup=end
                on:pointercancel=end
                on:lostpointercapture=end
                on:contextmenu=|event| event.prevent_default()
                on:keydown=move |event| keyboard.press(&event)
                on:blur=move |_| keyboard.leave()
            ></canvas>
            <div
                class="drawing-pad__cursor"
                class:drawing-pad__cursor--used=move || keyboard.is_used.get()
                class:drawing-pad__cursor--down=move || keyboard.cursor.read().is_pen_down
                prop:style=move || keyboard.cursor_style()
                aria-hidden="true"
            ></div>
            <p
                class="drawing-pad__hint"
                aria-hidden="true"
                prop:textContent=move || match pad.contents.get() {
                    PadContents::Empty => "draw a digit",
                    PadContents::Sample => "an example: draw over it",
                    PadContents::Ink => "",
                }
            ></p>
            <p id="drawing-pad-help" class="visually-hidden">
                "Draw with mouse, finger or pen. By keyboard: arrow keys move, with Shift four cells at once; Space or \
                 Enter puts the pen down and lifts it; Backspace undoes; Escape lifts the pen."
            </p>
            <p class="visually-hidden" aria-live="polite" prop:textContent=move || keyboard.spoken.get()></p>
        </div>
    }
}
