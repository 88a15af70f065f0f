//! What the buttons of the graph do to the network: more and fewer layers and units, and which features it is given.

use inkling_engine::experiment::{DataConfig, DenseConfig, Experiment, LayerConfig, MAX_LAYERS, PlaneFeature};

/// Units of a layer that is added.
const NEW_UNITS: usize = 2;

/// The last Dense layer, which gives the output.
fn output_idx(layers: &[LayerConfig]) -> Option<usize> {
    layers.iter().rposition(|layer| matches!(layer, LayerConfig::Dense(_)))
}

/// Adds a hidden layer before the output: like the last hidden one, or else like the output.
pub fn add_layer(layers: &mut Vec<LayerConfig>) {
    let Some(output_idx) = output_idx(layers) else { return };
    let before = layers[..output_idx].iter().rev().find(|layer| matches!(layer, LayerConfig::Dense(_)));
    if let Some(LayerConfig::Dense(like)) = before.or(layers.get(output_idx)).cloned()
        && layers.len() < MAX_LAYERS
    {
        let activation = if before.is_some() { like.activation } else { inkling_engine::experiment::Activation::Tanh };
        layers.insert(output_idx, LayerConfig::Dense(DenseConfig { units: NEW_UNITS, activation, ..like }));
    }
}

/// Removes the last hidden layer.
pub fn remove_layer(layers: &mut Vec<LayerConfig>) {
    let Some(output_idx) = output_idx(layers) else { return };
    if let Some(hidden_idx) = layers[..output_idx].iter().rposition(|layer| matches!(layer, LayerConfig::Dense(_))) {
        layers.remove(hidden_idx);
    }
}

/// Gives a Dense layer one unit more or fewer, but at least one.
pub fn change_units(layers: &mut [LayerConfig], layer_idx: usize, by: isize) {
    if let Some(LayerConfig::Dense(dense)) = layers.get_mut(layer_idx) {
        dense.units = dense.units.saturating_add_signed(by).max(1);
    }
}

/// Gives the network a feature, or takes it away unless it is the only one; features stay in the order of their column.
pub fn toggle_feature(experiment: &mut Experiment, feature: PlaneFeature) {
    let DataConfig::Plane(plane) = &mut experiment.data else { return };
    let had = plane.features.contains(&feature);
    if had && plane.features.len() == 1 {
        return;
    }
    let is_wanted = |other: &PlaneFeature| if *other == feature { !had } else { plane.features.contains(other) };
    plane.features = PlaneFeature::ALL.into_iter().filter(is_wanted).collect();
}

#[cfg(test)]
mod tests {
    use super::*;
    use inkling_engine::experiment::{Activation, PlaneConfig, Preset};

    fn dense(units: usize) -> LayerConfig {
        LayerConfig::Dense(DenseConfig::new(units).activation(Activation::Relu))
    }

    fn units(layers: &[LayerConfig]) -> Vec<usize> {
        let dense =
            layers.iter().filter_map(|layer| if let LayerConfig::Dense(dense) = layer { Some(dense) } else { None });
        dense.map(|dense| dense.units).collect()
    }

    #[test]
    fn layers_come_and_go_before_the_output() {
        let mut layers = vec![dense(4), dense(1)];
        add_layer(&mut layers);
        assert_eq!(units(&layers), [4, NEW_UNITS, 1]);
        (0..3).for_each(|_| remove_layer(&mut layers));
        assert_eq!(units(&layers), [1], "the output stays");
        add_layer(&mut layers);
        assert_eq!(units(&layers), [NEW_UNITS, 1]);
        let mut full = vec![dense(2); MAX_LAYERS];
        add_layer(&mut full);
        assert_eq!(full.len(), MAX_LAYERS);
    }

    #[test]
    fn a_layer_keeps_a_unit() {
        let mut layers = vec![dense(2), dense(1)];
        change_units(&mut layers, 0, 1);
        assert_eq!(units(&layers), [3, 1]);
        (0..5).for_each(|_| change_units(&mut layers, 0, -1));
        change_units(&mut layers, 9, 1);
        assert_eq!(units(&layers), [1, 1]);
    }

    #[test]
    fn features_stay_in_order_and_never_run_out() {
        let mut experiment = Preset::Empty.experiment();
        experiment.data = DataConfig::Plane(PlaneConfig::default());
        let features = |experiment: &Experiment| match &experiment.data {
            DataConfig::Plane(plane) => plane.features.clone(),
            DataConfig::Mnist(_) => vec![],
        };
        toggle_feature(&mut experiment, PlaneFeature::SinX1);
        toggle_feature(&mut experiment, PlaneFeature::X1Squared);
        let expected = [PlaneFeature::X1, PlaneFeature::X2, PlaneFeature::X1Squared, PlaneFeature::SinX1];
        assert_eq!(features(&experiment), expected);
        expected.iter().for_each(|feature| toggle_feature(&mut experiment, *feature));
        assert_eq!(features(&experiment), [PlaneFeature::SinX1]);
    }
}
