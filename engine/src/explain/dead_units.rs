//! Units that are 0 whatever they are shown.

use serde::{Deserialize, Serialize};

/// Which units of a layer have been 0 in every cell of every sample so far; with relu such a unit no longer learns.
/// Samples may come in parts.
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

    /// Looks at more samples: activations `[…, n_units]`.
    ///
    /// # Panics
    /// If the activations are no whole number of rows.
    pub fn push(&mut self, activations: &[f32]) {
        let n_units = self.is_alive.len();
        assert!(n_units > 0 && activations.len().is_multiple_of(n_units), "activations in rows of {n_units}");
        for row in activations.chunks_exact(n_units) {
            self.is_alive.iter_mut().zip(row).for_each(|(is_alive, value)| *is_alive |= *value != 0.0);
        }
    }

    /// The units that have always been 0, ascending.
    #[must_use]
    pub fn units(&self) -> Vec<usize> {
        (0..self.is_alive.len()).filter(|unit| !self.is_alive[*unit]).collect()
    }

    /// Their share of all units, in `[0, 1]`.
    #[must_use]
    pub fn share(&self) -> f64 {
        self.units().len() as f64 / self.is_alive.len().max(1) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_active_cell_in_any_part_is_life() {
        let mut dead = DeadUnits::new(4);
        dead.push(&[0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, -0.0]);
        assert_eq!((dead.units(), dead.share()), (vec![0, 2, 3], 0.75));
        dead.push(&[0.0, 0.0, -2.0, f32::NAN]);
        assert_eq!((dead.units(), dead.share()), (vec![0], 0.25));
    }
}
