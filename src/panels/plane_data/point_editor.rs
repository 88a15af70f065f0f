//! Own points, set one by one: by pointer, finger or keys.

use super::class_names::{class_name, class_of_key};
use super::data_edits::{class_of, target_of};
use super::own_points::{PointList, use_own_points};
use super::point_canvas::{Held, PointCanvas};
use super::point_picture::{PointPicture, PointSet};
use super::point_place::{moved, nearest, place_at, text_of};
use crate::components::fields::use_field_errors;
use inkling_engine::data::PlanePoint;
use inkling_engine::experiment::{Field, Place};
use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, PointerEvent};

/// How near to a point the cursor must be to choose it.
const CURSOR_REACH: f64 = 0.13;
/// How near to a point the pointer must be, in CSS pixels.
const POINTER_REACH_PX: f64 = 7.0;
/// How near a finger must be.
const FINGER_REACH_PX: f64 = 14.0;

/// The square with the points, the classes to set, and what was set last.
#[component]
pub fn PointEditor() -> impl IntoView {
    let own = use_own_points();
    let list = Memo::new(move |_| own.list().unwrap_or(PointList { points: Vec::new(), n_outputs: 1 }));
    let n_outputs = Memo::new(move |_| list.read().n_outputs);
    let n_classes = move || n_outputs.get().max(2);
    let class = RwSignal::new(1_usize);
    let class_now = move || class.get_untracked().min(n_outputs.get_untracked().max(2) - 1);
    let is_erasing = RwSignal::new(false);
    let cursor = RwSignal::new([0.0, 0.0]);
    let has_focus = RwSignal::new(false);
    let held = RwSignal::new(None::<Held>);
    let chosen_near = move |place, reach| list.with_untracked(|list| nearest(&list.points, place, reach));
    // The point under the cursor.
    let chosen = Memo::new(move |_| nearest(&list.read().points, cursor.get(), CURSOR_REACH));

    let add = move |[x1, x2]: [f64; 2]| {
        let target = target_of(class_now(), n_outputs.get_untracked());
        own.edit(|points| points.push([x1, x2, target]));
        cursor.set([x1, x2]);
    };
    let remove = move |idx: usize| {
        own.edit(|points| {
            if idx < points.len() {
                points.remove(idx);
            }
        });
    };
    let move_to = move |idx: usize, [x1, x2]: [f64; 2]| {
        own.edit(|points| {
            if let Some(point) = points.get_mut(idx) {
                (point[0], point[1]) = (x1, x2);
            }
        });
        cursor.set([x1, x2]);
    };

    let on_down = move |event: PointerEvent| {
        let Some((place, reach)) = under(&event).filter(|_| event.button() == 0 && event.is_primary()) else { return };
        capture(&event);
        let hit = chosen_near(place, reach);
        cursor.set(place);
        held.set(match hit {
            _ if is_erasing.get_untracked() => {
                hit.inspect(|idx| remove(*idx));
                Some(Held::Eraser)
            }
            Some(idx) => {
                let at = list.with_untracked(|list| [list.points[idx][0], list.points[idx][1]]);
                cursor.set(at);
                Some(Held::Point(idx, at))
            }
            None => Some(Held::New(place)),
        });
    };
    let on_move = move |event: PointerEvent| {
        let Some((place, reach)) = under(&event) else { return };
        match held.get_untracked() {
            Some(Held::New(_)) => held.set(Some(Held::New(place))),
            Some(Held::Point(idx, _)) => held.set(Some(Held::Point(idx, place))),
            Some(Held::Eraser) => {
                chosen_near(place, reach).inspect(|idx| remove(*idx));
            }
            None => {}
        }
    };
    let on_up = move |_: PointerEvent| {
        match held.get_untracked() {
            Some(Held::New(place)) => add(place),
            Some(Held::Point(idx, place)) => move_to(idx, place),
            Some(Held::Eraser) | None => {}
        }
        held.set(None);
    };
    let on_key = move |event: ev::KeyboardEvent| {
        let has_command = event.ctrl_key() || event.meta_key();
        if event.alt_key() || (has_command && event.key() != "z") {
            return;
        }
        let step = |right, up| {
            let to = moved(cursor.get_untracked(), [right, up]);
            match chosen.get_untracked().filter(|_| event.shift_key()) {
                Some(idx) => move_to(idx, to),
                None => cursor.set(to),
            }
        };
        match event.key().as_str() {
            "ArrowRight" => step(1.0, 0.0),
            "ArrowLeft" => step(-1.0, 0.0),
            "ArrowUp" => step(0.0, 1.0),
            "ArrowDown" => step(0.0, -1.0),
            "Enter" | " " => add(cursor.get_untracked()),
            "Delete" | "Backspace" => {
                chosen.get_untracked().inspect(|idx| remove(*idx));
            }
            "Escape" if held.read_untracked().is_some() => held.set(None),
            "z" if has_command => own.undo(),
            key => match class_of_key(key, n_outputs.get_untracked()) {
                Some(meant) => class.set(meant),
                None => return,
            },
        }
        event.prevent_default();
        event.stop_propagation();
    };

    let text = move || {
        let list = list.read();
        let at = text_of(cursor.get());
        match chosen.get().and_then(|idx| list.points.get(idx)) {
            Some(point) => {
                format!("{at}: a point of class {}", class_name(class_of(point[2], list.n_outputs), list.n_outputs))
            }
            None => format!("{at}: free"),
        }
    };
    let fault = use_field_errors().place(Place::Data(Field::Points));
    let class_button = move |idx: usize| {
        let set = Signal::derive(move || {
            let n_outputs = n_outputs.get();
            let point = PlanePoint { x1: 0.0, x2: 0.0, target: target_of(idx, n_outputs) };
            PointSet::new(vec![point], n_outputs, false)
        });
        let is_chosen = move || !is_erasing.get() && class.get().min(n_classes() - 1) == idx;
        view! {
            <button
                type="button"
                class="button own-points__class"
                aria-pressed=move || is_chosen().to_string()
                title=move || format!("Points of class {0}; key {0}", class_name(idx, n_outputs.get()))
                data-class=idx.to_string()
                on:click=move |_| {
                    class.set(idx);
                    is_erasing.set(false);
                }
            >
                <PointPicture set point_px=5.0 class="own-points__swatch" />
                <span translate="no">{move || class_name(idx, n_outputs.get())}</span>
            </button>
        }
    };
    view! {
        <div class="own-points" data-testid="own-points">
            <div class="own-points__tools" role="group" aria-label="What a click does">
                {move || (0..n_classes()).map(class_button).collect_view()}
                <button
                    type="button"
                    class="button own-points__class"
                    aria-pressed=move || is_erasing.get().to_string()
                    on:click=move |_| is_erasing.update(|is_erasing| *is_erasing = !*is_erasing)
                >
                    "Erase"
                </button>
            </div>
            <div
                class="own-points__square"
                class:own-points__square--erasing=move || is_erasing.get()
                role="application"
                aria-label="Own points, from −6 to 6"
                aria-describedby="own-points-help"
                tabindex="0"
                on:pointerdown=on_down
                on:pointermove=on_move
                on:pointerup=on_up
                on:pointercancel=move |_| held.set(None)
                on:keydown=on_key
                on:focus=move |_| has_focus.set(true)
                on:blur=move |_| {
                    let _ = has_focus.try_set(false);
                }
            >
                <PointCanvas
                    list
                    held
                    new_target=Signal::derive(move || target_of(class.get().min(n_classes() - 1), n_outputs.get()))
                    cursor=Signal::derive(move || has_focus.get().then(|| cursor.get()))
                    chosen
                />
            </div>
            <p class="own-points__where muted" aria-live="polite" translate="no" data-testid="own-points-where">{text}</p>
            <p class="message message--bad field__message" role="status" data-testid="own-points-fault" prop:textContent=move || fault.get()></p>
            <p class="own-points__help muted" id="own-points-help">
                "Click to set a point, drag to move it. Keys: arrows lead on, Enter sets, Shift with an arrow moves, Delete removes."
            </p>
            <div class="own-points__tools">
                <button
                    type="button"
                    class="button button--quiet"
                    title="Takes the last change of the points back"
                    disabled=move || !own.can_undo()
                    on:click=move |_| own.undo()
                >
                    "Undo"
                </button>
                <button
                    type="button"
                    class="button button--quiet"
                    disabled=move || list.read().points.is_empty()
                    on:click=move |_| own.edit(Vec::clear)
                >
                    "Remove all"
                </button>
                <Show when=move || own.n_left().is_some()>
                    <button
                        type="button"
                        class="button button--quiet"
                        title="The own points of before another data set was chosen"
                        on:click=move |_| own.bring_back()
                    >
                        {move || format!("Former {}", own.n_left().unwrap_or_default())}
                    </button>
                </Show>
                <span class="muted own-points__count" translate="no" data-testid="own-points-count">
                    {move || format!("{} points", list.read().points.len())}
                </span>
            </div>
        </div>
    }
}

/// Where on the plane the pointer is, and how far from it a point may be that is meant.
fn under(event: &PointerEvent) -> Option<([f64; 2], f64)> {
    let square = event.current_target()?.dyn_into::<Element>().ok()?;
    let rect = square.get_bounding_client_rect();
    let share = |at: i32, start: f64, length: f64| (f64::from(at) - start) / length.max(1.0);
    let place = place_at(
        share(event.client_x(), rect.left(), rect.width()),
        share(event.client_y(), rect.top(), rect.height()),
    );
    let reach_px = if event.pointer_type() == "touch" { FINGER_REACH_PX } else { POINTER_REACH_PX };
    Some((place, reach_px * 2.0 * inkling_engine::data::PLANE_RADIUS / rect.width().max(1.0)))
}

fn capture(event: &PointerEvent) {
    if let Some(square) = event.current_target().and_then(|target| target.dyn_into::<Element>().ok()) {
        // A pointer that has gone already is not captured.
        let _ = square.set_pointer_capture(event.pointer_id());
    }
}
