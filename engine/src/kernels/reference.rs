//! The heavy kernels as plain loops with sums in `f64`: what the fast ones are tested against.

use super::Conv2DGeometry;

/// `y = x · kernel + bias`.
pub fn dense_forward(x: &[f32], kernel: &[f32], bias: &[f32], y: &mut [f32]) {
    let units = bias.len();
    let inputs = kernel.len() / units;
    for (x, y) in x.chunks_exact(inputs).zip(y.chunks_exact_mut(units)) {
        for u in 0..units {
            let sum: f64 = (0..inputs).map(|i| f64::from(x[i]) * f64::from(kernel[i * units + u])).sum();
            y[u] = (f64::from(bias[u]) + sum) as f32;
        }
    }
}

/// `dkernel = xᵀ · dy`, `dbias = Σ dy`.
pub fn dense_backward_params(x: &[f32], dy: &[f32], dkernel: &mut [f32], dbias: &mut [f32]) {
    let units = dbias.len();
    let inputs = dkernel.len() / units;
    let n = dy.len() / units;
    for u in 0..units {
        dbias[u] = (0..n).map(|s| f64::from(dy[s * units + u])).sum::<f64>() as f32;
        for i in 0..inputs {
            let sum: f64 = (0..n).map(|s| f64::from(x[s * inputs + i]) * f64::from(dy[s * units + u])).sum();
            dkernel[i * units + u] = sum as f32;
        }
    }
}

/// `dx = dy · kernelᵀ`.
pub fn dense_backward_input(dy: &[f32], kernel: &[f32], units: usize, dx: &mut [f32]) {
    let inputs = kernel.len() / units;
    for (dy, dx) in dy.chunks_exact(units).zip(dx.chunks_exact_mut(inputs)) {
        for i in 0..inputs {
            dx[i] = (0..units).map(|u| f64::from(dy[u]) * f64::from(kernel[i * units + u])).sum::<f64>() as f32;
        }
    }
}

/// Calls `visit(output_idx, input_idx, kernel_idx)` for every product of one image's convolution;
/// `output_idx` and `kernel_idx` are those of filter 0.
fn for_each_product(geometry: &Conv2DGeometry, mut visit: impl FnMut(usize, usize, usize)) {
    let [height, width, channels] = geometry.input;
    let [out_h, out_w, filters] = geometry.output();
    let [kernel_h, kernel_w] = geometry.kernel_size;
    let [top, left] = geometry.pad_before();
    for (oy, ox) in (0..out_h).flat_map(|oy| (0..out_w).map(move |ox| (oy, ox))) {
        for (ky, kx) in (0..kernel_h).flat_map(|ky| (0..kernel_w).map(move |kx| (ky, kx))) {
            let (y, x) = (oy * geometry.strides[0] + ky, ox * geometry.strides[1] + kx);
            if y < top || x < left || y - top >= height || x - left >= width {
                continue;
            }
            for c in 0..channels {
                visit(
                    (oy * out_w + ox) * filters,
                    ((y - top) * width + x - left) * channels + c,
                    ((ky * kernel_w + kx) * channels + c) * filters,
                );
            }
        }
    }
}

/// Convolution and bias.
pub fn conv2d_forward(geometry: &Conv2DGeometry, x: &[f32], kernel: &[f32], bias: &[f32], y: &mut [f32]) {
    let filters = geometry.filters;
    for (x, y) in x.chunks_exact(geometry.input_len()).zip(y.chunks_exact_mut(geometry.output_len())) {
        let mut sums: Vec<f64> = y.iter().enumerate().map(|(i, _)| f64::from(bias[i % filters])).collect();
        for_each_product(geometry, |output_idx, input_idx, kernel_idx| {
            for f in 0..filters {
                sums[output_idx + f] += f64::from(x[input_idx]) * f64::from(kernel[kernel_idx + f]);
            }
        });
        y.iter_mut().zip(sums).for_each(|(y, sum)| *y = sum as f32);
    }
}

/// All gradients of [`conv2d_forward`].
pub fn conv2d_backward(
    geometry: &Conv2DGeometry,
    x: &[f32],
    kernel: &[f32],
    dy: &[f32],
    dkernel: &mut [f32],
    dbias: &mut [f32],
    dx: &mut [f32],
) {
    let filters = geometry.filters;
    let mut dkernel_sums = vec![0.0_f64; dkernel.len()];
    let mut dbias_sums = vec![0.0_f64; filters];
    dy.iter().enumerate().for_each(|(i, &g)| dbias_sums[i % filters] += f64::from(g));
    let images = x.chunks_exact(geometry.input_len()).zip(dy.chunks_exact(geometry.output_len()));
    for ((x, dy), dx) in images.zip(dx.chunks_exact_mut(geometry.input_len())) {
        let mut dx_sums = vec![0.0_f64; dx.len()];
        for_each_product(geometry, |output_idx, input_idx, kernel_idx| {
            for f in 0..filters {
                let g = f64::from(dy[output_idx + f]);
                dkernel_sums[kernel_idx + f] += g * f64::from(x[input_idx]);
                dx_sums[input_idx] += g * f64::from(kernel[kernel_idx + f]);
            }
        });
        dx.iter_mut().zip(dx_sums).for_each(|(dx, sum)| *dx = sum as f32);
    }
    dkernel.iter_mut().zip(dkernel_sums).for_each(|(d, sum)| *d = sum as f32);
    dbias.iter_mut().zip(dbias_sums).for_each(|(d, sum)| *d = sum as f32);
}
