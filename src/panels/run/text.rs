//! What the page says about a run.

use crate::plot::number::{percent, plain, seconds, thousands};
use crate::protocol::{Phase, Progress, Start};
use inkling_engine::history::StopReason;

/// The status line's first, strong part and its second part.
#[must_use]
pub fn headline(progress: &Progress, start: Start) -> (String, String) {
    let epoch = format!("Epoch {} of {}", progress.epoch, progress.epochs);
    let step = format!("step {} of {}", thousands(progress.step), thousands(progress.steps_per_epoch));
    match progress.phase {
        Phase::Idle if start == Start::Pretrained => ("Pretrained network".to_owned(), String::new()),
        Phase::Idle => ("Ready".to_owned(), "fresh weights".to_owned()),
        Phase::Loading => ("Waiting for the images".to_owned(), String::new()),
        Phase::Training => (epoch, step),
        Phase::Paused => (epoch, format!("{step} · paused")),
        Phase::Finished => (epoch, "finished".to_owned()),
        Phase::Failed => ("Stopped".to_owned(), String::new()),
    }
}

/// The status line's second row: speed and time.
#[must_use]
pub fn pace(progress: &Progress, start: Start, seconds_done: f64) -> String {
    if progress.phase == Phase::Idle && start == Start::Pretrained {
        return "Train begins with fresh weights".to_owned();
    }
    if progress.phase == Phase::Training {
        let speed = progress.images_per_second.map(|speed| format!("{} images/s", thousands(speed.round() as usize)));
        let left = progress.seconds_left.map(|left| format!("{} left", seconds(left)));
        return [speed, left].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    }
    if seconds_done > 0.0 { format!("{} of training", seconds(seconds_done)) } else { String::new() }
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

/// Why a run ended, for somebody who has not read the rules; `None` if there is nothing to explain.
#[must_use]
pub fn why_it_ended(reason: &StopReason) -> Option<String> {
    match reason {
        StopReason::EpochsDone => None,
        StopReason::ValidationScore { best_epoch, best_score, n_iter_no_change } => Some(format!(
            "Stopped early: the validation accuracy had not risen for more than {n_iter_no_change} epochs. The network \
             is again that of epoch {best_epoch}, the best one ({}).",
            percent(*best_score)
        )),
        StopReason::TrainingLoss { best_loss, n_iter_no_change } => Some(format!(
            "Stopped early: the training loss had not fallen for more than {n_iter_no_change} epochs; the lowest was {}.",
            crate::plot::number::loss(*best_loss)
        )),
        StopReason::NotFinite { epoch, step, learning_rate } => Some(format!(
            "Stopped: the loss became infinite in epoch {epoch}, step {}. The steps were too large: the learning rate \
             was {}. The weights from before that step are kept.",
            thousands(*step),
            plain(*learning_rate)
        )),
    }
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
        }
    }

    #[test]
    fn a_training_run_says_how_far_and_how_fast() {
        let progress = progress(Phase::Training);
        assert_eq!(headline(&progress, Start::Seed), ("Epoch 5 of 10".to_owned(), "step 137 of 270".to_owned()));
        assert_eq!(pace(&progress, Start::Seed, 40.0), "5,704 images/s · 52 s left");
    }

    #[test]
    fn a_run_at_rest_says_how_long_it_took() {
        assert_eq!(pace(&progress(Phase::Finished), Start::Seed, 95.0), "1 min 35 s of training");
        assert_eq!(pace(&progress(Phase::Idle), Start::Seed, 0.0), "");
    }

    #[test]
    fn the_share_done_counts_steps() {
        assert!((share_done(&progress(Phase::Paused)) - (4.0 * 270.0 + 137.0) / 2_700.0).abs() < 1e-12);
        let fresh = Progress { epoch: 0, steps_per_epoch: 0, ..progress(Phase::Idle) };
        assert_eq!(share_done(&fresh), 0.0);
        assert_eq!(share_done(&Progress { epoch: 11, ..progress(Phase::Paused) }), 1.0);
    }

    #[test]
    fn every_early_end_is_explained() {
        assert_eq!(why_it_ended(&StopReason::EpochsDone), None);
        let early = StopReason::ValidationScore { best_epoch: 42, best_score: 0.9675, n_iter_no_change: 10 };
        let text = why_it_ended(&early).unwrap_or_default();
        assert!(text.contains("epoch 42") && text.contains("96.75 %"), "{text}");
        let infinite = StopReason::NotFinite { epoch: 1, step: 12, learning_rate: 10.0 };
        let text = why_it_ended(&infinite).unwrap_or_default();
        assert!(text.contains("epoch 1, step 12") && text.contains("rate was 10."), "{text}");
    }

    #[test]
    fn a_tenth_is_a_short_number() {
        assert_eq!([10.0, 0.03, 0.001].map(a_tenth), [1.0, 0.003, 0.0001]);
    }
}
