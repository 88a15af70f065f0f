//! The columns of a network on the plane and what they are called.

use inkling_engine::experiment::{CheckedExperiment, DataConfig, PlaneFeature};
use inkling_engine::model::cell_centre;

/// The Dense layers of a network: index into the network, and units; the last one is the output.
#[must_use]
pub fn dense_layers(checked: &CheckedExperiment) -> Vec<(usize, usize)> {
    let layers = checked.layers().iter().enumerate();
    layers
        .filter(|(_, layer)| layer.n_kernel > 0)
        .map(|(layer_idx, layer)| (layer_idx, layer.output_shape.size()))
        .collect()
}

/// A feature at each place of the square, row by row from the top.
#[must_use]
pub fn feature_map(feature: PlaneFeature, side: usize) -> Vec<f32> {
    let at = |row: usize, column: usize| feature.of(cell_centre(column, side), -cell_centre(row, side)) as f32;
    (0..side).flat_map(|row| (0..side).map(move |column| at(row, column))).collect()
}

/// What the input `idx` of a Dense layer is called: a feature, or a unit of the Dense layer before.
#[must_use]
pub fn unit_title(checked: &CheckedExperiment, dense_idx: Option<usize>, unit: usize) -> String {
    let Some(dense_idx) = dense_idx else {
        let DataConfig::Plane(plane) = &checked.experiment().data else { return String::new() };
        return plane.features.get(unit).map_or_else(String::new, |feature| feature.label().to_owned());
    };
    let n_dense = dense_layers(checked).len();
    match (dense_idx + 1 == n_dense, checked.data().n_outputs) {
        (true, 1) => "the output".to_owned(),
        (true, _) => format!("output {unit}"),
        (false, _) => format!("unit {unit} of hidden layer {dense_idx}"),
    }
}
