//! Plain versions of the heavy kernels, to test the fast ones against: products of whole arrays with sums in `f64`.

use super::Conv2DGeometry;
use ndarray::{Array, Array1, Array2, Array4, ArrayView, ArrayView1, ArrayView2, ArrayView4, Axis, Dimension, s};

/// `y = x · kernel + bias`: x `[n, inputs]`, kernel `[inputs, units]`, bias `[units]` → `[n, units]`.
pub fn dense_forward(x: ArrayView2<'_, f32>, kernel: ArrayView2<'_, f32>, bias: ArrayView1<'_, f32>) -> Array2<f32> {
    rounded(wide(x).dot(&wide(kernel)) + wide(bias))
}

/// `dkernel = xᵀ · dy`, `dbias = Σ dy`: x `[n, inputs]`, dy `[n, units]` → `[inputs, units]`, `[units]`.
pub fn dense_backward_params(x: ArrayView2<'_, f32>, dy: ArrayView2<'_, f32>) -> (Array2<f32>, Array1<f32>) {
    (rounded(wide(x).t().dot(&wide(dy))), rounded(wide(dy).sum_axis(Axis(0))))
}

/// `dx = dy · kernelᵀ`: dy `[n, units]`, kernel `[inputs, units]` → `[n, inputs]`.
pub fn dense_backward_input(dy: ArrayView2<'_, f32>, kernel: ArrayView2<'_, f32>) -> Array2<f32> {
    rounded(wide(dy).dot(&wide(kernel).t()))
}

/// A position in the kernel, `[ky, kx]`, and the input cell that it is multiplied with for one output cell.
struct Meeting {
    output: [usize; 2],
    input: [usize; 2],
    kernel: [usize; 2],
}

/// All pairs of kernel position and input cell, except those in the padding.
fn meetings(geometry: &Conv2DGeometry) -> impl Iterator<Item = Meeting> {
    let ([height, width, _], [top, left], [down, across]) = (geometry.input, geometry.pad_before(), geometry.strides);
    let ([out_h, out_w, _], [kernel_h, kernel_w]) = (geometry.output(), geometry.kernel_size);
    let cells = ndarray::indices([out_h, out_w, kernel_h, kernel_w]).into_iter();
    cells.filter_map(move |(oy, ox, ky, kx)| {
        let y = (oy * down + ky).checked_sub(top).filter(|y| *y < height)?;
        let x = (ox * across + kx).checked_sub(left).filter(|x| *x < width)?;
        Some(Meeting { output: [oy, ox], input: [y, x], kernel: [ky, kx] })
    })
}

/// Convolution and bias: x `[n, height, width, channels]`, kernel `[kernel_h, kernel_w, channels, filters]`, bias
/// `[filters]` → `[n, out_h, out_w, filters]`.
pub fn conv2d_forward(
    geometry: &Conv2DGeometry,
    x: ArrayView4<'_, f32>,
    kernel: ArrayView4<'_, f32>,
    bias: ArrayView1<'_, f32>,
) -> Array4<f32> {
    let (x, kernel) = (wide(x), wide(kernel));
    let [out_h, out_w, filters] = geometry.output();
    let mut y = Array4::zeros([x.dim().0, out_h, out_w, filters]) + wide(bias);
    for Meeting { output: [oy, ox], input: [iy, ix], kernel: [ky, kx] } in meetings(geometry) {
        let products = x.slice(s![.., iy, ix, ..]).dot(&kernel.slice(s![ky, kx, .., ..]));
        y.slice_mut(s![.., oy, ox, ..]).scaled_add(1.0, &products);
    }
    rounded(y)
}

/// The gradients of [`conv2d_forward`] with respect to kernel, bias and x, from dy `[n, out_h, out_w, filters]`.
pub fn conv2d_backward(
    geometry: &Conv2DGeometry,
    x: ArrayView4<'_, f32>,
    kernel: ArrayView4<'_, f32>,
    dy: ArrayView4<'_, f32>,
) -> (Array4<f32>, Array1<f32>, Array4<f32>) {
    let (x, kernel, dy) = (wide(x), wide(kernel), wide(dy));
    let (mut dkernel, mut dx) = (Array4::zeros(kernel.raw_dim()), Array4::zeros(x.raw_dim()));
    for Meeting { output: [oy, ox], input: [iy, ix], kernel: [ky, kx] } in meetings(geometry) {
        let dy = dy.slice(s![.., oy, ox, ..]);
        let of_kernel = x.slice(s![.., iy, ix, ..]).t().dot(&dy);
        let of_x = dy.dot(&kernel.slice(s![ky, kx, .., ..]).t());
        dkernel.slice_mut(s![ky, kx, .., ..]).scaled_add(1.0, &of_kernel);
        dx.slice_mut(s![.., iy, ix, ..]).scaled_add(1.0, &of_x);
    }
    let dbias = dy.sum_axis(Axis(0)).sum_axis(Axis(0)).sum_axis(Axis(0));
    (rounded(dkernel), rounded(dbias), rounded(dx))
}

fn wide<D: Dimension>(values: ArrayView<'_, f32, D>) -> Array<f64, D> {
    values.mapv(f64::from)
}

fn rounded<D: Dimension>(values: Array<f64, D>) -> Array<f32, D> {
    values.mapv(|value| value as f32).as_standard_layout().into_owned()
}
