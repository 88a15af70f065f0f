//! From a run's figures to the curves of its charts.

use crate::plot::chart::{Curve, LineColour, Look};
use crate::plot::number;
use crate::protocol::BatchPoint;
use inkling_engine::history::EpochRecord;

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

    /// A value in the chart's legend.
    #[must_use]
    pub fn text(self, value: f64) -> String {
        match self {
            Quantity::Loss => number::loss(value),
            Quantity::Accuracy => number::percent(value),
        }
    }
}

/// The curves of a chart, those of former runs first.
#[must_use]
pub fn curves(
    quantity: Quantity,
    epochs: &[EpochRecord],
    batches: &[BatchPoint],
    steps_per_epoch: usize,
    former: &[(LineColour, Vec<EpochRecord>)],
) -> Vec<Curve> {
    let mut curves: Vec<Curve> = former
        .iter()
        .map(|(colour, records)| Curve { colour: *colour, look: Look::Dashed, points: best_known(quantity, records) })
        .collect();
    let batch_points = batches.iter().map(|batch| {
        let x = batch.n_steps as f64 / steps_per_epoch.max(1) as f64;
        (x, quantity.of_batch(batch))
    });
    let training = epochs.iter().map(|record| (record.epoch as f64, quantity.of_training(record))).collect();
    let validation: Vec<_> =
        epochs.iter().filter_map(|record| Some((record.epoch as f64, quantity.of_validation(record)?))).collect();
    curves.push(Curve { colour: LineColour::Train, look: Look::Faint, points: batch_points.collect() });
    curves.push(Curve { colour: LineColour::Train, look: Look::Plain, points: training });
    curves.push(Curve { colour: LineColour::Val, look: Look::Marked, points: validation });
    curves
}

/// A former run's validation curve, or its training curve if it had no validation.
fn best_known(quantity: Quantity, records: &[EpochRecord]) -> Vec<(f64, f64)> {
    let value = |record: &EpochRecord| quantity.of_validation(record).unwrap_or_else(|| quantity.of_training(record));
    records.iter().map(|record| (record.epoch as f64, value(record))).collect()
}

/// The places along x at which a chart can be read: epochs, and before the first one's end batches.
#[must_use]
pub fn places(epochs: &[EpochRecord], batches: &[BatchPoint], steps_per_epoch: usize) -> Vec<f64> {
    if epochs.is_empty() {
        return batches.iter().map(|batch| batch.n_steps as f64 / steps_per_epoch.max(1) as f64).collect();
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
    let n_steps = x.map(|x| (x * steps_per_epoch as f64).round() as usize);
    let batch = match n_steps {
        Some(n_steps) => batches.iter().find(|batch| batch.n_steps == n_steps),
        None => batches.last(),
    };
    batch.map_or_else(ReadOut::default, |batch| ReadOut {
        place: format!("step {}", number::thousands(batch.n_steps)),
        training: Some(quantity.text(quantity.of_batch(batch))),
        validation: None,
    })
}

impl ReadOut {
    /// As a sentence, for screen readers.
    #[must_use]
    pub fn sentence(&self, quantity: Quantity) -> String {
        let name = quantity.as_str();
        let training = self.training.as_ref().map(|value| format!("training {name} {value}"));
        let validation = self.validation.as_ref().map(|value| format!("validation {name} {value}"));
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
        let curves = curves(Quantity::Loss, &[record(1, Some(0.5))], &[batch(135), batch(270)], 270, &[]);
        assert_eq!(curves[0].points, [(0.5, 2.0), (1.0, 2.0)]);
        assert_eq!(curves[1].points, [(1.0, 1.0)]);
        assert_eq!(curves[2].points, [(1.0, 0.5)]);
    }

    #[test]
    fn a_former_run_shows_its_validation_or_else_its_training() {
        let former = [(LineColour::Run(0), vec![record(2, Some(0.3))]), (LineColour::Run(1), vec![record(2, None)])];
        let curves = curves(Quantity::Loss, &[], &[], 0, &former);
        assert_eq!((&curves[0].points[..], &curves[1].points[..]), (&[(2.0, 0.3)][..], &[(2.0, 0.5)][..]));
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
            newest.sentence(Quantity::Accuracy),
            "epoch 2: training accuracy 75.00 %, validation accuracy 75.00 %"
        );
        let first = read_out(Quantity::Loss, &epochs, &[], 270, Some(1.0));
        assert_eq!(first.sentence(Quantity::Loss), "epoch 1: training loss 1.00, validation loss 0.500");
        let step = read_out(Quantity::Loss, &[], &[batch(135), batch(136)], 270, Some(0.5));
        assert_eq!(step.sentence(Quantity::Loss), "step 135: training loss 2.00");
        assert_eq!(read_out(Quantity::Loss, &[], &[], 0, None).sentence(Quantity::Loss), "no values yet");
    }
}
