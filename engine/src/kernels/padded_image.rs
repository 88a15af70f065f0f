//! One image with its zero padding, and a few spare numbers at the end, so that whole registers can be loaded.

use super::Conv2DGeometry;
use super::lanes::Lanes;

/// Copy of one image as a convolution reads it: `[padded_h, padded_w, channels]`.
#[derive(Debug, Clone)]
pub struct PaddedImage {
    data: Vec<f32>,
    geometry: Conv2DGeometry,
}

impl PaddedImage {
    /// All zeros.
    pub fn new(geometry: &Conv2DGeometry) -> Self {
        let [padded_h, padded_w] = geometry.padded();
        let slack = Lanes::LEN - 1;
        PaddedImage { data: vec![0.0; padded_h * padded_w * geometry.input[2] + slack], geometry: *geometry }
    }

    /// The numbers and the slack.
    pub fn data(&self) -> &[f32] {
        &self.data
    }

    /// The numbers and the slack, to be changed.
    pub fn data_mut(&mut self) -> &mut [f32] {
        &mut self.data
    }

    /// Takes over an image without padding.
    pub fn fill(&mut self, image: &[f32]) {
        let row_len = self.row_len();
        for (row_idx, row) in image.chunks_exact(row_len).enumerate() {
            let start = self.row_start(row_idx);
            self.data[start..start + row_len].copy_from_slice(row);
        }
    }

    /// Copies the image without its padding.
    pub fn extract(&self, image: &mut [f32]) {
        for (row_idx, row) in image.chunks_exact_mut(self.row_len()).enumerate() {
            row.copy_from_slice(&self.data[self.row_start(row_idx)..][..row.len()]);
        }
    }

    fn row_len(&self) -> usize {
        self.geometry.input[1] * self.geometry.input[2]
    }

    fn row_start(&self, row_idx: usize) -> usize {
        let [top, left] = self.geometry.pad_before();
        ((row_idx + top) * self.geometry.padded()[1] + left) * self.geometry.input[2]
    }
}
