//! One layer of the backward pass: the gradient of the loss at its output.

use super::training_step::{gradient_of, norm};
use crate::components::layers::{LayerForm, LayerPlan, MAPS_PER_ROW};
use crate::components::pictures::{ColourLegend, NumberPicture, Picture, Pointed, Tiling, memo_picture, reader};
use crate::components::{Newest, ShowMore, Term};
use crate::plot::colour_map::{ColourMap, Domain};
use crate::plot::number::three_digits;
use crate::protocol::questions::Gradients;
use inkling_engine::explain::value_range;
use leptos::prelude::*;

/// Maps at first, and with each "show more".
const AT_ONCE: usize = 64;

/// All maps of a layer's gradient as one picture, on one scale.
#[component]
pub fn GradientLayer(
    /// The layer.
    plan: LayerPlan,
    /// The newest answer.
    answer: Newest<Gradients>,
) -> impl IntoView {
    let (name, shape, entry, form) = (plan.name.clone(), plan.shape.to_string(), plan.entry, plan.form);
    let title = name.clone();
    let n_maps = if matches!(form, LayerForm::Maps { .. }) { form.n_pictures() } else { 1 };
    let n_shown = RwSignal::new(n_maps.min(AT_ONCE));
    let tiling = move || tiling_of(form, n_shown.get());
    let plan = StoredValue::new(plan);
    let values = newest_values(plan, answer);
    let picture = memo_picture(move || {
        let values = values.read();
        let values = values.as_ref()?;
        let tiling = tiling();
        let [min, max] = value_range(values).unwrap_or_default();
        let value = |tile_idx, [row, column]: [usize; 2]| {
            let value_idx = form.value_idx(tile_idx, row, column);
            value_idx.and_then(|value_idx| values.get(value_idx).copied()).unwrap_or(f32::NAN)
        };
        Some(Picture { values: tiling.values(value), domain: Domain::signed(min, max), colours: ColourMap::Diverging })
    });
    let length = move || values.read().as_ref().map(norm);
    let read = reader(move |cell| {
        let (tile_idx, [row, column]) = tiling().locate(cell)?;
        let idx = form.value_idx(tile_idx, row, column)?;
        let value = *values.read().as_ref()?.get(idx)?;
        let place = match form {
            LayerForm::Maps { .. } => format!("channel {tile_idx} · row {row}, column {column}"),
            LayerForm::Cells { .. } | LayerForm::Bars { .. } => format!("unit {idx}"),
        };
        Some(Pointed {
            text: format!("{} · {place} · ∂loss {}", plan.read_value().name, three_digits(value)), value
        })
    });
    let label = Signal::derive(move || {
        let plan = plan.read_value();
        let values = values.read();
        let Some(values) = values.as_ref() else { return format!("{}, gradient loading", plan.name) };
        let [min, max] = value_range(values).unwrap_or_default();
        format!(
            "{}, gradient at its output, {}, from {} to {}",
            plan.name,
            plan.shape,
            three_digits(min),
            three_digits(max)
        )
    });
    let domain = Signal::derive(move || picture.read().as_ref().map(|picture| picture.domain));
    let note = Signal::derive(move || {
        length().map_or_else(String::new, |length| format!("‖∂‖ {}", three_digits(length as f32)))
    });
    let width_px = match form {
        LayerForm::Maps { .. } => form.picture_width_px() * MAPS_PER_ROW.min(form.n_pictures()),
        LayerForm::Cells { .. } | LayerForm::Bars { .. } => 128,
    };
    view! {
        <figure
            class="layer-column"
            data-testid="gradient-layer"
            data-layer=name
            data-norm=move || length().map(|length| length.to_string())
        >
            <figcaption class="layer-column__caption">
                <Term entry>
                    <span class="layer-column__name">{title}</span>
                </Term>
                <span class="layer-column__shape">{shape}</span>
            </figcaption>
            {match form {
                LayerForm::Bars { n } => view! { <OutputGradients n values /> }.into_any(),
                LayerForm::Maps { .. } | LayerForm::Cells { .. } => {
                    view! {
                        <div style:width=format!("{width_px}px") style:max-width="100%">
                            <NumberPicture picture size=untrack(tiling).size() class="number-picture" label read />
                        </div>
                        <ShowMore n_shown n=n_maps on_more=Callback::new(move |()| n_shown.update(|n_shown| *n_shown = (*n_shown + AT_ONCE).min(n_maps))) />
                        <ColourLegend domain note />
                    }
                        .into_any()
                }
            }}
        </figure>
    }
}

/// The gradient at each logit as a bar: to the right the loss would rise with it, to the left it would fall.
#[component]
fn OutputGradients(n: usize, values: Memo<Option<Vec<f32>>>) -> impl IntoView {
    let reach = Memo::new(move |_| {
        let values = values.read();
        values
            .iter()
            .flatten()
            .map(|value| value.abs())
            .filter(|size| size.is_finite())
            .fold(f32::MIN_POSITIVE, f32::max)
    });
    let row = move |idx: usize| {
        let value = move || values.read().as_ref().and_then(|values| values.get(idx).copied());
        let style = move || {
            let share = value().filter(|value| value.is_finite()).unwrap_or(0.0) / reach.get();
            format!("left: {:.2}%; width: {:.2}%", 50.0 + 50.0 * share.min(0.0), 50.0 * share.abs())
        };
        view! {
            <li class="output-bars__row" data-value=move || value().map(|value| value.to_string())>
                <span class="output-bars__name">{idx}</span>
                <span class="output-bars__track">
                    <span
                        class="output-bars__bar"
                        class:output-bars__bar--negative=move || value().is_some_and(|value| value < 0.0)
                        prop:style=style
                    ></span>
                </span>
                <span class="output-bars__value">{move || value().map_or_else(|| "–".to_owned(), three_digits)}</span>
            </li>
        }
    };
    view! { <ol class="output-bars" translate="no">{(0..n).map(row).collect_view()}</ol> }
}

/// The layer's own values, compared by identity of the answer they came with.
fn newest_values(plan: StoredValue<LayerPlan>, answer: Newest<Gradients>) -> Memo<Option<Vec<f32>>> {
    Memo::new_with_compare(
        move |_| {
            let answer = answer.read();
            let plan = plan.read_value();
            let (layer, values) = gradient_of(&answer.as_ref()?.answer, plan.layer_idx)?;
            (layer.shape == plan.shape).then(|| values.to_vec())
        },
        |_, _| true,
    )
}

/// The first `n_maps` maps side by side, or the one picture of a layer that has no maps.
fn tiling_of(form: LayerForm, n_maps: usize) -> Tiling {
    match form {
        LayerForm::Maps { height, width, .. } => Tiling { tile: [height, width], n: n_maps, columns: MAPS_PER_ROW },
        LayerForm::Cells { .. } | LayerForm::Bars { .. } => Tiling { tile: form.picture_size(), n: 1, columns: 1 },
    }
}
