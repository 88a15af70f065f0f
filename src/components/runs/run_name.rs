//! What a run is called in the table.

use crate::components::data_words;
use crate::plot::number::{plain, thousands};
use crate::protocol::RateChange;
use inkling_engine::experiment::{DataConfig, Experiment, LayerConfig, PlanePreset, Preset};

/// The preset's title or the network in short, with what else is not as usual: `MLP 40 · rate 0.01`, or
/// `rate 0.001 → 0.01` where it was changed under way.
#[must_use]
pub fn run_name(experiment: &Experiment, rate_changes: &[RateChange]) -> String {
    if let DataConfig::Plane(plane) = &experiment.data {
        let name = format!("{} · {}", plane.dataset.title(), architecture(&experiment.network));
        let features = plane.features.iter().map(|feature| feature.label()).collect::<Vec<_>>().join(" ");
        let features = (features != "x₁ x₂").then_some(features);
        let basis = PlanePreset::Playground.experiment();
        let parts = std::iter::once(name).chain(features).chain(changes(experiment, &basis, rate_changes));
        return parts.collect::<Vec<_>>().join(" · ");
    }
    let is_same_network = |preset: &Preset| preset.experiment().network == experiment.network;
    let preset = Preset::ALL.into_iter().find(is_same_network);
    let name = preset.map_or_else(|| architecture(&experiment.network), |preset| preset.title().to_owned());
    let basis = preset.unwrap_or(Preset::LessonCnn).experiment();
    std::iter::once(name).chain(changes(experiment, &basis, rate_changes)).collect::<Vec<_>>().join(" · ")
}

/// Where an experiment's chance begins: its seed, or the text that seeds TensorFlow Playground's generator.
#[must_use]
pub fn seed_text(experiment: &Experiment) -> String {
    match &experiment.data {
        DataConfig::Plane(plane) if !plane.playground_seed.is_empty() => plane.playground_seed.clone(),
        _ => experiment.seed.to_string(),
    }
}

/// Hidden layers in short: `16-16`, `C32-C64`, `C8-40`.
fn architecture(network: &[LayerConfig]) -> String {
    let output = network.iter().rposition(|layer| matches!(layer, LayerConfig::Dense(_)));
    let hidden: Vec<String> = network
        .iter()
        .enumerate()
        .filter(|&(layer_idx, _)| Some(layer_idx) != output)
        .filter_map(|(_, layer)| match layer {
            LayerConfig::Dense(dense) => Some(dense.units.to_string()),
            LayerConfig::Conv2D(conv2d) => Some(format!("C{}", conv2d.filters)),
            _ => None,
        })
        .collect();
    if hidden.is_empty() { "no hidden layer".to_owned() } else { hidden.join("-") }
}

/// Changed settings of training that distinguish runs in the table.
fn changes(experiment: &Experiment, basis: &Experiment, rate_changes: &[RateChange]) -> Vec<String> {
    let (training, usual) = (&experiment.training, &basis.training);
    let mut changes = Vec::new();
    if training.optimizer.name() != usual.optimizer.name() {
        changes.push(training.optimizer.name().to_owned());
    }
    if let Some(first) = rate_changes.first() {
        let times = if rate_changes.len() > 1 { format!(" in {} changes", rate_changes.len()) } else { String::new() };
        changes.push(format!("rate {} → {}{times}", plain(first.from), plain(training.learning_rate)));
    } else if training.learning_rate != usual.learning_rate {
        changes.push(format!("rate {}", plain(training.learning_rate)));
    }
    if training.batch_size != usual.batch_size {
        changes.push(format!("batch {}", thousands(training.batch_size)));
    }
    if experiment.data.n_samples() != basis.data.n_samples() {
        let unit = if matches!(experiment.data, DataConfig::Plane(_)) { "points" } else { "images" };
        changes.push(format!("{} {unit}", thousands(experiment.data.n_samples())));
    }
    if let Some(digits) = experiment.data.digits() {
        changes.extend(data_words(digits));
    }
    if seed_text(experiment) != seed_text(basis) {
        changes.push(format!("seed {}", seed_text(experiment)));
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::*;
    use inkling_engine::experiment::OptimizerConfig;

    #[test]
    fn a_run_on_the_plane_is_called_by_its_data_and_layers() {
        let mut experiment = PlanePreset::Playground.experiment();
        assert_eq!(run_name(&experiment, &[]), "circle · 4-2");
        if let DataConfig::Plane(plane) = &mut experiment.data {
            plane.features.remove(0);
            plane.n_samples = 50;
        }
        experiment.training.batch_size = 5;
        assert_eq!(run_name(&experiment, &[]), "circle · 4-2 · x₂ · batch 5 · 50 points");
    }

    #[test]
    fn presets_go_by_their_titles() {
        assert_eq!(run_name(&Preset::LessonCnn.experiment(), &[]), "CNN of the lesson");
        assert_eq!(run_name(&Preset::Mlp40.experiment(), &[]), "MLP 40");
    }

    #[test]
    fn other_networks_go_by_their_hidden_layers() {
        let mut experiment = Preset::LessonCnn.experiment();
        if let LayerConfig::Conv2D(conv2d) = &mut experiment.network[0] {
            conv2d.filters = 8;
        }
        assert_eq!(run_name(&experiment, &[]), "C8-C64");
        assert_eq!(architecture(&Preset::Mlp16x16.experiment().network), "16-16");
        assert_eq!(architecture(&Preset::Softmax.experiment().network), "no hidden layer");
    }

    #[test]
    fn changed_data_are_named() {
        let mut experiment = Preset::LessonCnn.experiment();
        if let Some(digits) = experiment.data.digits_mut() {
            (digits.shuffle_pixels, digits.label_noise, digits.augmentation.shift) = (true, 0.2, 2.0);
        }
        assert_eq!(run_name(&experiment, &[]), "CNN of the lesson · shuffled pixels · 20 % label noise · augmented");
    }

    #[test]
    fn changed_settings_of_training_are_named() {
        let mut experiment = Preset::Mlp16x16.experiment();
        experiment.training.optimizer = OptimizerConfig::SGD;
        experiment.training.learning_rate = 0.5;
        experiment.seed = 7;
        assert_eq!(run_name(&experiment, &[]), "MLP 16-16 · SGD · rate 0.5 · seed 7");
        let change = RateChange { epoch: 2, step: 9, from: 0.001, to: 0.5 };
        assert_eq!(run_name(&experiment, &[change]), "MLP 16-16 · SGD · rate 0.001 → 0.5 · seed 7");
        assert!(run_name(&experiment, &[change; 3]).contains("rate 0.001 → 0.5 in 3 changes"));
    }
}
