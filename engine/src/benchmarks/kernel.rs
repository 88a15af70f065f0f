//! Kernels with numbers to run them on, for the bench.

use crate::experiment::{Activation, Padding};
use crate::kernels::peak::multiply_add_peak;
use crate::kernels::{Conv2DGeometry, Conv2DPlan, DensePlan, SparseRows, Upstream};
use crate::random::{Key, Purpose};
use serde::{Deserialize, Serialize};
use std::hint::black_box;

/// Samples of a call: a shard.
const N: usize = crate::data::SHARD_SIZE;
/// Share of MNIST's pixels that are 0.
const ZERO_SHARE: f64 = 0.81;
/// Rounds of the peak's loop in a call.
const PEAK_ROUNDS: u32 = 100_000;

/// A kernel of the lesson's networks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kernel {
    /// What the others are measured against: independent multiply-adds in registers.
    Peak,
    /// The CNN's first layer and the pool behind it.
    Conv2DForward,
    /// Its gradients, without that of the image.
    Conv2DBackward,
    /// The CNN's second convolution and the pool behind it.
    DeepConv2DForward,
    /// Its gradients.
    DeepConv2DBackward,
    /// The 40 units of the lesson's MLP on pixels.
    PixelsDenseForward,
    /// The gradient of their kernel.
    PixelsDenseBackward,
    /// The CNN's last layer.
    DenseForward,
    /// Its gradients.
    DenseBackward,
}

impl Kernel {
    /// All of them, the peak first.
    pub const ALL: [Kernel; 9] = [
        Kernel::Peak,
        Kernel::Conv2DForward,
        Kernel::Conv2DBackward,
        Kernel::DeepConv2DForward,
        Kernel::DeepConv2DBackward,
        Kernel::PixelsDenseForward,
        Kernel::PixelsDenseBackward,
        Kernel::DenseForward,
        Kernel::DenseBackward,
    ];

    /// `K0` … `K8`.
    #[must_use]
    pub fn id(self) -> &'static str {
        ["K0", "K1", "K2", "K3", "K4", "K5", "K6", "K7", "K8"][self as usize]
    }

    /// What it is, in a line.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Kernel::Peak => "multiply-adds in registers: the peak",
            Kernel::Conv2DForward => "Conv2D 28×28×1 → 32, pooled: forward",
            Kernel::Conv2DBackward => "Conv2D 28×28×1 → 32, pooled: backward",
            Kernel::DeepConv2DForward => "Conv2D 13×13×32 → 64, pooled: forward",
            Kernel::DeepConv2DBackward => "Conv2D 13×13×32 → 64, pooled: backward",
            Kernel::PixelsDenseForward => "Dense 784 → 40 on pixels: forward",
            Kernel::PixelsDenseBackward => "Dense 784 → 40 on pixels: backward",
            Kernel::DenseForward => "Dense 1600 → 10: forward",
            Kernel::DenseBackward => "Dense 1600 → 10: backward",
        }
    }

    /// The kernel with numbers to work on.
    #[must_use]
    pub fn prepare(self) -> KernelRun {
        match self {
            Kernel::Peak => {
                let (n_flops, _) = multiply_add_peak(PEAK_ROUNDS);
                KernelRun::new(n_flops as f64, || {
                    black_box(multiply_add_peak(PEAK_ROUNDS));
                })
            }
            Kernel::Conv2DForward => conv2d_forward([28, 28, 1], 32),
            Kernel::Conv2DBackward => conv2d_backward([28, 28, 1], 32),
            Kernel::DeepConv2DForward => conv2d_forward([13, 13, 32], 64),
            Kernel::DeepConv2DBackward => conv2d_backward([13, 13, 32], 64),
            Kernel::PixelsDenseForward => pixels_dense_forward(784, 40),
            Kernel::PixelsDenseBackward => pixels_dense_backward(784, 40),
            Kernel::DenseForward => dense_forward(1600, 10),
            Kernel::DenseBackward => dense_backward(1600, 10),
        }
    }
}

/// A kernel that can be called again and again.
pub struct KernelRun {
    n_flops: f64,
    call: Box<dyn FnMut()>,
}

impl KernelRun {
    fn new(n_flops: f64, call: impl FnMut() + 'static) -> KernelRun {
        KernelRun { n_flops, call: Box::new(call) }
    }

    /// Floating-point operations of a call as the plain loops have them, a multiply-add being two: a kernel that
    /// leaves some out, exactly, may pass the peak.
    #[must_use]
    pub fn n_flops(&self) -> f64 {
        self.n_flops
    }

    /// Does the work once.
    pub fn call(&mut self) {
        (self.call)();
    }
}

fn conv2d(input: [usize; 3], filters: usize) -> (Conv2DPlan, Conv2DGeometry) {
    let (kernel_size, strides, padding) = ([3, 3], [1, 1], Padding::Valid);
    let geometry = Conv2DGeometry { input, filters, kernel_size, strides, padding };
    let mut plan = Conv2DPlan::with_max_pool(geometry, [2, 2]);
    plan.pack(&numbers(geometry.patch_len() * filters, 0.0));
    (plan, geometry)
}

fn conv2d_forward(input: [usize; 3], filters: usize) -> KernelRun {
    let (mut plan, geometry) = conv2d(input, filters);
    let (x, bias) = (numbers(N * geometry.input_len(), 0.0), numbers(filters, 0.0));
    let mut y = vec![0.0; N * geometry.pooled_len([2, 2])];
    let mut winners = vec![0; y.len()];
    KernelRun::new((8 * y.len() * geometry.patch_len()) as f64, move || {
        plan.forward_max_pool(&x, &bias, Activation::Relu, &mut y, &mut winners);
    })
}

fn conv2d_backward(input: [usize; 3], filters: usize) -> KernelRun {
    let (mut plan, geometry) = conv2d(input, filters);
    let (x, bias) = (numbers(N * geometry.input_len(), 0.0), numbers(filters, 0.0));
    let mut dy = vec![0.0; N * geometry.pooled_len([2, 2])];
    let mut winners = vec![0; dy.len()];
    // What relu silences has no gradient.
    plan.forward_max_pool(&x, &bias, Activation::Relu, &mut dy, &mut winners);
    let y = dy.clone();
    let (mut dkernel, mut dbias) = (vec![0.0; geometry.patch_len() * filters], bias);
    // A first layer needs no gradient of its input.
    let mut dx = (input[2] > 1).then(|| vec![0.0; x.len()]);
    let n_products = if dx.is_some() { 2 } else { 1 };
    KernelRun::new((n_products * 8 * dy.len() * geometry.patch_len()) as f64, move || {
        let upstream = Upstream { y: &y, dy: &mut dy, activation: Activation::Relu };
        plan.backward_max_pool(&x, upstream, &winners, &mut dkernel, &mut dbias, dx.as_deref_mut());
    })
}

fn pixels_dense_forward(inputs: usize, units: usize) -> KernelRun {
    let (mut plan, bias) = (dense(inputs, units), numbers(units, 0.0));
    let (x, mut sparse_x, mut y) = (numbers(N * inputs, ZERO_SHARE), SparseRows::new(), vec![0.0; N * units]);
    KernelRun::new((2 * N * inputs * units) as f64, move || {
        sparse_x.fill(&x, inputs);
        plan.forward_sparse(&sparse_x, &bias, &mut y);
    })
}

fn pixels_dense_backward(inputs: usize, units: usize) -> KernelRun {
    let (mut plan, mut sparse_x) = (dense(inputs, units), SparseRows::new());
    sparse_x.fill(&numbers(N * inputs, ZERO_SHARE), inputs);
    let (dy, mut dkernel, mut dbias) = (numbers(N * units, 0.0), vec![0.0; inputs * units], vec![0.0; units]);
    KernelRun::new((2 * N * inputs * units) as f64, move || {
        plan.backward_params_sparse(&sparse_x, &dy, &mut dkernel, &mut dbias);
    })
}

fn dense_forward(inputs: usize, units: usize) -> KernelRun {
    let (mut plan, bias, x) = (dense(inputs, units), numbers(units, 0.0), numbers(N * inputs, 0.0));
    let mut y = vec![0.0; N * units];
    KernelRun::new((2 * N * inputs * units) as f64, move || plan.forward(&x, &bias, &mut y))
}

fn dense_backward(inputs: usize, units: usize) -> KernelRun {
    let (mut plan, x, dy) = (dense(inputs, units), numbers(N * inputs, 0.0), numbers(N * units, 0.0));
    let (mut dkernel, mut dbias, mut dx) = (vec![0.0; inputs * units], vec![0.0; units], x.clone());
    KernelRun::new((4 * N * inputs * units) as f64, move || {
        plan.backward_params(&x, &dy, &mut dkernel, &mut dbias);
        plan.backward_input(&dy, &mut dx);
    })
}

fn dense(inputs: usize, units: usize) -> DensePlan {
    let mut plan = DensePlan::new(inputs, units);
    plan.pack(&numbers(inputs * units, 0.0));
    plan
}

/// Numbers in `[-0.1, 0.1)`, a share of them zero.
fn numbers(len: usize, zero_share: f64) -> Vec<f32> {
    let mut random = Key::new(1, Purpose::Bench).stream();
    let mut next = || if random.unit() < zero_share { 0.0 } else { random.uniform(-0.1, 0.1) };
    (0..len).map(|_| next() as f32).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kernel_works() {
        for (kernel_idx, kernel) in Kernel::ALL.into_iter().enumerate() {
            assert_eq!(kernel.id(), format!("K{kernel_idx}"));
            let mut run = kernel.prepare();
            assert!(run.n_flops() > 0.0, "{kernel:?}");
            run.call();
            run.call();
        }
    }
}
