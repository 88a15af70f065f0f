//! Trains the network that ships with the page: the lesson's CNN, on slightly shifted, rotated and scaled digits, so
//! that drawings by pointer are recognised. The same machine and build give the same file each time.

use crate::dist::build_id::hex;
use crate::lab::test_accuracy;
use crate::parallel::Team;
use anyhow::{Context, Result, ensure};
use inkling_engine::data::{Augmentation, Dataset, Inputs, Targets};
use inkling_engine::experiment::{DatasetSpec, Preset, Validation};
use inkling_engine::model_file;
use inkling_engine::random::{Key, Purpose};
use inkling_engine::trainer::{Stage, Trainer};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

/// Moved copies of each image beside the image itself.
const N_COPIES: usize = 5;
const AUGMENTATION: Augmentation = Augmentation { shift: 2.5, rotation: 15.0, scale: 0.15, noise: 0.0 };
/// Learning rate of each pass through all copies.
const LEARNING_RATES: [f64; 6] = [1e-3, 1e-3, 6e-4, 3e-4, 1e-4, 3e-5];
/// Bits of a weight that the file keeps: sign, exponent and three bits of the fraction. The rest is zero, so that the file
/// takes a quarter over the wire; seven bits (a bfloat16) recognise no digit more.
const KEPT_BITS: u32 = 0xfff0_0000;
/// The smallest accuracy: the shipped network has to be better than the lesson's own run.
const MIN_TEST_ACCURACY: f64 = 0.99;

/// Trains on `train`, tests on `test`, and writes the weights to `path`.
///
/// # Errors
/// If the network is not as good as it should be, or the file can't be written.
pub fn run(train: &Dataset, test: &Arc<Dataset>, path: &Path) -> Result<()> {
    let mut experiment = Preset::LessonCnn.experiment();
    let copies = Arc::new(copies(train, experiment.seed)?);
    experiment.training.validation = Validation::None;
    experiment.training.epochs = LEARNING_RATES.len();
    let data = DatasetSpec { n_samples: copies.len(), ..experiment.data.spec() };
    let mut trainer = Trainer::new(experiment.check_on(&data)?, copies)?;
    let mut team = Team::new(&trainer);
    let begin = Instant::now();
    for learning_rate in LEARNING_RATES {
        trainer.set_learning_rate(learning_rate)?;
        while trainer.stage() == Stage::Step {
            team.step(&mut trainer);
        }
        let record = trainer.validate_chunk().context("the training did not end an epoch")?;
        println!(
            "epoch {} at {learning_rate:.0e}: loss {:.4}, accuracy {:.4}, test accuracy {:.4}, {:.0} s",
            record.epoch,
            record.loss,
            record.accuracy,
            test_accuracy(trainer.model(), test),
            begin.elapsed().as_secs_f64()
        );
    }
    let mut model = trainer.model().clone();
    model.set_weights(&model.weights().iter().copied().map(rounded).collect::<Vec<_>>());
    let accuracy = test_accuracy(&model, test);
    ensure!(accuracy >= MIN_TEST_ACCURACY, "test accuracy is {accuracy}, below {MIN_TEST_ACCURACY}");
    let bytes = model_file::write(&model, &Preset::LessonCnn.experiment())?;
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, &bytes).with_context(|| format!("writing {}", path.display()))?;
    let sum = path.with_extension("sha256");
    fs::write(&sum, checksum(&bytes, path)).with_context(|| format!("writing {}", sum.display()))?;
    println!("{}: {} bytes, test accuracy {accuracy:.4}", path.display(), bytes.len());
    Ok(())
}

/// A line for `sha256sum --check`, from which the page's worker takes what the file must be.
fn checksum(bytes: &[u8], path: &Path) -> String {
    let file = path.file_name().unwrap_or_default().to_string_lossy();
    format!("{}  {file}\n", hex(&Sha256::digest(bytes)))
}

/// The nearest number of [`KEPT_BITS`].
fn rounded(weight: f32) -> f32 {
    f32::from_bits((weight.to_bits() + (!KEPT_BITS >> 1) + 1) & KEPT_BITS)
}

/// All images, followed by several moved copies of all of them.
fn copies(train: &Dataset, seed: u64) -> Result<Dataset> {
    let (Inputs::Pixels(pixels), Targets::Labels(labels)) = (train.inputs(), train.targets()) else {
        anyhow::bail!("expected images with labels");
    };
    let key = Key::new(seed, Purpose::Augmentation);
    let mut all = pixels.clone();
    all.resize(pixels.len() * (1 + N_COPIES), 0);
    for (copy_idx, moved) in all[pixels.len()..].chunks_exact_mut(784).enumerate() {
        let image_idx = copy_idx % labels.len();
        AUGMENTATION.apply(&pixels[image_idx * 784..][..784], 28, key.with(copy_idx as u64), moved);
    }
    Ok(Dataset::digits(all, labels.repeat(1 + N_COPIES))?)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;

    #[test]
    fn shipped_weights_have_the_checksum_that_the_worker_asks_for() {
        let path = crate::paths::root().join("assets/models/lesson-cnn.safetensors");
        let sum = fs::read_to_string(path.with_extension("sha256")).unwrap();
        assert_eq!(sum, checksum(&fs::read(&path).unwrap(), &path));
    }

    #[test]
    fn weights_are_rounded_to_the_nearest() {
        // Between 1 and 2 the kept numbers are 1/8 apart.
        for (weight, expected) in [(1.0, 1.0), (1.06, 1.0), (1.065, 1.125), (-1.065, -1.125), (1.99, 2.0), (0.0, 0.0)] {
            assert_eq!(rounded(weight), expected, "{weight}");
        }
    }
}
