//! A Dense layer's weights: a picture for each unit, or one matrix of all.

use super::portion::{Portion, PortionSwitch};
use crate::components::Newest;
use crate::components::ShowMore;
use crate::components::layers::{KernelForm, LayerView};
use crate::components::pictures::{NumberPicture, Picture, Pointed, memo_picture, reader};
use crate::plot::colour_map::{ColourMap, Domain};
use crate::plot::frame_scheduler::mount_in_batches;
use crate::plot::number::three_digits;
use crate::protocol::questions::Weights;
use inkling_engine::explain::{unit_norms, value_range};
use leptos::prelude::*;
use ndarray::Array1;

/// Pictures in a row, as in the lesson.
const COLUMNS: usize = 10;
/// Pictures that are made in one frame.
const PER_FRAME: usize = 5;
/// Pictures at first, and with each "show more".
const AT_ONCE: usize = 40;

/// A picture for each unit.
#[component]
pub fn UnitGrid(
    /// The layer.
    view: StoredValue<LayerView>,
    /// Its numbers.
    answer: Newest<Weights>,
    /// Their one scale.
    domain: Memo<Option<Domain>>,
) -> impl IntoView {
    let context = expect_context::<super::context::WeightsContext>();
    let units = context.units(view, answer);
    let n_units = view.read_value().n_units();
    let n_shown = RwSignal::new(n_units.min(AT_ONCE));
    // A picture has a row for each channel of the maps before it.
    let portion = match view.read_value().form {
        KernelForm::UnitMatrices { n, size: [channels, places] } => Portion::new(channels, places * n.min(AT_ONCE)),
        _ => Portion::new(1, 1),
    };
    let norms = Memo::new(move |_| {
        let answer = answer.read();
        answer.as_ref().and_then(|answered| Some(unit_norms(view.read_value().arrays(answered)?.0)))
    });
    let n_made = mount_in_batches(move || n_shown.get(), PER_FRAME);
    let shown = move || units.read().iter().copied().take(n_made.get()).enumerate().collect::<Vec<_>>();
    let name = view.read_value().layer.name.clone();
    let axes = if let KernelForm::UnitMatrices { size, .. } = view.read_value().form { Some(size) } else { None };
    view! {
        <div
            class="unit-grid"
            role="group"
            aria-label=format!("{name}, weights of each unit: arrow keys choose a picture, Enter reads its cells")
            data-pictures=COLUMNS
        >
            <For each=shown key=|(place, unit)| (*place == 0, *unit) let:item>
                <UnitPicture view answer domain norms portion unit=item.1 is_tab_stop=item.0 == 0 />
            </For>
        </div>
        <PortionSwitch portion what="channels" />
        {axes.map(|[n_channels, n_places]| {
            view! {
                <p class="matrix__axes">
                    <span>{format!("in each picture: ↓ {n_channels} channels")}</span>
                    <span>{format!("→ {n_places} places of a channel, row by row")}</span>
                </p>
            }
        })}
        <ShowMore n_shown n=n_units on_more=Callback::new(move |()| n_shown.update(|n_shown| *n_shown = (*n_shown + AT_ONCE).min(n_units))) />
    }
}

#[component]
fn UnitPicture(
    view: StoredValue<LayerView>,
    answer: Newest<Weights>,
    domain: Memo<Option<Domain>>,
    norms: Memo<Option<Array1<f32>>>,
    portion: Portion,
    unit: usize,
    is_tab_stop: bool,
) -> impl IntoView {
    let unscramble = expect_context::<super::context::WeightsContext>().unscramble;
    let picture = memo_picture(move || {
        let answer = answer.read();
        let view = view.read_value();
        let (kernel, _) = view.arrays(answer.as_ref()?)?;
        let values = view.unit_picture(kernel, unit, portion.rows())?.into_owned();
        let is_on_pixels = view.source.is_some_and(|source| source.layer_idx.is_none());
        let values = if is_on_pixels { unscramble.put_back(values) } else { values };
        Some(Picture { values, domain: domain.get()?, colours: ColourMap::Diverging })
    });
    let norm = move || norms.read().as_ref().and_then(|norms| norms.get(unit).copied());
    let label = move || {
        let picture = picture.read();
        let name = format!("{} unit {unit}", view.read_value().layer.name);
        let Some(picture) = picture.as_ref() else { return format!("{name}, loading") };
        let [min, max] = value_range(&picture.values).unwrap_or_default();
        let (height, width) = picture.values.dim();
        format!("{name}, {height}×{width}, from {} to {}", three_digits(min), three_digits(max))
    };
    let read = reader(move |cell| {
        let picture = picture.read();
        let value = *picture.as_ref()?.values.get(cell)?;
        let (view, first) = (view.read_value(), portion.rows().start);
        let place = view.input_text([first + cell[0], cell[1]]);
        let text = format!("{} unit {unit} · {place} · {}", view.layer.name, three_digits(value));
        Some(Pointed { text, value })
    });
    let (class, size) = match view.read_value().form {
        KernelForm::Units { size, .. } => ("number-picture unit__picture", size),
        KernelForm::UnitMatrices { size: [_, places], .. } => {
            ("number-picture unit__picture unit__picture--matrix", [portion.size(), places])
        }
        _ => ("number-picture", [1, 1]),
    };
    view! {
        <figure class="unit" data-testid="unit" data-unit=unit>
            <NumberPicture picture size class label=Signal::derive(label) read is_tab_stop />
            <figcaption class="unit__caption">
                <span>{unit}</span>
                <span
                    class="unit__norm"
                    translate="no"
                    title="length of the unit's weights, √Σw²"
                    data-value=move || norm().map(|norm| norm.to_string())
                >
                    {move || norm().map_or_else(String::new, |norm| format!("‖w‖ {}", three_digits(norm)))}
                </span>
            </figcaption>
        </figure>
    }
}

/// All weights of a Dense layer: a row for each unit, a column for each input.
#[component]
pub fn MatrixPicture(
    /// The layer.
    view: StoredValue<LayerView>,
    /// Its numbers.
    answer: Newest<Weights>,
    /// Their one scale.
    domain: Memo<Option<Domain>>,
) -> impl IntoView {
    let context = expect_context::<super::context::WeightsContext>();
    let units = context.units(view, answer);
    let KernelForm::Matrix { size: [n_units, n_inputs] } = view.read_value().form else { return ().into_any() };
    let portion = Portion::new(n_units, n_inputs);
    let shown = Memo::new(move |_| units.read().get(portion.rows()).map(<[usize]>::to_vec).unwrap_or_default());
    let picture = memo_picture(move || {
        let answer = answer.read();
        let (kernel, _) = view.read_value().arrays(answer.as_ref()?)?;
        let values = view.read_value().unit_rows(kernel, &shown.read())?;
        Some(Picture { values, domain: domain.get()?, colours: ColourMap::Diverging })
    });
    let read = reader(move |[row, column]| {
        let picture = picture.read();
        let value = *picture.as_ref()?.values.get([row, column])?;
        let unit = *shown.read().get(row)?;
        let name = view.read_value().layer.name.clone();
        Some(Pointed { text: format!("{name} · input {column} → unit {unit} · {}", three_digits(value)), value })
    });
    let name = view.read_value().layer.name.clone();
    let label = Signal::derive(move || {
        let picture = picture.read();
        let [min, max] = picture.as_ref().and_then(|picture| value_range(&picture.values)).unwrap_or_default();
        let (min, max) = (three_digits(min), three_digits(max));
        format!(
            "{name}, a row for each of {n_units} units, a column for each of {n_inputs} inputs, from {min} to {max}"
        )
    });
    // Cells as large as a finger if there are few, and never wider than the panel.
    let cell_px = (720 / n_inputs.max(1)).clamp(1, 16);
    view! {
        <figure class="matrix" style:max-width=format!("{}px", cell_px * n_inputs)>
            <NumberPicture picture size=[portion.size(), n_inputs] class="number-picture matrix__picture" label read />
            <figcaption class="matrix__axes">
                <span>{format!("↓ {n_units} units")}</span>
                <span>{format!("→ {n_inputs} inputs")}</span>
            </figcaption>
            <PortionSwitch portion what="units" />
        </figure>
    }
    .into_any()
}
