//! Points of the plane and presets on them: what the network is given, how its weights begin, and what it learns.

use crate::plane_subjects::{dataset, experiment, plane, trainer};
use crate::subjects::{dense, plane_experiment};
use inkling_engine::data::{Inputs, Targets};
use inkling_engine::experiment::{
    Activation, DataConfig, Experiment, Loss, PlaneConfig, PlaneDataset, PlaneFeature, PlanePreset, Preset, Validation,
};
use inkling_engine::model::Model;

#[test]
fn several_classes_have_labels_and_are_learnt() {
    for (dataset, n_outputs) in [(PlaneDataset::Gauss, 5), (PlaneDataset::Circle, 3), (PlaneDataset::Xor, 2)] {
        let mut experiment = plane_experiment(dataset);
        plane(&mut experiment).n_outputs = n_outputs;
        experiment.network = vec![dense(12, Activation::Tanh), dense(n_outputs, Activation::Softmax)];
        experiment.training.loss = Loss::CategoricalCrossentropy;
        let mut trainer = trainer(&experiment);
        let label = |sample_idx| usize::from(trainer.dataset().label(sample_idx).unwrap());
        assert!((0..n_outputs).all(|class| (0..300).any(|sample_idx| label(sample_idx) == class)));
        trainer.run();
        let last = trainer.history().epochs.last().copied().unwrap();
        assert!(last.val_accuracy.unwrap() > 0.9, "{dataset:?}: {last:?}");
    }
}

#[test]
fn own_points_and_cosines_come_to_the_network() {
    let mut experiment = experiment();
    let points: Vec<[f64; 3]> = (0..12).map(|i| [f64::from(i) / 2.0, -1.0, if i < 6 { -1.0 } else { 1.0 }]).collect();
    let config = plane(&mut experiment);
    (config.dataset, config.points) = (PlaneDataset::Points, points.clone());
    config.features = vec![PlaneFeature::X1, PlaneFeature::CosX1, PlaneFeature::CosX2];
    experiment.training.validation = Validation::None;
    let dataset = dataset(&experiment);
    let Inputs::Numbers(inputs) = dataset.inputs() else { panic!("pixels") };
    let Targets::Values { values, .. } = dataset.targets() else { panic!("labels") };
    let mut found: Vec<[f64; 3]> = vec![];
    for (inputs, target) in inputs.chunks_exact(3).zip(values) {
        let x1 = f64::from(inputs[0]);
        assert_eq!(inputs[1..], [x1.cos() as f32, (-1.0_f64).cos() as f32]);
        found.push([x1, -1.0, f64::from(*target)]);
    }
    assert_ne!(found, points, "in a random order");
    found.sort_by(|a, b| a[0].total_cmp(&b[0]));
    assert_eq!(found, points);
}

#[test]
fn first_weights_without_the_generator_come_from_the_seed() {
    let weights = |seed| Model::new(&Experiment { seed, ..experiment() }.check().unwrap());
    let (model, other) = (weights(1), weights(2));
    for range in model.param_ranges() {
        let kernel = &model.weights()[range.kernel()];
        assert!(kernel.iter().all(|w| w.abs() <= 0.5) && kernel.iter().any(|w| w.abs() > 0.25), "{kernel:?}");
        assert!(model.weights()[range.bias()].iter().all(|bias| *bias == 0.1));
        assert_ne!(kernel, &other.weights()[range.kernel()]);
    }
    assert_eq!(model.weights(), weights(1).weights());
}

#[test]
fn other_initializers_take_nothing_from_the_generator() {
    let mut experiment = experiment();
    plane(&mut experiment).playground_seed = "0.12345".to_owned();
    let weights = |experiment: &Experiment| {
        let model = Model::new(&experiment.check().unwrap());
        model.param_ranges().iter().map(|range| model.weights()[range.kernel()].to_vec()).collect::<Vec<_>>()
    };
    let all = weights(&experiment);
    experiment.seed = 2;
    assert_eq!(weights(&experiment), all, "the text alone counts");
    experiment.network[0] = dense(5, Activation::Tanh);
    let second = weights(&experiment).swap_remove(1);
    assert_eq!(second[0], all[0][0], "the first weight that the generator gives");
}

/// Half squared error on the test part after so many epochs.
fn test_loss(preset: PlanePreset, seed: u64, n_epochs: usize) -> f64 {
    let mut experiment = preset.experiment();
    experiment.seed = seed;
    if !plane(&mut experiment).playground_seed.is_empty() {
        plane(&mut experiment).playground_seed = format!("0.{seed}2345");
    }
    experiment.training.epochs = n_epochs;
    let mut trainer = trainer(&experiment);
    trainer.run();
    trainer.history().epochs.last().unwrap().val_loss.unwrap()
}

#[test]
fn presets_learn_within_so_many_epochs() {
    for (preset, n_epochs, most) in [
        (PlanePreset::Circle, 50, 0.02),
        (PlanePreset::Xor, 50, 0.02),
        (PlanePreset::XorProduct, 50, 0.02),
        (PlanePreset::Gauss, 20, 0.02),
        (PlanePreset::Spiral, 50, 0.1),
        (PlanePreset::Plane, 20, 0.01),
        (PlanePreset::MultiGauss, 50, 0.03),
        (PlanePreset::Playground, 200, 0.02),
    ] {
        let losses = [1, 2, 3].map(|seed| test_loss(preset, seed, n_epochs));
        assert!(losses.iter().all(|loss| *loss < most), "{preset:?} after {n_epochs} epochs: {losses:?}");
    }
}

#[test]
fn presets_are_right_and_have_names_of_their_own() {
    for preset in PlanePreset::ALL {
        let experiment = preset.experiment();
        assert_eq!(experiment.check().unwrap().experiment(), &experiment);
        assert_eq!(experiment.training.epochs, 1_000_000);
        assert_eq!(PlanePreset::from_slug(preset.slug()), Some(preset));
        assert!(Preset::from_slug(preset.slug()).is_none(), "{}", preset.slug());
        let json = serde_json::to_string(&experiment).unwrap();
        assert_eq!(serde_json::from_str::<Experiment>(&json).unwrap(), experiment, "{json}");
        assert_eq!(
            json.contains("carry_leftover") || json.contains("playground_seed"),
            preset == PlanePreset::Playground
        );
    }
}

/// What is at its default is left out of links, and what is unknown is named.
#[test]
fn a_plane_is_read_as_it_is_written() {
    let config = PlaneConfig {
        dataset: PlaneDataset::Points,
        playground_seed: "0.5".to_owned(),
        n_outputs: 3,
        points: vec![[0.5, -1.0, 2.0]],
        formula: "sin(x)".to_owned(),
        features: PlaneFeature::ALL.to_vec(),
        ..PlaneConfig::default()
    };
    let mut json = serde_json::to_value(&config).unwrap();
    assert_eq!(serde_json::from_value::<PlaneConfig>(json.clone()).unwrap(), config);
    json["colour"] = 1.into();
    let error = serde_json::from_value::<PlaneConfig>(json).unwrap_err().to_string();
    assert!(error.starts_with("unknown field `colour`"), "{error}");
    let short = serde_json::to_string(&DataConfig::Plane(PlaneConfig::default())).unwrap();
    let expected = r#"{"type":"Plane","dataset":"circle","n_samples":500,"noise":0.0,"features":["x1","x2"]}"#;
    assert_eq!(short, expected);
    let read: DataConfig = serde_json::from_str(expected).unwrap();
    assert_eq!(read, DataConfig::Plane(PlaneConfig::default()));
}
