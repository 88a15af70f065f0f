//! Prints what the kernels reach on this machine, beside the peak of the same build.
//!
//! `RUSTFLAGS="-C target-cpu=native" cargo run --profile worker -p inkling-engine --example kernels`
//!
//! Operations are counted as the plain loops have them (a multiply-add is two): a kernel that leaves some out, exactly,
//! may pass the peak.

use inkling_engine::experiment::Padding;
use inkling_engine::kernels::peak::multiply_add_peak;
use inkling_engine::kernels::{Conv2DGeometry, Conv2DPlan, DensePlan, FusedActivation, SparseRows};
use std::hint::black_box;
use std::time::{Duration, Instant};

/// Samples of a call.
const N: usize = 25;

fn main() {
    let peak = gflops(multiply_add_peak(1_000_000).0 as f64, || {
        black_box(multiply_add_peak(1_000_000));
    });
    println!("{:<34}{peak:>8.1} GFLOP/s", "peak, one core");
    let print = |name: &str, reached: f64| {
        println!("{name:<34}{reached:>8.1} GFLOP/s {:>5.0} %", 100.0 * reached / peak);
    };
    bench_conv2d("Conv2D 28×28×1 → 32, pooled", 28, 1, 32, print);
    bench_conv2d("Conv2D 13×13×32 → 64, pooled", 13, 32, 64, print);
    bench_dense("Dense 784 → 16, all pixels", 784, 16, 0.0, print);
    bench_dense("Dense 784 → 16, 81 % zeros", 784, 16, 0.81, print);
    bench_dense("Dense 1600 → 10", 1600, 10, 0.0, print);
}

fn bench_conv2d(name: &str, side: usize, channels: usize, filters: usize, print: impl Fn(&str, f64)) {
    let (kernel_size, strides, padding) = ([3, 3], [1, 1], Padding::Valid);
    let geometry = Conv2DGeometry { input: [side, side, channels], filters, kernel_size, strides, padding };
    let mut plan = Conv2DPlan::new(geometry);
    let (mut dkernel, mut dbias) = (numbers(geometry.patch_len() * filters, 0.0), numbers(filters, 0.0));
    let (x, bias) = (numbers(N * geometry.input_len(), 0.0), dbias.clone());
    let mut dx = x.clone();
    plan.pack(&dkernel);
    let mut y = vec![0.0; N * geometry.pooled_len()];
    let mut winners = vec![0; y.len()];
    let flops = (8 * y.len() * geometry.patch_len()) as f64;
    print(
        &format!("{name}, forward"),
        gflops(flops, || {
            plan.forward_max_pool(&x, &bias, FusedActivation::Relu, &mut y, &mut winners);
        }),
    );
    // A first layer needs no gradient of its input.
    let is_first = channels == 1;
    let flops = if is_first { flops } else { 2.0 * flops };
    print(
        &format!("{name}, backward"),
        gflops(flops, || {
            plan.backward_max_pool(&x, &y, &winners, &mut dkernel, &mut dbias, (!is_first).then_some(&mut dx[..]));
        }),
    );
}

fn bench_dense(name: &str, inputs: usize, units: usize, zero_share: f64, print: impl Fn(&str, f64)) {
    let mut plan = DensePlan::new(inputs, units);
    let (mut dkernel, mut dbias) = (numbers(inputs * units, 0.0), numbers(units, 0.0));
    let (x, bias) = (numbers(N * inputs, zero_share), dbias.clone());
    let (mut y, mut dx, mut sparse_x) = (vec![0.0; N * units], x.clone(), SparseRows::new());
    plan.pack(&dkernel);
    let flops = (2 * N * inputs * units) as f64;
    print(
        &format!("{name}, forward"),
        gflops(flops, || {
            if zero_share > 0.0 {
                sparse_x.fill(&x, inputs);
                plan.forward_sparse(&sparse_x, &bias, &mut y);
            } else {
                plan.forward(&x, &bias, &mut y);
            }
        }),
    );
    print(
        &format!("{name}, dkernel"),
        gflops(flops, || {
            if zero_share > 0.0 {
                plan.backward_params_sparse(&sparse_x, &y, &mut dkernel, &mut dbias);
            } else {
                plan.backward_params(&x, &y, &mut dkernel, &mut dbias);
            }
        }),
    );
    print(&format!("{name}, dx"), gflops(flops, || plan.backward_input(&y, &mut dx)));
}

/// The best of many calls within a third of a second.
fn gflops(flops: f64, mut call: impl FnMut()) -> f64 {
    let begin = Instant::now();
    let mut best = f64::INFINITY;
    while begin.elapsed() < Duration::from_millis(300) {
        let start = Instant::now();
        call();
        best = best.min(start.elapsed().as_secs_f64());
    }
    flops / best / 1e9
}

/// Numbers in [-0.1, 0.1), a share of them zero.
fn numbers(len: usize, zero_share: f64) -> Vec<f32> {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    (0..len).map(|_| if next() < zero_share { 0.0 } else { (0.2 * next() - 0.1) as f32 }).collect()
}
