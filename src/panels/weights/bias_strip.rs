//! A layer's biases as a strip of cells.

use crate::components::layers::LayerView;
use crate::components::pictures::{ColourLegend, NumberPicture, Picture, Pointed, memo_picture, reader};
use crate::components::{Newest, Term, glossary};
use crate::plot::colour_map::{ColourMap, Domain};
use crate::plot::number::three_digits;
use crate::protocol::questions::Weights;
use inkling_engine::explain::value_range;
use leptos::prelude::*;
use ndarray::Array2;

/// Biases in a row.
const COLUMNS: usize = 40;

/// One cell a bias, forty a row, on a scale of their own.
#[component]
pub fn BiasStrip(
    /// The layer.
    view: StoredValue<LayerView>,
    /// Its numbers.
    answer: Newest<Weights>,
) -> impl IntoView {
    let n_bias = view.read_value().layer.n_bias;
    let width = n_bias.clamp(1, COLUMNS);
    let picture = memo_picture(move || {
        let answer = answer.read();
        let (_, bias) = view.read_value().arrays(answer.as_ref()?)?;
        let value = |(row, column)| bias.get(row * width + column).copied().unwrap_or(f32::NAN);
        let values = Array2::from_shape_fn([n_bias.div_ceil(width), width], value);
        let [min, max] = value_range(&values).unwrap_or_default();
        Some(Picture { values, domain: Domain::signed(min, max), colours: ColourMap::Diverging })
    });
    let read = reader(move |[row, column]| {
        let unit = row * width + column;
        let value = *picture.read().as_ref()?.values.get([row, column]).filter(|_| unit < n_bias)?;
        let view = view.read_value();
        Some(Pointed {
            text: format!("{} · bias of {} · {}", view.layer.name, view.unit_name(unit), three_digits(value)),
            value,
        })
    });
    let name = view.read_value().layer.name.clone();
    let label = Signal::derive(move || {
        let range = picture.read().as_ref().and_then(|picture| value_range(&picture.values)).unwrap_or_default();
        format!("{name}, {n_bias} biases, from {} to {}", three_digits(range[0]), three_digits(range[1]))
    });
    let domain = Signal::derive(move || picture.read().as_ref().map(|picture| picture.domain));
    view! {
        <figure class="bias-strip">
            <figcaption class="bias-strip__caption">
                <Term entry=glossary::BIAS>"biases"</Term>
                <span class="muted">{n_bias}</span>
            </figcaption>
            <div style:max-width=format!("{}px", 16 * width)>
                <NumberPicture picture size=[n_bias.div_ceil(width), width] class="number-picture bias-strip__picture" label read />
            </div>
            <ColourLegend domain />
        </figure>
    }
}
