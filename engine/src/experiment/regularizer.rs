//! The penalty on one layer's kernel.

use crate::field::{FieldMut, FieldSpec, NumberRange};
use serde::Serialize;

/// Largest penalty factor: beyond it, numbers leave the range of `f32`.
pub const MAX_PENALTY: f64 = 1e6;

const HELP: &str = "A penalty on this layer's weights alone: l1·Σ|w| + l2·Σw².";
const RANGE: NumberRange = NumberRange::closed(0.0, MAX_PENALTY);
const L1: FieldSpec<NumberRange> =
    FieldSpec::new("kernel_regularizer.l1", "l1", HELP, RANGE).term("kernel regularizer").detail().optional();
const L2: FieldSpec<NumberRange> =
    FieldSpec::new("kernel_regularizer.l2", "l2", HELP, RANGE).term("kernel regularizer").detail().optional();

/// Penalty on one kernel: `l1·Σ|w| + l2·Σw²` (Keras `L1L2`).
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Regularizer {
    /// At least 0.
    pub l1: f64,
    /// At least 0.
    pub l2: f64,
}

impl Regularizer {
    /// Whether it has no effect.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.l1 == 0.0 && self.l2 == 0.0
    }

    /// Both factors as fields of a layer.
    pub(crate) fn fields(&mut self) -> [FieldMut<'_>; 2] {
        [FieldMut::Number(&L1, &mut self.l1), FieldMut::Number(&L2, &mut self.l2)]
    }
}
