//! Announces a run to screen readers: the ends of epochs, not too often, and its end.

use super::text::why_it_ended;
use crate::plot::number::percent;
use crate::state::use_app_state;
use inkling_engine::history::{EpochRecord, StopReason};
use leptos::prelude::*;

/// Least time between two epochs that are spoken, in milliseconds.
const PAUSE_MS: f64 = 5_000.0;

/// A live region that speaks at epoch ends.
#[component]
pub fn Announcement() -> impl IntoView {
    let run = use_app_state().run;
    let spoken = RwSignal::new(String::new());
    let last_ms = StoredValue::new(0.0);
    Effect::watch(
        move || run.n_epochs(),
        move |&n_done, _, _| {
            let now_ms = js_sys::Date::now();
            if n_done == 0 || now_ms - last_ms.get_value() < PAUSE_MS {
                return;
            }
            last_ms.set_value(now_ms);
            if let Some(record) = run.epochs.read_untracked().last() {
                spoken.set(epoch_sentence(record, run.progress.read_untracked().epochs));
            }
        },
        false,
    );
    Effect::watch(
        move || run.stop_reason.get(),
        move |reason, _, _| {
            if let Some(reason) = reason {
                let n_epochs = untrack(|| run.n_epochs());
                let (kept_epoch, kept) = untrack(|| (run.kept_epoch.get(), run.kept()));
                spoken.set(end_sentence(reason, n_epochs, kept_epoch, kept.as_ref()));
            }
        },
        false,
    );
    view! {
        <p class="visually-hidden" aria-live="polite" prop:textContent=move || spoken.get()></p>
    }
}

fn epoch_sentence(record: &EpochRecord, n_epochs: usize) -> String {
    let (name, accuracy) = match record.val_accuracy {
        Some(accuracy) => ("validation accuracy", accuracy),
        None => ("training accuracy", record.accuracy),
    };
    format!("Epoch {} of {n_epochs}: {name} {}.", record.epoch, percent(accuracy))
}

/// `kept` are the figures of the epoch whose weights remain.
fn end_sentence(reason: &StopReason, n_epochs: usize, kept_epoch: Option<usize>, kept: Option<&EpochRecord>) -> String {
    let best = kept_epoch.map(|epoch| (epoch, kept.and_then(|kept| kept.val_accuracy)));
    let end = why_it_ended(reason, n_epochs, best);
    let result = kept.map(|kept| epoch_sentence(kept, n_epochs));
    [Some(end), result].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECORD: EpochRecord =
        EpochRecord { epoch: 5, loss: 0.05, accuracy: 0.984, val_loss: Some(0.04), val_accuracy: Some(0.9893) };

    #[test]
    fn an_epoch_is_one_sentence() {
        assert_eq!(epoch_sentence(&RECORD, 10), "Epoch 5 of 10: validation accuracy 98.93 %.");
        let without = EpochRecord { val_loss: None, val_accuracy: None, ..RECORD };
        assert_eq!(epoch_sentence(&without, 10), "Epoch 5 of 10: training accuracy 98.40 %.");
    }

    #[test]
    fn the_end_says_what_was_reached() {
        let sentence = end_sentence(&StopReason::EpochsDone, 5, None, Some(&RECORD));
        assert!(sentence.starts_with("5 epochs are done.") && sentence.ends_with("validation accuracy 98.93 %."));
        let best = end_sentence(&StopReason::EpochsDone, 8, Some(5), Some(&RECORD));
        assert!(best.contains("that of epoch 5") && best.contains("Epoch 5 of 8:"), "{best}");
    }
}
