//! The curves in words and numbers.

use super::curve_data::spread;
use super::text::{end_text, held_out};
use crate::plot::number::{loss, percent, thousands};
use crate::state::{AppState, last_epoch, use_app_state};
use inkling_engine::history::{EpochRecord, StopReason};
use leptos::prelude::*;

/// A sentence on the epochs or, at the end, on why the run ended; followed by a row per epoch.
#[component]
pub fn CurveTable() -> impl IntoView {
    let AppState { run, place, .. } = use_app_state();
    let held_out = held_out(place);
    let is_open = RwSignal::new(false);
    // An end that is a fault has a notice of its own.
    let is_fault = move || matches!(run.stop_reason.read().as_ref(), Some(StopReason::NotFinite { .. }));
    let summary = Memo::new(move |_| {
        let epochs = run.epochs.read();
        match end_text(run).filter(|_| !is_fault()) {
            Some(end) if run.kept_epoch.get().is_some() => end,
            Some(end) => format!("{end} The {}.", best(&epochs, held_out)),
            None => summary(&epochs, held_out),
        }
    });
    view! {
        <details class="details curve-table" prop:open=move || is_open.get()>
            <summary
                prop:textContent=move || summary.get()
                on:click=move |event| {
                    event.prevent_default();
                    is_open.update(|is_open| *is_open = !*is_open);
                }
            ></summary>
            <Show when=move || is_open.get()>
                <div class="curve-table__frame" tabindex="0" role="region" aria-label="Figures per epoch">
                    <table class="table">
                        <thead>
                            <tr>
                                <th scope="col">"epoch"</th>
                                <th scope="col">"loss"</th>
                                <th scope="col">"val_loss"</th>
                                <th scope="col">"accuracy"</th>
                                <th scope="col">"val_accuracy"</th>
                            </tr>
                        </thead>
                        <tbody>
                            <For
                                each=move || spread(&run.epochs.read())
                                key=move |record| (run.id.get_untracked(), record.epoch)
                                children=|record| {
                                    view! {
                                        <tr>
                                            <th scope="row">{record.epoch}</th>
                                            <td>{loss(record.loss)}</td>
                                            <td>{or_dash(record.val_loss, loss)}</td>
                                            <td>{percent(record.accuracy)}</td>
                                            <td>{or_dash(record.val_accuracy, percent)}</td>
                                        </tr>
                                    }
                                }
                            />
                        </tbody>
                    </table>
                </div>
            </Show>
        </details>
    }
}

fn or_dash(value: Option<f64>, text: fn(f64) -> String) -> String {
    value.map_or_else(|| "–".to_owned(), text)
}

fn summary(epochs: &[EpochRecord], held_out: &str) -> String {
    let n_epochs = match last_epoch(epochs) {
        0 => return "No epoch is done yet".to_owned(),
        1 => "1 epoch".to_owned(),
        n => format!("{} epochs", thousands(n)),
    };
    format!("{n_epochs}; the {}", best(epochs, held_out))
}

/// The best figure of some epochs.
fn best(epochs: &[EpochRecord], held_out: &str) -> String {
    let scored = epochs.iter().filter_map(|record| Some((record.epoch, record.val_accuracy?)));
    // Of equal epochs the first one counts, as early stopping has it.
    let best = scored.fold(None, |best: Option<(usize, f64)>, (epoch, accuracy)| match best {
        Some((_, highest)) if accuracy <= highest => best,
        _ => Some((epoch, accuracy)),
    });
    match best {
        Some((epoch, accuracy)) => {
            format!("best {held_out} accuracy was {} in epoch {}", percent(accuracy), thousands(epoch))
        }
        None => format!("training accuracy was {}", percent(epochs.last().map_or(f64::NAN, |last| last.accuracy))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(epoch: usize, val_accuracy: Option<f64>) -> EpochRecord {
        EpochRecord { epoch, loss: 0.1, accuracy: 0.97, val_loss: val_accuracy.map(|_| 0.2), val_accuracy }
    }

    #[test]
    fn the_summary_names_the_first_best_epoch() {
        assert_eq!(summary(&[], "validation"), "No epoch is done yet");
        assert_eq!(summary(&[record(1, None)], "validation"), "1 epoch; the training accuracy was 97.00 %");
        let epochs = [record(1, Some(0.95)), record(2, Some(0.96)), record(3, Some(0.96)), record(4, Some(0.955))];
        assert_eq!(summary(&epochs, "validation"), "4 epochs; the best validation accuracy was 96.00 % in epoch 2");
    }
}
