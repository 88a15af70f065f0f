//! What a look inside shows is what the network computes.

use crate::subjects::{small_cnn, tiny_digits};
use inkling_engine::experiment::{Preset, Shape};
use inkling_engine::model::{Model, Workspace};
use ndarray::{arr2, s};

#[test]
fn every_layer_is_shown_and_the_last_is_the_prediction() {
    let experiment = small_cnn(30);
    let model = Model::new(&experiment.check().unwrap());
    let mut workspace = Workspace::new(&model);
    let dataset = tiny_digits(30);
    for sample_idx in 0..30 {
        let x = dataset.input(sample_idx).unwrap();
        let activations = model.activations(&mut workspace, &x);
        assert_eq!(activations.len(), 7);
        for (layer_idx, (activation, layer)) in activations.iter().zip(model.layers()).enumerate() {
            assert_eq!(activation.layer_idx, layer_idx);
            assert_eq!(activation.values.shape(), layer.output_shape.dims());
        }
        // The fast path does convolution and pooling in one.
        assert_eq!(activations[6].values.slice(s![0, .., ..]), model.predict(&mut workspace, &x));
        assert!((activations[6].values.iter().sum::<f32>() - 1.0).abs() < 1e-6);
        let relu = &activations[0].values;
        assert!(relu.iter().all(|&value| value >= 0.0) && relu.iter().any(|&value| value > 0.0));
        assert_eq!(activations[4].values, activations[5].values, "dropout is off");
    }
}

#[test]
fn many_samples_give_what_each_gives_alone() {
    let model = Model::new(&Preset::Mlp16x16.experiment().check().unwrap());
    let mut workspace = Workspace::new(&model);
    let dataset = tiny_digits(60);
    let inputs: Vec<Vec<f32>> = (0..60).map(|sample_idx| dataset.input(sample_idx).unwrap()).collect();
    let together = model.predict(&mut workspace, &inputs.concat());
    assert_eq!(together.dim(), (60, 10));
    for (together, x) in together.rows().into_iter().zip(&inputs) {
        assert_eq!(together, model.predict(&mut workspace, x).row(0));
    }
    assert_eq!(model.predict(&mut workspace, &[]).dim(), (0, 10));
    assert!(dataset.input(60).is_none());
}

/// A workspace packs weights once; it must notice when they change, whichever model they are of.
#[test]
fn workspace_notices_new_weights() {
    let mut experiment = Preset::Mlp16x16.experiment();
    let first = Model::new(&experiment.check().unwrap());
    experiment.seed = 2;
    let second = Model::new(&experiment.check().unwrap());
    let mut workspace = Workspace::new(&first);
    let x = tiny_digits(1).input(0).unwrap();
    let of_first = first.predict(&mut workspace, &x);
    let of_second = second.predict(&mut workspace, &x);
    assert_ne!(of_first, of_second);
    assert_eq!(first.predict(&mut workspace, &x), of_first);
    let mut third = first.clone();
    assert_eq!(third.predict(&mut workspace, &x), of_first);
    third.set_weights(second.weights());
    assert_eq!(third.predict(&mut workspace, &x), of_second);
    third.weights_mut().fill(0.0);
    assert_eq!(third.predict(&mut workspace, &x), arr2(&[[0.1; 10]]));
    assert_eq!(third.layers()[1].output_shape, Shape::Vector(16));
}
