//! Training as TensorFlow Playground does, beyond its own cases: leftover samples in any order, dead weights with any
//! optimizer, measured figures, and runs that go on.

use crate::plane_subjects::{dataset, experiment, plane, trainer};
use crate::subjects::dense;
use inkling_engine::data::{Targets, order_epoch};
use inkling_engine::evaluation::Evaluator;
use inkling_engine::experiment::{Activation, Experiment, OptimizerConfig, Regularization, StopRule, Validation};
use inkling_engine::field::Variants;
use inkling_engine::history::is_recorded;
use inkling_engine::model::Workspace;
use inkling_engine::trainer::{Stage, Trainer};

/// Weights of a network 2-n-1 in `f64`, laid out as the engine's, trained in a plain loop as Playground does.
struct Twin {
    n_hidden: usize,
    weights: Vec<f64>,
    sum: Vec<f64>,
    n_summed: usize,
}

impl Twin {
    fn add_gradient(&mut self, x: &[f32], target: f64) {
        let n = self.n_hidden;
        let w = &self.weights;
        let x = [f64::from(x[0]), f64::from(x[1])];
        let hidden: Vec<f64> = (0..n).map(|u| (x[0] * w[u] + x[1] * w[n + u] + w[2 * n + u]).tanh()).collect();
        let output = (hidden.iter().zip(&w[3 * n..]).map(|(h, w)| h * w).sum::<f64>() + w[4 * n]).tanh();
        let delta = (output - target) * (1.0 - output * output);
        for u in 0..n {
            let delta_u = delta * w[3 * n + u] * (1.0 - hidden[u] * hidden[u]);
            self.sum[u] += delta_u * x[0];
            self.sum[n + u] += delta_u * x[1];
            self.sum[2 * n + u] += delta_u;
            self.sum[3 * n + u] += delta * hidden[u];
        }
        self.sum[4 * n] += delta;
        self.n_summed += 1;
    }

    fn update(&mut self, learning_rate: f64, [l1, l2]: [f64; 2]) {
        let n = self.n_hidden;
        for (idx, (w, sum)) in self.weights.iter_mut().zip(&mut self.sum).enumerate() {
            let old = *w;
            *w -= learning_rate * *sum / self.n_summed as f64;
            let is_bias = (2 * n..3 * n).contains(&idx) || idx == 4 * n;
            if !is_bias {
                *w -= learning_rate * (l1 * old.signum() + l2 * old);
            }
            *sum = 0.0;
        }
        self.n_summed = 0;
    }
}

#[test]
fn leftover_samples_are_a_part_of_the_next_update() {
    for (shuffle, [l1, l2]) in [(false, [0.0; 2]), (true, [0.0; 2]), (false, [1e-4, 0.0]), (true, [0.0, 0.03])] {
        let mut experiment = experiment();
        experiment.training.shuffle = shuffle;
        experiment.training.regularization = Regularization::Playground { l1, l2 };
        let mut trainer = trainer(&experiment);
        let dataset = dataset(&experiment);
        let Targets::Values { values, .. } = dataset.targets() else { panic!("labels") };
        let weights: Vec<f64> = trainer.model().weights().iter().map(|w| f64::from(*w)).collect();
        let mut twin = Twin { n_hidden: 5, sum: vec![0.0; weights.len()], weights, n_summed: 0 };
        let mut order = vec![];
        for epoch in 1..=6 {
            order_epoch(&trainer.split().train, shuffle, experiment.seed, epoch, &mut order);
            for (place, &sample_idx) in order.iter().enumerate() {
                twin.add_gradient(&dataset.input(sample_idx as usize).unwrap(), f64::from(values[sample_idx as usize]));
                if (place + 1) % 7 == 0 {
                    twin.update(0.1, [l1, l2]);
                }
            }
            let sizes: Vec<usize> = (0..6).map(|_| trainer.step().n_samples).collect();
            assert_eq!(sizes, [if epoch == 1 { 7 } else { 9 }, 7, 7, 7, 7, 7]);
            for (got, expected) in trainer.model().weights().iter().zip(&twin.weights) {
                assert!((f64::from(*got) - expected).abs() < 1e-5, "epoch {epoch}: {got} {expected}");
            }
            while trainer.stage() == Stage::Validation {
                trainer.validate_chunk();
            }
        }
        assert_eq!((trainer.n_steps(), trainer.history().epochs.len()), (36, 6));
    }
}

#[test]
fn carried_samples_have_places_of_their_own() {
    let mut experiment = experiment();
    // Batches of several shards, and 10 left over.
    plane(&mut experiment).n_samples = 5_000;
    experiment.training.batch_size = 495;
    experiment.training.validation = Validation::Last { validation_split: 0.008 };
    let mut trainer = trainer(&experiment);
    for n_samples in [4_950, 4_960] {
        let mut end = 0;
        for _ in 0..10 {
            trainer.begin_step();
            for head in trainer.shard_heads() {
                assert_eq!(head.first, end);
                end += head.n_samples;
            }
            (0..trainer.shard_heads().len()).for_each(|shard_idx| trainer.compute_shard(shard_idx));
            trainer.finish_step();
        }
        assert_eq!(end, n_samples);
        while trainer.stage() == Stage::Validation {
            trainer.validate_chunk();
        }
    }
}

#[test]
fn a_run_that_goes_on_gives_the_same_history() {
    let mut experiment = experiment();
    experiment.training.shuffle = true;
    experiment.training.regularization = Regularization::Playground { l1: 0.05, l2: 0.0 };
    experiment.training.epochs = 30;
    let mut whole = trainer(&experiment);
    whole.run();
    assert!(whole.dead().iter().any(|is_dead| *is_dead));
    for n_epochs in [3, 20] {
        experiment.training.epochs = n_epochs;
        let mut first = trainer(&experiment);
        first.run();
        // In the same trainer …
        experiment.training.epochs = 30;
        let model = first.model().clone();
        first.set_epochs(30).unwrap();
        first.run();
        assert_eq!(first.history(), whole.history());
        assert_eq!(first.model().weights(), whole.model().weights());
        // … and in another one.
        let mut second = Trainer::with_model(experiment.check().unwrap(), dataset(&experiment), model).unwrap();
        second.go_on_after(n_epochs);
        second.run();
        assert_eq!(second.history().epochs, whole.history().epochs[n_epochs..]);
        assert_eq!(second.model().weights(), whole.model().weights());
        assert_eq!(second.dead(), whole.dead());
    }
}

#[test]
fn dead_weights_stay_dead_until_they_are_set() {
    for optimizer in OptimizerConfig::all() {
        let mut experiment = experiment();
        experiment.training.optimizer = optimizer;
        experiment.training.learning_rate = 0.02;
        experiment.training.epochs = 100;
        experiment.training.regularization = Regularization::Playground { l1: 0.3, l2: 0.0 };
        let mut trainer = trainer(&experiment);
        let mut dead = vec![false; trainer.model().n_params()];
        assert_eq!(trainer.dead(), dead);
        while trainer.epoch() <= 60 {
            trainer.step();
            for (idx, (was_dead, is_dead)) in dead.iter().zip(trainer.dead()).enumerate() {
                assert!(*is_dead || !was_dead, "{optimizer:?}: weight {idx} lives again");
                assert!(!is_dead || trainer.model().weights()[idx] == 0.0, "{optimizer:?}: weight {idx} moves");
            }
            dead = trainer.dead().to_vec();
            while trainer.stage() == Stage::Validation {
                trainer.validate_chunk();
            }
        }
        let (first, n_dead) =
            (dead.iter().position(|is_dead| *is_dead).unwrap(), dead.iter().filter(|it| **it).count());
        let mut weights = trainer.model().weights().to_vec();
        weights[first] = 0.5;
        trainer.set_weights(&weights);
        assert!(!trainer.dead()[first], "{optimizer:?}");
        assert_eq!(trainer.dead().iter().filter(|is_dead| **is_dead).count(), n_dead - 1);
        trainer.step();
        assert!(![0.0, 0.5].contains(&trainer.model().weights()[first]), "{optimizer:?}: it learns again");
    }
}

#[test]
fn frozen_weights_neither_shrink_nor_die() {
    let mut experiment = experiment();
    experiment.training.regularization = Regularization::Playground { l1: 0.3, l2: 0.1 };
    let mut trainer = trainer(&experiment);
    let before = trainer.model().weights().to_vec();
    trainer.set_frozen((0..before.len()).map(|idx| idx % 2 == 0).collect());
    trainer.run();
    let held = before.iter().zip(trainer.model().weights()).step_by(2);
    assert!(held.clone().all(|(before, after)| before == after));
    assert!(trainer.dead().iter().step_by(2).all(|is_dead| !is_dead) && trainer.dead().contains(&true));
}

#[test]
fn figures_are_those_of_the_weights_after_the_epoch() {
    let mut experiment = experiment();
    experiment.network[0] = dense(5, Activation::Relu);
    experiment.training.regularization = Regularization::ScikitLearn { alpha: 0.1 };
    let mut trainer = trainer(&experiment);
    trainer.run();
    let last = trainer.history().epochs.last().copied().unwrap();
    for (samples, figures) in [
        (&trainer.split().train, [last.loss, last.accuracy]),
        (&trainer.split().validation, [last.val_loss.unwrap(), last.val_accuracy.unwrap()]),
    ] {
        let mut evaluator = Evaluator::on(trainer.dataset().clone(), samples.clone());
        let evaluation = evaluator.chunk(trainer.model(), &mut Workspace::new(trainer.model()), 100).unwrap();
        assert_eq!(figures, [evaluator.mean_loss(), evaluation.accuracy]);
        assert!(evaluation.loss > figures[0], "without the penalty");
    }
}

/// Ten points in one batch: thousands of epochs in no time.
fn long(epochs: usize) -> Experiment {
    let mut experiment = experiment();
    plane(&mut experiment).n_samples = 10;
    experiment.training.validation = Validation::None;
    experiment.training.batch_size = 10;
    experiment.training.epochs = epochs;
    experiment
}

#[test]
fn records_of_many_epochs_get_rarer() {
    let recorded = |trainer: &Trainer| trainer.history().epochs.iter().map(|record| record.epoch).collect::<Vec<_>>();
    let up_to = |last| (1..=last).filter(|&epoch| is_recorded(epoch) || epoch == last).collect::<Vec<_>>();
    let mut whole = trainer(&long(4_105));
    whole.run();
    assert_eq!(recorded(&whole), up_to(4_105));
    assert_eq!(whole.n_steps(), 4_105);

    // What is recorded does not depend on where a run was interrupted.
    let mut first = trainer(&long(2_050));
    first.run();
    first.set_epochs(4_105).unwrap();
    first.run();
    assert_eq!(first.history(), whole.history());

    // A run that is cut short after an epoch without a record measures it then.
    let mut short = trainer(&long(4_105));
    while short.epoch() <= 2_051 {
        if short.stage() == Stage::Step {
            let _ = short.step();
        } else {
            let _ = short.validate_chunk();
        }
    }
    short.set_epochs(2_051).unwrap();
    short.run();
    assert_eq!(recorded(&short), up_to(2_051));
    let mut twin = trainer(&long(2_051));
    twin.run();
    assert_eq!(short.history(), twin.history());

    let mut experiment = long(2_060);
    experiment.training.stop = StopRule::TrainingLoss { n_iter_no_change: 1_000, tol: 0.0 };
    let mut ruled = trainer(&experiment);
    ruled.run();
    assert!(recorded(&ruled).into_iter().eq(1..=ruled.epoch()), "each epoch under a stop rule");
}

#[test]
fn a_run_on_points_takes_up_a_million_epochs() {
    let mut trainer = trainer(&long(10));
    trainer.set_epochs(1_000_000).unwrap();
    let error = trainer.set_epochs(1_000_001).unwrap_err().to_string();
    assert_eq!(error, "training epochs: expected a whole number from 1 to 1,000,000, got 1,000,001");
}
