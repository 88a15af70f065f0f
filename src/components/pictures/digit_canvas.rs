//! A 28×28 picture with something laid over it: an outline, or a box.

use super::number_picture::{NumberPicture, Picture};
use super::pointing::Reader;
use crate::drawing::SIDE;
use leptos::prelude::*;
use std::sync::Arc;

/// The picture, and over it an SVG in units of its pixels.
#[component]
pub fn DigitCanvas(
    /// What is painted.
    picture: Signal<Option<Arc<Picture>>>,
    /// What it is, for those who cannot see it.
    #[prop(into)]
    label: Signal<String>,
    /// What lies over it: an SVG path.
    #[prop(into)]
    overlay: Signal<String>,
    /// Its look beside `digit-plate`.
    #[prop(optional)]
    class: &'static str,
    /// Says what a pixel holds.
    #[prop(optional)]
    read: Option<Reader>,
) -> impl IntoView {
    let canvas = match read {
        Some(read) => {
            view! { <NumberPicture picture size=[SIDE, SIDE] class="number-picture digit-plate__canvas" label read /> }
                .into_any()
        }
        None => view! { <NumberPicture picture size=[SIDE, SIDE] class="number-picture digit-plate__canvas" label /> }
            .into_any(),
    };
    view! {
        <div class=format!("digit-plate {class}")>
            {canvas}
            <svg class="digit-plate__overlay" viewBox=format!("0 0 {SIDE} {SIDE}") aria-hidden="true">
                <path d=move || overlay.get()></path>
            </svg>
        </div>
    }
}
