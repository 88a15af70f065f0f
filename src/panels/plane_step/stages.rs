//! The stages of a step, in order.

use super::written::N_SHOWN;
use super::{backward, forward, loss, update};
use crate::components::plane::unit_title;
use crate::plot::number::thousands;
use crate::protocol::questions::{MovedWeight, PlaneStepAnswer};
use inkling_engine::data::PlanePoint;
use inkling_engine::experiment::{CheckedExperiment, CheckedLayer, Regularization};
use inkling_engine::layers::LayerFamily;

/// What the stages are made from.
#[derive(Clone, Copy)]
pub struct Step<'a> {
    /// What is run.
    pub checked: &'a CheckedExperiment,
    /// The point.
    pub point: PlanePoint,
    /// What the worker found.
    pub answer: &'a PlaneStepAnswer,
}

/// A stage of slow motion.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Stage {
    /// Its name.
    pub title: String,
    /// What happens, in a sentence or two.
    pub caption: String,
    /// Its numbers.
    pub lines: Vec<Line>,
    /// The weights before and after, layer by layer.
    pub tables: Vec<UpdateTable>,
    /// What comes of it.
    pub result: String,
}

/// A number and how it comes about.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Whose number it is.
    pub name: String,
    /// One equation after the other.
    pub steps: Vec<String>,
}

/// The weights of a layer: a row for each input, and one for the bias; a column for each unit.
#[derive(Debug, Clone, PartialEq)]
pub struct UpdateTable {
    /// Whose weights they are, and how many are left out.
    pub title: String,
    /// The units.
    pub columns: Vec<String>,
    /// Name of the input and its weights.
    pub rows: Vec<(String, Vec<UpdateCell>)>,
}

/// A weight before and after.
#[derive(Debug, Clone, PartialEq)]
pub struct UpdateCell {
    /// `g = 0.0123`.
    pub gradient: String,
    /// `0.5200 − 0.0004 = 0.5196`.
    pub sum: String,
    /// The exact numbers.
    pub weight: MovedWeight,
}

impl Step<'_> {
    /// What the inputs of a Dense layer are called.
    #[must_use]
    pub fn input_name(&self, dense_idx: usize, input: usize) -> String {
        match dense_idx.checked_sub(1) {
            None => unit_title(self.checked, None, input),
            Some(_) => format!("unit {input}"),
        }
    }

    /// What a unit of a Dense layer is called beside its layer.
    #[must_use]
    pub fn unit_name(&self, dense_idx: usize, unit: usize) -> String {
        let is_last = dense_idx + 1 == self.answer.layers.len();
        match (is_last, self.answer.layers[dense_idx].sums.len()) {
            (true, 1) => "output".to_owned(),
            (true, _) => format!("output {unit}"),
            (false, _) => format!("unit {unit}"),
        }
    }

    /// What a Dense layer is called.
    #[must_use]
    pub fn layer_title(&self, dense_idx: usize) -> String {
        if dense_idx + 1 == self.answer.layers.len() {
            if self.answer.outputs.len() == 1 { "the output" } else { "the outputs" }.to_owned()
        } else {
            format!("hidden layer {dense_idx}")
        }
    }

    /// Whether a penalty is part of the gradients.
    #[must_use]
    pub fn has_penalty(&self) -> bool {
        let of_layer =
            |layer: &CheckedLayer| layer.config.kind().kernel_regularizer().is_some_and(|own| !own.is_none());
        match self.checked.experiment().training.regularization {
            Regularization::Keras(regularizer) if !regularizer.is_none() => true,
            Regularization::ScikitLearn { alpha } if alpha > 0.0 => true,
            _ => self.checked.layers().iter().any(of_layer),
        }
    }

    /// Whether weights shrink after the update.
    #[must_use]
    pub fn shrinks(&self) -> bool {
        let regularization = self.checked.experiment().training.regularization;
        matches!(regularization, Regularization::Playground { l1, l2 } if l1 > 0.0 || l2 > 0.0)
    }

    /// The layers with an activation between a Dense layer and the next one, or the end.
    #[must_use]
    pub fn activations_after(&self, dense_idx: usize) -> Vec<String> {
        let layers = &self.answer.layers;
        let after = layers[dense_idx].layer_idx + 1;
        let end = layers.get(dense_idx + 1).map_or(self.checked.layers().len(), |next| next.layer_idx);
        let between = self.checked.layers().get(after..end).unwrap_or_default();
        let bends = between.iter().filter(|layer| layer.config.kind().family() == LayerFamily::Elementwise);
        bends.filter(|layer| layer.activation().is_some()).map(|layer| layer.name.clone()).collect()
    }
}

/// All stages.
#[must_use]
pub fn stages(step: &Step<'_>) -> Vec<Stage> {
    let n_layers = step.answer.layers.len();
    let forward = (0..n_layers).map(|dense_idx| forward::layer_stage(step, dense_idx));
    let backward = (0..n_layers).rev().map(|dense_idx| backward::layer_stage(step, dense_idx));
    std::iter::once(forward::features_stage(step))
        .chain(forward)
        .chain([loss::loss_stage(step)])
        .chain(backward)
        .chain([update::update_stage(step)])
        .collect()
}

/// `8 of 12 units are shown.`, or nothing where all are.
#[must_use]
pub fn left_out(n_units: usize) -> String {
    if n_units > N_SHOWN { format!(" {N_SHOWN} of {} units are shown.", thousands(n_units)) } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{example, step_of};
    use super::*;

    #[test]
    fn stages_go_forward_then_back_then_update() {
        let (checked, answer) = example();
        let titles: Vec<String> = stages(&step_of(&checked, &answer)).into_iter().map(|stage| stage.title).collect();
        assert_eq!(
            titles,
            [
                "The point becomes features",
                "Forward: hidden layer 0",
                "Forward: the output",
                "The loss",
                "Backward: the output",
                "Backward: hidden layer 0",
                "The update",
            ]
        );
    }
}
