//! The canvas to draw on, by mouse, finger, pen or keyboard.

use super::ink_painter::InkPainter;
use super::keyboard::Keyboard;
use super::pad_state::{Contents, PadState};
use super::pointer::{Gesture, samples};
use crate::drawing::Drawing;
use crate::plot::colour_map::Ground;
use leptos::html::Canvas;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{HtmlCanvasElement, PointerEvent, ResizeObserver};

/// The pad. Ink appears in the event that brings it; the network hears of it in the next frame.
#[component]
pub fn DrawingPad(
    /// What is drawn on.
    board: PadState,
    /// Light or dark.
    ground: Signal<Ground>,
) -> impl IntoView {
    let canvas = NodeRef::<Canvas>::new();
    let painter = StoredValue::new_local(None::<InkPainter>);
    let gesture = StoredValue::new_local(None::<Gesture>);
    let keyboard = Keyboard::new(board, painter);

    Effect::new(move |_| {
        if let Some(canvas) = canvas.get() {
            painter.set_value(InkPainter::new(canvas.clone()));
            follow_size(canvas, board, painter);
        }
    });
    Effect::new(move |_| {
        let ground = ground.get();
        painter.update_value(|painter| {
            if let Some(painter) = painter {
                painter.set_ground(ground);
            }
        });
        repaint(board, painter);
    });
    // Undo, clear and the first stroke over the ready-made digit take ink away; strokes only add it.
    let generation = board.generation;
    Effect::new(move |_| {
        generation.track();
        repaint(board, painter);
    });

    let begin = move |event: PointerEvent| {
        let Some(canvas) = canvas.get_untracked() else { return };
        if event.button() != 0 || !event.is_primary() || gesture.with_value(Option::is_some) {
            return;
        }
        event.prevent_default();
        let _ = canvas.focus();
        // The stroke goes on outside of the pad, where its ink stops at the edge.
        let _ = canvas.set_pointer_capture(event.pointer_id());
        let started = Gesture::begin(&event, &canvas);
        board.change(|drawing| drawing.begin(started.point()));
        paint_end(board, painter);
        gesture.set_value(Some(started));
        keyboard.lift();
    };
    let go_on = move |event: PointerEvent| {
        gesture.update_value(|gesture| {
            let Some(gesture) = gesture.as_mut().filter(|gesture| gesture.is_of(&event)) else { return };
            event.prevent_default();
            for sample in samples(&event) {
                if let Some(point) = gesture.move_to(&sample) {
                    board.change(|drawing| drawing.extend(point));
                    paint_end(board, painter);
                }
            }
        });
    };
    let end = move |event: PointerEvent| {
        let is_over = gesture.with_value(|gesture| gesture.as_ref().is_some_and(|gesture| gesture.is_of(&event)));
        if is_over {
            gesture.set_value(None);
            repaint(board, painter);
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
                style=move || keyboard.cursor_style()
                aria-hidden="true"
            ></div>
            <p class="drawing-pad__hint" aria-hidden="true">
                {move || match board.contents.get() {
                    Contents::Empty => "draw a digit",
                    Contents::Sample => "an example: draw over it",
                    Contents::Ink => "",
                }}
            </p>
            <p id="drawing-pad-help" class="visually-hidden">
                "Draw with mouse, finger or pen. By keyboard: arrow keys move, with Shift four cells at once; Space or \
                 Enter puts the pen down and lifts it; Backspace undoes; Escape lifts the pen."
            </p>
            <p class="visually-hidden" aria-live="polite">{move || keyboard.spoken.get()}</p>
        </div>
    }
}

/// Where ink was taken away, or everything has to be painted anew.
fn repaint(board: PadState, painter: StoredValue<Option<InkPainter>, LocalStorage>) {
    painter.with_value(|painter| {
        if let Some(painter) = painter {
            board.with(|drawing| painter.repaint(drawing));
        }
    });
}

/// Where the last stroke got one point more.
pub(super) fn paint_end(board: PadState, painter: StoredValue<Option<InkPainter>, LocalStorage>) {
    painter.with_value(|painter| {
        if let Some(painter) = painter {
            board.with(|drawing: &Drawing| match drawing.strokes() {
                // The ready-made digit has just gone.
                [only] if only.len() == 1 => painter.repaint(drawing),
                strokes => strokes.last().into_iter().for_each(|stroke| painter.paint_end(stroke)),
            });
        }
    });
}

/// Keeps one canvas pixel to one pixel of the screen, also when the page is zoomed.
fn follow_size(canvas: HtmlCanvasElement, board: PadState, painter: StoredValue<Option<InkPainter>, LocalStorage>) {
    let resize = {
        let canvas = canvas.clone();
        move || {
            let side_px = f64::from(canvas.client_width()) * window().device_pixel_ratio();
            // A hidden pad has no size; it is painted when it appears.
            if side_px >= 1.0 {
                painter.update_value(|painter| {
                    if let Some(painter) = painter {
                        painter.resize(side_px.round() as u32);
                    }
                });
                repaint(board, painter);
            }
        }
    };
    resize();
    let listener = Closure::<dyn FnMut()>::new(resize);
    let Ok(observer) = ResizeObserver::new(listener.as_ref().unchecked_ref()) else { return };
    observer.observe(&canvas);
    let held = StoredValue::new_local(Some((listener, observer)));
    on_cleanup(move || {
        if let Some(Some((_listener, observer))) = held.try_update_value(Option::take) {
            observer.disconnect();
        }
    });
}
