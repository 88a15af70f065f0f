//! Gradients of a convolution: which of the two ways is taken.
//!
//! | output gradients | way | why |
//! |---|---|---|
//! | mostly zero (behind a max pool, relu) | [`SparseGradients`] | zeros cost nothing |
//! | the others, and any of a small kernel | [`DenseGradients`] | blocked products run near the peak; lists don't pay for short rows |
//!
//! Both add the same terms in the same order, so the result is the same to the last bit.

use super::Conv2DGeometry;
use super::conv2d_dense_gradients::DenseGradients;
use super::conv2d_sparse_gradients::SparseGradients;
use super::padded_image::PaddedImage;
use super::windows::Windows;
use super::{activation, vector};
use crate::experiment::Activation;

/// Gradient of what comes out of a layer, after its activation.
#[derive(Debug)]
pub struct Upstream<'a> {
    /// What came out.
    pub y: &'a [f32],
    /// Its gradient; used up.
    pub dy: &'a mut [f32],
    /// The activation between the sums and `y`.
    pub activation: Activation,
}

/// Gradient of an image's sums, before the activation.
#[derive(Debug, Clone, Copy)]
pub enum OutputGradient<'a> {
    /// `[out_h, out_w, filters]`
    Full(&'a [f32]),
    /// Gradient and winner of each window, `[pooled_h, pooled_w, filters]`, and where the windows are.
    Pooled(&'a [f32], &'a [u16], &'a Windows),
}

/// The kernel, and both ways with their scratch.
#[derive(Debug, Clone)]
pub struct Conv2DGradients {
    geometry: Conv2DGeometry,
    kernel: Vec<f32>,
    sparse: SparseGradients,
    dense: DenseGradients,
}

impl Conv2DGradients {
    /// Scratch for that geometry, the kernel all zeros.
    pub fn new(geometry: &Conv2DGeometry) -> Self {
        Conv2DGradients {
            geometry: *geometry,
            kernel: vec![0.0; geometry.patch_len() * geometry.filters],
            sparse: SparseGradients::new(geometry),
            dense: DenseGradients::new(geometry),
        }
    }

    /// Takes over the kernel.
    pub fn pack(&mut self, kernel: &[f32]) {
        self.kernel.copy_from_slice(kernel);
        self.sparse.forget_kernel();
        self.dense.forget_kernel();
    }

    /// Overwrites the gradients of kernel, bias and, if asked for, input. `image` is scratch; with windows there are
    /// winners for each `dy`.
    pub fn backward(
        &mut self,
        image: &mut PaddedImage,
        x: &[f32],
        upstream: Upstream<'_>,
        pooled: Option<(&[u16], &Windows)>,
        [dkernel, dbias]: [&mut [f32]; 2],
        mut dx: Option<&mut [f32]>,
    ) {
        let (geometry, input_len) = (self.geometry, self.geometry.input_len());
        assert_eq!(dkernel.len(), self.kernel.len(), "gradient of a Conv2D kernel");
        assert_eq!(dbias.len(), geometry.filters, "gradient of a Conv2D bias");
        assert!(dx.as_ref().is_none_or(|dx| dx.len() == x.len()), "gradient of a Conv2D input");
        dkernel.fill(0.0);
        dbias.fill(0.0);
        self.sparse.begin();
        let Upstream { y, dy, activation } = upstream;
        let output_len = pooled.map_or(geometry.output_len(), |(_, windows)| windows.n_windows() * geometry.filters);
        let mut ways = None;
        // All that an image needs is done while its numbers are in the cache.
        for (image_idx, x) in x.chunks_exact(input_len).enumerate() {
            let range = image_idx * output_len..(image_idx + 1) * output_len;
            let dy = &mut dy[range.clone()];
            activation::backward(activation, &y[range.clone()], dy, geometry.filters);
            vector::add_rows(dy, dbias);
            let ways = ways.get_or_insert_with(|| self.choose(dy, pooled.is_some()));
            let dy = match pooled {
                None => OutputGradient::Full(dy),
                Some((winners, windows)) => OutputGradient::Pooled(dy, &winners[range], windows),
            };
            image.fill(x);
            if ways.dense_params {
                self.dense.add_params(image, dy, dkernel);
            } else {
                self.sparse.add_params(image, dy);
            }
            let Some(dx) = &mut dx else { continue };
            let dx = &mut dx[image_idx * input_len..][..input_len];
            match dy {
                OutputGradient::Full(dy) if ways.dense_input => self.dense.input(&self.kernel, dy, dx),
                dy => self.sparse.input(&self.kernel, dy, dx),
            }
        }
        if ways.is_some_and(|ways| !ways.dense_params) {
            self.sparse.unpack_dkernel(dkernel);
        }
    }

    /// Chooses by the gradients of one image.
    fn choose(&self, dy: &[f32], is_pooled: bool) -> Ways {
        let n_entries = dy.iter().filter(|g| **g != 0.0).count() as f64;
        let lists = dy.len() as f64 * LISTING_COST + n_entries * self.sparse.entry_cost();
        let spreading = if is_pooled { self.geometry.output_len() as f64 * SPREADING_COST } else { 0.0 };
        Ways {
            dense_params: self.dense.params_cost() + spreading < lists,
            dense_input: !is_pooled && self.dense.input_cost() < lists,
        }
    }
}

/// Which way is taken for the images of a call.
#[derive(Debug, Clone, Copy)]
struct Ways {
    dense_params: bool,
    dense_input: bool,
}

/// What it costs to look whether a gradient is zero, in multiply-adds of a register (measured).
const LISTING_COST: f64 = 3.0;
/// What it costs to write an output's gradient where there is only one for a window.
const SPREADING_COST: f64 = 1.0;
