//! The digits that were found on photos, each of which needs its label before it is kept.

use super::super::context::use_training_data;
use super::label_field::LabelField;
use crate::components::pictures::DigitPicture;
use crate::components::use_theme;
use crate::digits::{DigitImage, OwnDigit};
use leptos::prelude::*;
use std::collections::HashMap;

/// The found digits with a field each, and the button that keeps those that have a label.
#[component]
pub fn FoundDigits() -> impl IntoView {
    let own = use_training_data().own;
    let ground = use_theme().ground.into();
    let labels = RwSignal::new(HashMap::<usize, u8>::new());
    let n_labelled =
        move || own.unlabelled.read().iter().filter(|image| labels.read().contains_key(&image.id())).count();
    let leave_out = move |image_id: usize| own.unlabelled.update(|found| found.retain(|image| image.id() != image_id));
    let keep = move |_| {
        let known = labels.get_untracked();
        let label_of = |image: &DigitImage| known.get(&image.id()).copied();
        let found = own.unlabelled.get_untracked();
        let digits: Vec<OwnDigit> =
            found.iter().filter_map(|image| OwnDigit::new(label_of(image)?, image.clone())).collect();
        let n = digits.len();
        let n_without_room = own.add(digits);
        if n_without_room > 0 {
            own.notice.set(format!("{n_without_room} of {n} digits have no room."));
            return;
        }
        own.notice.set(String::new());
        own.unlabelled.update(|found| found.retain(|image| !known.contains_key(&image.id())));
    };
    // Digits of a row are labelled sooner by typing the whole row.
    let type_row = move |event: web_sys::Event| {
        let typed: Vec<u8> =
            event_target_value(&event).chars().filter_map(|sign| sign.to_digit(10)).map(|digit| digit as u8).collect();
        labels.update(|labels| {
            let found = own.unlabelled.read_untracked();
            labels.extend(found.iter().map(DigitImage::id).zip(typed));
        });
    };
    let tile = move |image: DigitImage| {
        let (image_id, ink) = (image.id(), image.ink());
        let number =
            move || own.unlabelled.read().iter().position(|image| image.id() == image_id).map_or(0, |place| place + 1);
        view! {
            <figure class="own-digit" data-testid="found-digit">
                <DigitPicture
                    pixels=Signal::derive(move || ink.clone())
                    ground
                    class="image-tile__picture"
                    label="a digit that was found"
                />
                <figcaption class="own-digit__caption">
                    <LabelField
                        value=Signal::derive(move || labels.read().get(&image_id).copied())
                        name=Signal::derive(move || format!("Label of found digit {}", number()))
                        on_change=move |label| labels.update(|labels| labels.extend([(image_id, label)]))
                    />
                    <button
                        type="button"
                        class="button button--quiet button--icon"
                        aria-label=move || format!("Leave out found digit {}", number())
                        on:click=move |_| leave_out(image_id)
                    >
                        "×"
                    </button>
                </figcaption>
            </figure>
        }
    };
    view! {
        <Show when=move || !own.unlabelled.read().is_empty()>
            <section class="own__found" aria-label="Found digits">
                <p class="own__title">"Found on your photos: give each its label, then keep them"</p>
                <div class="own-grid">
                    <For each=move || own.unlabelled.get() key=DigitImage::id let:image>
                        {tile(image)}
                    </For>
                </div>
                <div class="own__tools">
                    <label class="own__row-labels">
                        "All labels in order "
                        <input
                            type="text"
                            class="number-field"
                            inputmode="numeric"
                            autocomplete="off"
                            placeholder="3141"
                            on:input=type_row
                        />
                    </label>
                    <button
                        type="button"
                        class="button button--primary"
                        prop:disabled=move || n_labelled() == 0
                        on:click=keep
                    >
                        {move || format!("Keep {} of {}", n_labelled(), own.unlabelled.read().len())}
                    </button>
                    <button type="button" class="button" on:click=move |_| own.unlabelled.set(Vec::new())>
                        "Leave all out"
                    </button>
                </div>
            </section>
        </Show>
    }
}
