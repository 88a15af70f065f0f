//! What the page says about a run.

use crate::plot::number::{percent, plain, seconds, thousands};
use crate::protocol::{Phase, Progress, Start};
use crate::state::{NextTrain, Place, RunState};
use inkling_engine::experiment::{CheckedExperiment, DatasetSpec};
use inkling_engine::history::StopReason;
use leptos::prelude::*;

/// So many epochs stand for “until it is paused”.
pub const ENDLESS: usize = DatasetSpec::ENDLESS;

/// The status line's first, strong part and its second part. `kept_epoch` is the one whose weights came back at the end.
#[must_use]
pub fn headline(progress: &Progress, start: Start, kept_epoch: Option<usize>) -> (String, String) {
    let of_all = |epoch: usize| match progress.epochs {
        ENDLESS => format!("Epoch {}", thousands(epoch)),
        epochs => format!("Epoch {epoch} of {epochs}"),
    };
    let epoch = of_all(progress.epoch);
    let step = format!("step {} of {}", thousands(progress.step), thousands(progress.steps_per_epoch));
    match progress.phase {
        Phase::Idle if start == Start::Pretrained => ("Pretrained network".to_owned(), String::new()),
        Phase::Idle => ("Ready".to_owned(), "fresh weights".to_owned()),
        Phase::Loading => ("Waiting for the images".to_owned(), String::new()),
        Phase::Training => (epoch, step),
        Phase::Paused => (epoch, format!("{step} · paused")),
        Phase::Finished => match kept_epoch.filter(|kept| *kept != progress.epoch) {
            Some(kept) => (of_all(kept), format!("best of {}", progress.epoch)),
            None => (epoch, "finished".to_owned()),
        },
        Phase::Failed => ("Stopped".to_owned(), String::new()),
    }
}

/// Speed and time left while a run trains; `epochs_per_image` where epochs tell more than images.
#[must_use]
pub fn pace(progress: &Progress, epochs_per_image: Option<f64>) -> String {
    if progress.phase != Phase::Training {
        return String::new();
    }
    let speed = progress.images_per_second.map(|speed| match epochs_per_image {
        Some(share) => format!("{} epochs/s", thousands((speed * share).round() as usize)),
        None => format!("{} images/s", thousands(speed.round() as usize)),
    });
    let left =
        progress.seconds_left.filter(|_| progress.epochs != ENDLESS).map(|left| format!("{} left", seconds(left)));
    [speed, left].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// The share of an epoch that a sample is, on the plane: its epochs take no time.
#[must_use]
pub fn epochs_per_image(place: Place, checked: &CheckedExperiment) -> Option<f64> {
    (place == Place::Plane).then(|| 1.0 / checked.n_train().max(1) as f64)
}

/// What the part of the data is called that is kept back from training.
#[must_use]
pub fn held_out(place: Place) -> &'static str {
    match place {
        Place::Digits => "validation",
        Place::Plane => "test",
    }
}

/// Share of a run that is done, in `[0, 1]`.
#[must_use]
pub fn share_done(progress: &Progress) -> f64 {
    let n_steps = progress.steps_per_epoch * progress.epochs;
    if progress.epoch == 0 || n_steps == 0 {
        return 0.0;
    }
    let n_done = (progress.epoch - 1) * progress.steps_per_epoch + progress.step;
    (n_done as f64 / n_steps as f64).min(1.0)
}

/// Why a run ended, and which weights remain. `n_epochs` have ended; `kept` is the epoch whose weights came back, with
/// its validation accuracy.
#[must_use]
pub fn why_it_ended(reason: &StopReason, n_epochs: usize, kept: Option<(usize, Option<f64>)>) -> String {
    let remaining = match kept.filter(|(epoch, _)| *epoch != n_epochs) {
        Some((epoch, val_accuracy)) => {
            let accuracy = val_accuracy.map_or_else(String::new, |accuracy| format!(" ({})", percent(accuracy)));
            format!("The network is again that of epoch {epoch}, the best on the validation images{accuracy}.")
        }
        None => format!("The weights of epoch {n_epochs}, the last one, remain."),
    };
    match reason {
        StopReason::EpochsDone => format!("{} done. {remaining}", counted(n_epochs, "epoch is", "epochs are")),
        StopReason::ValidationScore { n_iter_no_change, .. } => format!(
            "Stopped early: the validation accuracy had not risen for more than {}. {remaining}",
            counted(*n_iter_no_change, "epoch", "epochs")
        ),
        StopReason::TrainingLoss { best_loss, n_iter_no_change } => format!(
            "Stopped early: the training loss had not fallen for more than {}; the lowest was {}. {remaining}",
            counted(*n_iter_no_change, "epoch", "epochs"),
            crate::plot::number::loss(*best_loss)
        ),
        StopReason::NotFinite { epoch, step, learning_rate } => format!(
            "Stopped: the loss became infinite in epoch {epoch}, step {}. The steps were too large: the learning rate \
             was {}. The weights from before that step remain.",
            thousands(*step),
            plain(*learning_rate)
        ),
    }
}

/// Why the present run ended; `None` while it has not. To be read in a reactive place.
#[must_use]
pub fn end_text(run: RunState) -> Option<String> {
    let kept = run.kept_epoch.get().map(|epoch| (epoch, run.kept().and_then(|kept| kept.val_accuracy)));
    Some(why_it_ended(run.stop_reason.read().as_ref()?, run.n_epochs(), kept))
}

/// What the next press of Train does; `n_epochs` of the present run have ended.
#[must_use]
pub fn what_train_does(next: NextTrain, start: Start, seed: &str, n_epochs: usize) -> String {
    match next {
        NextTrain::Begin if start == Start::Pretrained => {
            format!("Train begins with fresh weights from seed {seed}, not with the pretrained ones.")
        }
        NextTrain::Begin => format!("Train begins with the fresh weights of seed {seed}."),
        NextTrain::GoOn => "Train goes on where the run was held.".to_owned(),
        NextTrain::GoOnAfter { epoch } => {
            format!("Train goes on from the weights of epoch {epoch}; the optimizer begins afresh.")
        }
        NextTrain::Continue { epochs } => format!("Train continues from epoch {n_epochs} to epoch {epochs}."),
        NextTrain::BeginAnother { is_edited: true } => {
            "Settings changed. Train starts a new run; of this one the figures are kept below.".to_owned()
        }
        NextTrain::BeginAnother { is_edited: false } => {
            format!("Train starts a new run from seed {seed}; more epochs let this one continue.")
        }
    }
}

/// `1 epoch`, `10 epochs`.
fn counted(n: usize, one: &str, several: &str) -> String {
    format!("{} {}", thousands(n), if n == 1 { one } else { several })
}

/// A tenth of a learning rate, without the digits that dividing adds.
#[must_use]
pub fn a_tenth(learning_rate: f64) -> f64 {
    format!("{:.12e}", learning_rate / 10.0).parse().unwrap_or(learning_rate / 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn progress(phase: Phase) -> Progress {
        Progress {
            run: 1,
            phase,
            epoch: 5,
            step: 137,
            steps_per_epoch: 270,
            epochs: 10,
            images_per_second: Some(5_704.4),
            seconds_left: Some(52.3),
            batches: Vec::new(),
            last_batch: None,
        }
    }

    #[test]
    fn a_training_run_says_how_far_and_how_fast() {
        let progress = progress(Phase::Training);
        assert_eq!(headline(&progress, Start::Seed, None), ("Epoch 5 of 10".to_owned(), "step 137 of 270".to_owned()));
        assert_eq!(pace(&progress, None), "5,704 images/s · 52 s left");
    }

    #[test]
    fn a_run_at_rest_says_how_long_it_took() {
        assert_eq!(pace(&progress(Phase::Finished), None), "");
    }

    #[test]
    fn the_share_done_counts_steps() {
        assert!((share_done(&progress(Phase::Paused)) - (4.0 * 270.0 + 137.0) / 2_700.0).abs() < 1e-12);
        let fresh = Progress { epoch: 0, steps_per_epoch: 0, ..progress(Phase::Idle) };
        assert_eq!(share_done(&fresh), 0.0);
        assert_eq!(share_done(&Progress { epoch: 11, ..progress(Phase::Paused) }), 1.0);
    }

    #[test]
    fn every_end_says_why_and_which_weights_remain() {
        let done = why_it_ended(&StopReason::EpochsDone, 10, None);
        assert_eq!(done, "10 epochs are done. The weights of epoch 10, the last one, remain.");
        assert!(why_it_ended(&StopReason::EpochsDone, 1, None).starts_with("1 epoch is done."));
        let best = why_it_ended(&StopReason::EpochsDone, 10, Some((7, Some(0.9675))));
        assert!(best.contains("epoch 7") && best.contains("96.75 %") && !best.contains("remain"), "{best}");
        let early = StopReason::ValidationScore { best_epoch: 27, best_score: 0.9675, n_iter_no_change: 10 };
        let text = why_it_ended(&early, 38, Some((27, Some(0.9675))));
        assert!(text.contains("epoch 27") && text.contains("96.75 %") && !text.contains("38"), "{text}");
        let loss = StopReason::TrainingLoss { best_loss: 0.1, n_iter_no_change: 1 };
        assert!(why_it_ended(&loss, 5, None).contains("more than 1 epoch;"));
        let infinite = StopReason::NotFinite { epoch: 1, step: 12, learning_rate: 10.0 };
        let text = why_it_ended(&infinite, 0, None);
        assert!(text.contains("epoch 1, step 12") && text.contains("rate was 10."), "{text}");
    }

    #[test]
    fn one_epoch_is_spoken_of_at_the_end() {
        let finished = progress(Phase::Finished);
        assert_eq!(headline(&finished, Start::Seed, None).0, "Epoch 5 of 10");
        let expected = ("Epoch 3 of 10".to_owned(), "best of 5".to_owned());
        assert_eq!(headline(&finished, Start::Seed, Some(3)), expected);
    }

    #[test]
    fn train_says_whether_it_continues_or_begins() {
        let text = |next| what_train_does(next, Start::Seed, "1", 10);
        assert!(text(NextTrain::Continue { epochs: 20 }).contains("from epoch 10 to epoch 20"));
        assert!(text(NextTrain::BeginAnother { is_edited: true }).contains("starts a new run"));
        assert!(text(NextTrain::BeginAnother { is_edited: false }).contains("starts a new run"));
        assert!(what_train_does(NextTrain::Begin, Start::Pretrained, "1", 0).contains("not with the pretrained"));
    }

    #[test]
    fn a_tenth_is_a_short_number() {
        assert_eq!([10.0, 0.03, 0.001].map(a_tenth), [1.0, 0.003, 0.0001]);
    }
}
