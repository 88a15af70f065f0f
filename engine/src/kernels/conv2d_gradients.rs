//! Gradients of a convolution from output gradients that are mostly zero.
//!
//! After a 2×2 max pool at most one of four output gradients is not zero; after relu there are even fewer. Both
//! gradients are sums of rows scaled by such a gradient `g`, and in NHWC the rows are contiguous:
//!
//! - `dkernel[filter]` is the sum of `g · patch` over the filter's positions,
//! - `dx[patch]` is the sum of `g · kernel[filter]` over the position's filters.
//!
//! So the gradients that are not zero are listed by filter, then by position, and each list is processed with its
//! sums in registers. Kernels are stored as `[filter][kernel_h][line]`; a line is `kernel_w · channels` numbers, padded
//! to whole registers.
#![allow(unsafe_code)] // Calls the accumulation, which reads and writes by pointer.

use super::Conv2DGeometry;
use super::entries::{Block, Entry};
use super::lanes::Lanes;
use super::padded_image::PaddedImage;

/// Gradient of the output before the activation.
#[derive(Debug, Clone, Copy)]
pub enum OutputGradient<'a> {
    /// `[n, out_h, out_w, filters]`
    Full(&'a [f32]),
    /// Gradient and winner of each 2×2 window, `[n, out_h / 2, out_w / 2, filters]`.
    Pooled(&'a [f32], &'a [u16]),
}

/// A list of entries that is being filled.
struct List<'a> {
    entries: &'a mut [Entry],
    len: usize,
}

impl List<'_> {
    /// Adds an entry if its gradient isn't zero, without a branch.
    #[inline(always)]
    fn push(&mut self, offset: u32, g: f32) {
        self.entries[self.len] = Entry { offset, g };
        self.len += usize::from(g != 0.0);
    }

    fn get(&self) -> &[Entry] {
        &self.entries[..self.len]
    }
}

/// Transposed kernel and scratch of one Conv2D layer's backward pass.
#[derive(Debug, Clone)]
pub struct Conv2DGradients {
    geometry: Conv2DGeometry,
    /// Numbers of a kernel line, in whole registers.
    line_len: usize,
    blocks: Vec<Block>,
    kernel: Vec<f32>,
    dkernel: Vec<f32>,
    dx: PaddedImage,
    /// Where the patch of each output begins, in bytes.
    patches: Vec<u32>,
    /// Outputs of each 2×2 window.
    windows: Vec<[usize; 4]>,
    /// Where their patches begin, in bytes.
    window_patches: Vec<[u32; 4]>,
    /// The entries of one filter.
    of_filter: Vec<Entry>,
    /// The entries of each position, `[position][filters]`, and how many there are.
    of_position: Vec<Entry>,
    n_of_position: Vec<usize>,
}

impl Conv2DGradients {
    /// Scratch for that geometry, the kernel all zeros.
    pub fn new(geometry: &Conv2DGeometry) -> Self {
        let [out_h, out_w, filters] = geometry.output();
        let [kernel_h, kernel_w] = geometry.kernel_size;
        let line_lanes = (kernel_w * geometry.input[2]).div_ceil(Lanes::LEN);
        let line_len = line_lanes * Lanes::LEN;
        let window = |i: usize| {
            let corner = i / (out_w / 2) * 2 * out_w + i % (out_w / 2) * 2;
            [corner, corner + 1, corner + out_w, corner + out_w + 1]
        };
        let patch = |p: usize| (geometry.patch_start(p / out_w, p % out_w) * size_of::<f32>()) as u32;
        let windows: Vec<[usize; 4]> = (0..(out_h / 2) * (out_w / 2)).map(window).collect();
        let kernel = vec![0.0; filters * kernel_h * line_len];
        Conv2DGradients {
            geometry: *geometry,
            line_len,
            blocks: Block::cover(kernel_h, line_lanes),
            dkernel: kernel.clone(),
            kernel,
            dx: PaddedImage::new(geometry),
            patches: (0..out_h * out_w).map(patch).collect(),
            window_patches: windows.iter().map(|window| window.map(patch)).collect(),
            windows,
            of_filter: vec![Entry::default(); out_h * out_w],
            of_position: vec![Entry::default(); out_h * out_w * filters],
            n_of_position: vec![0; out_h * out_w],
        }
    }

    /// Takes over the kernel.
    pub fn pack(&mut self, kernel: &[f32]) {
        let (line_len, patch_line) = (self.line_len, self.geometry.kernel_size[1] * self.geometry.input[2]);
        for (i, filters) in kernel.chunks_exact(self.geometry.filters).enumerate() {
            let start = i / patch_line * line_len + i % patch_line;
            let filter_len = self.geometry.kernel_size[0] * line_len;
            for (target, value) in self.kernel[start..].iter_mut().step_by(filter_len).zip(filters) {
                *target = *value;
            }
        }
    }

    /// Overwrites the gradients of kernel, bias and, if asked for, input. `image` is scratch.
    pub fn backward(
        &mut self,
        image: &mut PaddedImage,
        x: &[f32],
        dy: OutputGradient,
        dkernel: &mut [f32],
        dbias: &mut [f32],
        mut dx: Option<&mut [f32]>,
    ) {
        let input_len = self.geometry.input_len();
        assert_eq!(dkernel.len(), self.geometry.patch_len() * self.geometry.filters, "gradient of a Conv2D kernel");
        assert_eq!(dbias.len(), self.geometry.filters, "gradient of a Conv2D bias");
        assert!(dx.as_ref().is_none_or(|dx| dx.len() == x.len()), "gradient of a Conv2D input");
        self.dkernel.fill(0.0);
        dbias.fill(0.0);
        for (image_idx, x) in x.chunks_exact(input_len).enumerate() {
            let dy = match dy {
                OutputGradient::Full(dy) => {
                    let len = self.geometry.output_len();
                    OutputGradient::Full(&dy[image_idx * len..][..len])
                }
                OutputGradient::Pooled(dy, winners) => {
                    let len = self.geometry.pooled_len();
                    OutputGradient::Pooled(&dy[image_idx * len..][..len], &winners[image_idx * len..][..len])
                }
            };
            image.fill(x);
            self.add_params_of_image(image, dy, dbias);
            if let Some(dx) = &mut dx {
                self.input_of_image(dy, &mut dx[image_idx * input_len..][..input_len]);
            }
        }
        self.unpack_dkernel(dkernel);
    }

    fn add_params_of_image(&mut self, image: &PaddedImage, dy: OutputGradient, dbias: &mut [f32]) {
        let filters = self.geometry.filters;
        let source_stride = self.geometry.padded_row_len();
        let filter_len = self.geometry.kernel_size[0] * self.line_len;
        let (OutputGradient::Full(numbers) | OutputGradient::Pooled(numbers, _)) = dy;
        for dy in numbers.chunks_exact(filters) {
            dbias.iter_mut().zip(dy).for_each(|(dbias, g)| *dbias += g);
        }
        for (filter, dkernel) in self.dkernel.chunks_exact_mut(filter_len).enumerate() {
            let mut list = List { entries: &mut self.of_filter, len: 0 };
            match dy {
                OutputGradient::Full(dy) => {
                    for (dy, &offset) in dy.chunks_exact(filters).zip(&self.patches) {
                        list.push(offset, dy[filter]);
                    }
                }
                OutputGradient::Pooled(dy, winners) => {
                    let cells = dy.chunks_exact(filters).zip(winners.chunks_exact(filters));
                    for ((dy, winners), patches) in cells.zip(&self.window_patches) {
                        list.push(patches[usize::from(winners[filter] & 3)], dy[filter]);
                    }
                }
            }
            for block in &self.blocks {
                // SAFETY: entries begin at patches of the image, and a patch's lines end within it or, filled up
                // to whole registers, within its slack. `dkernel` is one filter of whole lines.
                unsafe {
                    let (source, target) = (image.data().as_ptr(), dkernel.as_mut_ptr());
                    block.accumulate(list.get(), source, source_stride, target, self.line_len);
                }
            }
        }
    }

    fn input_of_image(&mut self, dy: OutputGradient, dx: &mut [f32]) {
        self.list_by_position(dy);
        let filters = self.geometry.filters;
        let target_stride = self.geometry.padded_row_len();
        self.dx.data_mut().fill(0.0);
        // The outer loop is over blocks: a block's part of the kernel stays in the first-level cache.
        for block in &self.blocks {
            let lists = self.of_position.chunks_exact(filters).zip(&self.n_of_position);
            for ((entries, &n_entries), &patch) in lists.zip(&self.patches) {
                if n_entries == 0 {
                    continue;
                }
                // SAFETY: entries begin at filters of the kernel, each of whole lines. The patch's lines end within
                // the image or, filled up to whole registers, within its slack; the kernel's filling is zero, so
                // nothing is added to the numbers after a line.
                unsafe {
                    let (source, target) =
                        (self.kernel.as_ptr(), self.dx.data_mut().as_mut_ptr().byte_add(patch as usize));
                    block.accumulate(&entries[..n_entries], source, self.line_len, target, target_stride);
                }
            }
        }
        self.dx.extract(dx);
    }

    fn list_by_position(&mut self, dy: OutputGradient) {
        let filters = self.geometry.filters;
        let filter_bytes = self.geometry.kernel_size[0] * self.line_len * size_of::<f32>();
        let offsets = (0..).step_by(filter_bytes);
        match dy {
            OutputGradient::Full(dy) => {
                let lists = self.of_position.chunks_exact_mut(filters).zip(&mut self.n_of_position);
                for ((entries, n_entries), dy) in lists.zip(dy.chunks_exact(filters)) {
                    let mut list = List { entries, len: 0 };
                    dy.iter().zip(offsets.clone()).for_each(|(&g, offset)| list.push(offset, g));
                    *n_entries = list.len;
                }
            }
            OutputGradient::Pooled(dy, winners) => {
                self.n_of_position.fill(0);
                let cells = dy.chunks_exact(filters).zip(winners.chunks_exact(filters));
                for ((dy, winners), window) in cells.zip(&self.windows) {
                    let mut lens = [0; 4];
                    for ((&g, &winner), offset) in dy.iter().zip(winners).zip(offsets.clone()) {
                        let cell = usize::from(winner & 3);
                        self.of_position[window[cell] * filters + lens[cell]] = Entry { offset, g };
                        lens[cell] += usize::from(g != 0.0);
                    }
                    for (&position, len) in window.iter().zip(lens) {
                        self.n_of_position[position] = len;
                    }
                }
            }
        }
    }

    fn unpack_dkernel(&self, dkernel: &mut [f32]) {
        let (line_len, patch_line) = (self.line_len, self.geometry.kernel_size[1] * self.geometry.input[2]);
        let filter_len = self.geometry.kernel_size[0] * line_len;
        for (i, filters) in dkernel.chunks_exact_mut(self.geometry.filters).enumerate() {
            let start = i / patch_line * line_len + i % patch_line;
            for (value, packed) in filters.iter_mut().zip(self.dkernel[start..].iter().step_by(filter_len)) {
                *value = *packed;
            }
        }
    }
}
