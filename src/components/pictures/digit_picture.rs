//! A 28×28 image in grey.

use crate::drawing::SIDE;
use crate::plot::colour_map::{ColourMap, Domain, Ground};
use crate::plot::picture::{context_of, put, rgba};
use leptos::html::Canvas;
use leptos::prelude::*;

/// 28×28 pixels of ink.
#[component]
pub fn DigitPicture(
    /// Row by row in `[0, 1]`; nothing is painted while there are none.
    pixels: Signal<Vec<f32>>,
    /// Light or dark.
    ground: Signal<Ground>,
    /// Its look.
    class: &'static str,
    /// What it is, for those who cannot see it; a decoration without.
    #[prop(optional)]
    label: Option<&'static str>,
) -> impl IntoView {
    let canvas = NodeRef::<Canvas>::new();
    let context = StoredValue::new_local(None);
    Effect::new(move |_| {
        let Some(canvas) = canvas.get() else { return };
        if context.with_value(Option::is_none) {
            context.set_value(context_of(&canvas));
        }
        let pixels = pixels.get();
        let table = ColourMap::Grey.table(ground.get());
        if pixels.len() == SIDE * SIDE {
            let image = rgba(pixels.into_iter(), Domain { low: 0.0, high: 1.0 }, &table);
            context.with_value(|context| {
                if let Some(context) = context {
                    put(context, &image, SIDE, SIDE);
                }
            });
        }
    });
    view! {
        <canvas
            node_ref=canvas
            class=class
            width=SIDE
            height=SIDE
            role=label.map(|_| "img")
            aria-label=label
            aria-hidden=label.is_none().then_some("true")
        ></canvas>
    }
}
