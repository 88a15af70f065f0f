//! Other libraries that train the same networks, in a Python of the user's.

use anyhow::{Context, Result, bail};
use inkling_engine::experiment::Experiment;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Lines, Write};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};
use xtask::process::command;

/// A running `xtask/keras_networks.py`; it ends with its owner. Between two requests it is idle.
#[derive(Debug)]
pub struct Peers {
    process: Child,
    requests: ChildStdin,
    answers: Lines<BufReader<ChildStdout>>,
    head: Value,
}

/// A library.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Library {
    /// Keras on TensorFlow.
    Keras,
    /// scikit-learn's `MLPClassifier`.
    ScikitLearn,
}

impl Library {
    /// Its name, which the script also takes.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Library::Keras => "keras",
            Library::ScikitLearn => "scikit-learn",
        }
    }
}

impl Peers {
    /// Starts the script with that interpreter and waits until it has its libraries.
    ///
    /// # Errors
    /// If there is no such interpreter, or the script does not answer.
    pub fn start(python: &str) -> Result<Peers> {
        let mut process = command(python, &["xtask/keras_networks.py", "assets/mnist"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start {python}"))?;
        let requests = process.stdin.take().context("the script has no input")?;
        let answers = BufReader::new(process.stdout.take().context("the script has no output")?).lines();
        let mut peers = Peers { process, requests, answers, head: Value::Null };
        peers.head = peers.answer()?;
        Ok(peers)
    }

    /// Whether the library is installed.
    #[must_use]
    pub fn has(&self, library: Library) -> bool {
        self.head["isThere"][library.name()] == true
    }

    /// Its version, or why it is missing.
    #[must_use]
    pub fn version(&self, library: Library) -> &str {
        self.head["versions"][library.name()].as_str().unwrap_or_default()
    }

    /// Images per second, in training for so many seconds.
    ///
    /// # Errors
    /// What the library says is wrong.
    pub fn images_per_second(&mut self, library: Library, experiment: &Experiment, seconds: f64) -> Result<f64> {
        let request = json!({ "library": library.name(), "seconds": seconds, "experiment": experiment });
        writeln!(self.requests, "{request}")?;
        let answer = self.answer()?;
        if let Some(error) = answer["error"].as_str() {
            bail!("{}: {error}", library.name());
        }
        answer["imagesPerSecond"].as_f64().context("the script gave no figure")
    }

    fn answer(&mut self) -> Result<Value> {
        let line = self.answers.next().context("the script has ended")??;
        serde_json::from_str(&line).with_context(|| format!("the script wrote {line}"))
    }
}

impl Drop for Peers {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}
