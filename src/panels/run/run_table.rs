//! The table of runs: the present one and former ones.

use super::text::ENDLESS;
use crate::components::runs::{colour_of, letter_of, run_name};
use crate::components::{Term, glossary};
use crate::plot::number::{loss, percent, seconds, thousands};
use crate::protocol::Phase;
use crate::state::{AppState, Place, RunRecord, last_epoch, use_app_state, use_editor};
use inkling_engine::history::StopReason;
use leptos::prelude::*;

/// One row a run, the newest first; a run's name brings its experiment back.
#[component]
pub fn RunTable() -> impl IntoView {
    let state = use_app_state();
    let (run, is_plane) = (state.run, state.place == Place::Plane);
    let is_present = Memo::new(move |_| run.progress.read().epoch > 0 || run.phase() != Phase::Idle);
    let past = move || {
        let runs = state.past_runs.get();
        runs.into_iter().enumerate().rev().collect::<Vec<_>>()
    };
    view! {
        <div class="run-table" tabindex="0" role="region" aria-label="Runs">
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">"Run"</th>
                        <th scope="col">
                            <Term entry=glossary::PARAMETERS>"parameters"</Term>
                        </th>
                        <th scope="col">
                            <Term entry=glossary::EPOCHS>"epochs"</Term>
                        </th>
                        <th scope="col">
                            <Term entry=glossary::VAL_LOSS>{if is_plane { "test loss" } else { "val. loss" }}</Term>
                        </th>
                        <th scope="col">
                            <Term entry=glossary::VAL_ACCURACY>{if is_plane { "test accuracy" } else { "val. accuracy" }}</Term>
                        </th>
                        <th scope="col" hidden=is_plane>
                            <Term entry=glossary::TEST_SET>"test"</Term>
                        </th>
                        <th scope="col">"time"</th>
                    </tr>
                </thead>
                <tbody>
                    <Show
                        when=move || is_present.get()
                        fallback=move || {
                            state
                                .past_runs
                                .read()
                                .is_empty()
                                .then(|| {
                                    view! {
                                        <tr>
                                            <td class="run-table__empty" colspan="7">
                                                "Press Train: each run gets a row here, to be compared and brought back."
                                            </td>
                                        </tr>
                                    }
                                })
                        }
                    >
                        <PresentRow />
                    </Show>
                    <For each=past key=|(_, record)| record.id children=|(run_idx, record)| {
                        view! { <PastRow run_idx record /> }
                    } />
                </tbody>
            </table>
        </div>
    }
}

/// The run whose network the worker holds.
#[component]
fn PresentRow() -> impl IntoView {
    let AppState { run, place, .. } = use_app_state();
    let is_plane = place == Place::Plane;
    let name = Memo::new(move |_| run_name(run.checked.read().experiment(), &run.rate_changes.read()));
    let n_params = Memo::new(move |_| thousands(run.checked.read().n_params()));
    let last = Memo::new(move |_| run.kept());
    let n_epochs = Memo::new(move |_| {
        let (n_done, n_asked) = (run.n_epochs(), run.checked.read().experiment().training.epochs);
        match run.stop_reason.get() {
            Some(reason) => epochs_text(n_done, Some(&reason), run.kept_epoch.get()),
            None if n_asked == ENDLESS => thousands(n_done),
            None => format!("{n_done} / {n_asked}"),
        }
    });
    view! {
        <tr aria-current="true" translate="no">
            <th scope="row" class="run-table__name">
                <span class="run-table__dot" style:background="var(--train)" aria-hidden="true"></span>
                {move || name.get()}
                <span class="muted">{move || why_unlike(run.weight_edits.read().is_edited(), run.restored.get(), &run.amended.read())}</span>
            </th>
            <td>{move || n_params.get()}</td>
            <td>{move || n_epochs.get()}</td>
            <td>{move || or_dash(last.get().and_then(|record| record.val_loss), loss)}</td>
            <td>
                <strong>{move || or_dash(last.get().and_then(|record| record.val_accuracy), percent)}</strong>
            </td>
            <td hidden=is_plane>{move || or_dash(run.test_accuracy(), percent)}</td>
            <td>{move || seconds(run.seconds.get())}</td>
        </tr>
    }
}

/// A former run.
#[component]
fn PastRow(run_idx: usize, record: RunRecord) -> impl IntoView {
    let editor = use_editor();
    let name = run_name(record.checked.experiment(), &record.rate_changes);
    let last = record.kept();
    let colour = format!("var({})", colour_of(run_idx).token());
    let n_params = thousands(record.checked.n_params());
    let checked = StoredValue::new(record.checked);
    view! {
        <tr>
            <th scope="row" class="run-table__name">
                <span class="run-table__letter" style:color=colour>
                    {letter_of(run_idx).to_string()}
                </span>
                <button
                    type="button"
                    class="run-table__load"
                    title="Bring this experiment back"
                    on:click=move |_| editor.load(checked.read_value().experiment().clone())
                >
                    {name}
                </button>
                <span class="muted">{why_unlike(record.is_edited, record.restored, &record.amended)}</span>
            </th>
            <td>{n_params}</td>
            <td>{epochs_text(last_epoch(&record.epochs), record.stop_reason.as_ref(), record.kept_epoch)}</td>
            <td>{or_dash(last.and_then(|record| record.val_loss), loss)}</td>
            <td>{or_dash(last.and_then(|record| record.val_accuracy), percent)}</td>
            <td hidden=use_app_state().place == Place::Plane>{or_dash(record.test_accuracy, percent)}</td>
            <td>{seconds(record.seconds)}</td>
        </tr>
    }
}

/// Says that the experiment alone does not give these figures again.
fn why_unlike(is_edited: bool, restored: Option<usize>, amended: &[usize]) -> String {
    let edited = if is_edited { " · edited by hand" } else { "" };
    let restored = restored.map(|epoch| format!(" · fresh optimizer after epoch {epoch}")).unwrap_or_default();
    let amended = amended.last().map(|epoch| format!(" · settings changed after epoch {}", thousands(*epoch)));
    format!("{edited}{restored}{}", amended.unwrap_or_default())
}

fn or_dash(value: Option<f64>, text: fn(f64) -> String) -> String {
    value.map_or_else(|| "–".to_owned(), text)
}

/// `10`, or `27 of 38 ■` where the weights of an earlier epoch came back. The square means that the run ended early.
fn epochs_text(n_done: usize, reason: Option<&StopReason>, kept_epoch: Option<usize>) -> String {
    let is_early = reason.is_some_and(|reason| *reason != StopReason::EpochsDone);
    let kept = kept_epoch.filter(|kept| *kept != n_done);
    let text = kept.map_or_else(|| n_done.to_string(), |kept| format!("{kept} of {n_done}"));
    if is_early { format!("{text} ■") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_that_a_rule_ended_are_marked() {
        let early = StopReason::TrainingLoss { best_loss: 0.1, n_iter_no_change: 10 };
        assert_eq!(epochs_text(53, Some(&early), None), "53 ■");
        assert_eq!(epochs_text(10, Some(&StopReason::EpochsDone), Some(7)), "7 of 10");
        assert_eq!(epochs_text(4, None, None), "4");
    }
}
