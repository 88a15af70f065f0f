//! A neuron whose 28×28 weights the learner paints: it answers the bench's image at once.

use crate::components::pictures::{NumberPicture, Picture, memo_picture, moved};
use crate::components::while_mounted;
use crate::plot::colour_map::{ColourMap, Domain};
use crate::plot::number::three_digits;
use crate::state::{Place, Places};
use leptos::{html, prelude::*};
use ndarray::Array2;
use web_sys::{KeyboardEvent, PointerEvent};

/// Pixels along a side of an image.
const SIDE: usize = 28;

/// What the brush leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Brush {
    /// A weight of 1: ink there speaks for.
    Plus,
    /// A weight of −1: ink there speaks against.
    Minus,
    /// A weight of 0.
    Zero,
}

impl Brush {
    const ALL: [Brush; 3] = [Brush::Plus, Brush::Minus, Brush::Zero];

    fn weight(self) -> f32 {
        match self {
            Brush::Plus => 1.0,
            Brush::Minus => -1.0,
            Brush::Zero => 0.0,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Brush::Plus => "+1",
            Brush::Minus => "−1",
            Brush::Zero => "0",
        }
    }
}

/// Weights that find a horizontal edge: ink above, none below.
fn edge() -> Vec<f32> {
    let row = |row: usize| match row {
        11..=13 => 1.0,
        14..=16 => -1.0,
        _ => 0.0,
    };
    (0..SIDE * SIDE).map(|idx| if (4..24).contains(&(idx % SIDE)) { row(idx / SIDE) } else { 0.0 }).collect()
}

/// The neuron.
#[component]
pub fn PaintedNeuron() -> impl IntoView {
    let (state, _) = expect_context::<Places>().of(Place::Digits);
    let weights = RwSignal::new(vec![0.0_f32; SIDE * SIDE]);
    let (brush, bias) = (RwSignal::new(Brush::Plus), RwSignal::new(0.0_f32));
    let (cursor, is_down) = (RwSignal::new([SIDE / 2, SIDE / 2]), RwSignal::new(false));
    let surface = NodeRef::<html::Div>::new();
    let picture = memo_picture(move || {
        let values = Array2::from_shape_vec((SIDE, SIDE), weights.get()).ok()?;
        Some(Picture { values, domain: Domain { low: -1.0, high: 1.0 }, colours: ColourMap::Diverging })
    });
    // Two cells wide, so that a stroke is seen.
    let paint = move |[row, column]: [usize; 2]| {
        let weight = brush.get_untracked().weight();
        weights.update(|weights| {
            for (row, column) in [(row, column), (row, column + 1), (row + 1, column), (row + 1, column + 1)] {
                if row < SIDE && column < SIDE {
                    weights[row * SIDE + column] = weight;
                }
            }
        });
    };
    let cell_under = move |event: &PointerEvent| {
        let rect = surface.get_untracked()?.get_bounding_client_rect();
        let along = |place: f64, length: f64| ((place / length.max(1.0)).clamp(0.0, 0.999) * SIDE as f64) as usize;
        Some([
            along(f64::from(event.client_y()) - rect.top(), rect.height()),
            along(f64::from(event.client_x()) - rect.left(), rect.width()),
        ])
    };
    let draw = move |event: &PointerEvent| {
        if let Some(cell) = cell_under(event) {
            cursor.set(cell);
            paint(cell);
        }
    };
    let begin = move |event: PointerEvent| {
        if event.button() == 0 && event.is_primary() {
            event.prevent_default();
            if let Some(surface) = surface.get_untracked() {
                let _ = surface.focus();
                let _ = surface.set_pointer_capture(event.pointer_id());
            }
            is_down.set(true);
            draw(&event);
        }
    };
    let press = move |event: KeyboardEvent| {
        match event.key().as_str() {
            " " | "Enter" => {
                is_down.update(|is_down| *is_down = !*is_down);
                if is_down.get_untracked() {
                    paint(cursor.get_untracked());
                }
            }
            key => {
                let Some(cell) = moved(key, cursor.get_untracked(), [SIDE, SIDE]) else { return };
                cursor.set(cell);
                if is_down.get_untracked() {
                    paint(cell);
                }
            }
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let sum = Memo::new(move |_| {
        let inspection = state.inspection.read();
        let input = inspection.as_ref()?.input();
        (input.len() == SIDE * SIDE)
            .then(|| weights.read().iter().zip(input).map(|(weight, pixel)| weight * pixel).sum::<f32>())
    });
    let shown = move |value: Option<f32>| value.map_or_else(|| "–".to_owned(), three_digits);
    let total = move || sum.get().map(|sum| sum + bias.get());
    let brush_button = move |option: Brush| {
        view! {
            <button
                type="button"
                class="button button--quiet"
                aria-pressed=move || (brush.get() == option).to_string()
                on:click=move |_| brush.set(option)
            >
                {option.name()}
            </button>
        }
    };
    view! {
        <section class="painted-neuron" aria-label="A neuron to paint">
            <div class="painted-neuron__picture">
                <NumberPicture picture size=[SIDE, SIDE] class="number-picture painted-neuron__canvas" label="The neuron's weights: blue +1, orange −1" />
                <div
                    node_ref=surface
                    class="painted-neuron__surface"
                    role="application"
                    tabindex="0"
                    aria-label="Paint the neuron's weights: arrow keys move, Space puts the brush down and lifts it"
                    on:pointerdown=begin
                    on:pointermove=move |event| if is_down.get_untracked() && event.buttons() & 1 == 1 { draw(&event) }
                    on:pointerup=move |_| is_down.set(false)
                    on:pointercancel=move |_| is_down.set(false)
                    on:keydown=press
                    on:blur=while_mounted(move |_| is_down.set(false))
                ></div>
            </div>
            <div class="painted-neuron__tools">
                <span role="group" aria-label="What the brush leaves">
                    <span class="muted">"brush "</span>
                    {Brush::ALL.map(brush_button).collect_view()}
                </span>
                <button type="button" class="button button--quiet" on:click=move |_| weights.set(edge())>"Show me an edge"</button>
                <button type="button" class="button button--quiet" on:click=move |_| weights.set(vec![0.0; SIDE * SIDE])>"Clear"</button>
            </div>
            <label class="painted-neuron__bias">
                "bias "
                <input
                    type="range"
                    min="-40"
                    max="40"
                    step="1"
                    prop:value=move || bias.get().to_string()
                    on:input=move |event| bias.set(event_target_value(&event).parse().unwrap_or_default())
                />
                <span translate="no">{move || three_digits(bias.get())}</span>
            </label>
            <dl class="painted-neuron__sum" translate="no" data-testid="painted-neuron">
                <dt>"weighted sum of the image"</dt>
                <dd>{move || shown(sum.get())}</dd>
                <dt>"plus bias"</dt>
                <dd>{move || shown(total())}</dd>
                <dt>"relu: the neuron's answer"</dt>
                <dd><strong>{move || shown(total().map(|total| total.max(0.0)))}</strong></dd>
            </dl>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_edge_answers_to_ink_above_and_none_below() {
        let weights = edge();
        let sum = |has_ink: fn(usize) -> bool| -> f32 {
            let inks = (0..SIDE * SIDE).filter(|idx| has_ink(idx / SIDE));
            inks.map(|idx| weights[idx]).sum()
        };
        assert_eq!(sum(|_| true), 0.0, "a page full of ink has no edge");
        assert_eq!(sum(|row| row < 14), 60.0);
        assert_eq!(sum(|row| row >= 14), -60.0);
    }
}
