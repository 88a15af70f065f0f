//! What of a network its equations are made from: features, Dense layers and where their weights stand.

use super::equation::{WeightedSum, subscripted};
use crate::components::plane::plane_of;
use inkling_engine::experiment::{Activation, CheckedExperiment, PlaneFeature};

/// A Dense layer among all weights.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DenseShape {
    /// Where its kernel begins.
    pub start: usize,
    /// Numbers that go into each unit.
    pub n_inputs: usize,
    /// Units.
    pub n_units: usize,
    /// Whether units have a bias.
    pub has_bias: bool,
    /// What is applied to the sums.
    pub activation: Activation,
}

/// A network on the plane.
#[derive(Debug, Clone, PartialEq)]
pub struct NetworkShape {
    /// What it is given.
    pub features: Vec<PlaneFeature>,
    /// Its Dense layers; the last one is the output.
    pub layers: Vec<DenseShape>,
    /// All weights.
    pub n_params: usize,
    /// Whether it is to give numbers.
    pub is_regression: bool,
}

impl NetworkShape {
    /// The network of an experiment; `None` if it is not one on the plane.
    #[must_use]
    pub fn of(checked: &CheckedExperiment) -> Option<NetworkShape> {
        let plane = plane_of(&checked.experiment().data)?;
        let mut start = 0;
        let mut layers = Vec::new();
        for layer in checked.layers() {
            let n_units = layer.output_shape.size();
            if layer.n_kernel > 0 && n_units > 0 {
                layers.push(DenseShape {
                    start,
                    n_inputs: layer.n_kernel / n_units,
                    n_units,
                    has_bias: layer.n_bias > 0,
                    activation: layer.activation().unwrap_or_default(),
                });
            }
            start += layer.n_params();
        }
        if layers.is_empty() {
            return None;
        }
        Some(NetworkShape {
            features: plane.features.clone(),
            layers,
            n_params: start,
            is_regression: checked.data().is_regression,
        })
    }

    /// Hidden layers.
    #[must_use]
    pub fn n_hidden(&self) -> usize {
        self.layers.len().saturating_sub(1)
    }

    /// Whether what goes in is x₁ and x₂, so that units of the first layer draw straight lines.
    #[must_use]
    pub fn is_straight(&self) -> bool {
        self.features.iter().all(|feature| matches!(feature, PlaneFeature::X1 | PlaneFeature::X2))
    }

    /// The weighted sum of a unit, with the names of what it sums; of a network with other weights, `None`.
    #[must_use]
    pub fn sum(&self, weights: &[f32], dense_idx: usize, unit: usize) -> Option<WeightedSum> {
        let layer = self.layers.get(dense_idx)?;
        if weights.len() != self.n_params {
            return None;
        }
        let name = |row: usize| match dense_idx {
            0 => self.features.get(row).map_or_else(|| subscripted("x", row + 1), |feature| feature.label().to_owned()),
            _ => subscripted(self.letter(dense_idx - 1), row),
        };
        let weight = |row: usize| weights.get(layer.start + row * layer.n_units + unit).copied();
        let terms = (0..layer.n_inputs).map(|row| Some((weight(row)?, name(row)))).collect::<Option<Vec<_>>>()?;
        let bias = weights.get(layer.start + layer.n_inputs * layer.n_units + unit).copied();
        Some(WeightedSum { terms, bias: bias.filter(|_| layer.has_bias) })
    }

    /// The letter of a hidden layer's units: h for the last one, which the output sums; else in the order of the layers.
    #[must_use]
    pub fn letter(&self, dense_idx: usize) -> &'static str {
        const LETTERS: [&str; 6] = ["a", "b", "c", "d", "e", "f"];
        if dense_idx + 1 == self.n_hidden() { "h" } else { LETTERS[dense_idx.min(LETTERS.len() - 1)] }
    }

    /// The weighted sum of a unit of the first layer at places with these features, place after place.
    #[must_use]
    pub fn first_sums(&self, weights: &[f32], unit: usize, features: &[f32]) -> Vec<f32> {
        let Some(sum) = self.sum(weights, 0, unit) else { return Vec::new() };
        let bias = sum.bias.unwrap_or(0.0);
        let at = |place: &[f32]| place.iter().zip(&sum.terms).map(|(x, (weight, _))| x * weight).sum::<f32>() + bias;
        features.chunks_exact(self.features.len().max(1)).map(at).collect()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test says where")]
    use super::*;
    use inkling_engine::experiment::PlanePreset;

    #[test]
    fn weights_are_found_row_by_row() {
        let shape = NetworkShape::of(&PlanePreset::Playground.experiment().check().unwrap()).unwrap();
        assert_eq!((shape.n_hidden(), shape.n_params, shape.is_straight()), (2, 25, true));
        let weights: Vec<f32> = (0..25).map(|idx| idx as f32).collect();
        // Two inputs and four units: kernel 0..8, bias 8..12; then 4 × 2 and 2; then 2 and 1.
        let sum = shape.sum(&weights, 0, 1).unwrap();
        assert_eq!(sum.terms, [(1.0, "x₁".to_owned()), (5.0, "x₂".to_owned())]);
        assert_eq!(sum.bias, Some(9.0));
        let output = shape.sum(&weights, 2, 0).unwrap();
        assert_eq!(output.terms, [(22.0, "h₀".to_owned()), (23.0, "h₁".to_owned())]);
        assert_eq!(shape.sum(&weights, 1, 0).unwrap().terms[0].1, "a₀");
        assert_eq!(shape.sum(&weights[1..], 0, 0), None);
        assert_eq!(shape.first_sums(&weights, 1, &[1.0, 2.0, 0.0, 0.0]), [20.0, 9.0]);
    }

    #[test]
    fn other_features_draw_curves() {
        let shape = NetworkShape::of(&PlanePreset::XorProduct.experiment().check().unwrap()).unwrap();
        assert_eq!((shape.n_hidden(), shape.is_straight()), (0, false));
    }
}
