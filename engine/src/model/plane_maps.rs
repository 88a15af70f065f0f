//! What every unit of a network on the plane gives at each place of the square `[-6, 6]²`: its map.

use super::{Model, Workspace};
use crate::data::PLANE_RADIUS;
use crate::experiment::PlaneFeature;
use crate::layers::LayerFamily;

/// Cells along a side of the output's map, and of the map of an enlarged unit.
pub const LARGE_MAP_SIZE: usize = 100;
/// Cells along a side of the map of a hidden unit: each is the mean of a block of the large map.
pub const SMALL_MAP_SIZE: usize = 20;

/// The maps of a network, row by row from the top, x₂ = 6, and each row from the left, x₁ = −6.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaneMaps {
    /// Dense layers but the last, with the number of their units, in order.
    pub hidden: Vec<(usize, usize)>,
    /// A map of each hidden unit, `[n_units, SMALL_MAP_SIZE, SMALL_MAP_SIZE]`.
    pub small: Vec<f32>,
    /// A map of each output, `[n_outputs, LARGE_MAP_SIZE, LARGE_MAP_SIZE]`.
    pub outputs: Vec<f32>,
    /// The map of the enlarged unit, `[LARGE_MAP_SIZE, LARGE_MAP_SIZE]`; empty without one.
    pub enlarged: Vec<f32>,
}

/// The features at the centres of the cells of a large map, `[LARGE_MAP_SIZE², n_features]`.
#[must_use]
pub fn plane_grid(features: &[PlaneFeature]) -> Vec<f32> {
    let mut grid = Vec::with_capacity(LARGE_MAP_SIZE * LARGE_MAP_SIZE * features.len());
    for row in 0..LARGE_MAP_SIZE {
        for column in 0..LARGE_MAP_SIZE {
            let (x1, x2) = (cell_centre(column, LARGE_MAP_SIZE), -cell_centre(row, LARGE_MAP_SIZE));
            grid.extend(features.iter().map(|feature| feature.of(x1, x2) as f32));
        }
    }
    grid
}

/// Where along its axis the centre of a cell lies.
#[must_use]
pub fn cell_centre(cell: usize, size: usize) -> f64 {
    ((cell as f64 + 0.5) / size as f64 * 2.0 - 1.0) * PLANE_RADIUS
}

/// The maps of a network that is given `features`; `enlarged` is the layer and the unit of a map to be had in full.
///
/// # Panics
/// If the network takes another number of features.
#[must_use]
pub fn plane_maps(
    model: &Model,
    workspace: &mut Workspace,
    features: &[PlaneFeature],
    enlarged: Option<(usize, usize)>,
) -> PlaneMaps {
    let is_dense = |layer_idx: &usize| model.layers()[*layer_idx].config.kind().family() == LayerFamily::Dense;
    let dense: Vec<usize> = (0..model.layers().len()).filter(is_dense).collect();
    let hidden: Vec<(usize, usize)> = dense[..dense.len().saturating_sub(1)]
        .iter()
        .map(|&layer_idx| (layer_idx, model.layers()[layer_idx].output_shape.size()))
        .collect();
    let n_hidden = hidden.iter().map(|(_, n_units)| n_units).sum::<usize>();
    let n_cells = LARGE_MAP_SIZE * LARGE_MAP_SIZE;
    let (last, n_outputs) = (model.layers().len().saturating_sub(1), model.n_outputs());
    let mut maps = PlaneMaps {
        small: vec![0.0; n_hidden * SMALL_MAP_SIZE * SMALL_MAP_SIZE],
        outputs: vec![0.0; n_outputs * n_cells],
        enlarged: if enlarged.is_some() { vec![0.0; n_cells] } else { Vec::new() },
        hidden,
    };
    model.for_each_output(workspace, &plane_grid(features), |first, layer_idx, outputs| {
        let n_units = model.layers()[layer_idx].output_shape.size();
        let rows = || outputs.chunks_exact(n_units).enumerate().map(|(row, values)| (first + row, values));
        if layer_idx == last {
            for (cell, values) in rows() {
                (0..n_units).for_each(|unit| maps.outputs[unit * n_cells + cell] = values[unit]);
            }
        }
        if let Some(place) = maps.hidden.iter().position(|(hidden_idx, _)| *hidden_idx == layer_idx) {
            let first_unit = maps.hidden[..place].iter().map(|(_, n_units)| n_units).sum::<usize>();
            add_to_small(&mut maps.small, first_unit, rows());
        }
        if let Some((_, unit)) = enlarged.filter(|(enlarged_idx, unit)| *enlarged_idx == layer_idx && *unit < n_units) {
            rows().for_each(|(cell, values)| maps.enlarged[cell] = values[unit]);
        }
    });
    maps
}

/// Adds each cell's values to the blocks' means, from the map of `first_unit` on.
fn add_to_small<'a>(small: &mut [f32], first_unit: usize, rows: impl Iterator<Item = (usize, &'a [f32])>) {
    const BLOCK: usize = LARGE_MAP_SIZE / SMALL_MAP_SIZE;
    const SHARE: f32 = 1.0 / (BLOCK * BLOCK) as f32;
    for (cell, values) in rows {
        let block = cell / LARGE_MAP_SIZE / BLOCK * SMALL_MAP_SIZE + cell % LARGE_MAP_SIZE / BLOCK;
        let maps =
            small[first_unit * SMALL_MAP_SIZE * SMALL_MAP_SIZE..].chunks_exact_mut(SMALL_MAP_SIZE * SMALL_MAP_SIZE);
        maps.zip(values).for_each(|(map, value)| map[block] += value * SHARE);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test says where")]
    use super::*;
    use crate::experiment::{
        Activation, DataConfig, DenseConfig, Experiment, LayerConfig, Loss, PlaneConfig, Preset, Validation,
    };

    fn model(units: &[usize]) -> Model {
        let mut experiment =
            Experiment { data: DataConfig::Plane(PlaneConfig::default()), ..Preset::Empty.experiment() };
        experiment.training.loss = Loss::HalfSquaredError;
        experiment.training.validation = Validation::Last { validation_split: 0.5 };
        let dense = |units| LayerConfig::Dense(DenseConfig::new(units).activation(Activation::Tanh));
        experiment.network = units.iter().copied().chain([1]).map(dense).collect();
        Model::new(&experiment.check().unwrap())
    }

    #[test]
    fn maps_are_the_units_outputs_at_each_place() {
        let model = model(&[3, 2]);
        let mut workspace = Workspace::new(&model);
        let features = [PlaneFeature::X1, PlaneFeature::X2];
        let maps = plane_maps(&model, &mut workspace, &features, Some((0, 1)));
        assert_eq!(maps.hidden, [(0, 3), (1, 2)]);
        let at = |row: usize, column: usize| [cell_centre(column, LARGE_MAP_SIZE), -cell_centre(row, LARGE_MAP_SIZE)];
        for (row, column) in [(0, 0), (99, 3), (42, 77)] {
            let activations = model.activations(&mut workspace, &at(row, column).map(|x| x as f32));
            let cell = row * LARGE_MAP_SIZE + column;
            assert!((maps.outputs[cell] - activations[2].as_slice()[0]).abs() < 1e-6);
            assert!((maps.enlarged[cell] - activations[0].as_slice()[1]).abs() < 1e-6);
        }
        let block: Vec<f32> = (0..25)
            .map(|i| model.activations(&mut workspace, &at(i / 5, 95 + i % 5).map(|x| x as f32))[1].as_slice()[1])
            .collect();
        let mean = block.iter().sum::<f32>() / 25.0;
        let corner = maps.small[4 * SMALL_MAP_SIZE * SMALL_MAP_SIZE + SMALL_MAP_SIZE - 1];
        assert!((corner - mean).abs() < 1e-5, "{corner} {mean}");
    }

    #[test]
    fn a_network_without_hidden_units_has_its_output_only() {
        let model = model(&[]);
        let maps = plane_maps(&model, &mut Workspace::new(&model), &[PlaneFeature::X1, PlaneFeature::X2], None);
        assert_eq!((maps.hidden.len(), maps.small.len(), maps.outputs.len(), maps.enlarged.len()), (0, 0, 10_000, 0));
    }

    #[test]
    fn the_first_row_is_the_top() {
        let grid = plane_grid(&[PlaneFeature::X1, PlaneFeature::X2]);
        assert!(grid[0] < -5.9 && grid[1] > 5.9 && grid[grid.len() - 2] > 5.9 && grid[grid.len() - 1] < -5.9);
    }
}
