//! A small image in grey.

use crate::drawing::SIDE;
use crate::plot::colour_map::{ColourMap, Domain, Ground};
use crate::plot::picture::{context_of, paint};
use leptos::html::Canvas;
use leptos::prelude::*;
use ndarray::ArrayView2;

/// Pixels of ink.
#[component]
pub fn DigitPicture(
    /// Row by row in `[0, 1]`; nothing is painted while there are none.
    pixels: Signal<Vec<f32>>,
    /// Light or dark.
    ground: Signal<Ground>,
    /// Rows and columns.
    #[prop(default = [SIDE, SIDE])]
    size: [usize; 2],
    /// Its look.
    class: &'static str,
    /// What it is, for those who cannot see it; a decoration without.
    #[prop(optional, into)]
    label: Option<String>,
) -> impl IntoView {
    let [height, width] = size;
    let is_decoration = label.is_none();
    let canvas = NodeRef::<Canvas>::new();
    let context = StoredValue::new_local(None);
    Effect::new(move |_| {
        let Some(canvas) = canvas.get() else { return };
        if context.with_value(Option::is_none) {
            context.set_value(context_of(&canvas));
        }
        let pixels = pixels.get();
        let table = ColourMap::Grey.table(ground.get());
        if let Ok(pixels) = ArrayView2::from_shape(size, &pixels) {
            context.with_value(|context| {
                if let Some(context) = context {
                    paint(context, pixels, Domain { low: 0.0, high: 1.0 }, &table);
                }
            });
        }
    });
    view! {
        <canvas
            node_ref=canvas
            class=class
            width=width
            height=height
            role=(!is_decoration).then_some("img")
            aria-label=label
            aria-hidden=is_decoration.then_some("true")
        ></canvas>
    }
}
