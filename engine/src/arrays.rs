//! Plain numbers as arrays with axes.
//!
//! Kernels, layers and optimizers work on slices; what leaves the engine has axes.

use ndarray::{Array, ArrayView, Dimension, IntoDimension};

/// Numbers, row-major, as an array of that shape.
///
/// # Panics
/// If there are more or fewer numbers than the shape has places.
#[track_caller]
pub(crate) fn array<D: IntoDimension>(shape: D, values: Vec<f32>) -> Array<f32, D::Dim> {
    let shape = shape.into_dimension();
    assert_eq!(values.len(), shape.size(), "numbers of an array {shape:?}");
    Array::from_shape_vec(shape.clone(), values).unwrap_or_else(|_| Array::zeros(shape))
}

/// Numbers, row-major, seen as an array of that shape.
///
/// # Panics
/// As [`array()`].
#[track_caller]
pub(crate) fn view<D: IntoDimension>(shape: D, values: &[f32]) -> ArrayView<'_, f32, D::Dim> {
    let shape = shape.into_dimension();
    assert_eq!(values.len(), shape.size(), "numbers of an array {shape:?}");
    let Ok(view) = ArrayView::from_shape(shape, values) else { unreachable!("the length has been checked") };
    view
}
