//! One run's accuracy for each shift.

use super::candidate::Candidate;
use super::context::RobustnessContext;
use super::text::{map_text, shift_text};
use crate::components::pictures::moved;
use crate::components::{ThemeState, use_theme, while_mounted};
use crate::plot::colour_map::{ColourMap, Domain};
use crate::plot::number::percent_to_tenth;
use crate::protocol::questions::{ChangeList, SHIFT_REACH, shifts};
use leptos::{ev, html, prelude::*};
use std::collections::HashMap;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Cells along each side.
const N_CELLS: usize = 2 * SHIFT_REACH.unsigned_abs() as usize + 1;

/// The map as a grid of cells that can be pointed at; arrow keys go from cell to cell.
#[component]
pub fn ShiftMap(
    /// The run.
    candidate: Candidate,
) -> impl IntoView {
    let context = expect_context::<RobustnessContext>();
    let (run, colour) = (candidate.run, candidate.css_colour());
    let name = StoredValue::new(candidate.name.clone());
    let measured = context.measurement(run, ChangeList::ShiftMap);
    let grid = NodeRef::<html::Div>::new();
    paint_cells(grid, move || {
        let answer = measured.get()?.1;
        Some(
            shifts()
                .into_iter()
                .enumerate()
                .filter_map(|(place, shift)| Some((shift, answer.accuracy(place)?)))
                .collect(),
        )
    });
    let cursor = RwSignal::new(None::<[usize; 2]>);
    let read_out = Memo::new(move |_| {
        let [row, column] = cursor.get()?;
        let (dx, dy) = (column as i32 - SHIFT_REACH, row as i32 - SHIFT_REACH);
        let place = shifts().iter().position(|shift| *shift == (dx, dy))?;
        let accuracy = measured.read().as_ref().and_then(|(_, answer)| answer.accuracy(place));
        let accuracy = accuracy.map_or_else(|| "not measured".to_owned(), |share| percent_to_tenth(share as f32));
        Some(format!("{}: {accuracy}", shift_text(dx, dy)))
    });
    let summary = Memo::new(move |_| map_text(measured.read().as_ref().map(|(_, answer)| answer)));
    let press = move |event: ev::KeyboardEvent| {
        let centre = [N_CELLS / 2; 2];
        let Some(cell) = moved(&event.key(), cursor.get_untracked().unwrap_or(centre), [N_CELLS; 2]) else { return };
        event.prevent_default();
        cursor.set(Some(cell));
    };
    let cells = (-SHIFT_REACH..=SHIFT_REACH).flat_map(|dy| (-SHIFT_REACH..=SHIFT_REACH).map(move |dx| (dx, dy)));
    let cell = move |(dx, dy): (i32, i32)| {
        view! { <i data-dx=dx data-dy=dy data-run=run></i> }
    };
    view! {
        <figure class="shift-map" data-run=run data-present=candidate.is_present.then_some("")>
            <figcaption class="shift-map__name" translate="no">
                <b style:color=colour aria-hidden="true">{candidate.mark.to_string()}</b>
                " "
                {candidate.name.clone()}
            </figcaption>
            <div
                class="shift-map__grid"
                node_ref=grid
                tabindex="0"
                role="img"
                aria-label=move || format!("Shift map of {}. {} Arrow keys read cells.", name.read_value(), summary.get())
                on:pointermove=move |event: ev::PointerEvent| {
                    let cell = shift_of(&event).map(|(dx, dy)| [dy + SHIFT_REACH, dx + SHIFT_REACH].map(|at| at.unsigned_abs() as usize));
                    if cell.is_some() && cursor.get_untracked() != cell {
                        cursor.set(cell);
                    }
                }
                on:pointerleave=move |_| cursor.set(None)
                on:blur=while_mounted(move |_| cursor.set(None))
                on:keydown=press
            >
                {cells.map(cell).collect_view()}
                <span class="shift-map__cursor" aria-hidden="true" hidden=move || cursor.get().is_none() prop:style=move || cursor_style(cursor.get())></span>
            </div>
            <p class="shift-map__summary" prop:textContent=move || summary.get()></p>
            <p class="shift-map__read-out" aria-live="polite" translate="no" prop:textContent=move || read_out.get().unwrap_or_default()></p>
        </figure>
    }
}

/// Where the frame around the cell at `[row, column]` lies.
fn cursor_style(cursor: Option<[usize; 2]>) -> String {
    let side = 100.0 / N_CELLS as f64;
    cursor.map_or_else(String::new, |[row, column]| {
        format!("left: {:.3}%; top: {:.3}%", side * column as f64, side * row as f64)
    })
}

/// The shift of the cell under a pointer.
fn shift_of(event: &ev::PointerEvent) -> Option<(i32, i32)> {
    let cell: HtmlElement = event.target()?.dyn_into().ok()?;
    let shift = |name: &str| cell.get_attribute(name)?.parse::<i32>().ok();
    let (dx, dy) = (shift("data-dx")?, shift("data-dy")?);
    let is_on_the_map = dx.abs() <= SHIFT_REACH && dy.abs() <= SHIFT_REACH;
    is_on_the_map.then_some((dx, dy))
}

/// Colours the cells whose accuracy is known, and says it in `data-accuracy`. One effect for the whole map: an effect for each
/// cell would be a thousand of them.
fn paint_cells(
    grid: NodeRef<html::Div>,
    accuracies: impl Fn() -> Option<HashMap<(i32, i32), f64>> + Send + Sync + 'static,
) {
    let ThemeState { ground, palette, .. } = use_theme();
    Effect::new(move |_| {
        let Some(grid) = grid.get() else { return };
        let accuracies = accuracies().unwrap_or_default();
        let table = palette.get().of(ColourMap::Viridis).table(ground.get());
        let children = grid.children();
        for child_idx in 0..children.length() {
            let Some(cell) = children.item(child_idx).and_then(|cell| cell.dyn_into::<HtmlElement>().ok()) else {
                continue;
            };
            let shift = |name: &str| cell.get_attribute(name).and_then(|text| text.parse::<i32>().ok());
            let Some(shift) = shift("data-dx").zip(shift("data-dy")) else { continue };
            // The browser takes any of these names and values.
            match accuracies.get(&shift) {
                Some(accuracy) => {
                    let [red, green, blue, _] = table.rgba(*accuracy as f32, Domain { low: 0.0, high: 1.0 });
                    let _ = cell.set_attribute("data-accuracy", &accuracy.to_string());
                    let _ = cell.style().set_property("background-color", &format!("rgb({red} {green} {blue})"));
                }
                None => {
                    let _ = cell.remove_attribute("data-accuracy");
                    let _ = cell.style().remove_property("background-color");
                }
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_frame_lies_at_its_cell() {
        assert_eq!(cursor_style(Some([0, 0])), "left: 0.000%; top: 0.000%");
        assert_eq!(cursor_style(Some([8, 16])), "left: 94.118%; top: 47.059%");
        assert_eq!(cursor_style(None), "");
    }
}
