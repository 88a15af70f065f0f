//! A 3×3 convolution, 2×2 outputs at a time, with 16 multiplications for each channel and filter instead of 36.
//!
//! Winograd's minimal filtering F(2×2, 3×3) in the form of Lavin & Gray, "Fast Algorithms for Convolutional Neural
//! Networks" (2015), equation 8: `y = Aᵀ [(G g Gᵀ) ⊙ (Bᵀ d B)] A` for a 3×3 kernel `g` and 4×4 inputs `d`. The sum over
//! channels comes before the last transform, so the middle step is sixteen matrix products. A tile of 2×2 outputs is
//! exactly one window of the pool. Rounding errors are about twice those of the direct sum. Outputs that should be
//! equal (in an even background) may differ in their last bits, so any of them may win a tie.
#![allow(unsafe_code)] // Calls the micro-kernel and transforms by pointer.

use super::Conv2DGeometry;
use super::lanes::Lanes;
use super::padded_image::PaddedImage;
use super::tile::{self, PANEL, ROWS, Tile};

/// Numbers of a transformed kernel or tile of one channel.
const ELEMENTS: usize = 16;

/// Transformed kernel and scratch of one Conv2D layer.
#[derive(Debug, Clone)]
pub struct Winograd {
    geometry: Conv2DGeometry,
    /// The transformed kernel, `[panel][element][channel][PANEL]`.
    panels: Vec<f32>,
    /// Where the 4×4 inputs of each 2×2 window of outputs begin.
    patches: Vec<usize>,
    /// The transformed images, `[image][window][element][channel]`.
    images: Vec<f32>,
    /// The sums of one tile, before the last transform.
    products: [[f32; ELEMENTS * PANEL]; ROWS],
}

impl Winograd {
    /// Scratch for that geometry, or `None` where the direct sum is as good: it takes kernels of 3×3, strides of 1,
    /// whole registers of channels, and enough of them to pay for the transforms.
    pub fn new(geometry: &Conv2DGeometry) -> Option<Self> {
        let channels = geometry.input[2];
        let fits = geometry.kernel_size == [3, 3] && geometry.strides == [1, 1] && channels.is_multiple_of(Lanes::LEN);
        if !fits || channels < MIN_CHANNELS || geometry.filters < PANEL {
            return None;
        }
        let [_, out_w, _] = geometry.output();
        let [pooled_h, pooled_w, filters] = geometry.pooled([2, 2]);
        let patches = (0..pooled_h * pooled_w).map(|i| geometry.patch_at(i / pooled_w * 2 * out_w + i % pooled_w * 2));
        Some(Winograd {
            geometry: *geometry,
            panels: vec![0.0; filters.div_ceil(PANEL) * ELEMENTS * channels * PANEL],
            patches: patches.collect(),
            images: vec![0.0; MAX_IMAGES * pooled_h * pooled_w * ELEMENTS * channels],
            products: [[0.0; ELEMENTS * PANEL]; ROWS],
        })
    }

    /// Takes over the kernel `[3, 3, channels, filters]`.
    pub fn pack(&mut self, kernel: &[f32]) {
        let (channels, filters) = (self.geometry.input[2], self.geometry.filters);
        let plane = channels * filters;
        for (c, f) in (0..channels).flat_map(|c| (0..filters).map(move |f| (c, f))) {
            let g = |y: usize, x: usize| kernel[(y * 3 + x) * plane + c * filters + f];
            // G g, then (G g) Gᵀ.
            let columns: [[f32; 4]; 3] = std::array::from_fn(|x| kernel_transform([g(0, x), g(1, x), g(2, x)]));
            let rows: [[f32; 4]; 4] =
                std::array::from_fn(|y| kernel_transform([columns[0][y], columns[1][y], columns[2][y]]));
            for (y, row) in rows.into_iter().enumerate() {
                for (x, value) in row.into_iter().enumerate() {
                    let panel = f / PANEL * ELEMENTS + y * 4 + x;
                    self.panels[(panel * channels + c) * PANEL + f % PANEL] = value;
                }
            }
        }
    }

    /// Computes all windows of the first `n_images` transformed images and calls
    /// `store(window index, first filter, sums)`.
    #[inline(always)]
    pub fn for_each_window(&mut self, n_images: usize, bias: &[f32], mut store: impl FnMut(usize, usize, Tile)) {
        assert_eq!(bias.len(), self.geometry.filters, "bias of a Conv2D layer");
        assert!(n_images <= MAX_IMAGES, "{n_images} images, at most {MAX_IMAGES}");
        let channels = self.geometry.input[2];
        let n_windows = n_images * self.patches.len();
        for (panel_idx, panel) in self.panels.chunks_exact(ELEMENTS * channels * PANEL).enumerate() {
            let first = panel_idx * PANEL;
            let bias = tile::load_columns(bias, first);
            for first_window in (0..n_windows).step_by(ROWS) {
                // The last tile repeats the last window.
                let windows: [usize; ROWS] = std::array::from_fn(|r| (first_window + r).min(n_windows - 1));
                for (element, panel) in panel.chunks_exact(channels * PANEL).enumerate() {
                    // SAFETY: each of the MAX_IMAGES images has `patches.len()` windows of ELEMENTS · channels numbers,
                    // and the panel has `channels` times PANEL.
                    let sums = unsafe {
                        let rows = windows.map(|w| self.images.as_ptr().add((w * ELEMENTS + element) * channels));
                        let offsets = (0..channels).map(|c| c * size_of::<f32>());
                        tile::multiply(rows, offsets, panel.as_ptr(), [[Lanes::splat(0.0); 2]; ROWS])
                    };
                    for (products, sums) in self.products.iter_mut().zip(sums) {
                        tile::store_columns(sums, &mut products[element * PANEL..][..PANEL]);
                    }
                }
                for (window, products) in (first_window..n_windows).zip(&self.products) {
                    store(window, first, outputs(products, bias));
                }
            }
        }
    }

    /// Takes over an image as number `image_idx`, below [`MAX_IMAGES`]: `Bᵀ d B` of all windows.
    pub fn transform(&mut self, image: &PaddedImage, image_idx: usize) {
        let channels = self.geometry.input[2];
        let image_len = self.patches.len() * ELEMENTS * channels;
        let images = &mut self.images[image_idx * image_len..][..image_len];
        let row_len = self.geometry.padded_row_len();
        for (target, &patch) in images.chunks_exact_mut(ELEMENTS * channels).zip(&self.patches) {
            for c in (0..channels).step_by(Lanes::LEN) {
                // SAFETY: a window's outputs are outputs of the convolution, so its 4×4 inputs are in the image, and
                // `channels` is a whole number of registers.
                let columns: [[Lanes; 4]; 4] = std::array::from_fn(|x| unsafe {
                    let column = image.data().as_ptr().add(patch + x * channels + c);
                    input_transform(std::array::from_fn(|y| Lanes::load(column.add(y * row_len))))
                });
                let rows: [[Lanes; 4]; 4] =
                    std::array::from_fn(|y| input_transform(std::array::from_fn(|x| columns[x][y])));
                for (y, row) in rows.into_iter().enumerate() {
                    for (x, value) in row.into_iter().enumerate() {
                        // SAFETY: the target has ELEMENTS · channels numbers.
                        unsafe { value.store(target.as_mut_ptr().add((y * 4 + x) * channels + c)) };
                    }
                }
            }
        }
    }
}

/// Images that are processed together: one image has few windows, which would leave tiles half empty.
pub const MAX_IMAGES: usize = 4;

/// With fewer channels the transforms cost as much as they save.
pub const MIN_CHANNELS: usize = 16;

/// `G g` for one column.
fn kernel_transform([a, b, c]: [f32; 3]) -> [f32; 4] {
    [a, 0.5 * (a + b + c), 0.5 * (a - b + c), c]
}

/// `Bᵀ d` for one column.
#[inline(always)]
fn input_transform([a, b, c, d]: [Lanes; 4]) -> [Lanes; 4] {
    [a.sub(c), b.add(c), c.sub(b), b.sub(d)]
}

/// `Aᵀ m` for one column.
#[inline(always)]
fn output_transform([a, b, c, d]: [Lanes; 4]) -> [Lanes; 2] {
    [a.add(b).add(c), b.sub(c).sub(d)]
}

/// `Aᵀ m A + bias`: the four outputs of a window.
#[inline(always)]
fn outputs(products: &[f32; ELEMENTS * PANEL], bias: [Lanes; 2]) -> Tile {
    let mut tile = [bias; ROWS];
    for half in 0..2 {
        let columns: [[Lanes; 2]; 4] = std::array::from_fn(|x| {
            output_transform(std::array::from_fn(|y| {
                let start = (y * 4 + x) * PANEL + half * Lanes::LEN;
                // SAFETY: that is within the ELEMENTS · PANEL numbers.
                unsafe { Lanes::load(products.as_ptr().add(start)) }
            }))
        });
        for y in 0..2 {
            let row = output_transform(std::array::from_fn(|x| columns[x][y]));
            tile[2 * y][half] = row[0].add(bias[half]);
            tile[2 * y + 1][half] = row[1].add(bias[half]);
        }
    }
    tile
}
