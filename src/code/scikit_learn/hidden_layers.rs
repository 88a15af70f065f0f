//! The network as `MLPClassifier` describes it, or what prevents that.

use crate::code::Control;
use inkling_engine::experiment::{Activation, CheckedExperiment, LayerConfig, Loss, thousands};

/// What `MLPClassifier` cannot be told.
pub struct Obstacle {
    pub control: Control,
    pub text: String,
}

/// Hidden layers with one activation.
pub struct HiddenLayers {
    /// Units of each layer, with its place in the network.
    pub units: Vec<(usize, usize)>,
    /// Their activation, by scikit-learn's name.
    pub activation: &'static str,
}

/// scikit-learn's name of an activation, if it has it.
fn name(activation: Activation) -> Option<&'static str> {
    match activation {
        Activation::Linear => Some("identity"),
        Activation::Relu => Some("relu"),
        Activation::Tanh => Some("tanh"),
        Activation::Sigmoid => Some("logistic"),
        _ => None,
    }
}

impl HiddenLayers {
    /// The hidden layers of an experiment.
    ///
    /// # Errors
    /// All that prevents it.
    pub fn of(checked: &CheckedExperiment) -> Result<HiddenLayers, Vec<Obstacle>> {
        let mut obstacles = Vec::new();
        let mut hidden: Vec<(usize, usize, Activation)> = Vec::new();
        let layers = checked.layers();
        let mut prevent = |control, text: String| obstacles.push(Obstacle { control, text });
        for (layer_idx, layer) in layers.iter().enumerate() {
            let control = Control::Layer(layer_idx);
            let title = format!("layer {} ({})", layer_idx + 1, layer.config.type_name());
            let is_last = layer_idx + 1 == layers.len();
            match &layer.config {
                LayerConfig::Flatten(_) => {}
                LayerConfig::Dense(dense) if is_last => {
                    if dense.activation != Activation::Softmax {
                        prevent(control, format!("{title} ends in {}, not in softmax", dense.activation.as_str()));
                    }
                }
                LayerConfig::Dense(dense) => match hidden.first() {
                    _ if name(dense.activation).is_none() => {
                        prevent(control, format!("{title} has the activation {}", dense.activation.as_str()));
                    }
                    Some((first, _, activation)) if *activation != dense.activation => {
                        let text = format!(
                            "{title} has the activation {}, layer {} has {}",
                            dense.activation.as_str(),
                            first + 1,
                            activation.as_str()
                        );
                        prevent(control, text);
                    }
                    _ => hidden.push((layer_idx, dense.units, dense.activation)),
                },
                _ => prevent(control, title),
            }
        }
        let loss = checked.experiment().training.loss;
        if loss != Loss::CategoricalCrossentropy {
            prevent(Control::Loss, format!("the loss {}", loss.as_str()));
        }
        let activation = hidden.first().map_or(Activation::Relu, |(_, _, activation)| *activation);
        match name(activation) {
            Some(activation) if obstacles.is_empty() => {
                Ok(HiddenLayers { units: hidden.iter().map(|&(place, units, _)| (place, units)).collect(), activation })
            }
            _ => Err(obstacles),
        }
    }

    /// `(16, 16)`, `(40,)`, `()`.
    pub fn tuple(&self) -> String {
        let units: Vec<_> = self.units.iter().map(|(_, units)| units.to_string()).collect();
        match units.as_slice() {
            [alone] => format!("({alone},)"),
            _ => format!("({})", units.join(", ")),
        }
    }

    /// The parameters of the network in words, for the script's own check.
    pub fn n_params_remark(n_params: usize) -> String {
        format!(
            "# A flat list of 784 pixels goes in, a softmax over 10 digits comes out: {} parameters.",
            thousands(n_params)
        )
    }
}
