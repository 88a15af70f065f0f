//! A layer's biases as a strip of cells.

use crate::components::layers::LayerView;
use crate::components::pictures::{ColourLegend, NumberPicture, Picture, Pointed, memo_picture, reader};
use crate::components::{Newest, Term, glossary};
use crate::plot::colour_map::{ColourMap, Domain};
use crate::plot::number::figure;
use inkling_engine::explain::value_range;
use leptos::prelude::*;

/// Biases in a row.
const COLUMNS: usize = 40;

/// One cell a bias, forty a row, on a scale of their own.
#[component]
pub fn BiasStrip(
    /// The layer.
    view: StoredValue<LayerView>,
    /// Its numbers.
    answer: Newest,
) -> impl IntoView {
    let n_bias = view.read_value().layer.n_bias;
    let width = n_bias.clamp(1, COLUMNS);
    let picture = memo_picture(move || {
        let answer = answer.read();
        let (_, bias) = view.read_value().arrays(answer.as_ref()?)?;
        let height = n_bias.div_ceil(width);
        let mut values = bias.to_vec();
        values.resize(height * width, f32::NAN);
        let [min, max] = value_range(bias).unwrap_or_default();
        let domain = Domain::signed(min, max);
        Some(Picture { height, width, values, domain, colours: ColourMap::Diverging })
    });
    let read = reader(move |[row, column]| {
        let unit = row * width + column;
        let value = *picture.read().as_ref()?.values.get(unit).filter(|_| unit < n_bias)?;
        let view = view.read_value();
        Some(Pointed {
            words: format!("{} · bias of {} · {}", view.layer.name, view.unit_name(unit), figure(value)),
            value,
        })
    });
    let name = view.read_value().layer.name.clone();
    let label = Signal::derive(move || {
        let range = picture.read().as_ref().and_then(|picture| value_range(&picture.values)).unwrap_or_default();
        format!("{name}, {n_bias} biases, from {} to {}", figure(range[0]), figure(range[1]))
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
