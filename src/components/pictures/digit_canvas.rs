//! A picture of the input's size with something laid over it: an outline, or a box.

use super::number_picture::{NumberPicture, Picture};
use super::pointing::Reader;
use leptos::prelude::*;
use std::sync::Arc;

/// The picture, and over it an SVG in units of its pixels.
#[component]
pub fn DigitCanvas(
    /// What is painted.
    picture: Signal<Option<Arc<Picture>>>,
    /// Rows and columns.
    size: [usize; 2],
    /// What it is, for those who cannot see it.
    #[prop(into)]
    label: Signal<String>,
    /// What lies over it: an SVG path.
    #[prop(into)]
    overlay: Signal<String>,
    /// Its look beside `digit-canvas`.
    #[prop(optional)]
    class: &'static str,
    /// Says what a pixel holds.
    #[prop(optional)]
    read: Option<Reader>,
) -> impl IntoView {
    let [height, width] = size;
    let canvas = match read {
        Some(read) => {
            view! { <NumberPicture picture size class="number-picture digit-canvas__canvas" label read /> }.into_any()
        }
        None => view! { <NumberPicture picture size class="number-picture digit-canvas__canvas" label /> }.into_any(),
    };
    view! {
        <div class=format!("digit-canvas {class}")>
            {canvas}
            <svg class="digit-canvas__overlay" viewBox=format!("0 0 {width} {height}") aria-hidden="true">
                <path d=move || overlay.get()></path>
            </svg>
        </div>
    }
}
