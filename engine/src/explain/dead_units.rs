//! Units that are 0 whatever they are shown.

use ndarray::{ArrayView3, Axis};
use serde::{Deserialize, Serialize};

/// Which units of a layer have been 0 in every cell of every sample so far; with relu such a unit no longer learns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeadUnits {
    is_alive: Vec<bool>,
}

impl DeadUnits {
    /// No samples yet.
    #[must_use]
    pub fn new(n_units: usize) -> Self {
        DeadUnits { is_alive: vec![false; n_units] }
    }

    /// Looks at the layer's output `[height, width, n_units]` for another sample.
    ///
    /// # Panics
    /// If the output has another number of units.
    pub fn push(&mut self, output: ArrayView3<'_, f32>) {
        assert_eq!(output.dim().2, self.is_alive.len(), "units of a layer's output");
        for (is_alive, map) in self.is_alive.iter_mut().zip(output.axis_iter(Axis(2))) {
            *is_alive |= map.iter().any(|value| *value != 0.0);
        }
    }

    /// The units that have always been 0, ascending.
    #[must_use]
    pub fn units(&self) -> Vec<usize> {
        (0..self.is_alive.len()).filter(|unit| !self.is_alive[*unit]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn one_active_cell_of_any_sample_is_life() {
        let mut dead = DeadUnits::new(4);
        dead.push(array![[[0.0, 1.0, 0.0, 0.0]], [[0.0, 0.0, 0.0, -0.0]]].view());
        assert_eq!(dead.units(), [0, 2, 3]);
        dead.push(array![[[0.0, 0.0, -2.0, f32::NAN]]].view());
        assert_eq!(dead.units(), [0]);
    }
}
