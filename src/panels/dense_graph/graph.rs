//! Which units and which links of a network of Dense layers are shown.

use crate::components::layers::{KernelForm, LayerForm, LayerView, layers_with_weights, plan_layers};
use inkling_engine::experiment::{CheckedLayer, LayerConfig};
use inkling_engine::layers::LayerFamily;
use ndarray::{Array2, ArrayView2};

/// Units of a layer that are shown.
pub const MAX_UNITS: usize = 10;
/// Links that are shown into each unit.
const LINKS_PER_UNIT: usize = 3;
/// Dense layers that are shown.
pub const MAX_COLUMNS: usize = 6;
/// Weights that are looked at several times a second.
pub const MAX_WEIGHTS: usize = 2_000_000;

/// A Dense layer with what passes its values on.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// The Dense layer.
    pub dense: LayerView,
    /// The layer whose output goes into the next Dense layer: this one, or one behind it that keeps its shape.
    pub out_idx: usize,
    /// Weights in a row of a unit's picture.
    pub n_columns: usize,
}

/// Whether a network only adds up numbers: Dense layers, and layers that pass on or change single numbers.
#[must_use]
pub fn is_dense(layers: &[CheckedLayer]) -> bool {
    let family = |layer: &CheckedLayer| layer.config.kind().family();
    let is_dense = |layer: &CheckedLayer| matches!(layer.config, LayerConfig::Dense(_));
    let passes_on = |layer: &CheckedLayer| matches!(family(layer), LayerFamily::Elementwise | LayerFamily::Reshaping);
    layers.iter().any(is_dense) && layers.iter().all(|layer| is_dense(layer) || passes_on(layer))
}

/// The columns of the graph, from the image to the output; none for other networks, and for those that are too large to
/// be looked at several times a second.
#[must_use]
pub fn columns(layers: &[CheckedLayer]) -> Vec<Column> {
    let n_weights: usize = layers.iter().map(|layer| layer.n_kernel).sum();
    if !is_dense(layers) || n_weights > MAX_WEIGHTS {
        return Vec::new();
    }
    let views = layers_with_weights(layers);
    if views.len() > MAX_COLUMNS || !matches!(views.first().map(|view| view.form), Some(KernelForm::Units { .. })) {
        return Vec::new();
    }
    let plans = plan_layers(layers);
    let starts: Vec<usize> = views.iter().map(|view| view.layer_idx).chain([layers.len()]).collect();
    let columns = views.into_iter().enumerate().map(|(place, dense)| {
        let n_columns = match (dense.form, dense.layer_idx.checked_sub(1).map(|before| plans[before].form)) {
            (KernelForm::Units { size, .. }, _) => size[1],
            (_, Some(LayerForm::Cells { columns, .. })) => columns,
            _ => dense.layer.input_shape.size(),
        };
        Column { dense, out_idx: starts[place + 1] - 1, n_columns }
    });
    columns.collect()
}

/// The units of a layer that are shown, by index: all of few, of many those that carry most to the next layer, whose
/// kernel is `next` (`[inputs, units]`); of an output without a next layer the largest.
#[must_use]
pub fn shown_units(outputs: &[f32], next: Option<ArrayView2<'_, f32>>) -> Vec<usize> {
    let mut units: Vec<usize> = (0..outputs.len()).collect();
    if units.len() <= MAX_UNITS {
        return units;
    }
    let weight = |unit: usize| match next.filter(|next| next.nrows() == outputs.len()) {
        Some(next) => next.row(unit).iter().map(|weight| weight.abs()).sum(),
        None => 1.0,
    };
    let carried: Vec<f32> = units.iter().map(|unit| outputs[*unit].abs() * weight(*unit)).collect();
    units.sort_by(|a, b| carried[*b].total_cmp(&carried[*a]));
    units.truncate(MAX_UNITS);
    units.sort_unstable();
    units
}

/// A link between two units, by their places in their columns.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Link {
    /// Place in the column before.
    pub from: usize,
    /// Place in this column.
    pub to: usize,
    /// Weight × activation.
    pub carried: f32,
}

/// The links that carry most into each shown unit, among the shown units before it. `kernel` is `[inputs, units]`.
#[must_use]
pub fn strongest_links(kernel: ArrayView2<'_, f32>, inputs: &[f32], from: &[usize], to: &[usize]) -> Vec<Link> {
    let mut links = Vec::new();
    for (to_place, unit) in to.iter().enumerate() {
        let link = |(from_place, input): (usize, &usize)| {
            let carried = kernel.get([*input, *unit])? * inputs.get(*input)?;
            (carried.is_finite() && carried != 0.0).then_some(Link { from: from_place, to: to_place, carried })
        };
        let mut into: Vec<Link> = from.iter().enumerate().filter_map(link).collect();
        into.sort_by(|a, b| b.carried.abs().total_cmp(&a.carried.abs()));
        links.extend(into.into_iter().take(LINKS_PER_UNIT));
    }
    links
}

/// What the whole image adds to each shown unit: `Σ weight × pixel`, from the one place that is the image.
#[must_use]
pub fn links_from_image(kernel: ArrayView2<'_, f32>, pixels: &[f32], to: &[usize]) -> Vec<Link> {
    let link = |(place, unit): (usize, &usize)| {
        if kernel.nrows() != pixels.len() || *unit >= kernel.ncols() {
            return None;
        }
        let carried: f32 = kernel.column(*unit).iter().zip(pixels).map(|(weight, pixel)| weight * pixel).sum();
        carried.is_finite().then_some(Link { from: 0, to: place, carried })
    };
    to.iter().enumerate().filter_map(link).collect()
}

/// A unit's weights in rows of `n_columns`; the last row is filled up with NaN.
#[must_use]
pub fn weight_cells(kernel: ArrayView2<'_, f32>, unit: usize, n_columns: usize) -> Option<Array2<f32>> {
    if unit >= kernel.ncols() || n_columns == 0 {
        return None;
    }
    let weights = kernel.column(unit);
    let n_rows = weights.len().div_ceil(n_columns);
    Some(Array2::from_shape_fn((n_rows, n_columns), |(row, column)| {
        weights.get(row * n_columns + column).copied().unwrap_or(f32::NAN)
    }))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test says where")]
    use super::*;
    use inkling_engine::experiment::Preset;
    use ndarray::array;

    fn columns_of(preset: Preset) -> Vec<Column> {
        columns(preset.experiment().check().unwrap().layers())
    }

    #[test]
    fn networks_of_dense_layers_have_a_column_each() {
        let outs =
            |preset| columns_of(preset).iter().map(|column| (column.out_idx, column.n_columns)).collect::<Vec<_>>();
        assert_eq!(outs(Preset::Mlp16x16), [(1, 28), (2, 8), (3, 8)]);
        assert_eq!(outs(Preset::Softmax), [(1, 28)]);
        assert!(columns_of(Preset::LessonCnn).is_empty());
    }

    #[test]
    fn of_many_units_those_that_carry_most_are_shown_in_order() {
        assert_eq!(shown_units(&[0.0; 10], None), (0..10).collect::<Vec<_>>());
        let mut outputs = [0.0; 12];
        (outputs[11], outputs[3]) = (2.0, 1.0);
        assert!(shown_units(&outputs, None).ends_with(&[11]));
        let next = Array2::from_shape_fn((12, 2), |(unit, _)| if unit == 11 { 0.0 } else { -1.0 });
        let shown = shown_units(&[1.0; 12], Some(next.view()));
        assert_eq!((shown.len(), shown.contains(&11)), (10, false));
    }

    #[test]
    fn the_strongest_links_keep_their_sign() {
        let kernel = array![[1.0, 0.0], [-3.0, 0.0], [0.5, f32::NAN], [2.0, 4.0]];
        let links = strongest_links(kernel.view(), &[1.0, 1.0, 1.0, 0.5], &[0, 1, 2, 3], &[0, 1]);
        let carried: Vec<_> = links.iter().map(|link| (link.from, link.to, link.carried)).collect();
        assert_eq!(carried, [(1, 0, -3.0), (0, 0, 1.0), (3, 0, 1.0), (3, 1, 2.0)]);
        let of_image = links_from_image(kernel.view(), &[1.0, 1.0, 0.0, 1.0], &[0]);
        assert_eq!(of_image, [Link { from: 0, to: 0, carried: 0.0 }]);
    }

    #[test]
    fn weights_are_laid_out_in_rows() {
        let kernel = array![[1.0, 9.0], [2.0, 9.0], [3.0, 9.0]];
        let cells = weight_cells(kernel.view(), 0, 2).unwrap();
        assert_eq!((cells[[0, 1]], cells[[1, 0]], cells[[1, 1]].is_nan()), (2.0, 3.0, true));
        assert!(weight_cells(kernel.view(), 2, 2).is_none());
    }
}
