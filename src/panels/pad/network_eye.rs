//! "The network sees": the 28×28 image, before and after MNIST's recipe, and the switch between them.

use super::pad_state::PadState;
use crate::components::pictures::DigitPicture;
use crate::components::subject_name;
use crate::drawing::SIDE;
use crate::plot::colour_map::Ground;
use crate::protocol::Subject;
use crate::state::use_app_state;
use leptos::prelude::*;

/// The image that the network is given, large, and the switch beside it.
#[component]
pub fn NetworkEye(
    /// The pad.
    pad: PadState,
    /// Light or dark.
    ground: Signal<Ground>,
) -> impl IntoView {
    let state = use_app_state();
    // The own drawing is shown without waiting for the worker; other images only it has.
    let order = Memo::new(move |_| state.run.checked.read().pixel_order());
    let seen = Signal::derive(move || match state.subject.get() {
        Subject::Drawing => {
            let pixels = match state.own_digits.looked_at.get() {
                Some(digit) => digit.image().ink(),
                None => pad.chosen(),
            };
            match order.read().as_ref() {
                Some(order) => order.apply(&pixels),
                None => pixels,
            }
        }
        subject => state
            .inspection
            .read()
            .as_ref()
            .filter(|inspection| inspection.subject == subject)
            .map(|inspection| inspection.input().to_vec())
            .unwrap_or_default(),
    });
    let option = move |is_centred: bool, name: &'static str, explanation: &'static str| {
        let pixels = Signal::derive(move || {
            let images = pad.images.read();
            if is_centred { images.centred.clone() } else { images.drawn.clone() }
        });
        view! {
            <label class="network-eye__option" title=explanation>
                <input
                    type="radio"
                    name="network-eye-recipe"
                    prop:checked=move || pad.is_centred.get() == is_centred
                    on:change=move |_| pad.set_centred(is_centred)
                />
                <DigitPicture pixels ground class="network-eye__thumbnail" />
                <span class="visually-hidden">{name}</span>
            </label>
        }
    };
    let name = move || match state.subject.get() {
        Subject::Drawing if state.own_digits.looked_at.read().is_some() => "a digit that you have kept".to_owned(),
        Subject::Drawing if pad.is_centred.get() => format!("{SIDE}×{SIDE}, centred"),
        Subject::Drawing => format!("{SIDE}×{SIDE}, as drawn"),
        subject => subject_name(subject),
    };
    view! {
        <fieldset class="network-eye">
            <legend class="network-eye__legend">"The network sees"</legend>
            <DigitPicture pixels=seen ground class="network-eye__picture" label=format!("{SIDE}×{SIDE} pixels that the network is given, from 0 (paper) to 1 (ink)") />
            <p class="network-eye__name" prop:textContent=name></p>
            <Show when=move || order.read().is_some()>
                <p class="network-eye__name network-eye__name--shuffled">"pixels shuffled"</p>
            </Show>
            <div class="network-eye__options">
                {option(
                    true,
                    "centred",
                    "As MNIST's images were made: fitted into 20×20 pixels, centre of mass at the centre of 28×28",
                )}
                {option(false, "as drawn", "The pad as it is, shrunk to 28×28 pixels")}
            </div>
        </fieldset>
    }
}
