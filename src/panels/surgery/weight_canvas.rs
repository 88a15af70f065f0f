//! A Dense unit's weights as a picture that can be painted over, by pointer or by keyboard.

use super::brush::{BrushSign, Stroke};
use super::context::SurgeryContext;
use super::weight_grid::WeightGrid;
use crate::components::fields::WeightField;
use crate::components::layers::LayerView;
use crate::components::pictures::{ColourLegend, NumberPicture, Picture, memo_picture, moved};
use crate::components::{fresh_id, while_mounted};
use crate::plot::colour_map::ColourMap;
use crate::plot::number::three_digits;
use inkling_engine::explain::{Edit, value_range};
use leptos::{html, prelude::*};
use web_sys::{KeyboardEvent, PointerEvent};

/// Cells that an arrow key goes with Shift.
const LONG_STEP: usize = 4;

/// A stroke under way.
#[derive(Default)]
struct Painting {
    stroke: Stroke,
    /// Whether the edit has been sent to the worker.
    is_begun: bool,
    is_frame_due: bool,
}

/// The picture, a line that reads it, and a field for one cell.
#[component]
pub fn WeightCanvas(
    /// The layer.
    view: LayerView,
    /// How its units are laid out.
    grid: WeightGrid,
    /// The unit.
    unit: usize,
) -> impl IntoView {
    let context = expect_context::<SurgeryContext>();
    let surface = NodeRef::<html::Div>::new();
    let painting = StoredValue::new(None::<Painting>);
    let size = grid.size();
    let layer_idx = view.layer_idx;
    let cursor = RwSignal::new([size[0] / 2, size[1] / 2]);
    let (is_keyboard_used, is_brush_down) = (RwSignal::new(false), RwSignal::new(false));
    let pointed = RwSignal::new(None::<[usize; 2]>);
    let spoken = RwSignal::new(String::new());

    let picture = memo_picture(move || {
        let weights = context.weights.read();
        let values = grid.values(&weights.as_ref()?.kernel);
        Some(Picture { values, domain: context.domain.get()?, colours: ColourMap::Diverging })
    });
    let value_at = move |cell: [usize; 2]| {
        let weights = context.weights.read();
        weights.as_ref()?.kernel.get(grid.row_of(cell)?).copied()
    };
    let read = move |cell: [usize; 2]| match value_at(cell) {
        Some(value) => format!("{}: {}", grid.text(cell), three_digits(value)),
        None => grid.text(cell),
    };

    // A stroke is sent to the worker once a frame.
    let report = move || {
        let edit = painting.try_update_value(|painting| {
            let painting = painting.as_mut()?;
            painting.is_frame_due = false;
            let weights = painting.stroke.weights();
            let is_begun = std::mem::replace(&mut painting.is_begun, true);
            (!weights.is_empty()).then_some((Edit::SetWeights { layer_idx, unit, weights }, is_begun))
        });
        match edit.flatten() {
            Some((edit, true)) => context.operate(|weight_edits| weight_edits.go_on(edit)),
            Some((edit, false)) => context.edit(edit),
            None => {}
        }
    };
    let paint = move |cell: [usize; 2]| {
        let brush = untrack(|| context.brush());
        let is_due = painting.try_update_value(|painting| {
            let painting = painting.get_or_insert_default();
            let has_set = painting.stroke.go_to(cell, brush, grid);
            has_set && !std::mem::replace(&mut painting.is_frame_due, has_set)
        });
        if is_due == Some(true) {
            request_animation_frame(report);
        }
    };
    let lift = move || {
        let is_due = |painting: &Option<Painting>| painting.as_ref().is_some_and(|painting| painting.is_frame_due);
        if painting.with_value(is_due) {
            report();
        }
        painting.set_value(None);
        is_brush_down.set(false);
    };

    let cell_under = move |event: &PointerEvent| {
        let rect = surface.get_untracked()?.get_bounding_client_rect();
        let along = |place: f64, start: f64, length: f64, n: usize| {
            let share = ((place - start) / length.max(1.0)).clamp(0.0, 1.0);
            ((share * n as f64) as usize).min(n - 1)
        };
        Some([
            along(f64::from(event.client_y()), rect.top(), rect.height(), size[0]),
            along(f64::from(event.client_x()), rect.left(), rect.width(), size[1]),
        ])
    };
    let begin = move |event: PointerEvent| {
        if event.button() != 0 || !event.is_primary() {
            return;
        }
        let (Some(cell), Some(surface)) = (cell_under(&event), surface.get_untracked()) else { return };
        event.prevent_default();
        let _ = surface.focus();
        let _ = surface.set_pointer_capture(event.pointer_id());
        lift();
        is_keyboard_used.set(false);
        cursor.set(cell);
        paint(cell);
    };
    let go_on = move |event: PointerEvent| {
        let Some(cell) = cell_under(&event) else { return };
        pointed.set(Some(cell));
        let is_drawn =
            event.buttons() & 1 == 1 && painting.with_value(Option::is_some) && !is_brush_down.get_untracked();
        if is_drawn {
            cursor.set(cell);
            paint(cell);
        }
    };
    let speak = move || {
        let brush = if is_brush_down.get_untracked() { "brush down" } else { "brush up" };
        spoken.set(format!("{}, {brush}", untrack(|| read(cursor.get()))));
    };
    let press = move |event: KeyboardEvent| {
        let is_command = event.ctrl_key() || event.meta_key();
        let key = event.key();
        match key.as_str() {
            "z" | "Z" if is_command => {
                lift();
                context
                    .operate(|weight_edits| if event.shift_key() { weight_edits.redo() } else { weight_edits.undo() });
            }
            _ if is_command || event.alt_key() => return,
            "Backspace" => {
                lift();
                context.operate(crate::state::WeightEdits::undo);
            }
            "Escape" if is_brush_down.get_untracked() => lift(),
            " " | "Enter" => {
                if event.repeat() {
                    return;
                }
                if is_brush_down.get_untracked() {
                    lift();
                } else {
                    is_brush_down.set(true);
                    paint(cursor.get_untracked());
                }
            }
            key => {
                if let Some(sign) = BrushSign::of_key(key) {
                    context.sign.set(sign);
                } else {
                    let n_steps = if event.shift_key() { LONG_STEP } else { 1 };
                    let step = |cell| moved(key, cell, size);
                    let Some(cell) = (0..n_steps).try_fold(cursor.get_untracked(), |cell, _| step(cell)) else {
                        return;
                    };
                    cursor.set(cell);
                    if is_brush_down.get_untracked() {
                        paint(cell);
                    }
                }
            }
        }
        is_keyboard_used.set(true);
        pointed.set(None);
        speak();
        event.prevent_default();
        event.stop_propagation();
    };
    let cursor_style = move || {
        let [row, column] = cursor.get();
        let share = |idx: usize, n: usize| 100.0 * idx as f64 / n as f64;
        format!(
            "top: {:.4}%; left: {:.4}%; height: {:.4}%; width: {:.4}%",
            share(row, size[0]),
            share(column, size[1]),
            share(1, size[0]),
            share(1, size[1])
        )
    };
    let name = format!("{} {}", view.layer.name, view.unit_name(unit));
    let picture_name = name.clone();
    let label = Signal::derive(move || {
        let picture = picture.read();
        let Some(picture) = picture.as_ref() else { return format!("{picture_name}, loading") };
        let [min, max] = value_range(&picture.values).unwrap_or_default();
        format!("{picture_name}, {}×{} weights, from {} to {}", size[0], size[1], three_digits(min), three_digits(max))
    });
    let (message, message_id, help_id) = (RwSignal::new(None), fresh_id("weight"), fresh_id("paint"));
    let field_message_id = message_id.clone();
    let cell_field = move || {
        let cell = cursor.get();
        let row = grid.row_of(cell)?;
        let value = Signal::derive(move || value_at(cell));
        let on_change = Callback::new(move |weight| {
            context.edit(Edit::SetWeights { layer_idx, unit, weights: vec![(row, weight)] });
        });
        let (name, message_id) = (grid.text(cell), field_message_id.clone());
        let caption = name.clone();
        Some(view! {
            <span class="weight-canvas__cell">
                <span aria-hidden="true">{caption}</span>
                <WeightField value on_change name message message_id />
            </span>
        })
    };
    view! {
        <div class="weight-canvas" data-testid="weight-plate">
            <div class="weight-canvas__picture" style:aspect-ratio=format!("{} / {}", size[1], size[0])>
                <NumberPicture picture size class="number-picture weight-canvas__canvas" label />
                <div
                    node_ref=surface
                    class="weight-canvas__surface"
                    role="application"
                    tabindex="0"
                    aria-label=format!("Paint over the weights of {name}")
                    aria-describedby=help_id.clone()
                    on:pointerdown=begin
                    on:pointermove=go_on
                    on:pointerup=move |_| lift()
                    on:pointercancel=move |_| lift()
                    on:pointerleave=move |_| pointed.set(None)
                    on:contextmenu=|event| event.prevent_default()
                    on:keydown=press
                    on:blur=while_mounted(move |_| {
                        lift();
                        is_keyboard_used.set(false);
                    })
                ></div>
                <span
                    class="weight-canvas__cursor"
                    class:weight-canvas__cursor--used=move || is_keyboard_used.get()
                    class:weight-canvas__cursor--down=move || is_brush_down.get()
                    prop:style=cursor_style
                    aria-hidden="true"
                ></span>
            </div>
            <p id=help_id class="visually-hidden">
                "Paint with mouse, finger or pen. By keyboard: arrow keys move, with Shift four cells at once; Space or \
                 Enter puts the brush down and lifts it; plus, minus and 0 choose what it leaves; Backspace undoes."
            </p>
            <p class="visually-hidden" aria-live="polite" prop:textContent=move || spoken.get()></p>
            <ColourLegend domain=context.domain note="one scale for the layer" />
            <p class="weight-canvas__line" translate="no" data-testid="weight-plate-line">
                {move || match pointed.get() {
                    Some(cell) => read(cell).into_any(),
                    None => cell_field().into_any(),
                }}
            </p>
            <p id=message_id class="message message--bad" aria-live="polite" prop:textContent=move || message.get()></p>
        </div>
    }
}
