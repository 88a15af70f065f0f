//! Softmax step by step: logits, their exponentials, the sum of these, probabilities.

use super::context::InspectorContext;
use super::number::Number;
use super::number_text::short;
use crate::plot::decimals::Decimals;
use inkling_engine::explain::SoftmaxStep;
use leptos::prelude::*;

/// Outputs that get a row each; of more only the most probable.
const MAX_ROWS: usize = 12;
/// Exponentials reach from 1 down to almost nothing.
const EXPONENTIAL_DECIMALS: Decimals = Decimals::new(6);

/// A row for each output.
#[component]
pub fn SoftmaxTable() -> impl IntoView {
    let context = expect_context::<InspectorContext>();
    let softmax = Memo::new(move |_| context.with_step(|step| step.softmax.clone()).flatten());
    let pinned = Memo::new(move |_| context.with(|_, cell, _| cell.channel));
    let rows = Memo::new(move |_| softmax.read().as_ref().map(rows_shown).unwrap_or_default());
    let of = move |read: fn(&SoftmaxStep) -> f32| {
        Signal::derive(move || softmax.read().as_ref().map(read).unwrap_or_default())
    };
    let rest = move || {
        let softmax = softmax.read();
        let softmax = softmax.as_ref()?;
        let (n_rest, sum) = rest_of(softmax, &rows.read());
        (n_rest > 0).then_some((n_rest, sum))
    };
    let rest = Memo::new(move |_| rest());
    let texts = Memo::new(move |_| {
        let softmax = softmax.read();
        let exponential = |row: &usize| softmax.as_ref()?.exponentials.get(*row).copied();
        let mut parts: Vec<f32> = rows.read().iter().filter_map(exponential).collect();
        parts.extend(rest.get().map(|(_, sum)| sum));
        EXPONENTIAL_DECIMALS.texts(&parts)
    });
    let text_of = move |row: usize| Signal::derive(move || texts.read().0.get(row).cloned().unwrap_or_default());
    view! {
        <div class="softmax-table">
            <table class="table">
                <caption class="value-grid__caption">
                    "softmax: e to the power of each logit less the largest, "
                    <span translate="no">{move || short(of(|s| s.max).get())}</span>
                </caption>
                <thead>
                    <tr>
                        <th scope="col">"unit"</th>
                        <th scope="col">"logit"</th>
                        <th scope="col">"e^(logit − max)"</th>
                        <th scope="col">"÷ Σ = probability"</th>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || 0..rows.read().len() key=|row| *row let:row>
                        <SoftmaxRow text=text_of(row) unit=Memo::new(move |_| rows.read().get(row).copied().unwrap_or_default()) softmax pinned />
                    </For>
                    <Show when=move || rest.get().is_some()>
                        <tr>
                            <td prop:textContent=move || rest.get().map(|(n_rest, _)| format!("{n_rest} others"))></td>
                            <td></td>
                            <td>
                                <Number
                                    value=Signal::derive(move || rest.get().map_or(0.0, |(_, sum)| sum))
                                    text=Signal::derive(move || texts.read().0.last().cloned().unwrap_or_default())
                                    test_id="probe-exponential"
                                />
                            </td>
                            <td></td>
                        </tr>
                    </Show>
                    <tr class="softmax-table__sum">
                        <td>"Σ"</td>
                        <td></td>
                        <td>
                            <Number value=of(|softmax| softmax.sum) text=Signal::derive(move || texts.read().1.clone()) test_id="probe-exponential-sum" />
                        </td>
                        <td></td>
                    </tr>
                </tbody>
            </table>
        </div>
    }
}

#[component]
fn SoftmaxRow(
    text: Signal<String>,
    unit: Memo<usize>,
    softmax: Memo<Option<SoftmaxStep>>,
    pinned: Memo<Option<usize>>,
) -> impl IntoView {
    let of = move |read: fn(&SoftmaxStep) -> &[f32]| {
        Signal::derive(move || {
            let softmax = softmax.read();
            softmax.as_ref().and_then(|softmax| read(softmax).get(unit.get()).copied()).unwrap_or_default()
        })
    };
    let is_pinned = move || pinned.get() == Some(unit.get());
    view! {
        <tr class:softmax-table__row--pinned=is_pinned aria-current=move || is_pinned().then_some("true")>
            <td translate="no">{unit}</td>
            <td>
                <Number value=of(|softmax| &softmax.logits) test_id="probe-logit" />
            </td>
            <td>
                <Number value=of(|softmax| &softmax.exponentials) text test_id="probe-exponential" />
            </td>
            <td>
                <Number value=of(|softmax| &softmax.probs) test_id="probe-probability" />
            </td>
        </tr>
    }
}

/// The outputs that get a row: all of few, in order; of many the most probable, in falling order.
fn rows_shown(softmax: &SoftmaxStep) -> Vec<usize> {
    let n = softmax.exponentials.len();
    let mut rows: Vec<usize> = (0..n).collect();
    if n > MAX_ROWS {
        rows.sort_by(|a, b| softmax.exponentials[*b].total_cmp(&softmax.exponentials[*a]));
        rows.truncate(MAX_ROWS);
    }
    rows
}

/// How many outputs have no row, and what their exponentials add up to.
fn rest_of(softmax: &SoftmaxStep, rows: &[usize]) -> (usize, f32) {
    let of_rows: f64 = rows.iter().filter_map(|row| softmax.exponentials.get(*row)).copied().map(f64::from).sum();
    let all: f64 = softmax.exponentials.iter().copied().map(f64::from).sum();
    (softmax.exponentials.len() - rows.len(), (all - of_rows) as f32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn softmax(n: usize) -> SoftmaxStep {
        let logits: Vec<f32> = (0..n).map(|unit| unit as f32 / 8.0).collect();
        let max = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let exponentials: Vec<f32> = logits.iter().map(|logit| (logit - max).exp()).collect();
        let sum = exponentials.iter().sum();
        let probs = exponentials.iter().map(|exponential| exponential / sum).collect();
        SoftmaxStep { logits, max, exponentials, sum, probs }
    }

    #[test]
    fn ten_classes_are_shown_in_order() {
        let step = softmax(10);
        assert_eq!(rows_shown(&step), (0..10).collect::<Vec<_>>());
        assert_eq!(rest_of(&step, &rows_shown(&step)).0, 0);
    }

    #[test]
    fn of_many_the_most_probable_and_nothing_is_lost() {
        let step = softmax(512);
        let rows = rows_shown(&step);
        assert_eq!((rows.len(), rows[0], rows[11]), (12, 511, 500));
        let (n_rest, rest) = rest_of(&step, &rows);
        assert_eq!(n_rest, 500);
        let shown: f32 = rows.iter().map(|row| step.exponentials[*row]).sum();
        assert!((shown + rest - step.sum).abs() < 1e-5);
    }
}
