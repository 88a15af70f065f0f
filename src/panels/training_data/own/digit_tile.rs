//! One kept digit: its picture, its label, what the network reads in it.

use super::super::context::use_training_data;
use super::label_field::LabelField;
use crate::components::pictures::DigitPicture;
use crate::components::use_theme;
use crate::digits::DigitImage;
use crate::state::use_app_state;
use leptos::prelude::*;

/// The digit with that image.
#[component]
pub fn DigitTile(
    /// Its image.
    image: DigitImage,
    /// What the network reads in it; `None` while that is not known.
    #[prop(into)]
    read_as: Signal<Option<u8>>,
) -> impl IntoView {
    let state = use_app_state();
    let own = use_training_data().own;
    let ground = use_theme().ground.into();
    let image_id = image.id();
    let digit = Memo::new(move |_| {
        let digits = state.own_digits.list.read();
        let place = digits.iter().position(|digit| digit.image().id() == image_id)?;
        Some((place, digits[place].label()))
    });
    let label = move || digit.get().map(|(_, label)| label);
    let number = move || digit.get().map_or(0, |(place, _)| place + 1);
    let is_wrong = move || read_as.get().is_some_and(|read_as| Some(read_as) != label());
    let is_looked_at =
        move || state.own_digits.looked_at.read().as_ref().is_some_and(|digit| digit.image().id() == image_id);
    let ink = image.ink();
    let look = move |_| {
        let list = state.own_digits.list.get_untracked();
        state.look_at_own(list.iter().find(|digit| digit.image().id() == image_id).cloned());
    };
    let read_text = move || match read_as.get() {
        Some(digit) if is_wrong() => format!("read as {digit}"),
        Some(_) => "read right".to_owned(),
        None => String::new(),
    };
    view! {
        <figure
            class="own-digit"
            class:own-digit--wrong=is_wrong
            data-testid="own-digit"
            data-label=move || label().map(|label| label.to_string())
            data-read=move || read_as.get().map(|digit| digit.to_string())
        >
            <button
                type="button"
                class="image-tile"
                aria-pressed=move || is_looked_at().to_string()
                aria-label=move || format!("Look at your digit {}, a {}", number(), label().unwrap_or_default())
                on:click=look
            >
                <DigitPicture pixels=Signal::derive(move || ink.clone()) ground class="image-tile__picture" />
            </button>
            <figcaption class="own-digit__caption">
                <LabelField
                    value=Signal::derive(label)
                    name=Signal::derive(move || format!("Label of your digit {}", number()))
                    on_change=move |label| own.relabel(image_id, label)
                />
                <button
                    type="button"
                    class="button button--quiet button--icon"
                    aria-label=move || format!("Delete your digit {}", number())
                    on:click=move |_| own.delete(image_id)
                >
                    "×"
                </button>
                <span class="own-digit__read" prop:textContent=read_text></span>
            </figcaption>
        </figure>
    }
}
