//! A small table of numbers that lie side by side in an image: a patch, a kernel, their products, a window.

use super::number_text::{exact, short, signed};
use leptos::prelude::*;

/// Grids with more columns than this show colours; their numbers are for pointing and for screen readers.
const MAX_COLUMNS_WITH_TEXT: usize = 5;

/// How a grid looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GridLook {
    /// Grey, and orange below zero: values of an image.
    Values,
    /// Orange and blue, each number with its sign: weights and products.
    Signed,
}

/// Rows and columns of numbers, coloured by size.
#[component]
pub fn ValueGrid(
    /// What the numbers are.
    #[prop(into)]
    caption: Signal<String>,
    /// `[rows, columns]`
    size: [usize; 2],
    /// Row by row.
    values: Memo<Vec<f32>>,
    /// How they are written in a sum; without this, with three digits.
    #[prop(optional)]
    texts: Option<Memo<Vec<String>>>,
    /// Colours and signs.
    look: GridLook,
    /// Places that are padding.
    #[prop(optional)]
    padded: Option<Memo<Vec<bool>>>,
    /// The place of the largest value.
    #[prop(optional)]
    winner: Option<Memo<Option<usize>>>,
    /// The place that is pointed at, in all grids of the same window.
    pointed: RwSignal<Option<usize>>,
    /// `data-testid` of the places.
    test_id: &'static str,
) -> impl IntoView {
    let [n_rows, n_columns] = size;
    let reach = Memo::new(move |_| {
        values.read().iter().copied().map(f32::abs).filter(|size| size.is_finite()).fold(0.0, f32::max)
    });
    let is_roomy = n_columns <= MAX_COLUMNS_WITH_TEXT;
    let cell = move |cell_idx: usize| {
        let value = Memo::new(move |_| values.read().get(cell_idx).copied().unwrap_or_default());
        let is_padded = move || padded.is_some_and(|padded| padded.read().get(cell_idx) == Some(&true));
        let is_winner = move || winner.is_some_and(|winner| winner.get() == Some(cell_idx));
        let text = move || match (look, is_padded()) {
            (_, true) => "pad".to_owned(),
            _ if texts.is_some() => texts.and_then(|texts| texts.read().get(cell_idx).cloned()).unwrap_or_default(),
            (GridLook::Values, _) => short(value.get()),
            (GridLook::Signed, _) => signed(value.get()),
        };
        let strength = move || {
            let share = value.get().abs() / reach.get();
            format!("{:.0}%", if share.is_finite() { 45.0 * share } else { 0.0 })
        };
        view! {
            <td
                class="value-grid__cell"
                class:value-grid__cell--negative=move || value.get() < 0.0
                class:value-grid__cell--positive=move || { look == GridLook::Signed && value.get() > 0.0 }
                class:value-grid__cell--padded=is_padded
                class:value-grid__cell--winner=is_winner
                class:value-grid__cell--pointed=move || pointed.get() == Some(cell_idx)
                style:--strength=strength
                title=move || if is_padded() { "padding, counts as 0".to_owned() } else { exact(value.get()) }
                data-testid=test_id
                data-value=move || exact(value.get())
                on:pointerenter=move |_| pointed.set(Some(cell_idx))
                on:pointerleave=move |_| pointed.set(None)
            >
                <span translate="no" class:visually-hidden=!is_roomy>{text}</span>
            </td>
        }
    };
    let row = move |row: usize| {
        view! { <tr>{(0..n_columns).map(|column| cell(row * n_columns + column)).collect_view()}</tr> }
    };
    view! {
        <table class="value-grid" class:value-grid--dense=!is_roomy prop:style=format!("--columns: {n_columns}")>
            <caption class="value-grid__caption" prop:textContent=move || caption.get()></caption>
            <tbody>{(0..n_rows).map(row).collect_view()}</tbody>
        </table>
    }
}
