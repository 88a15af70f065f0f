//! Gradients of a convolution: which of the two ways is taken.
//!
//! | output gradients | way | why |
//! |---|---|---|
//! | mostly zero (behind a max pool, relu) | [`SparseGradients`] | zeros cost nothing |
//! | the others, and any of a small kernel | [`DenseGradients`] | blocked products run near the peak; lists don't pay for short rows |
//!
//! Both add the same terms, behind a pool in another order: last bits differ. The choice depends on the gradients of a
//! shard alone, so histories don't depend on the number of workers.

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

#[cfg(test)]
mod tests {
    use super::super::tests::{assert_close, numbers};
    use super::*;
    use crate::experiment::Padding;

    /// Strides, padding, kernels of all shapes, windows that leave outputs over.
    const GEOMETRIES: [Conv2DGeometry; 7] = [
        geometry([9, 7, 1], 5, [3, 3], [1, 1], Padding::Same),
        geometry([9, 7, 1], 16, [5, 5], [1, 1], Padding::Valid),
        geometry([8, 8, 6], 16, [5, 5], [1, 1], Padding::Valid),
        geometry([7, 9, 4], 8, [3, 3], [2, 2], Padding::Same),
        geometry([10, 6, 3], 11, [2, 4], [3, 1], Padding::Same),
        geometry([6, 6, 8], 3, [1, 1], [2, 3], Padding::Valid),
        geometry([5, 8, 33], 9, [3, 2], [1, 2], Padding::Same),
    ];

    const fn geometry(
        input: [usize; 3],
        filters: usize,
        kernel_size: [usize; 2],
        strides: [usize; 2],
        padding: Padding,
    ) -> Conv2DGeometry {
        Conv2DGeometry { input, filters, kernel_size, strides, padding }
    }

    #[test]
    fn both_ways_give_the_same_gradients() {
        for (seed, geometry) in (1..).step_by(5).zip(GEOMETRIES) {
            let Conv2DGeometry { filters, .. } = geometry;
            let mut gradients = Conv2DGradients::new(&geometry);
            let kernel = numbers(geometry.patch_len() * filters, seed, 0.0);
            gradients.pack(&kernel);
            let mut image = PaddedImage::new(&geometry);
            image.fill(&numbers(geometry.input_len(), seed + 1, 0.2));
            let dy = numbers(geometry.output_len(), seed + 2, 0.3);
            let [out_h, out_w, _] = geometry.output();
            let windows = Windows::new(&geometry, [out_h.min(2), out_w.min(3)]);
            let n_pooled = windows.n_windows() * filters;
            let pooled = numbers(n_pooled, seed + 3, 0.3);
            let winners: Vec<u16> = (0..n_pooled).map(|i| (i * 7 % windows.n_cells()) as u16).collect();
            for dy in [OutputGradient::Full(&dy), OutputGradient::Pooled(&pooled, &winners, &windows)] {
                let mut by_lists = vec![f32::NAN; kernel.len()];
                gradients.sparse.begin();
                gradients.sparse.add_params(&image, dy);
                gradients.sparse.unpack_dkernel(&mut by_lists);
                let mut by_products = vec![0.0; kernel.len()];
                gradients.dense.add_params(&image, dy, &mut by_products);
                assert_close(&by_lists, &by_products, &format!("dkernel of {geometry:?}"));
            }
            let (mut by_lists, mut by_products) =
                (vec![f32::NAN; geometry.input_len()], vec![f32::NAN; geometry.input_len()]);
            gradients.sparse.input(&kernel, OutputGradient::Full(&dy), &mut by_lists);
            gradients.dense.input(&kernel, &dy, &mut by_products);
            assert_close(&by_lists, &by_products, &format!("dx of {geometry:?}"));
        }
    }
}
