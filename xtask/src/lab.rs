//! What needs the engine itself: built together with it, optimized for this machine's processor, when asked for.

use anyhow::Result;
#[cfg(feature = "lab")]
use inkling_engine::{
    data::Dataset,
    evaluation::Evaluator,
    model::{Model, Workspace},
};
use std::path::PathBuf;
#[cfg(feature = "lab")]
use std::sync::Arc;

/// What the lab can do.
#[derive(Debug, Clone, PartialEq)]
pub enum Work {
    /// Make the shards of MNIST from the idx files in this folder (absolute).
    Mnist(PathBuf),
    /// Train the network that ships with the page.
    Pretrain,
    /// Train the lesson's networks.
    Reproduce {
        /// Seeds for each instead of the usual numbers.
        n_seeds: Option<u64>,
        /// Words in the titles of those that are trained, if not all are.
        only: Option<String>,
    },
    /// Train two of them with this many seeds each, and show them changed test images.
    Robustness(Option<u64>),
    /// Show networks what is no digit.
    Doubt,
    /// Time the bench's workloads.
    Bench {
        /// How often each.
        n_rounds: usize,
        /// The layers of networks of many kinds instead of the usual workloads: of those with these words in their name.
        networks: Option<String>,
    },
}

/// Does it here.
///
/// # Errors
/// Those of the work done.
#[cfg(feature = "lab")]
pub fn run(work: &Work) -> Result<()> {
    match work {
        Work::Mnist(idx_dir) => crate::mnist::make(idx_dir),
        Work::Pretrain => {
            let (train, test) = datasets()?;
            crate::pretrain::run(&train, &test, &crate::paths::root().join("assets/models/lesson-cnn.safetensors"))
        }
        Work::Reproduce { n_seeds, only } => {
            let (train, test) = datasets()?;
            crate::reproduce::run(&train, &test, *n_seeds, only.as_deref())
        }
        Work::Robustness(n_seeds) => {
            let (train, test) = datasets()?;
            crate::reproduce_robustness::run(&train, &test, *n_seeds)
        }
        Work::Doubt => {
            let (train, test) = datasets()?;
            crate::doubt::run(&train, &test)
        }
        Work::Bench { n_rounds, networks } => {
            let (train, test) = datasets()?;
            if let Some(words) = networks {
                return crate::native_networks::run(&train, *n_rounds, words);
            }
            crate::native_bench::run(&train, &test, *n_rounds)
        }
    }
}

/// MNIST to train on, and to test on.
#[cfg(feature = "lab")]
fn datasets() -> Result<(Arc<Dataset>, Arc<Dataset>)> {
    let mnist = crate::mnist::load()?;
    let train = Dataset::digits(mnist.train_images, mnist.train_labels)?;
    let test = Dataset::digits(mnist.test_images, mnist.test_labels)?;
    Ok((Arc::new(train), Arc::new(test)))
}

/// The share of `test` that a network recognises, in `[0, 1]`.
#[cfg(feature = "lab")]
#[must_use]
pub fn test_accuracy(model: &Model, test: &Arc<Dataset>) -> f64 {
    let mut workspace = Workspace::new(model);
    let evaluation = Evaluator::new(test.clone()).chunk(model, &mut workspace, test.len());
    evaluation.map_or(0.0, |evaluation| evaluation.accuracy)
}

/// Has it done by an xtask that is built together with the engine.
///
/// # Errors
/// If the build or the work fails.
#[cfg(not(feature = "lab"))]
pub fn run(work: &Work) -> Result<()> {
    let mut lab =
        crate::process::cargo(&["run", "-q", "-p", "xtask", "--features", "lab", "--profile", "worker", "--"]);
    lab.env("RUSTFLAGS", "-C target-cpu=native");
    match work {
        Work::Mnist(idx_dir) => lab.arg("mnist").arg(idx_dir),
        Work::Pretrain => lab.arg("pretrain"),
        Work::Reproduce { n_seeds, only } => {
            lab.arg("reproduce");
            with_seeds(&mut lab, *n_seeds);
            if let Some(words) = only {
                lab.args(["--only", words]);
            }
            &mut lab
        }
        Work::Robustness(n_seeds) => with_seeds(lab.args(["reproduce", "--robustness"]), *n_seeds),
        Work::Doubt => lab.args(["reproduce", "--doubt"]),
        Work::Bench { n_rounds, networks } => {
            lab.args(["bench", "--native", "--rounds", &n_rounds.to_string()]);
            match networks {
                Some(words) => lab.args(["--networks", "--only", words]),
                None => &mut lab,
            }
        }
    };
    crate::process::run(&mut lab)
}

#[cfg(not(feature = "lab"))]
fn with_seeds(lab: &mut std::process::Command, n_seeds: Option<u64>) -> &mut std::process::Command {
    match n_seeds {
        Some(n_seeds) => lab.args(["--seeds", &n_seeds.to_string()]),
        None => lab,
    }
}
