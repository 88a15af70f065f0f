//! All kept digits, and how many of them the network reads correctly.

use super::super::context::use_training_data;
use super::digit_tile::DigitTile;
use super::export::Export;
use super::own_reading::{follow_readings, score_text};
use crate::digits::{DigitImage, OwnDigit};
use crate::plot::number::thousands;
use crate::state::use_app_state;
use leptos::prelude::*;

/// Digits that are laid out at once; more are shown on demand.
const N_SHOWN: usize = 60;

/// The digits, the count, undo and export.
#[component]
pub fn KeptDigits() -> impl IntoView {
    let state = use_app_state();
    let own = use_training_data().own;
    let list = state.own_digits.list;
    let n_shown = RwSignal::new(N_SHOWN);
    let n = move || list.read().len();
    let has_more = move || n_shown.get() < n();
    let images = move || list.read().iter().take(n_shown.get()).map(|digit| digit.image().clone()).collect::<Vec<_>>();
    let read = follow_readings(state);
    let score = move || {
        let (list, read) = (list.read(), read.read());
        let is_right = |digit: &&OwnDigit| read.get(&digit.image().id()) == Some(&digit.label());
        score_text(list.iter().filter(is_right).count(), read.len(), list.len())
    };
    let tile = move |image: DigitImage| {
        let image_id = image.id();
        let read_as = Memo::new(move |_| read.read().get(&image_id).copied());
        view! { <DigitTile image read_as /> }
    };
    let count = move || match n() {
        0 => "No digits are kept yet. Keep the drawing, or open files.".to_owned(),
        1 => "1 digit is kept.".to_owned(),
        n => format!("{} digits are kept.", thousands(n)),
    };
    view! {
        <section class="own__kept" aria-label="Kept digits">
            <div class="own__tools">
                <p class="own__title" role="status" data-testid="own-count" prop:textContent=count></p>
                <button
                    type="button"
                    class="button button--quiet"
                    prop:disabled=move || !own.can_undo()
                    on:click=move |_| own.undo()
                >
                    "Undo"
                </button>
                <button
                    type="button"
                    class="button button--quiet"
                    prop:disabled=move || n() == 0
                    on:click=move |_| own.clear()
                >
                    "Delete all"
                </button>
                <Export />
            </div>
            <p class="own__score" role="status" data-testid="own-score" prop:textContent=score></p>
            <Show when=move || own.warning.read().is_some()>
                <p class="message message--warn" role="status" data-testid="own-warning" prop:textContent=move || {
                    own.warning.get().unwrap_or_default()
                }></p>
            </Show>
            <div class="own-grid">
                <For each=images key=DigitImage::id let:image>
                    {tile(image)}
                </For>
            </div>
            <Show when=has_more>
                <button
                    type="button"
                    class="button"
                    on:click=move |_| n_shown.update(|shown| *shown += N_SHOWN)
                >
                    {move || format!("Show more ({} hidden)", thousands(n().saturating_sub(n_shown.get())))}
                </button>
            </Show>
        </section>
    }
}
