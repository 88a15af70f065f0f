//! Adding, removing and moving layers.

use inkling_engine::experiment::{LayerConfig, Shape};
use inkling_engine::layers::LayerFamily;

/// Where a new layer belongs: one that works on images before the first layer that makes a vector, all else before
/// the output layer; at the end of a network without one.
#[must_use]
pub fn place_for(layer: &LayerConfig, network: &[LayerConfig]) -> usize {
    let family = |layer: &LayerConfig| layer.kind().family();
    if family(layer).takes_images() {
        let makes_vector = |layer: &LayerConfig| matches!(family(layer), LayerFamily::Reshaping | LayerFamily::Dense);
        return network.iter().position(makes_vector).unwrap_or(network.len());
    }
    let output = network.iter().rposition(|layer| family(layer) == LayerFamily::Dense);
    // Without a hidden layer the only Dense layer is the output.
    output.filter(|&output_idx| output_idx + 2 >= network.len()).unwrap_or(network.len())
}

/// A layer as it should be where it is put: the first Dense layer of a network is its output.
#[must_use]
pub fn fitted(layer: LayerConfig, network: &[LayerConfig], n_outputs: usize) -> LayerConfig {
    let has_dense = network.iter().any(|layer| layer.kind().family() == LayerFamily::Dense);
    match layer {
        LayerConfig::Dense(mut dense) if !has_dense => {
            dense.units = n_outputs;
            dense.activation = inkling_engine::experiment::Activation::Softmax;
            LayerConfig::Dense(dense)
        }
        layer => layer,
    }
}

/// Moves a layer; the index of its new place. Beyond either end nothing happens.
pub fn move_layer(network: &mut [LayerConfig], from: usize, to: usize) -> usize {
    if from >= network.len() || to >= network.len() {
        return from;
    }
    if from < to {
        network[from..=to].rotate_left(1);
    } else {
        network[to..=from].rotate_right(1);
    }
    to
}

/// The shape in a row of the list.
#[must_use]
pub fn shape_text(shape: Shape) -> String {
    match shape {
        Shape::Vector(n) => inkling_engine::experiment::thousands(n),
        Shape::Image { .. } => shape.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use inkling_engine::experiment::Preset;

    fn names(network: &[LayerConfig]) -> Vec<&'static str> {
        network.iter().map(LayerConfig::type_name).collect()
    }

    #[track_caller]
    fn check(preset: Preset, type_name: &str, expected_place: usize) {
        let network = preset.experiment().network;
        let layer =
            LayerConfig::all().into_iter().find(|layer| layer.type_name() == type_name).expect("a kind of layer");
        assert_eq!(place_for(&layer, &network), expected_place, "{type_name} into {:?}", names(&network));
    }

    #[test]
    fn new_layers_go_where_they_can_work() {
        check(Preset::LessonCnn, "Conv2D", 4);
        check(Preset::LessonCnn, "Dense", 6);
        check(Preset::LessonCnn, "Dropout", 6);
        check(Preset::Mlp16x16, "Dense", 3);
        check(Preset::Mlp16x16, "MaxPooling2D", 0);
        check(Preset::Softmax, "Dense", 1);
        check(Preset::Empty, "Flatten", 0);
        check(Preset::Empty, "Dense", 0);
    }

    #[test]
    fn a_hidden_layer_without_an_output_is_followed() {
        let network =
            vec![LayerConfig::FLATTEN, LayerConfig::all().remove(0), LayerConfig::FLATTEN, LayerConfig::FLATTEN];
        assert_eq!(place_for(&LayerConfig::all()[0], &network), 4);
    }

    #[test]
    fn every_new_layer_leaves_the_lessons_network_possible() {
        for layer in LayerConfig::all() {
            let mut experiment = Preset::Mlp16x16.experiment();
            let name = layer.type_name();
            experiment.network.insert(place_for(&layer, &experiment.network), layer);
            assert!(experiment.check().is_ok(), "{name}: {:?}", experiment.check().err());
        }
    }

    #[test]
    fn a_network_can_be_built_from_nothing() {
        let mut experiment = Preset::Empty.experiment();
        for name in ["Flatten", "Dense", "Dense", "Conv2D"] {
            let layer =
                LayerConfig::all().into_iter().find(|layer| layer.type_name() == name).expect("a kind of layer");
            let layer = fitted(layer, &experiment.network, 10);
            experiment.network.insert(place_for(&layer, &experiment.network), layer);
        }
        assert_eq!(names(&experiment.network), ["Conv2D", "Flatten", "Dense", "Dense"]);
        assert!(experiment.check().is_ok());
    }

    #[test]
    fn layers_move_and_stay_within() {
        let mut network = Preset::LessonCnn.experiment().network;
        assert_eq!(move_layer(&mut network, 5, 3), 3);
        assert_eq!(
            names(&network),
            ["Conv2D", "MaxPooling2D", "Conv2D", "Dropout", "MaxPooling2D", "Flatten", "Dense"]
        );
        assert_eq!(move_layer(&mut network, 3, 5), 5);
        assert_eq!(network, Preset::LessonCnn.experiment().network);
        assert_eq!(move_layer(&mut network, 6, 7), 6);
        assert_eq!(move_layer(&mut [], 0, 0), 0);
    }
}
