//! Loss and accuracy side by side.

use super::curve_chart::CurveChart;
use super::curve_data::{FormerRun, Quantity, curves, marks, places, read_out};
use super::curve_table::CurveTable;
use super::data_notice::DataProgress;
use crate::components::glossary;
use crate::components::runs::{colour_of, letter_of};
use crate::plot::chart::{Measure, x_high};
use crate::plot::scale::ScaleKind;
use crate::state::{last_epoch, use_app_state};
use leptos::prelude::*;

/// Former runs whose curves can lie below the present ones.
pub const N_FORMER: usize = 5;

/// Both charts, their switches, and the figures as a table.
#[component]
pub fn Curves() -> impl IntoView {
    let state = use_app_state();
    let run = state.run;
    let cursor = RwSignal::new(None::<f64>);
    let scale = RwSignal::new(ScaleKind::Linear);
    let is_near = RwSignal::new(false);
    let shows_former = RwSignal::new(true);
    let steps_per_epoch = Memo::new(move |_| run.progress.read().steps_per_epoch);
    let former = Memo::new(move |_| {
        let runs = state.past_runs.read();
        let n_skipped = if shows_former.get() { runs.len().saturating_sub(N_FORMER) } else { runs.len() };
        let newest = runs.iter().enumerate().skip(n_skipped);
        let former = newest.map(|(run_idx, run)| FormerRun {
            colour: colour_of(run_idx),
            letter: letter_of(run_idx),
            epochs: run.epochs.clone(),
        });
        former.collect::<Vec<_>>()
    });
    let places = Memo::new(move |_| places(&run.epochs.read(), &run.batches.read(), steps_per_epoch.get()));
    // A cursor on a run that is gone is not shown.
    let shown_cursor = Memo::new(move |_| cursor.get().filter(|x| places.read().contains(x)));
    let x_high = Memo::new(move |_| {
        let of_former = former.read().iter().map(|run| last_epoch(&run.epochs)).max().unwrap_or(0);
        x_high(run.n_epochs().max(of_former), run.checked.read().experiment().training.epochs)
            .max(run.progress.read().epoch)
    });
    let curves_of = move |quantity| {
        Memo::new(move |_| {
            let (epochs, batches) = (run.epochs.read(), run.batches.read());
            curves(quantity, &epochs, &batches, steps_per_epoch.get(), &former.read())
        })
    };
    let read_out_of = move |quantity| {
        Memo::new(move |_| {
            let (epochs, batches) = (run.epochs.read(), run.batches.read());
            // Without a cursor, the epoch whose weights are there.
            let place = shown_cursor.get().or(run.kept_epoch.get().map(|epoch| epoch as f64));
            read_out(quantity, &epochs, &batches, steps_per_epoch.get(), place)
        })
    };
    let marks_of = Memo::new(move |_| {
        let n_epochs = run.n_epochs();
        let kept = (n_epochs, run.kept_epoch.get());
        marks(&run.rate_changes.read(), steps_per_epoch.get(), kept, run.stop_reason.read().as_ref())
    });
    let flip_scale = move |_| {
        scale.update(|scale| {
            *scale = if *scale == ScaleKind::Linear { ScaleKind::Log } else { ScaleKind::Linear };
        });
    };
    view! {
        <div class="curves">
            <CurveChart
                quantity=Quantity::Loss
                entry=glossary::LOSS
                measure=Signal::derive(move || Measure::Loss(scale.get()))
                curves=curves_of(Quantity::Loss)
                marks=marks_of
                x_high
                places
                cursor
                read_out=read_out_of(Quantity::Loss)
                tools=move || {
                    view! {
                        <button
                            type="button"
                            class="button button--quiet curve__switch"
                            aria-pressed=move || (scale.get() == ScaleKind::Log).to_string()
                            aria-label="log scale"
                            on:click=flip_scale
                        >
                            "log"
                        </button>
                    }
                }
            />
            <CurveChart
                quantity=Quantity::Accuracy
                entry=glossary::ACCURACY
                measure=Signal::derive(move || if is_near.get() { Measure::AccuracyNear } else { Measure::Accuracy })
                curves=curves_of(Quantity::Accuracy)
                marks=marks_of
                x_high
                places
                cursor
                read_out=read_out_of(Quantity::Accuracy)
                tools=move || {
                    view! {
                        <button
                            type="button"
                            class="button button--quiet curve__switch"
                            aria-pressed=move || is_near.get().to_string()
                            aria-label="zoom to the epochs"
                            on:click=move |_| is_near.update(|is_near| *is_near = !*is_near)
                        >
                            "zoom"
                        </button>
                    }
                }
            />
        </div>
        <div class="curves__foot">
            <CurveTable />
            <DataProgress />
            <Show when=move || !state.past_runs.read().is_empty()>
                <label class="switch-field">
                    <input
                        type="checkbox"
                        prop:checked=move || shows_former.get()
                        on:change=move |event| shows_former.set(event_target_checked(&event))
                    />
                    "Show earlier runs (dashed)"
                </label>
            </Show>
        </div>
    }
}
