//! How each question is answered: at once from a look at the subject, or as a job between the slices of training.

mod ablation;
mod activation_maximization;
mod calibration;
mod changed_subject;
mod comparison;
mod contributions;
mod gradients;
mod histograms;
mod learning_curve;
mod nearest;
mod own_readings;
#[cfg(feature = "plane")]
mod plane_space;
#[cfg(feature = "plane")]
mod plane_step;
#[cfg(feature = "plane")]
mod plane_surface;
#[cfg(feature = "plane")]
mod plane_view;
mod predictions;
mod readings;
mod robustness;
mod saliency;
mod scores;
mod thumbnails;
mod top_samples;
mod trial_step;
mod weights;

use super::assets::Mnist;
use super::look::{Look, nothing_there};
use super::run::Run;
use crate::protocol::ImageSet;
use crate::protocol::questions::*;
use inkling_engine::data::{Dataset, OwnDigits};
use inkling_engine::experiment::Shape;
use inkling_engine::explain::ExplainError;
use serde::Serialize;
use std::sync::Arc;

/// A question that the worker can answer.
pub trait Answerable: Question {
    /// Answers at once, or begins a job that will.
    ///
    /// # Errors
    /// If the question does not fit the network, the subject or the data that are there.
    fn answer(self, asked: &mut Asked<'_>) -> Result<Outcome<Self>, ExplainError>;
}

/// What becomes of a question.
pub enum Outcome<Q: Question> {
    /// The answer.
    Answer(Q::Answer),
    /// Work that will give answers as it goes on.
    Job(Box<dyn Job<Q>>),
}

/// Work on a question that takes longer than a moment.
pub trait Job<Q: Question> {
    /// One piece of the work, of some milliseconds; `true` when all is done.
    fn step(&mut self, run: &mut Run) -> bool;

    /// What is known so far.
    fn answer(&self) -> Q::Answer;

    /// Whether it gives way to training: then it gets a small share of the worker's time while a network trains.
    fn is_in_background(&self) -> bool {
        false
    }

    /// Updates that the network at work had seen, if it is a copy from when the question was asked; `None`: it is the
    /// present network.
    fn n_steps(&self) -> Option<usize> {
        None
    }
}

/// What a question is asked about.
pub struct Asked<'a> {
    /// The run whose network it is.
    pub run: &'a mut Run,
    /// The subject's pixels in their own order; `None` while the image is not there.
    pub pixels: Option<Vec<f32>>,
    /// The data set, once it is there.
    pub mnist: Option<&'a Mnist>,
    /// The learner's own digits, if there are any.
    pub own_digits: Option<&'a Arc<OwnDigits>>,
}

impl Asked<'_> {
    /// The subject's way through the network.
    fn look(&mut self) -> Result<Look, ExplainError> {
        Look::new(self.run, self.pixels.clone().ok_or_else(nothing_there)?)
    }

    /// One of MNIST's sets, as the run's network is given its images.
    ///
    /// # Errors
    /// If the data set is not there.
    fn images(&self, set: ImageSet) -> Result<Arc<Dataset>, ExplainError> {
        Ok(self.run.checked.arranged(self.mnist()?.of(set)))
    }

    /// The data set.
    fn mnist(&self) -> Result<&Mnist, ExplainError> {
        self.mnist.ok_or_else(|| ExplainError::new("data set", "MNIST", "none yet: it is being loaded"))
    }

    /// The shape of a layer's output, which must have that channel.
    fn channel_of(&self, layer_idx: usize, channel: usize) -> Result<Shape, ExplainError> {
        let layers = self.run.checked.layers();
        ExplainError::check_index("layer", layer_idx, layers.len())?;
        let shape = layers[layer_idx].output_shape;
        ExplainError::check_index("channel", channel, shape.dims()[2])?;
        Ok(shape)
    }
}

/// A job with its question, whatever its kind.
pub trait AnyJob {
    /// The question.
    fn question(&self) -> AnyQuestion;

    /// One piece of the work; `true` when all is done.
    fn step(&mut self, run: &mut Run) -> bool;

    /// What is known so far.
    fn answer(&self) -> PackedAnswer;

    /// See [`Job::is_in_background`].
    fn is_in_background(&self) -> bool;

    /// See [`Job::n_steps`].
    fn n_steps(&self) -> Option<usize>;
}

struct JobOf<Q: Question> {
    question: Q,
    job: Box<dyn Job<Q>>,
}

impl<Q: Question> AnyJob for JobOf<Q> {
    fn question(&self) -> AnyQuestion {
        self.question.into()
    }

    fn step(&mut self, run: &mut Run) -> bool {
        self.job.step(run)
    }

    fn answer(&self) -> PackedAnswer {
        packed(self.job.answer())
    }

    fn is_in_background(&self) -> bool {
        self.job.is_in_background()
    }

    fn n_steps(&self) -> Option<usize> {
        self.job.n_steps()
    }
}

/// What becomes of any question.
pub enum AnyOutcome {
    /// The answer.
    Answer(PackedAnswer),
    /// Work that will give answers as it goes on.
    Job(Box<dyn AnyJob>),
}

fn packed<A: Answer + Serialize>(answer: A) -> PackedAnswer {
    PackedAnswer::pack(answer).unwrap_or_else(|error| wasm_bindgen::throw_str(&error))
}

fn answer_typed<Q: Answerable>(question: Q, asked: &mut Asked<'_>) -> Result<AnyOutcome, ExplainError> {
    Ok(match question.answer(asked)? {
        Outcome::Answer(answer) => AnyOutcome::Answer(packed(answer)),
        Outcome::Job(job) => AnyOutcome::Job(Box::new(JobOf { question, job })),
    })
}

macro_rules! define_answer {
    ($($(#[$cfg:meta])* $name:ident: $kind:ident,)*) => {
        /// Answers any question at once, or begins a job that will.
        ///
        /// # Errors
        /// As [`Answerable::answer`].
        pub(super) fn answer(question: AnyQuestion, asked: &mut Asked<'_>) -> Result<AnyOutcome, ExplainError> {
            match question {
                $($(#[$cfg])* AnyQuestion::$kind(question) => answer_typed(question, asked),)*
            }
        }
    };
}
for_each_question!(define_answer);
