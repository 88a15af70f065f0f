//! What came of a bet, beside what was predicted.

use super::{Bet, Given, Guess, Outcome, grade};

/// How a prediction compares with what came.
#[derive(Debug, Clone, PartialEq)]
pub enum Result {
    /// A number was predicted.
    Number {
        /// Mean over the seeds.
        mean: f64,
        /// Standard deviation over the seeds; 0 for one seed.
        spread: f64,
        /// Whether the prediction is within the bet's tolerance.
        is_right: bool,
    },
    /// The best of several runs was predicted.
    Best {
        /// The means over the seeds, run by run.
        means: Vec<f64>,
        /// The standard deviations.
        spreads: Vec<f64>,
        /// The best run; `None` if it does not differ from the next one beyond the noise of the seeds.
        best: Option<usize>,
        /// Whether that was predicted.
        is_right: bool,
    },
    /// A curve was predicted.
    Curve {
        /// What came, epoch by epoch.
        real: Vec<f64>,
        /// Mean distance as a share of the field's height.
        distance: f64,
    },
}

/// What can be predicted beside the runs.
pub const NO_DIFFERENCE: &str = "No difference beyond the noise of seeds";

/// Twice the standard error: a difference below it can be chance.
const N_STANDARD_ERRORS: f64 = 2.0;

impl Bet {
    /// The comparison; `None` while runs are missing, or if they have no such figure.
    #[must_use]
    pub fn result(&self, given: &Given, outcomes: &[Vec<Outcome>]) -> Option<Result> {
        let is_whole = outcomes.len() == self.runs.len() && outcomes.iter().all(|seeds| seeds.len() == self.n_seeds);
        if !is_whole {
            return None;
        }
        let figures = |seeds: &Vec<Outcome>| {
            seeds.iter().map(|outcome| self.measure.of(&outcome.epochs)).collect::<Option<Vec<f64>>>()
        };
        let figures = outcomes.iter().map(figures).collect::<Option<Vec<_>>>()?;
        match (&self.guess, given) {
            (Guess::Number { tolerance }, Given::Number(number)) => {
                let (mean, spread) = mean_and_spread(figures.first()?)?;
                let is_right = (mean - number).abs() <= tolerance + 1e-9;
                Some(Result::Number { mean, spread, is_right })
            }
            (Guess::Best, Given::Best(predicted)) => {
                let (means, spreads): (Vec<_>, Vec<_>) = figures
                    .iter()
                    .map(|figures| mean_and_spread(figures))
                    .collect::<Option<Vec<_>>>()?
                    .into_iter()
                    .unzip();
                let best = self.best(&means, &spreads);
                Some(Result::Best { means, spreads, best, is_right: best == *predicted })
            }
            (Guess::Curve(field), Given::Curve(drawn)) => {
                let real = self.measure.along(&outcomes.first()?.first()?.epochs);
                let distance = grade::distance(drawn, &real, *field)?;
                Some(Result::Curve { real, distance })
            }
            _ => None,
        }
    }

    /// The best of the means, if it differs from every other beyond the noise of the seeds. One seed tells of no noise:
    /// then any difference counts.
    fn best(&self, means: &[f64], spreads: &[f64]) -> Option<usize> {
        let sign = if self.measure.is_share() { 1.0 } else { -1.0 };
        let best = (0..means.len()).max_by(|a, b| (sign * means[*a]).total_cmp(&(sign * means[*b])))?;
        let n_seeds = self.n_seeds.max(1) as f64;
        let differs = |other: usize| {
            let error = ((spreads[best].powi(2) + spreads[other].powi(2)) / n_seeds).sqrt();
            sign * (means[best] - means[other]) > N_STANDARD_ERRORS * error
        };
        (0..means.len()).filter(|other| *other != best).all(differs).then_some(best)
    }
}

/// Mean and sample standard deviation; `None` of nothing.
fn mean_and_spread(values: &[f64]) -> Option<(f64, f64)> {
    let n = values.len();
    let mean = values.iter().sum::<f64>() / n as f64;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    (n > 0).then(|| (mean, (squares / n.saturating_sub(1).max(1) as f64).sqrt()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use super::*;
    use crate::lesson::{BetRun, Curve, Measure};
    use inkling_engine::experiment::Preset;
    use inkling_engine::history::EpochRecord;

    fn bet(guess: Guess, n_runs: usize, n_seeds: usize) -> Bet {
        let run = BetRun { name: "a".into(), experiment: Preset::Mlp16x16.experiment() };
        Bet {
            question: String::new(),
            guess,
            measure: Measure::ValAccuracy,
            runs: vec![run; n_runs],
            n_seeds,
            because: String::new(),
        }
    }

    fn outcomes(figures: &[&[f64]]) -> Vec<Vec<Outcome>> {
        let epoch = |val_accuracy| EpochRecord {
            epoch: 1,
            loss: 1.0,
            accuracy: 0.0,
            val_loss: None,
            val_accuracy: Some(val_accuracy),
        };
        let outcome = |figure: &f64| Outcome { seed: 1, epochs: vec![epoch(*figure)] };
        figures.iter().map(|seeds| seeds.iter().map(outcome).collect()).collect()
    }

    #[test]
    fn a_number_is_held_to_the_mean_over_the_seeds() {
        let bet = bet(Guess::Number { tolerance: 0.01 }, 1, 2);
        let came = outcomes(&[&[0.90, 0.92]]);
        let Some(Result::Number { mean, spread, is_right }) = bet.result(&Given::Number(0.905), &came) else {
            panic!()
        };
        assert!((mean - 0.91).abs() < 1e-12 && (spread - 0.02 / 2_f64.sqrt()).abs() < 1e-12 && is_right);
        let far = bet.result(&Given::Number(0.93), &came).unwrap();
        assert!(matches!(far, Result::Number { is_right: false, .. }));
        assert_eq!(bet.result(&Given::Number(0.93), &outcomes(&[&[0.9]])), None, "a seed is missing");
        assert_eq!(bet.result(&Given::Best(None), &came), None);
    }

    #[test]
    fn a_difference_within_the_noise_of_seeds_is_none() {
        let bet = bet(Guess::Best, 2, 3);
        let noisy = outcomes(&[&[0.90, 0.92, 0.94], &[0.91, 0.93, 0.95]]);
        let result = bet.result(&Given::Best(None), &noisy).unwrap();
        assert!(matches!(result, Result::Best { best: None, is_right: true, .. }), "{result:?}");
        let clear = outcomes(&[&[0.90, 0.91, 0.90], &[0.96, 0.97, 0.96]]);
        let result = bet.result(&Given::Best(Some(1)), &clear).unwrap();
        assert!(matches!(result, Result::Best { best: Some(1), is_right: true, .. }), "{result:?}");
        let result = bet.result(&Given::Best(Some(0)), &clear).unwrap();
        assert!(matches!(result, Result::Best { best: Some(1), is_right: false, .. }), "{result:?}");
    }

    #[test]
    fn of_losses_the_lowest_is_best() {
        let mut bet = bet(Guess::Best, 2, 1);
        bet.measure = Measure::Loss;
        let came = |loss: f64| {
            vec![Outcome {
                seed: 1,
                epochs: vec![EpochRecord { epoch: 1, loss, accuracy: 0.0, val_loss: None, val_accuracy: None }],
            }]
        };
        let result = bet.result(&Given::Best(Some(1)), &[came(0.5), came(0.2)]).unwrap();
        assert!(matches!(result, Result::Best { best: Some(1), is_right: true, .. }), "{result:?}");
    }

    #[test]
    fn a_curve_is_compared_epoch_by_epoch() {
        let bet = bet(Guess::Curve(Curve { x: [1.0, 1.0], y: [0.0, 1.0] }), 1, 1);
        let result = bet.result(&Given::Curve(vec![0.8]), &outcomes(&[&[0.9]])).unwrap();
        let Result::Curve { real, distance } = result else { panic!() };
        assert_eq!(real, [0.9]);
        assert!((distance - 0.1).abs() < 1e-12);
    }
}
