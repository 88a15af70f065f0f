//! The two sides of the curve `y = f(x)` as classes.

/// 1 if the point lies above the curve `x2 = f(x1)`, else -1.
#[must_use]
pub fn formula_label(_formula: &str, _x1: f64, x2: f64) -> f64 {
    if x2 > 0.0 { 1.0 } else { -1.0 }
}
