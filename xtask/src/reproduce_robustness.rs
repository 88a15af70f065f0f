//! Networks on moved, turned, noisy and inverted test images, side by side with Keras'.

use crate::parallel::Team;
use crate::reproduce::spread;
use anyhow::Result;
use inkling_engine::data::{Augmentation, Corruption, Dataset, MNIST_SIDE};
use inkling_engine::experiment::{Experiment, Initializer, LayerConfig, OptimizerConfig, Preset, Regularization};
use inkling_engine::experiment::{StopRule, Validation};
use inkling_engine::model::{Model, Workspace, predicted_class};
use inkling_engine::trainer::{Stage, Trainer};
use std::sync::Arc;

/// Test images that are used: every fourth one.
const EVERY: usize = 4;
const N_SEEDS: u64 = 3;

/// A row of the tables: the mean accuracy on some changes, and what three networks of Keras give.
struct Row {
    title: &'static str,
    changes: Vec<Corruption>,
    mlp: [f64; 3],
    cnn: [f64; 3],
}

/// A network, and what Keras gives for it.
struct Work {
    title: &'static str,
    experiment: Experiment,
    keras: Option<fn(&Row) -> [f64; 3]>,
}

/// Trains the networks and prints a table of each.
///
/// # Errors
/// If an experiment is refused.
pub fn run(train: &Arc<Dataset>, test: &Arc<Dataset>, n_seeds: Option<u64>) -> Result<()> {
    for work in works() {
        println!("{}", work.title);
        let models = (1..=n_seeds.unwrap_or(N_SEEDS))
            .map(|seed| trained(Experiment { seed, ..work.experiment.clone() }, train))
            .collect::<Result<Vec<Model>>>()?;
        for row in rows() {
            let ours: Vec<f64> = models.iter().map(|model| accuracy(model, test, &row.changes)).collect();
            let keras = work.keras.map(|keras| format!("   Keras 3.15.1 {}", spread(&keras(&row)))).unwrap_or_default();
            println!("  {:<12} {}{keras}", row.title, spread(&ours));
        }
        println!();
    }
    Ok(())
}

fn works() -> [Work; 4] {
    let augmented = |mut experiment: Experiment| {
        if let Some(digits) = experiment.data.digits_mut() {
            digits.augmentation = Augmentation { shift: 4.0, rotation: 20.0, ..Augmentation::NONE };
        }
        experiment
    };
    [
        Work { title: "MLP 40, 20 epochs", experiment: mlp(), keras: Some(|row| row.mlp) },
        Work { title: "CNN of the lesson, 4 epochs", experiment: cnn(), keras: Some(|row| row.cnn) },
        Work {
            title: "MLP 40, 20 epochs, augmented: shift 4 px, rotation 20°",
            experiment: augmented(mlp()),
            keras: None,
        },
        Work {
            title: "CNN of the lesson, 4 epochs, augmented: shift 4 px, rotation 20°",
            experiment: augmented(cnn()),
            keras: None,
        },
    ]
}

/// Keras' Dense layers with Adam, on the first 54,000 images.
fn mlp() -> Experiment {
    let mut experiment = Preset::Mlp40.experiment();
    for layer in &mut experiment.network {
        if let LayerConfig::Dense(dense) = layer {
            dense.kernel_initializer = Initializer::GlorotUniform;
        }
    }
    let training = &mut experiment.training;
    training.optimizer = OptimizerConfig::ADAM;
    training.regularization = Regularization::NONE;
    training.validation = Validation::Last { validation_split: 0.1 };
    training.stop = StopRule::Never;
    training.epochs = 20;
    experiment
}

fn cnn() -> Experiment {
    let mut experiment = Preset::LessonCnn.experiment();
    experiment.training.epochs = 4;
    experiment
}

fn trained(experiment: Experiment, train: &Arc<Dataset>) -> Result<Model> {
    let checked = experiment.check()?;
    let train = checked.training_data(train, None)?;
    let mut trainer = Trainer::new(checked, train)?;
    let mut team = Team::new(&trainer);
    loop {
        match trainer.stage() {
            Stage::Step => drop(team.step(&mut trainer)),
            Stage::Validation => drop(trainer.validate_chunk()),
            Stage::Finished(_) => return Ok(trainer.model().clone()),
        }
    }
}

/// The mean over several changes of the share that is recognised.
fn accuracy(model: &Model, test: &Dataset, changes: &[Corruption]) -> f64 {
    let mut workspace = Workspace::new(model);
    let (mut n_right, mut n_images) = (0_usize, 0_usize);
    for change in changes {
        for sample_idx in (0..test.len()).step_by(EVERY) {
            let Some((image, label)) = test.input(sample_idx).zip(test.label(sample_idx)) else { continue };
            let image = change.apply(&image, MNIST_SIDE, 1, sample_idx as u64);
            let logits = model.logits(&mut workspace, &image);
            n_images += 1;
            n_right += usize::from(logits.as_slice().is_some_and(|logits| predicted_class(logits) == label));
        }
    }
    n_right as f64 / n_images.max(1) as f64
}

fn rows() -> Vec<Row> {
    let shifts =
        |px: f64| [(px, 0.0), (-px, 0.0), (0.0, px), (0.0, -px)].map(|(dx, dy)| Corruption::Shift { dx, dy }).to_vec();
    let turns = |degrees: f64| [degrees, -degrees].map(|degrees| Corruption::Rotation { degrees }).to_vec();
    let noise = |std_dev| vec![Corruption::GaussianNoise { std_dev }];
    let row = |title, changes, mlp, cnn| Row { title, changes, mlp, cnn };
    vec![
        row("shift 0 px", shifts(0.0), [0.9708, 0.9696, 0.9692], [0.9852, 0.9852, 0.9832]),
        row("shift 1 px", shifts(1.0), [0.9369, 0.9299, 0.9413], [0.9783, 0.9782, 0.9748]),
        row("shift 2 px", shifts(2.0), [0.767, 0.7442, 0.7785], [0.9336, 0.9353, 0.9301]),
        row("shift 3 px", shifts(3.0), [0.479, 0.4629, 0.4907], [0.7809, 0.799, 0.7818]),
        row("shift 4 px", shifts(4.0), [0.2714, 0.2429, 0.2727], [0.5375, 0.5624, 0.5413]),
        row("shift 5 px", shifts(5.0), [0.1693, 0.1451, 0.1673], [0.3372, 0.3428, 0.3388]),
        row("shift 6 px", shifts(6.0), [0.131, 0.1154, 0.1291], [0.2259, 0.2288, 0.2305]),
        row("turn 10°", turns(10.0), [0.9454, 0.9456, 0.951], [0.9782, 0.9794, 0.9756]),
        row("turn 20°", turns(20.0), [0.843, 0.8456, 0.849], [0.925, 0.9204, 0.9234]),
        row("turn 30°", turns(30.0), [0.6712, 0.6562, 0.669], [0.7986, 0.7902, 0.7954]),
        row("turn 45°", turns(45.0), [0.3784, 0.3498, 0.3622], [0.4748, 0.477, 0.4864]),
        row("noise 0.1", noise(0.1), [0.9288, 0.942, 0.9324], [0.9836, 0.9832, 0.9816]),
        row("noise 0.2", noise(0.2), [0.6488, 0.798, 0.6612], [0.9832, 0.9788, 0.98]),
        row("noise 0.4", noise(0.4), [0.2816, 0.4792, 0.3064], [0.818, 0.794, 0.922]),
        row("inverted", vec![Corruption::Inversion], [0.088, 0.0364, 0.0456], [0.3784, 0.328, 0.2576]),
    ]
}
