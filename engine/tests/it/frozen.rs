//! Frozen weights: they stay the same bit for bit while the others learn.

use crate::subjects::{small_cnn, tiny_digits};
use inkling_engine::experiment::{
    Experiment, OptimizerConfig, Regularization, Regularizer, SgdConfig, StopRule, Validation,
};
use inkling_engine::explain::{Frozen, frozen_mask};
use inkling_engine::field::Variants;
use inkling_engine::history::StopReason;
use inkling_engine::model::Workspace;
use inkling_engine::trainer::Trainer;

const FILTER: Frozen = Frozen::Unit { layer_idx: 0, unit: 2 };
const SLICE: Frozen = Frozen::Slice { layer_idx: 2, in_channel: 1, filter: 5 };

fn experiment(optimizer: OptimizerConfig) -> Experiment {
    let mut experiment = small_cnn(120);
    experiment.training.optimizer = optimizer;
    experiment.training.learning_rate = 0.01;
    experiment.training.batch_size = 10;
    experiment.training.epochs = 3;
    experiment.training.validation = Validation::Last { validation_split: 1.0 / 6.0 };
    experiment.training.regularization = Regularization::Keras(Regularizer { l1: 1e-3, l2: 1e-2 });
    experiment
}

fn trainer(experiment: &Experiment) -> Trainer {
    Trainer::new(experiment.check().unwrap(), tiny_digits(120)).unwrap()
}

fn freeze(trainer: &mut Trainer, parts: &[Frozen]) -> Vec<bool> {
    let mask = frozen_mask(trainer.model().layers(), parts).unwrap();
    trainer.set_frozen(mask.clone());
    mask
}

/// Which weights have other bits than before.
fn moved(before: &[f32], after: &[f32]) -> Vec<bool> {
    before.iter().zip(after).map(|(before, after)| before.to_bits() != after.to_bits()).collect()
}

#[test]
fn neither_momentum_nor_penalties_move_what_is_frozen() {
    let momentum = [false, true].map(|nesterov| OptimizerConfig::Sgd(SgdConfig { momentum: 0.9, nesterov }));
    for optimizer in OptimizerConfig::all().into_iter().chain(momentum) {
        let mut trainer = trainer(&experiment(optimizer));
        // Updates before, so that the optimizer remembers where it was going.
        for _ in 0..3 {
            trainer.step();
        }
        let mask = freeze(&mut trainer, &[FILTER, SLICE]);
        let before = trainer.model().weights().to_vec();
        trainer.step();
        // After one step: two of an optimizer whose steps are all of one size may cancel each other.
        let n_moved = moved(&before, trainer.model().weights()).into_iter().filter(|has_moved| *has_moved).count();
        trainer.step();
        let after_two = trainer.model().weights().to_vec();
        let moved_weights = moved(&before, &after_two);
        assert!(
            mask.iter().zip(&moved_weights).all(|(is_frozen, has_moved)| !(*is_frozen && *has_moved)),
            "{optimizer:?}"
        );
        let n_free = mask.iter().filter(|is_frozen| !**is_frozen).count();
        assert!(n_moved * 10 > n_free * 9, "{optimizer:?}: {n_moved} of {n_free} free weights have moved");
        let gradients = trainer.last_gradients();
        assert!(mask.iter().zip(gradients).all(|(is_frozen, gradient)| !is_frozen || *gradient == 0.0));
        assert!(gradients.iter().any(|gradient| *gradient != 0.0));

        trainer.set_frozen(Vec::new());
        trainer.step();
        let thawed = moved(&after_two, trainer.model().weights());
        assert!(mask.iter().zip(thawed).any(|(was_frozen, has_moved)| *was_frozen && has_moved), "{optimizer:?}");
    }
}

#[test]
fn shards_computed_elsewhere_change_nothing() {
    let run = |is_elsewhere: bool| {
        let mut trainer = trainer(&experiment(OptimizerConfig::ADAM));
        freeze(&mut trainer, &[FILTER]);
        for _ in 0..4 {
            if !is_elsewhere {
                trainer.step();
                continue;
            }
            for shard_idx in (0..trainer.begin_step()).rev() {
                let mut gradients = vec![0.0; trainer.model().n_params()];
                let model = trainer.model().clone();
                let result =
                    model.shard_gradient(&mut Workspace::new(&model), &trainer.shard(shard_idx), &mut gradients);
                trainer.take_sum(shard_idx..shard_idx + 1, &[result], |sum| sum.copy_from_slice(&gradients));
            }
            trainer.finish_step();
        }
        trainer.into_model().weights().to_vec()
    };
    assert!(!moved(&run(false), &run(true)).contains(&true));
}

#[test]
fn the_return_to_the_best_epoch_leaves_frozen_weights_alone() {
    let mut experiment = experiment(OptimizerConfig::ADAM);
    experiment.training.epochs = 4;
    experiment.training.stop = StopRule::ValidationScore { tol: 1.0, n_iter_no_change: 1 };
    let mut trainer = trainer(&experiment);
    while trainer.epoch() == 1 {
        if trainer.stage() == inkling_engine::trainer::Stage::Step {
            trainer.step();
        } else {
            trainer.validate_chunk();
        }
    }
    // Hardly anything is learnt from now on, so the first epoch stays the best; one filter is edited and frozen.
    trainer.set_learning_rate(1e-9).unwrap();
    let mask = frozen_mask(trainer.model().layers(), &[FILTER]).unwrap();
    assert!(mask.contains(&true) && mask.contains(&false));
    let weight_edits: Vec<f32> =
        trainer.model().weights().iter().zip(&mask).map(|(w, is_frozen)| if *is_frozen { 0.25 } else { *w }).collect();
    trainer.set_weights(&weight_edits);
    trainer.set_frozen(mask.clone());
    let reason = trainer.run();
    assert!(matches!(reason, StopReason::ValidationScore { best_epoch: 1, .. }), "{reason:?}");
    assert!(mask.iter().zip(trainer.model().weights()).all(|(is_frozen, weight)| !is_frozen || *weight == 0.25));
}
