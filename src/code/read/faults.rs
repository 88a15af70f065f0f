//! Where the code says what the experiment's check is about.

use crate::code::error::Fault;
use inkling_engine::experiment::{Experiment, ExperimentErrors, Field, Place};
use inkling_engine::layers::INPUT_FIELD;
use std::collections::HashMap;

/// Places in the code.
#[derive(Default)]
pub struct Places {
    /// The call that makes the network.
    pub network: usize,
    /// Each layer with its arguments.
    pub layers: Vec<LayerPlaces>,
    /// Settings of the training.
    pub training: HashMap<Field, usize>,
    /// The seed.
    pub seed: Option<usize>,
}

/// Where a layer is, and its arguments by name.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LayerPlaces {
    pub at: usize,
    pub arguments: HashMap<String, usize>,
}

impl Places {
    /// The first error in the order of the code, at its place.
    pub fn fault(&self, errors: &ExperimentErrors, experiment: &Experiment) -> Fault {
        let faults = errors.0.iter().map(|error| {
            let at = self.of(&error.place);
            let (expected, got) = (&error.expected, &error.got);
            let message = match &error.place {
                Place::Layer { layer_idx, layer_type, field } if *field == INPUT_FIELD => {
                    let (what, advice) = expected.split_once(": ").unwrap_or((expected, ""));
                    let advice = if advice.is_empty() { String::new() } else { format!(": {advice}") };
                    let before = experiment.network.get(layer_idx.wrapping_sub(1)).map(|layer| layer.type_name());
                    let from = before.map_or_else(|| "the input".to_owned(), |before| format!("{before} before it"));
                    format!("{layer_type} expects {what}, but {from} gives {got}{advice}")
                }
                Place::Layer { field, .. } => format!("{field}: expected {expected}, got {got}"),
                Place::Training(field) => format!("{}: expected {expected}, got {got}", field.as_str()),
                Place::Network => format!("expected {expected}, got {got}"),
                Place::Data(_) | Place::Seed => error.to_string(),
            };
            Fault::new(at, message)
        });
        faults.min_by_key(|fault| fault.at).unwrap_or_else(|| Fault::new(self.network, errors.to_string()))
    }

    fn of(&self, place: &Place) -> usize {
        match place {
            Place::Layer { layer_idx, field, .. } => self
                .layers
                .get(*layer_idx)
                .map_or(self.network, |layer| layer.arguments.get(*field).copied().unwrap_or(layer.at)),
            Place::Training(field) => self.training.get(field).copied().unwrap_or(self.network),
            Place::Seed => self.seed.unwrap_or(self.network),
            Place::Network | Place::Data(_) => self.network,
        }
    }
}
