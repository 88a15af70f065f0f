//! The lesson's networks on all of MNIST, side by side with what the lesson and the libraries report.

use crate::lab::test_accuracy;
use crate::parallel::Team;
use anyhow::Result;
use inkling_engine::data::Dataset;
use inkling_engine::experiment::{
    Activation, DataConfig, DenseConfig, Experiment, Initializer, LayerConfig, MnistConfig, OptimizerConfig, Preset,
    Regularization, StopRule, Validation,
};
use inkling_engine::history::StopReason;
use inkling_engine::trainer::{Stage, Trainer};
use std::sync::Arc;
use std::time::Instant;

/// A network of the lesson, and what others report of it.
struct Work {
    title: &'static str,
    experiment: Experiment,
    n_seeds: u64,
    /// Test accuracies of others.
    reported: &'static [(&'static str, &'static [f64])],
}

/// Trains every network with several seeds and prints the tables. `n_seeds` replaces the usual numbers of seeds; `only`
/// are words in the titles of those that are trained.
///
/// # Errors
/// If an experiment is refused.
pub fn run(train: &Arc<Dataset>, test: &Arc<Dataset>, n_seeds: Option<u64>, only: Option<&str>) -> Result<()> {
    let is_asked = |work: &Work| only.is_none_or(|words| work.title.contains(words));
    for work in benchmarks().into_iter().filter(is_asked) {
        println!("{}", work.title);
        for (who, accuracies) in work.reported {
            println!("  {who:<34} {}", spread(accuracies));
        }
        let mut accuracies = vec![];
        for seed in 1..=n_seeds.unwrap_or(work.n_seeds) {
            let outcome = train_once(Experiment { seed, ..work.experiment.clone() }, train, test)?;
            println!(
                "  seed {seed}: test {:.4}, {} epochs ({}), loss {:.4} to {:.4}{}, {:.0} images/s",
                outcome.test_accuracy,
                outcome.n_epochs,
                outcome.reason,
                outcome.first_loss,
                outcome.last_loss,
                outcome.best_validation.map(|best| format!(", best validation {best:.4}")).unwrap_or_default(),
                outcome.images_per_second
            );
            accuracies.push(outcome.test_accuracy);
        }
        println!("  {:<34} {}\n", "Inkling", spread(&accuracies));
    }
    Ok(())
}

fn benchmarks() -> [Work; 7] {
    let scikit_learn = |preset: Preset, epochs: usize, stop: StopRule| {
        let mut experiment = preset.experiment();
        for layer in &mut experiment.network {
            if let LayerConfig::Dense(dense) = layer {
                dense.kernel_initializer = Initializer::ScikitLearn;
            }
        }
        let training = &mut experiment.training;
        training.optimizer = OptimizerConfig::ADAM_SCIKIT_LEARN;
        training.regularization = Regularization::ScikitLearn { alpha: 1e-4 };
        training.epochs = epochs;
        training.stop = stop;
        training.validation = match stop {
            StopRule::ValidationScore { .. } => Validation::Random { validation_fraction: 0.1 },
            _ => Validation::None,
        };
        experiment
    };
    let shuffled = |network: Vec<LayerConfig>, epochs: usize| {
        let mut experiment = Preset::LessonCnn.experiment();
        (experiment.network, experiment.training.epochs) = (network, epochs);
        experiment.data = DataConfig::Mnist(MnistConfig { shuffle_pixels: true, ..MnistConfig::default() });
        experiment
    };
    let dense = |units, activation| LayerConfig::Dense(DenseConfig::new(units).activation(activation));
    let mlp_40 = vec![LayerConfig::FLATTEN, dense(40, Activation::Relu), dense(10, Activation::Softmax)];
    [
        Work {
            title: "scikit-learn MLP 16-16, 10 iterations",
            experiment: scikit_learn(Preset::Mlp16x16, 10, StopRule::Never),
            n_seeds: 5,
            reported: &[("scikit-learn 1.9.1", &[0.9494, 0.9476, 0.9491])],
        },
        Work {
            title: "scikit-learn MLP 16-16, early stopping",
            experiment: scikit_learn(Preset::Mlp16x16, 200, StopRule::EARLY_STOPPING),
            n_seeds: 5,
            reported: &[("scikit-learn 1.9.1", &[0.9541, 0.9494]), ("the lesson (50 iterations)", &[0.9509])],
        },
        Work {
            title: "scikit-learn MLP 40, early stopping",
            experiment: scikit_learn(Preset::Mlp40, 200, StopRule::EARLY_STOPPING),
            n_seeds: 5,
            reported: &[("the lesson", &[0.9647])],
        },
        Work {
            title: "Keras MLP 16-16, 10 epochs",
            experiment: Preset::Mlp16x16.experiment(),
            n_seeds: 5,
            reported: &[("Keras 3.15.1", &[0.9435, 0.9437, 0.9476]), ("the lesson", &[0.9461])],
        },
        Work {
            title: "Keras CNN of the lesson, 10 epochs",
            experiment: Preset::LessonCnn.experiment(),
            n_seeds: 2,
            reported: &[("Keras 3.15.1 after 3 epochs", &[0.9843, 0.9829]), ("the lesson", &[0.9891])],
        },
        Work {
            title: "Keras MLP 40 on shuffled pixels, 20 epochs",
            experiment: shuffled(mlp_40, 20),
            n_seeds: 3,
            reported: &[("Keras 3.15.1", &[0.9697, 0.9692, 0.9701])],
        },
        Work {
            title: "Keras CNN of the lesson on shuffled pixels, 4 epochs",
            experiment: shuffled(Preset::LessonCnn.experiment().network, 4),
            n_seeds: 3,
            reported: &[("Keras 3.15.1", &[0.9489, 0.9468, 0.9458])],
        },
    ]
}

struct Outcome {
    test_accuracy: f64,
    n_epochs: usize,
    reason: &'static str,
    first_loss: f64,
    last_loss: f64,
    best_validation: Option<f64>,
    images_per_second: f64,
}

fn train_once(experiment: Experiment, train: &Arc<Dataset>, test: &Arc<Dataset>) -> Result<Outcome> {
    let checked = experiment.check()?;
    let test = checked.arranged(test);
    let mut trainer = Trainer::new(checked.clone(), checked.training_data(train, None)?)?;
    let mut team = Team::new(&trainer);
    let mut seconds = 0.0;
    let reason = loop {
        match trainer.stage() {
            Stage::Step => {
                let begin = Instant::now();
                // Small networks finish before threads have started.
                if trainer.model().n_params() > 100_000 || is_convolutional(&trainer) {
                    team.step(&mut trainer);
                } else {
                    trainer.step();
                }
                seconds += begin.elapsed().as_secs_f64();
            }
            Stage::Validation => {
                trainer.validate_chunk();
            }
            Stage::Finished(reason) => break reason,
        }
    };
    let epochs = &trainer.history().epochs;
    Ok(Outcome {
        test_accuracy: test_accuracy(trainer.model(), &test),
        n_epochs: epochs.len(),
        reason: match reason {
            StopReason::EpochsDone => "all done",
            StopReason::ValidationScore { .. } | StopReason::TrainingLoss { .. } => "stopped",
            StopReason::NotFinite { .. } => "not finite",
        },
        first_loss: epochs.first().map_or(f64::NAN, |record| record.loss),
        last_loss: epochs.last().map_or(f64::NAN, |record| record.loss),
        best_validation: epochs.iter().filter_map(|record| record.val_accuracy).reduce(f64::max),
        images_per_second: (trainer.experiment().n_train() * epochs.len()) as f64 / seconds,
    })
}

fn is_convolutional(trainer: &Trainer) -> bool {
    trainer.model().layers().iter().any(|layer| matches!(layer.config, LayerConfig::Conv2D(_)))
}

/// Least, greatest and mean: `0.9476 to 0.9494, mean 0.9487 (3)`.
#[must_use]
pub fn spread(values: &[f64]) -> String {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    let least = values.iter().copied().fold(f64::INFINITY, f64::min);
    let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if values.len() == 1 {
        format!("{mean:.4}")
    } else {
        format!("{least:.4} to {most:.4}, mean {mean:.4} ({})", values.len())
    }
}
