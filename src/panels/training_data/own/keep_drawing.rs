//! The present drawing as the network sees it, and the buttons that keep it.

use super::super::context::use_training_data;
use crate::components::pictures::DigitPicture;
use crate::components::use_theme;
use crate::digits::{DigitImage, MAX_OWN_DIGITS, OwnDigit};
use crate::state::use_app_state;
use leptos::prelude::*;

/// “Keep as” and ten digits.
#[component]
pub fn KeepDrawing() -> impl IntoView {
    let state = use_app_state();
    let own = use_training_data().own;
    let ground = use_theme().ground.into();
    let drawn = Memo::new(move |_| {
        state.revision.track();
        state.drawing().1
    });
    let is_blank = Memo::new(move |_| drawn.read().iter().all(|ink| *ink == 0.0));
    let is_full = move || state.own_digits.list.read().len() >= MAX_OWN_DIGITS;
    let said = RwSignal::new(String::new());
    let keep = move |label: u8| {
        let digit = DigitImage::from_ink(&drawn.read_untracked()).and_then(|image| OwnDigit::new(label, image));
        if let Some(digit) = digit {
            own.add(vec![digit]);
            said.set(format!("Kept as {label}."));
        }
    };
    let hint = move || {
        if is_full() {
            format!("{MAX_OWN_DIGITS} digits are kept, which is all there is room for.")
        } else if is_blank.get() {
            "Draw a digit on the pad first.".to_owned()
        } else {
            said.get()
        }
    };
    let button = move |label: u8| {
        view! {
            <button
                type="button"
                class="button keep-drawing__label"
                aria-label=format!("Keep as {label}")
                prop:disabled=move || is_blank.get() || is_full()
                on:click=move |_| keep(label)
            >
                {label}
            </button>
        }
    };
    view! {
        <section class="keep-drawing" aria-label="Keep the drawing">
            <DigitPicture
                pixels=drawn.into()
                ground
                class="keep-drawing__picture"
                label="Your drawing as the network sees it, 28×28 pixels"
            />
            <div>
                <p class="keep-drawing__title">"Keep the drawing on the pad as"</p>
                <div class="keep-drawing__labels" role="group" aria-label="Keep as">
                    {(0..10).map(button).collect_view()}
                </div>
                <p class="message" role="status" prop:textContent=hint></p>
            </div>
        </section>
    }
}
