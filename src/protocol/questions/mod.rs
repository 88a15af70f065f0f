//! Questions about the inside of a network, each with the type of its answer.
//!
//! All are asked about the present subject (drawing or image) and the present weights. A newer question of the same
//! kind takes the place of an older one that is still worked on. A new question is a file here, a file in
//! `worker/questions`, and a line in [`for_each_question`].

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
mod packed_answer;
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

pub use ablation::{Ablation, AblationAnswer};
pub use activation_maximization::{ActivationMaximization, ActivationMaximizationAnswer};
pub use calibration::{Calibration, CalibrationAnswer};
pub use changed_subject::{ChangedSubject, ChangedSubjectAnswer};
pub use comparison::{Comparison, ComparisonAnswer};
pub use contributions::{Contributions, ContributionsAnswer};
pub use gradients::{Gradients, GradientsAnswer};
pub use histograms::{Histograms, HistogramsAnswer, Spread};
pub use learning_curve::{CURVE_SIZES, CurvePoint, LEAST_CURVE_STEPS, LearningCurve, LearningCurveAnswer, curve_sizes};
pub use nearest::{Nearest, NearestAnswer, Neighbour};
pub use own_readings::{OwnReadings, OwnReadingsAnswer};
pub use packed_answer::PackedAnswer;
#[cfg(feature = "plane")]
pub use plane_space::{
    MAX_SPACE_POINTS, N_GRID_LINES, N_LINE_PLACES, NextLine, PlaneSpace, PlaneSpaceAnswer, SpacePoint, grid_places,
};
#[cfg(feature = "plane")]
pub use plane_step::{MovedWeight, PlaneStep, PlaneStepAnswer};
#[cfg(feature = "plane")]
pub use plane_surface::{PlaneSurface, PlaneSurfaceAnswer};
#[cfg(feature = "plane")]
pub use plane_view::{MapSize, PlaneScore, PlaneView, PlaneViewAnswer};
pub use predictions::{Predictions, PredictionsAnswer};
pub use readings::{JudgedSet, Readings, ReadingsAnswer};
pub use robustness::{ChangeList, N_CHANGED_IMAGES, Robustness, RobustnessAnswer, SHIFT_REACH, shifts};
pub use saliency::{Saliency, SaliencyAnswer};
pub use scores::{Score, Scores, ScoresAnswer};
pub use thumbnails::{N_THUMBNAILS, Thumbnails, ThumbnailsAnswer};
pub use top_samples::{TopImage, TopSamples, TopSamplesAnswer};
pub use trial_step::{ClassLoss, TrialStep, TrialStepAnswer, TrialWeight};
pub use weights::{WeightKind, Weights, WeightsAnswer};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::fmt::Debug;
use std::hash::Hash;

/// A question, which knows the type of its answer.
pub trait Question: Debug + Copy + Eq + Hash + Into<AnyQuestion> + Send + Sync + 'static {
    /// What the worker answers.
    type Answer: Answer + Serialize + DeserializeOwned + Debug + PartialEq + Send + Sync + 'static;

    /// Whether the page keeps the newest answer to each question of this kind, instead of the newest answer of all.
    const IS_KEPT: bool = false;
}

/// An answer; bulk numbers and bytes travel beside the message.
pub trait Answer {
    /// The bulk numbers, if this answer has them.
    fn bulk_mut(&mut self) -> Option<&mut Vec<f32>> {
        None
    }

    /// The bytes, if this answer has them.
    fn bytes_mut(&mut self) -> Option<&mut Vec<u8>> {
        None
    }
}

/// Calls a macro with all kinds of questions as `name: Type, …`. Those about the plane are not in the worker of a first
/// visit, which shows digits.
macro_rules! for_each_question {
    ($callback:ident) => {
        $callback! {
            weights: Weights,
            histograms: Histograms,
            contributions: Contributions,
            saliency: Saliency,
            gradients: Gradients,
            trial_step: TrialStep,
            top_samples: TopSamples,
            activation_maximization: ActivationMaximization,
            ablation: Ablation,
            predictions: Predictions,
            comparison: Comparison,
            scores: Scores,
            readings: Readings,
            thumbnails: Thumbnails,
            nearest: Nearest,
            calibration: Calibration,
            robustness: Robustness,
            changed_subject: ChangedSubject,
            learning_curve: LearningCurve,
            own_readings: OwnReadings,
            #[cfg(feature = "plane")]
            plane_view: PlaneView,
            #[cfg(feature = "plane")]
            plane_space: PlaneSpace,
            #[cfg(feature = "plane")]
            plane_step: PlaneStep,
            #[cfg(feature = "plane")]
            plane_surface: PlaneSurface,
        }
    };
}
pub(crate) use for_each_question;

macro_rules! define_any_question {
    ($($(#[$cfg:meta])* $name:ident: $kind:ident,)*) => {
        /// Any question, on its way to the worker.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        #[allow(missing_docs, reason = "each is named after its question")]
        pub enum AnyQuestion {
            $($(#[$cfg])* $kind($kind),)*
        }

        $(
            $(#[$cfg])*
            impl From<$kind> for AnyQuestion {
                fn from(question: $kind) -> AnyQuestion {
                    AnyQuestion::$kind(question)
                }
            }
        )*
    };
}
for_each_question!(define_any_question);

impl AnyQuestion {
    /// Whether both are of one kind, whatever they ask for.
    #[must_use]
    pub fn is_of_kind(&self, other: AnyQuestion) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(&other)
    }
}
