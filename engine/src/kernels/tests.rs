//! The fast kernels against the reference, on awkward sizes.
#![allow(clippy::unwrap_used)] // A failed test may panic.

use super::*;
use crate::arrays::view;
use crate::experiment::{Activation, Padding};
use ndarray::{ArrayView4, aview1};
use proptest::prelude::*;

/// Sizes around the tiles' and registers' edges.
fn size() -> impl Strategy<Value = usize> {
    prop_oneof![
        Just(1_usize),
        Just(2),
        Just(3),
        Just(4),
        Just(5),
        Just(7),
        Just(8),
        Just(9),
        Just(13),
        Just(16),
        Just(17),
        Just(33)
    ]
}

/// Numbers in [-1, 1], a share of them zero, the same for the same seed.
pub(crate) fn numbers(len: usize, seed: u64, zero_share: f32) -> Vec<f32> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 40) as f32 / (1 << 24) as f32
    };
    (0..len).map(|_| if next() < zero_share { 0.0 } else { 2.0 * next() - 1.0 }).collect()
}

/// Sums of a few thousand products of numbers in [-1, 1], in f32.
#[track_caller]
pub(crate) fn assert_close<'a>(
    got: &[f32],
    expected: impl IntoIterator<Item = &'a f32, IntoIter: ExactSizeIterator>,
    what: &str,
) {
    let expected = expected.into_iter();
    assert_eq!(got.len(), expected.len(), "{what}");
    for (i, (a, b)) in got.iter().zip(expected).enumerate() {
        assert!((a - b).abs() <= 1e-4 + 1e-5 * b.abs(), "{what}[{i}]: got {a}, expected {b}");
    }
}

/// Scratch and outputs start as NaN, so a value that a kernel forgets to write shows up.
fn blank(len: usize) -> Vec<f32> {
    vec![f32::NAN; len]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn dense_is_as_the_reference(n in 0..12_usize, inputs in size(), units in size(), zeros in 0.0..1.0_f32, seed: u64) {
        let (x, kernel) = (numbers(n * inputs, seed, zeros), numbers(inputs * units, seed ^ 1, 0.0));
        let (bias, dy) = (numbers(units, seed ^ 2, 0.0), numbers(n * units, seed ^ 3, 0.3));
        let mut plan = DensePlan::new(inputs, units);
        plan.pack(&numbers(inputs * units, seed ^ 4, 0.0));
        plan.backward_input(&dy, &mut blank(n * inputs));
        plan.pack(&kernel);

        let rows = |values, n_columns| view([n, n_columns], values);
        let kernel = view([inputs, units], &kernel);
        let mut y = blank(n * units);
        plan.forward(&x, &bias, &mut y);
        assert_close(&y, &reference::dense_forward(rows(&x, inputs), kernel, aview1(&bias)), "y");

        let (mut dkernel, mut dbias, mut dx) = (blank(inputs * units), blank(units), blank(n * inputs));
        plan.backward_params(&x, &dy, &mut dkernel, &mut dbias);
        plan.backward_input(&dy, &mut dx);
        let (dkernel_expected, dbias_expected) = reference::dense_backward_params(rows(&x, inputs), rows(&dy, units));
        let dx_expected = reference::dense_backward_input(rows(&dy, units), kernel);
        assert_close(&dkernel, &dkernel_expected, "dkernel");
        assert_close(&dbias, &dbias_expected, "dbias");
        assert_close(&dx, &dx_expected, "dx");

        let mut sparse = SparseRows::new();
        sparse.fill(&numbers(40, seed, 0.5), 8);
        sparse.fill(&x, inputs);
        let (mut y_sparse, mut dkernel_sparse, mut dbias_sparse) = (blank(y.len()), blank(dkernel.len()), blank(units));
        plan.forward_sparse(&sparse, &bias, &mut y_sparse);
        plan.backward_params_sparse(&sparse, &dy, &mut dkernel_sparse, &mut dbias_sparse);
        prop_assert_eq!(y_sparse, y);
        prop_assert_eq!(dkernel_sparse, dkernel);
        prop_assert_eq!(dbias_sparse, dbias);
    }

    #[test]
    fn conv2d_is_as_the_reference(
        n in 0..6_usize,
        (height, width) in (1..12_usize, 1..12_usize),
        channels in prop_oneof![Just(1_usize), Just(2), Just(3), Just(4), Just(8), Just(19), Just(32)],
        filters in prop_oneof![Just(1_usize), Just(3), Just(8), Just(11), Just(16), Just(35)],
        (kernel_h, kernel_w) in (1..6_usize, 1..6_usize),
        strides in [1..4_usize, 1..4_usize],
        same: bool,
        pool_size in prop_oneof![Just([2, 2]), Just([3, 3]), Just([1, 2]), Just([3, 1])],
        seed: u64,
    ) {
        let padding = if same { Padding::Same } else { Padding::Valid };
        let kernel_size = if same { [kernel_h, kernel_w] } else { [kernel_h.min(height), kernel_w.min(width)] };
        let input = [height, width, channels];
        check_conv2d(n, Conv2DGeometry { input, filters, kernel_size, strides, padding }, pool_size, seed);
        // Sizes that Winograd's algorithm handles.
        let (kernel_size, strides) = ([3, 3], [1, 1]);
        let [height, width] = [height, width].map(|side| side.max(3));
        let input = [height, width, channels];
        check_conv2d(n, Conv2DGeometry { input, filters, kernel_size, strides, padding }, pool_size, seed);
    }
}

/// Forward, fused forward and all gradients of one geometry.
fn check_conv2d(n: usize, geometry: Conv2DGeometry, pool_size: [usize; 2], seed: u64) {
    let [out_h, out_w, _] = geometry.output();
    let pool_size = [pool_size[0].min(out_h), pool_size[1].min(out_w)];
    let x = numbers(n * geometry.input_len(), seed, 0.2);
    let kernel = numbers(geometry.patch_len() * geometry.filters, seed ^ 1, 0.0);
    let bias = numbers(geometry.filters, seed ^ 2, 0.0);
    let mut plan = Conv2DPlan::with_max_pool(geometry, pool_size);
    plan.pack(&numbers(kernel.len(), seed ^ 3, 0.0));
    plan.pack(&kernel);

    let output_len = n * geometry.output_len();
    let mut y = blank(output_len);
    plan.forward(&x, &bias, Activation::Linear, &mut y);
    let images = images(&x, geometry.input);
    let expected = reference::conv2d_forward(&geometry, images, kernel_view(&geometry, &kernel), aview1(&bias));
    assert_close(&y, &expected, "y");
    let mut y_relu = blank(output_len);
    plan.forward(&x, &bias, Activation::Relu, &mut y_relu);
    assert!(y.iter().zip(&y_relu).all(|(y, relu)| *relu == y.max(0.0)), "relu of y");

    let pooled_len = n * geometry.pooled_len(pool_size);
    let (mut pooled, mut winners) = (blank(pooled_len), vec![9; pooled_len]);
    let (mut pooled_expected, mut winners_expected) = (blank(pooled_len), vec![9; pooled_len]);
    plan.forward_max_pool(&x, &bias, Activation::Linear, &mut pooled, &mut winners);
    pooling::max_pool_forward(&y, geometry.output(), pool_size, &mut pooled_expected, &mut winners_expected);
    if geometry.input[2] < winograd::MIN_CHANNELS || pool_size != [2, 2] {
        assert_eq!((&pooled, &winners), (&pooled_expected, &winners_expected), "the same sums, fused or not");
    }
    assert_close(&pooled, &pooled_expected, "pooled y");
    // A different winner is allowed only where the sums are almost equal.
    let mut at_winners = vec![0.0; output_len];
    pooling::max_pool_backward(&pooled, &winners, geometry.output(), pool_size, &mut at_winners);
    let mut largest = blank(pooled_len);
    let masked: Vec<f32> = y.iter().zip(&at_winners).map(|(y, w)| if *w == 0.0 { f32::MIN } else { *y }).collect();
    pooling::max_pool_forward(&masked, geometry.output(), pool_size, &mut largest, &mut winners_expected);
    assert_close(&largest, &pooled_expected, "y at the winners");

    let mut pooled_relu = blank(pooled_len);
    plan.forward_max_pool(&x, &bias, Activation::Relu, &mut pooled_relu, &mut winners_expected);
    assert!(pooled.iter().zip(&pooled_relu).all(|(y, relu)| *relu == y.max(0.0)), "relu of the pooled y");
    assert_eq!(winners, winners_expected);

    for zero_share in [0.0, 0.7] {
        let dy = numbers(output_len, seed ^ 4, zero_share);
        check_conv2d_gradients(&mut plan, &x, &kernel, &dy, |plan, dkernel, dbias, dx| {
            plan.backward(&x, linear(&dy, &mut dy.clone()), dkernel, dbias, dx);
        });
        let dpooled = numbers(pooled_len, seed ^ 5, zero_share);
        let mut dy = blank(output_len);
        pooling::max_pool_backward(&dpooled, &winners, geometry.output(), pool_size, &mut dy);
        check_conv2d_gradients(&mut plan, &x, &kernel, &dy, |plan, dkernel, dbias, dx| {
            plan.backward_max_pool(&x, linear(&dpooled, &mut dpooled.clone()), &winners, dkernel, dbias, dx);
        });
    }
}

/// A gradient with no activation before it.
fn linear<'a>(y: &'a [f32], dy: &'a mut [f32]) -> Upstream<'a> {
    Upstream { y, dy, activation: Activation::Linear }
}

/// Numbers of images as `[n, height, width, channels]`.
fn images(values: &[f32], [height, width, channels]: [usize; 3]) -> ArrayView4<'_, f32> {
    view([values.len() / (height * width * channels), height, width, channels], values)
}

fn kernel_view<'a>(geometry: &Conv2DGeometry, kernel: &'a [f32]) -> ArrayView4<'a, f32> {
    let [kernel_h, kernel_w] = geometry.kernel_size;
    view([kernel_h, kernel_w, geometry.input[2], geometry.filters], kernel)
}

fn check_conv2d_gradients(
    plan: &mut Conv2DPlan,
    x: &[f32],
    kernel: &[f32],
    dy: &[f32],
    backward: impl Fn(&mut Conv2DPlan, &mut [f32], &mut [f32], Option<&mut [f32]>),
) {
    let geometry = *plan.geometry();
    let (mut dkernel, mut dbias, mut dx) = (blank(kernel.len()), blank(geometry.filters), blank(x.len()));
    backward(plan, &mut dkernel, &mut dbias, Some(&mut dx));
    let (x, dy) = (images(x, geometry.input), images(dy, geometry.output()));
    let expected = reference::conv2d_backward(&geometry, x, kernel_view(&geometry, kernel), dy);
    let (dkernel_expected, dbias_expected, dx_expected) = expected;
    assert_close(&dkernel, &dkernel_expected, "dkernel");
    assert_close(&dbias, &dbias_expected, "dbias");
    assert_close(&dx, &dx_expected, "dx");
    let (mut dkernel_alone, mut dbias_alone) = (blank(dkernel.len()), blank(dbias.len()));
    backward(plan, &mut dkernel_alone, &mut dbias_alone, None);
    assert_eq!((dkernel_alone, dbias_alone), (dkernel, dbias), "without dx");
}

#[test]
fn the_lessons_convolutions_are_as_the_reference() {
    let conv2d = |side, channels, filters| Conv2DGeometry {
        input: [side, side, channels],
        filters,
        kernel_size: [3, 3],
        strides: [1, 1],
        padding: Padding::Valid,
    };
    check_conv2d(2, conv2d(28, 1, 32), [2, 2], 1);
    check_conv2d(2, conv2d(13, 32, 64), [2, 2], 2);
}
