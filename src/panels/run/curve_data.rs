//! From a run's figures to the curves of its charts.

use crate::plot::chart::{Curve, LineColour, Look, Mark};
use crate::plot::number;
use crate::protocol::{BatchPoint, RateChange};
use crate::state::Place;
use inkling_engine::history::{EpochRecord, StopReason};

/// Epochs with a mark each: of more, marks would hide the line.
const MAX_MARKED: usize = 250;
/// Points of a curve: a chart has about as many pixels.
const MAX_POINTS: usize = 1_000;

/// Which of the two charts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantity {
    /// Losses.
    Loss,
    /// Accuracies.
    Accuracy,
}

impl Quantity {
    /// Its name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Quantity::Loss => "loss",
            Quantity::Accuracy => "accuracy",
        }
    }

    fn of_batch(self, batch: &BatchPoint) -> f64 {
        match self {
            Quantity::Loss => batch.loss,
            Quantity::Accuracy => batch.accuracy,
        }
    }

    fn of_training(self, record: &EpochRecord) -> f64 {
        match self {
            Quantity::Loss => record.loss,
            Quantity::Accuracy => record.accuracy,
        }
    }

    fn of_validation(self, record: &EpochRecord) -> Option<f64> {
        match self {
            Quantity::Loss => record.val_loss,
            Quantity::Accuracy => record.val_accuracy,
        }
    }

    /// What a chart without curves says.
    #[must_use]
    pub fn forecast(self, place: Place) -> &'static str {
        match (self, place) {
            (Quantity::Loss, _) => {
                "Train draws the loss here: a band for the batches, a point for each epoch. Lower is better."
            }
            (Quantity::Accuracy, Place::Digits) => {
                "And here the share of images that are read correctly. Higher is better."
            }
            (Quantity::Accuracy, Place::Plane) => {
                "And here the share of points whose class is right. Higher is better."
            }
        }
    }

    /// A value in the chart's legend.
    #[must_use]
    pub fn text(self, value: f64) -> String {
        match self {
            Quantity::Loss => number::loss(value),
            Quantity::Accuracy => number::percent(value),
        }
    }
}

/// A former run as a curve.
#[derive(Debug, Clone, PartialEq)]
pub struct FormerRun {
    /// Its colour.
    pub colour: LineColour,
    /// Its letter, in the table and at the curve's end.
    pub letter: char,
    /// Its epochs.
    pub epochs: Vec<EpochRecord>,
}

/// The curves of a chart, those of former runs first.
#[must_use]
pub fn curves(
    quantity: Quantity,
    epochs: &[EpochRecord],
    batches: &[BatchPoint],
    steps_per_epoch: usize,
    former: &[FormerRun],
) -> Vec<Curve> {
    let mut curves: Vec<Curve> = former
        .iter()
        .map(|run| Curve {
            colour: run.colour,
            look: Look::Dashed(run.letter),
            points: best_known(quantity, &run.epochs),
        })
        .collect();
    let batch_points: Vec<_> =
        batches.iter().map(|batch| (place_of(batch, steps_per_epoch), quantity.of_batch(batch))).collect();
    let epochs = spread(epochs);
    let training = epochs.iter().map(|record| (record.epoch as f64, quantity.of_training(record))).collect();
    let validation: Vec<_> =
        epochs.iter().filter_map(|record| Some((record.epoch as f64, quantity.of_validation(record)?))).collect();
    let look = if epochs.len() > MAX_MARKED { Look::Plain } else { Look::Marked };
    let average = moving_average(&batch_points);
    curves.push(Curve { colour: LineColour::Train, look: Look::Faint, points: batch_points });
    curves.push(Curve { colour: LineColour::Train, look: Look::Average, points: average });
    curves.push(Curve { colour: LineColour::Train, look, points: training });
    curves.push(Curve { colour: LineColour::Val, look, points: validation });
    curves
}

/// As many of the epochs as a chart has room for, evenly taken, and the last one.
#[must_use]
pub fn spread(epochs: &[EpochRecord]) -> Vec<EpochRecord> {
    let step = epochs.len().div_ceil(MAX_POINTS).max(1);
    let is_last = |place: usize| place + 1 == epochs.len();
    let kept = epochs.iter().enumerate().filter(|(place, _)| place % step == 0 || is_last(*place));
    kept.map(|(_, record)| *record).collect()
}

/// Where a batch lies, in epochs: it is looked at before its update, so the first one lies at 0.
fn place_of(batch: &BatchPoint, steps_per_epoch: usize) -> f64 {
    (batch.n_steps - 1) as f64 / steps_per_epoch.max(1) as f64
}

/// Each point with the mean of itself and its neighbours on both sides, a twentieth of all; at the ends of fewer, so that
/// the first and the last stay as they are.
fn moving_average(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let reach = (points.len() / 40).min(25);
    // Sums of all points before each: two of them give the sum between.
    let mut sums = Vec::with_capacity(points.len() + 1);
    sums.push(0.0);
    sums.extend(points.iter().scan(0.0, |sum, point| {
        *sum += point.1;
        Some(*sum)
    }));
    let mean = |idx: usize| {
        let reach = reach.min(idx).min(points.len() - 1 - idx);
        (points[idx].0, (sums[idx + reach + 1] - sums[idx - reach]) / (2 * reach + 1) as f64)
    };
    if points.iter().all(|point| point.1.is_finite()) { (0..points.len()).map(mean).collect() } else { Vec::new() }
}

/// Changes of the learning rate, the epoch whose weights remain, and an early end.
#[must_use]
pub fn marks(
    rate_changes: &[RateChange],
    steps_per_epoch: usize,
    (n_epochs, kept_epoch): (usize, Option<usize>),
    reason: Option<&StopReason>,
) -> Vec<Mark> {
    let rate = |change: &RateChange| Mark {
        x: (change.epoch.max(1) - 1) as f64 + change.step as f64 / steps_per_epoch.max(1) as f64,
        label: format!("rate {}", number::plain(change.to)),
    };
    let mut marks: Vec<Mark> = rate_changes.iter().map(rate).collect();
    if let Some(kept) = kept_epoch.filter(|kept| *kept != n_epochs) {
        marks.push(Mark { x: kept as f64, label: "best".to_owned() });
    }
    if reason.is_some_and(|reason| *reason != StopReason::EpochsDone) {
        marks.push(Mark { x: n_epochs as f64, label: "stopped".to_owned() });
    }
    marks
}

/// A former run's validation curve, or its training curve if it had no validation.
fn best_known(quantity: Quantity, records: &[EpochRecord]) -> Vec<(f64, f64)> {
    let value = |record: &EpochRecord| quantity.of_validation(record).unwrap_or_else(|| quantity.of_training(record));
    spread(records).iter().map(|record| (record.epoch as f64, value(record))).collect()
}

/// The places along x at which a chart can be read: epochs, and before the first one's end batches.
#[must_use]
pub fn places(epochs: &[EpochRecord], batches: &[BatchPoint], steps_per_epoch: usize) -> Vec<f64> {
    if epochs.is_empty() {
        return batches.iter().map(|batch| place_of(batch, steps_per_epoch)).collect();
    }
    epochs.iter().map(|record| record.epoch as f64).collect()
}

/// The place nearest to `x`.
#[must_use]
pub fn nearest(places: &[f64], x: f64) -> Option<f64> {
    places.iter().copied().min_by(|a, b| (a - x).abs().total_cmp(&(b - x).abs()))
}

/// The place `step` places further on, staying within; from nowhere, the last one.
#[must_use]
pub fn stepped(places: &[f64], from: Option<f64>, step: isize) -> Option<f64> {
    let last_idx = places.len().checked_sub(1)?;
    let from_idx = from.and_then(|x| places.iter().position(|&place| place >= x));
    let place_idx = from_idx.map_or(last_idx, |idx| idx.saturating_add_signed(step).min(last_idx));
    places.get(place_idx).copied()
}

/// What a chart says at a place.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ReadOut {
    /// `epoch 3`, or `step 12` before the first epoch's end; empty where there is nothing.
    pub place: String,
    /// The training value.
    pub training: Option<String>,
    /// The validation value.
    pub validation: Option<String>,
}

/// The values at a place, or without one the newest.
#[must_use]
pub fn read_out(
    quantity: Quantity,
    epochs: &[EpochRecord],
    batches: &[BatchPoint],
    steps_per_epoch: usize,
    x: Option<f64>,
) -> ReadOut {
    let record = match x {
        Some(x) => epochs.iter().find(|record| record.epoch as f64 == x),
        None => epochs.last(),
    };
    if let Some(record) = record {
        return ReadOut {
            place: format!("epoch {}", record.epoch),
            training: Some(quantity.text(quantity.of_training(record))),
            validation: quantity.of_validation(record).map(|value| quantity.text(value)),
        };
    }
    let batch = match x {
        Some(x) => batches.iter().find(|batch| place_of(batch, steps_per_epoch) == x),
        None => batches.last(),
    };
    batch.map_or_else(ReadOut::default, |batch| ReadOut {
        place: format!("after {} steps", number::thousands(batch.n_steps - 1)),
        training: Some(quantity.text(quantity.of_batch(batch))),
        validation: None,
    })
}

impl ReadOut {
    /// As a sentence, for screen readers.
    #[must_use]
    pub fn sentence(&self, quantity: Quantity, held_out: &str) -> String {
        let name = quantity.as_str();
        let training = self.training.as_ref().map(|value| format!("training {name} {value}"));
        let validation = self.validation.as_ref().map(|value| format!("{held_out} {name} {value}"));
        let values: Vec<String> = [training, validation].into_iter().flatten().collect();
        if values.is_empty() { "no values yet".to_owned() } else { format!("{}: {}", self.place, values.join(", ")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(epoch: usize, val_loss: Option<f64>) -> EpochRecord {
        let loss = 1.0 / epoch as f64;
        EpochRecord { epoch, loss, accuracy: 1.0 - loss / 2.0, val_loss, val_accuracy: val_loss.map(|loss| 1.0 - loss) }
    }

    fn batch(n_steps: usize) -> BatchPoint {
        BatchPoint { n_steps, loss: 2.0, accuracy: 0.1 }
    }

    #[test]
    fn batches_lie_within_their_epoch() {
        let curves = curves(Quantity::Loss, &[record(1, Some(0.5))], &[batch(1), batch(136)], 270, &[]);
        assert_eq!(curves[0].points, [(0.0, 2.0), (0.5, 2.0)], "the first batch is looked at before any step");
        assert_eq!(curves[1].points, curves[0].points, "their mean");
        assert_eq!(curves[2].points, [(1.0, 1.0)]);
        assert_eq!(curves[3].points, [(1.0, 0.5)]);
    }

    #[test]
    fn the_average_smooths_and_keeps_the_start() {
        let points: Vec<(f64, f64)> = (0..100).map(|i| (f64::from(i), if i % 2 == 0 { 1.0 } else { 3.0 })).collect();
        let average = moving_average(&points);
        assert_eq!((average.len(), average[0]), (100, (0.0, 1.0)));
        assert!(average[10..90].iter().all(|point| (point.1 - 2.0).abs() < 0.21), "{average:?}");
        assert!(moving_average(&[(0.0, f64::NAN)]).is_empty());
    }

    #[test]
    fn what_happened_is_marked() {
        let change = RateChange { epoch: 2, step: 135, from: 0.1, to: 0.01 };
        let early = StopReason::ValidationScore { best_epoch: 3, best_score: 0.9, n_iter_no_change: 2 };
        let of = |mark: &Mark| (mark.x, mark.label.clone());
        let got: Vec<_> = marks(&[change], 270, (6, Some(3)), Some(&early)).iter().map(of).collect();
        assert_eq!(got, [(1.5, "rate 0.01".to_owned()), (3.0, "best".to_owned()), (6.0, "stopped".to_owned())]);
        assert!(marks(&[], 270, (10, Some(10)), Some(&StopReason::EpochsDone)).is_empty());
    }

    #[test]
    fn a_former_run_shows_its_validation_or_else_its_training() {
        let run =
            |letter, val_loss| FormerRun { colour: LineColour::Run(0), letter, epochs: vec![record(2, val_loss)] };
        let former = [run('A', Some(0.3)), run('B', None)];
        let curves = curves(Quantity::Loss, &[], &[], 0, &former);
        assert_eq!((&curves[0].points[..], &curves[1].points[..]), (&[(2.0, 0.3)][..], &[(2.0, 0.5)][..]));
        assert_eq!((curves[0].look, curves[1].look), (Look::Dashed('A'), Look::Dashed('B')));
    }

    #[test]
    fn a_cursor_goes_from_place_to_place() {
        let places = [1.0, 2.0, 3.0];
        assert_eq!(nearest(&places, 2.4), Some(2.0));
        assert_eq!(nearest(&[], 2.4), None);
        assert_eq!(stepped(&places, None, -1), Some(3.0));
        assert_eq!(stepped(&places, Some(3.0), -1), Some(2.0));
        assert_eq!(stepped(&places, Some(1.0), -1), Some(1.0));
        assert_eq!(stepped(&places, Some(3.0), 1), Some(3.0));
        assert_eq!(stepped(&[], None, 1), None);
    }

    #[test]
    fn a_read_out_names_epoch_or_step() {
        let epochs = [record(1, Some(0.5)), record(2, Some(0.25))];
        let newest = read_out(Quantity::Accuracy, &epochs, &[], 270, None);
        assert_eq!(
            newest.sentence(Quantity::Accuracy, "validation"),
            "epoch 2: training accuracy 75.00 %, validation accuracy 75.00 %"
        );
        let first = read_out(Quantity::Loss, &epochs, &[], 270, Some(1.0));
        assert_eq!(first.sentence(Quantity::Loss, "validation"), "epoch 1: training loss 1.00, validation loss 0.500");
        let step = read_out(Quantity::Loss, &[], &[batch(135), batch(136)], 270, Some(0.5));
        assert_eq!(step.sentence(Quantity::Loss, "validation"), "after 135 steps: training loss 2.00");
        assert_eq!(read_out(Quantity::Loss, &[], &[], 0, None).sentence(Quantity::Loss, "validation"), "no values yet");
    }
}
