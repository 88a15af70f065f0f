//! The confusion matrix as a table whose cells can be chosen.

use super::confusion_cell::{Cell, Measure, strength};
use crate::components::{Term, glossary};
use crate::state::use_app_state;
use inkling_engine::metrics::Confusion;
use leptos::html::Table;
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

/// Rows: labels; columns: what the network reads. One stop of the Tab key; arrow keys go from cell to cell.
#[component]
pub fn ConfusionTable(
    /// The counts.
    confusion: Memo<Option<Arc<Confusion>>>,
    /// The cell whose images are listed.
    chosen: RwSignal<Option<Cell>>,
    /// What the cells show.
    measure: RwSignal<Measure>,
) -> impl IntoView {
    let names = use_app_state().run.class_names();
    let table = NodeRef::<Table>::new();
    // The cell that the Tab key comes to.
    let entry = RwSignal::new(Cell { label: 0, predicted: 0 });
    let go = move |event: KeyboardEvent| {
        let Some(there) = neighbour(entry.get_untracked(), &event.key(), names.read_untracked().len()) else { return };
        event.prevent_default();
        entry.set(there);
        let selector = format!("[data-true='{}'][data-predicted='{}'] button", there.label, there.predicted);
        let button = table.get_untracked().and_then(|table| table.query_selector(&selector).ok().flatten());
        if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
            // A button that cannot take the focus leaves it where it is.
            let _ = button.focus();
        }
    };
    let cell = move |label: usize, predicted: usize| {
        view! {
            <CellView cell=Cell { label: label as u8, predicted: predicted as u8 } confusion chosen measure entry />
        }
    };
    let text = move || {
        let confusion = confusion.get()?;
        let names = names.get();
        let (label, predicted, count) = confusion.most_frequent_mistake()?;
        let times = if count == 1 { "once".to_owned() } else { format!("{count} times") };
        Some(format!("Most frequent mistake: {} read as {}, {times}.", names.get(label)?, names.get(predicted)?))
    };
    view! {
        <section class="confusion" aria-label="Confusion matrix">
            <div class="confusion__head">
                <h3 class="doubt__title">
                    <Term entry=glossary::CONFUSION>"confusion matrix"</Term>
                </h3>
                <select
                    class="select"
                    aria-label="What the cells show"
                    on:change=move |event| {
                        let title = event_target_value(&event);
                        if let Some(found) = Measure::ALL.into_iter().find(|measure| measure.title() == title) {
                            measure.set(found);
                        }
                    }
                >
                    {Measure::ALL
                        .map(|option| {
                            view! {
                                <option value=option.title() selected=move || measure.get() == option>
                                    {option.title()}
                                </option>
                            }
                        })
                        .collect_view()}
                </select>
            </div>
            <div class="confusion__frame">
                <table class="confusion__table" data-testid="confusion" node_ref=table on:keydown=go translate="no">
                    <caption class="visually-hidden">"Rows: labels. Columns: what the network reads."</caption>
                    <thead>
                        <tr>
                            <th scope="col" class="confusion__corner">"label ↓ read as →"</th>
                            {move || names.get().iter().map(|name| view! { <th scope="col">{*name}</th> }).collect_view()}
                        </tr>
                    </thead>
                    <tbody>
                        {move || {
                            let names = names.get();
                            names
                                .iter()
                                .enumerate()
                                .map(|(label, name)| {
                                    view! {
                                        <tr>
                                            <th scope="row">{*name}</th>
                                            {(0..names.len()).map(|predicted| cell(label, predicted)).collect_view()}
                                        </tr>
                                    }
                                })
                                .collect_view()
                        }}
                    </tbody>
                </table>
            </div>
            <p class="confusion__text" prop:textContent=move || text().unwrap_or_default()></p>
        </section>
    }
}

#[component]
fn CellView(
    cell: Cell,
    confusion: Memo<Option<Arc<Confusion>>>,
    chosen: RwSignal<Option<Cell>>,
    measure: RwSignal<Measure>,
    entry: RwSignal<Cell>,
) -> impl IntoView {
    let Cell { label, predicted } = cell;
    let place = [usize::from(label), usize::from(predicted)];
    let count = Memo::new(move |_| confusion.read().as_ref().and_then(|confusion| confusion.0.get(place).copied()));
    let text = move || confusion.get().map_or_else(|| "·".to_owned(), |confusion| measure.get().text(&confusion, cell));
    let shade = move || confusion.get().map_or(0.0, |confusion| strength(&confusion, cell)).to_string();
    let is_chosen = move || chosen.get() == Some(cell);
    // The name begins with what is seen.
    let name = move || format!("{} {}: label {label}, read as {predicted}", text(), measure.get().title());
    view! {
        <td
            class="confusion__cell"
            class=("confusion__cell--right", label == predicted)
            data-true=label
            data-predicted=predicted
            data-count=move || count.get().unwrap_or_default()
            style=("--strength", shade)
        >
            <button
                type="button"
                class="confusion__button"
                aria-label=name
                aria-pressed=move || is_chosen().to_string()
                tabindex=move || if entry.get() == cell { "0" } else { "-1" }
                on:focus=move |_| entry.set(cell)
                on:click=move |_| chosen.set(if is_chosen() { None } else { Some(cell) })
                prop:textContent=text
            ></button>
        </td>
    }
}

/// The cell that an arrow key leads to, of `n` classes; `None` for other keys, and at the edge.
fn neighbour(cell: Cell, key: &str, n: usize) -> Option<Cell> {
    let Cell { label, predicted } = cell;
    let last = u8::try_from(n.checked_sub(1)?).ok()?;
    let up = |place: u8| (place < last).then_some(place + 1);
    Some(match key {
        "ArrowLeft" => Cell { label, predicted: predicted.checked_sub(1)? },
        "ArrowRight" => Cell { label, predicted: up(predicted)? },
        "ArrowUp" => Cell { label: label.checked_sub(1)?, predicted },
        "ArrowDown" => Cell { label: up(label)?, predicted },
        "Home" => Cell { label, predicted: 0 },
        "End" => Cell { label, predicted: last },
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_stop_at_the_edge() {
        let corner = Cell { label: 0, predicted: 9 };
        assert_eq!(neighbour(corner, "ArrowRight", 10), None);
        assert_eq!(neighbour(corner, "ArrowUp", 10), None);
        assert_eq!(neighbour(corner, "ArrowDown", 10), Some(Cell { label: 1, predicted: 9 }));
        assert_eq!(neighbour(corner, "Home", 10), Some(Cell { label: 0, predicted: 0 }));
        assert_eq!(neighbour(corner, "Enter", 10), None);
        assert_eq!(neighbour(corner, "End", 0), None);
    }
}
