//! A deeper Conv2D layer: the lengths of all its kernels, and those of one filter or one channel enlarged.

use super::kernel_grid::KernelGrid;
use crate::components::layers::{KernelForm, LayerView};
use crate::components::pictures::{ColourLegend, NumberPicture, Picture, Pointed, memo_picture, reader};
use crate::components::{Newest, fresh_id, while_mounted};
use crate::plot::colour_map::{ColourMap, Domain};
use crate::plot::number::three_digits;
use crate::protocol::questions::Weights;
use inkling_engine::explain::{WeightView, value_range};
use leptos::prelude::*;

/// Which kernels are enlarged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Line {
    /// All of one filter, a row of the matrix.
    Filter(usize),
    /// All of one input channel, a column of the matrix.
    Channel(usize),
}

impl Line {
    fn idx(self) -> usize {
        match self {
            Line::Filter(idx) | Line::Channel(idx) => idx,
        }
    }

    fn kernels(self, [filters, channels]: [usize; 2]) -> Vec<WeightView> {
        match self {
            Line::Filter(filter) => (0..channels).map(|in_channel| WeightView::Slice { in_channel, filter }).collect(),
            Line::Channel(in_channel) => (0..filters).map(|filter| WeightView::Slice { in_channel, filter }).collect(),
        }
    }
}

/// Filters × channels.
#[component]
pub fn SliceMatrix(
    /// The layer.
    view: StoredValue<LayerView>,
    /// Its numbers.
    answer: Newest<Weights>,
    /// Their one scale.
    domain: Memo<Option<Domain>>,
) -> impl IntoView {
    let KernelForm::Slices { n: [filters, channels], .. } = view.read_value().form else { return ().into_any() };
    let line = RwSignal::new(Line::Filter(0));
    let picture = memo_picture(move || {
        let answer = answer.read();
        let (kernel, _) = view.read_value().arrays(answer.as_ref()?)?;
        let norms = view.read_value().picture(kernel, WeightView::SliceNorms)?;
        let [_, max] = value_range(&norms).unwrap_or_default();
        Some(Picture { values: norms.into_owned(), domain: Domain::magnitude(0.0, max), colours: ColourMap::Viridis })
    });
    let read = reader(move |[filter, channel]| {
        let picture = picture.read();
        let value = *picture.as_ref()?.values.get([filter, channel])?;
        let name = view.read_value().layer.name.clone();
        Some(Pointed {
            text: format!("{name} channel {channel} → filter {filter} · ‖w‖ {}", three_digits(value)),
            value,
        })
    });
    let choose = Callback::new(move |[filter, channel]: [usize; 2]| {
        line.update(|line| {
            *line = match line {
                Line::Filter(_) => Line::Filter(filter),
                Line::Channel(_) => Line::Channel(channel),
            };
        });
    });
    let norm_domain = Signal::derive(move || picture.read().as_ref().map(|picture| picture.domain));
    let kernels = Signal::derive(move || line.get().kernels([filters, channels]));
    let name = view.read_value().layer.name.clone();
    let label = Signal::derive(move || {
        let picture = picture.read();
        let [min, max] = picture.as_ref().and_then(|picture| value_range(&picture.values)).unwrap_or_default();
        format!(
            "{name}, lengths of its kernels: a row for each of {filters} filters, a column for each of {channels} channels, \
             from {} to {}; Enter enlarges",
            three_digits(min),
            three_digits(max)
        )
    });
    view! {
        <div class="slice-matrix">
            <figure class="slice-matrix__norms">
                <NumberPicture picture size=[filters, channels] class="number-picture slice-matrix__picture" label read on_choose=choose />
                <figcaption class="matrix__axes">
                    <span>{format!("↓ {filters} filters")}</span>
                    <span>{format!("→ {channels} channels")}</span>
                </figcaption>
                <ColourLegend
                    domain=norm_domain
                    colours=ColourMap::Viridis
                    note=Signal::derive(|| "‖w‖ = √Σw² of each kernel".to_owned())
                />
            </figure>
            <div class="slice-matrix__line">
                <LineSwitch line n=[filters, channels] />
                <KernelGrid view answer domain kernels />
            </div>
        </div>
    }
    .into_any()
}

/// Filter or channel, and which.
#[component]
fn LineSwitch(line: RwSignal<Line>, n: [usize; 2]) -> impl IntoView {
    let name = fresh_id("line");
    let [filters, channels] = n;
    let option = |word: &'static str, make: fn(usize) -> Line, n_lines: usize| {
        view! {
            <label class="segments__option">
                <input
                    type="radio"
                    name=name.clone()
                    prop:checked=move || line.get() == make(line.get().idx())
                    on:change=move |_| line.update(|line| *line = make(line.idx().min(n_lines - 1)))
                />
                <span>{word}</span>
            </label>
        }
    };
    let n_lines = move || match line.get() {
        Line::Filter(_) => filters,
        Line::Channel(_) => channels,
    };
    let type_in = move |event| {
        match event_target_value(&event).trim().parse::<usize>() {
            Ok(number) if number < untrack(n_lines) => line.update(|line| {
                *line = match line {
                    Line::Filter(_) => Line::Filter(number),
                    Line::Channel(_) => Line::Channel(number),
                };
            }),
            // The field shows again what is chosen.
            _ => line.notify(),
        }
    };
    view! {
        <fieldset class="slice-matrix__switch">
            <legend class="visually-hidden">"Kernels enlarged"</legend>
            <span class="muted">"all kernels of"</span>
            <span class="segments">
                {option("filter", Line::Filter, filters)} {option("channel", Line::Channel, channels)}
            </span>
            <input
                class="stepper__number"
                type="number"
                min="0"
                max=move || n_lines() - 1
                aria-label=move || format!("Number, 0 to {}", n_lines() - 1)
                prop:value=move || line.get().idx().to_string()
                on:change=while_mounted(type_in)
            />
        </fieldset>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_row_or_a_column() {
        let row = Line::Filter(1).kernels([2, 3]);
        assert_eq!(row.len(), 3);
        assert_eq!(row[2], WeightView::Slice { in_channel: 2, filter: 1 });
        let column = Line::Channel(2).kernels([2, 3]);
        assert_eq!(column, [0, 1].map(|filter| WeightView::Slice { in_channel: 2, filter }));
    }
}
