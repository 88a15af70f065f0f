//! Speed of the kernels: `cargo bench -p inkling-engine`, or one group of them: `cargo bench -p inkling-engine conv2d`.
//!
//! Sizes are in the names and are those of the lesson's networks, for a shard of samples. All numbers are made before
//! the clock runs, from a fixed seed. For code as fast as a native run gets it: `RUSTFLAGS="-C target-cpu=native"`.

use criterion::{BatchSize, BenchmarkId, Criterion, criterion_group, criterion_main};
use inkling_engine::data::{Augmentation, SHARD_SIZE as N};
use inkling_engine::experiment::{Activation, Padding};
use inkling_engine::kernels::optimizer::{self, AdamStep};
use inkling_engine::kernels::{Conv2DGeometry, Conv2DPlan, DensePlan, SparseRows, Upstream, activation, pooling};
use inkling_engine::random::{Key, Purpose};
use std::hint::black_box;

criterion_group!(kernels, dense, sparse_dense, conv2d, pooled_conv2d, pools, activations, optimizers, augmentation);
criterion_main!(kernels);

/// `len` numbers in `[-0.1, 0.1)`, the same in every run.
fn numbers(len: usize) -> Vec<f32> {
    let mut random = Key::new(1, Purpose::Bench).stream();
    (0..len).map(|_| random.uniform(-0.1, 0.1) as f32).collect()
}

/// One image, moved and with noise.
fn augmentation(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("augmentation");
    let image: Vec<u8> = (0..784_u32).map(|i| if i % 5 == 0 { (i % 256) as u8 } else { 0 }).collect();
    let (key, mut changed) = (Key::new(1, Purpose::Augmentation), vec![0; 784]);
    let moved = Augmentation { shift: 2.0, rotation: 10.0, scale: 0.1, noise: 0.0 };
    for (name, augmentation) in [("move", moved), ("move and noise", Augmentation { noise: 0.1, ..moved })] {
        let mut index = 0;
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                index += 1;
                augmentation.apply(black_box(&image), 28, key.with(index), &mut changed);
            });
        });
    }
}

fn dense(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("dense");
    for (inputs, units) in [(784, 40), (1600, 10)] {
        let size = format!("{N}x{inputs}-{units}");
        let (kernel, bias) = (numbers(inputs * units), numbers(units));
        let (x, dy) = (numbers(N * inputs), numbers(N * units));
        let mut plan = DensePlan::new(inputs, units);
        plan.pack(&kernel);
        let (mut y, mut dkernel, mut dbias, mut dx) = (dy.clone(), kernel.clone(), bias.clone(), x.clone());
        group.bench_function(BenchmarkId::new("forward", &size), |bencher| {
            bencher.iter(|| plan.forward(black_box(&x), &bias, &mut y));
        });
        group.bench_function(BenchmarkId::new("backward", &size), |bencher| {
            bencher.iter(|| {
                plan.backward_params(black_box(&x), &dy, &mut dkernel, &mut dbias);
                plan.backward_input(&dy, &mut dx);
            });
        });
    }
}

/// The first layer on pixels, four fifths of which are zero, as MNIST's are.
fn sparse_dense(criterion: &mut Criterion) {
    let (inputs, units) = (784, 40);
    let size = format!("{N}x{inputs}-{units}");
    let mut group = criterion.benchmark_group("dense on pixels");
    let (kernel, bias, dy) = (numbers(inputs * units), numbers(units), numbers(N * units));
    let x: Vec<f32> = numbers(N * inputs).into_iter().map(|value| if value < 0.06 { 0.0 } else { value }).collect();
    let (mut plan, mut sparse_x) = (DensePlan::new(inputs, units), SparseRows::new());
    plan.pack(&kernel);
    sparse_x.fill(&x, inputs);
    let (mut y, mut dkernel, mut dbias) = (dy.clone(), kernel.clone(), bias.clone());
    group.bench_function(BenchmarkId::new("forward", &size), |bencher| {
        bencher.iter(|| plan.forward_sparse(black_box(&sparse_x), &bias, &mut y));
    });
    group.bench_function(BenchmarkId::new("backward", &size), |bencher| {
        bencher.iter(|| plan.backward_params_sparse(black_box(&sparse_x), &dy, &mut dkernel, &mut dbias));
    });
}

/// The lesson's two convolutions, 3×3 and valid.
const CONVOLUTIONS: [([usize; 3], usize); 2] = [([28, 28, 1], 32), ([13, 13, 32], 64)];

/// Name of a convolution's size, its geometry, and its plan with a kernel packed.
fn convolution(input: [usize; 3], filters: usize) -> (String, Conv2DGeometry, Conv2DPlan) {
    let [height, width, channels] = input;
    let geometry = Conv2DGeometry { input, filters, kernel_size: [3, 3], strides: [1, 1], padding: Padding::Valid };
    let mut plan = Conv2DPlan::with_max_pool(geometry, [2, 2]);
    plan.pack(&numbers(geometry.patch_len() * filters));
    (format!("{N}x{height}x{width}x{channels}-3x3x{filters}"), geometry, plan)
}

fn conv2d(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("conv2d");
    for (input, filters) in CONVOLUTIONS {
        let (size, geometry, mut plan) = convolution(input, filters);
        let (x, bias) = (numbers(N * geometry.input_len()), numbers(filters));
        let mut dy = numbers(N * geometry.output_len());
        let (mut y, mut dbias, mut dx) = (dy.clone(), bias.clone(), x.clone());
        let mut dkernel = numbers(geometry.patch_len() * filters);
        group.bench_function(BenchmarkId::new("forward", &size), |bencher| {
            bencher.iter(|| plan.forward(black_box(&x), &bias, Activation::Relu, &mut y));
        });
        group.bench_function(BenchmarkId::new("backward", &size), |bencher| {
            bencher.iter(|| {
                let upstream = Upstream { y: &y, dy: &mut dy, activation: Activation::Linear };
                plan.backward(black_box(&x), upstream, &mut dkernel, &mut dbias, Some(&mut dx));
            });
        });
    }
}

/// Convolution, relu and max pool 2×2 in one.
fn pooled_conv2d(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("conv2d with max pool");
    for (input, filters) in CONVOLUTIONS {
        let (size, geometry, mut plan) = convolution(input, filters);
        let (x, bias) = (numbers(N * geometry.input_len()), numbers(filters));
        let mut y = vec![0.0; N * geometry.pooled_len([2, 2])];
        let mut winners = vec![0; y.len()];
        group.bench_function(BenchmarkId::new("forward", &size), |bencher| {
            bencher.iter(|| plan.forward_max_pool(black_box(&x), &bias, Activation::Relu, &mut y, &mut winners));
        });
        // Where relu gave 0 there is no gradient: half of them or so.
        plan.forward_max_pool(&x, &bias, Activation::Relu, &mut y, &mut winners);
        let mut dy = y.clone();
        let (mut dbias, mut dx) = (bias.clone(), x.clone());
        let mut dkernel = numbers(geometry.patch_len() * filters);
        group.bench_function(BenchmarkId::new("backward", &size), |bencher| {
            bencher.iter(|| {
                let upstream = Upstream { y: &y, dy: &mut dy, activation: Activation::Relu };
                plan.backward_max_pool(black_box(&x), upstream, &winners, &mut dkernel, &mut dbias, Some(&mut dx));
            });
        });
    }
}

fn pools(criterion: &mut Criterion) {
    let (input, pool_size) = ([26, 26, 32], [2, 2]);
    let size = format!("{N}x26x26x32-2x2");
    let mut group = criterion.benchmark_group("pooling");
    let (x, dy) = (numbers(N * 26 * 26 * 32), numbers(N * 13 * 13 * 32));
    let (mut y, mut winners, mut dx) = (dy.clone(), vec![0; dy.len()], x.clone());
    let mut scratch = vec![];
    group.bench_function(BenchmarkId::new("max forward", &size), |bencher| {
        bencher.iter(|| pooling::max_pool_forward(black_box(&x), input, pool_size, &mut y, &mut winners));
    });
    pooling::max_pool_forward(&x, input, pool_size, &mut y, &mut winners);
    group.bench_function(BenchmarkId::new("max backward", &size), |bencher| {
        bencher.iter(|| pooling::max_pool_backward(black_box(&dy), &winners, input, pool_size, &mut dx));
    });
    group.bench_function(BenchmarkId::new("average forward", &size), |bencher| {
        bencher.iter(|| pooling::average_pool_forward(black_box(&x), input, pool_size, &mut scratch, &mut y));
    });
    group.bench_function(BenchmarkId::new("average backward", &size), |bencher| {
        bencher.iter(|| pooling::average_pool_backward(black_box(&dy), input, pool_size, &mut scratch, &mut dx));
    });
}

fn activations(criterion: &mut Criterion) {
    let units = 128;
    let size = format!("{N}x{units}");
    let mut group = criterion.benchmark_group("activation");
    let (x, dy) = (numbers(N * units), numbers(N * units));
    for (name, kind) in [
        ("relu", Activation::Relu),
        ("sigmoid", Activation::Sigmoid),
        ("tanh", Activation::Tanh),
        ("softmax", Activation::Softmax),
    ] {
        // They work in place, so each call gets numbers of its own.
        group.bench_function(BenchmarkId::new(format!("{name} forward"), &size), |bencher| {
            let forward = |x: &mut Vec<f32>| activation::forward(kind, x, units);
            bencher.iter_batched_ref(|| x.clone(), forward, BatchSize::SmallInput);
        });
        let mut y = x.clone();
        activation::forward(kind, &mut y, units);
        group.bench_function(BenchmarkId::new(format!("{name} backward"), &size), |bencher| {
            let backward = |dy: &mut Vec<f32>| activation::backward(kind, &y, dy, units);
            bencher.iter_batched_ref(|| dy.clone(), backward, BatchSize::SmallInput);
        });
    }
}

fn optimizers(criterion: &mut Criterion) {
    /// Weights of the lesson's CNN.
    const N_WEIGHTS: usize = 34_826;
    let mut group = criterion.benchmark_group("optimizer");
    let (mut weights, gradients) = (numbers(N_WEIGHTS), numbers(N_WEIGHTS));
    let (mut mean, mut square_mean) = (vec![0.0; N_WEIGHTS], vec![0.0; N_WEIGHTS]);
    group.bench_function(BenchmarkId::new("sgd", N_WEIGHTS), |bencher| {
        bencher.iter(|| optimizer::sgd(&mut weights, black_box(&gradients), 1e-3));
    });
    group.bench_function(BenchmarkId::new("sgd with momentum", N_WEIGHTS), |bencher| {
        bencher.iter(|| optimizer::sgd_momentum(&mut weights, black_box(&gradients), &mut mean, 1e-3, 0.9, false));
    });
    group.bench_function(BenchmarkId::new("rmsprop", N_WEIGHTS), |bencher| {
        bencher.iter(|| {
            optimizer::rms_prop(&mut weights, black_box(&gradients), &mut square_mean, 1e-3, [0.9, 0.1], 1e-7);
        });
    });
    let step = AdamStep::new(1e-3, 0.9, 0.999, 1e-7, 1_000);
    group.bench_function(BenchmarkId::new("adam", N_WEIGHTS), |bencher| {
        bencher.iter(|| optimizer::adam(&mut weights, black_box(&gradients), &mut mean, &mut square_mean, &step));
    });
}
