//! One number a unit or channel as a strip of cells, forty a row, on a scale of their own.

use crate::components::Term;
use crate::components::glossary::Entry;
use crate::components::pictures::{ColourLegend, NumberPicture, Picture, Pointed, memo_picture, reader};
use crate::plot::colour_map::{ColourMap, Domain};
use crate::plot::number::three_digits;
use inkling_engine::explain::value_range;
use leptos::prelude::*;
use ndarray::Array2;
use std::sync::Arc;

/// Cells in a row.
const COLUMNS: usize = 40;

/// What a strip shows, in words.
#[derive(Clone)]
pub struct StripWords {
    /// The word that is explained.
    pub entry: Entry,
    /// Its caption: `biases`.
    pub caption: &'static str,
    /// The strip as a whole: `dense, 10 biases`.
    pub label: String,
    /// One of its numbers: `dense · bias of unit 3`.
    pub cell: Arc<dyn Fn(usize) -> String + Send + Sync>,
}

/// `n` numbers, once they are there.
#[component]
pub fn ValueStrip(
    /// What they are.
    words: StripWords,
    /// How many they are.
    n: usize,
    /// The numbers.
    values: Signal<Option<Vec<f32>>>,
) -> impl IntoView {
    let StripWords { entry, caption, label, cell } = words;
    let width = n.clamp(1, COLUMNS);
    let picture = memo_picture(move || {
        let numbers = values.get()?;
        let value = |(row, column)| numbers.get(row * width + column).copied().unwrap_or(f32::NAN);
        let values = Array2::from_shape_fn([n.div_ceil(width), width], value);
        let [min, max] = value_range(&values).unwrap_or_default();
        Some(Picture { values, domain: Domain::signed(min, max), colours: ColourMap::Diverging })
    });
    let read = reader(move |[row, column]| {
        let unit = row * width + column;
        let value = *picture.read().as_ref()?.values.get([row, column]).filter(|_| unit < n)?;
        Some(Pointed { text: format!("{} · {}", cell(unit), three_digits(value)), value })
    });
    let label = Signal::derive(move || {
        let range = picture.read().as_ref().and_then(|picture| value_range(&picture.values)).unwrap_or_default();
        format!("{label}, from {} to {}", three_digits(range[0]), three_digits(range[1]))
    });
    let domain = Signal::derive(move || picture.read().as_ref().map(|picture| picture.domain));
    view! {
        <figure class="bias-strip">
            <figcaption class="bias-strip__caption">
                <Term entry>{caption}</Term>
                <span class="muted">{n}</span>
            </figcaption>
            <div style:max-width=format!("{}px", 16 * width)>
                <NumberPicture picture size=[n.div_ceil(width), width] class="number-picture bias-strip__picture" label read />
            </div>
            <ColourLegend domain />
        </figure>
    }
}
