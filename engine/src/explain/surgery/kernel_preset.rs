//! Kernels from image processing, for any size.

use super::super::ExplainError;
use serde::{Deserialize, Serialize};

/// A kernel with a known effect. All are scaled so that an image in `[0, 1]` gives results in `[-1, 1]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum KernelPreset {
    /// Copies the image: 1 in the middle.
    Identity,
    /// Mean of the window.
    Blur,
    /// Lower half minus upper half (Prewitt): large where the image gets brighter downwards.
    HorizontalEdge,
    /// Right half minus left half: large where the image gets brighter to the right.
    VerticalEdge,
    /// Change to the right, smoothed downwards; for 3×3 Sobel's `[1, 2, 1]ᵀ · [-1, 0, 1]`, divided by 4.
    SobelX,
    /// Change downwards, smoothed to the right.
    SobelY,
}

impl KernelPreset {
    /// All of them, in the order in which a menu shows them.
    pub const ALL: [KernelPreset; 6] = [
        KernelPreset::Identity,
        KernelPreset::Blur,
        KernelPreset::HorizontalEdge,
        KernelPreset::VerticalEdge,
        KernelPreset::SobelX,
        KernelPreset::SobelY,
    ];

    /// The name in a menu.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            KernelPreset::Identity => "identity",
            KernelPreset::Blur => "blur",
            KernelPreset::HorizontalEdge => "horizontal edge",
            KernelPreset::VerticalEdge => "vertical edge",
            KernelPreset::SobelX => "Sobel x",
            KernelPreset::SobelY => "Sobel y",
        }
    }

    /// The numbers, `[kernel_h · kernel_w]`. The middle of an even size is the first of its two middle places, which
    /// with padding `same` makes the identity exact.
    ///
    /// # Errors
    /// If a side is 0, or the kernel has only one place along the direction in which a change is measured.
    pub fn values(self, kernel_size: [usize; 2]) -> Result<Vec<f32>, ExplainError> {
        let [kernel_h, kernel_w] = kernel_size;
        let [least_h, least_w] = match self {
            KernelPreset::Identity | KernelPreset::Blur => [1, 1],
            KernelPreset::HorizontalEdge | KernelPreset::SobelY => [2, 1],
            KernelPreset::VerticalEdge | KernelPreset::SobelX => [1, 2],
        };
        if kernel_h < least_h || kernel_w < least_w {
            let expected = format!("at least {least_h}×{least_w} for {}", self.title());
            return Err(ExplainError::new("kernel_size", expected, format_args!("{kernel_h}×{kernel_w}")));
        }
        let (down, across) = match self {
            KernelPreset::Identity => (middle(kernel_h), middle(kernel_w)),
            KernelPreset::Blur => (vec![1.0; kernel_h], vec![1.0; kernel_w]),
            KernelPreset::HorizontalEdge => (halves(kernel_h), vec![1.0; kernel_w]),
            KernelPreset::VerticalEdge => (vec![1.0; kernel_h], halves(kernel_w)),
            KernelPreset::SobelX => (binomial(kernel_h), smooth_change(kernel_w)),
            KernelPreset::SobelY => (smooth_change(kernel_h), binomial(kernel_w)),
        };
        let products: Vec<f64> = down.iter().flat_map(|d| across.iter().map(move |a| d * a)).collect();
        let scale: f64 = products.iter().filter(|product| **product > 0.0).sum();
        Ok(products.into_iter().map(|product| (product / scale) as f32).collect())
    }
}

/// 1 in the middle.
fn middle(len: usize) -> Vec<f64> {
    (0..len).map(|i| if i == (len - 1) / 2 { 1.0 } else { 0.0 }).collect()
}

/// −1 in the first half, 1 in the second, 0 in the middle of an odd length.
fn halves(len: usize) -> Vec<f64> {
    (0..len).map(|i| f64::from(i8::from(2 * i + 1 > len) - i8::from(2 * i + 1 < len))).collect()
}

/// Pascal's triangle: `[1, 1]` convolved with itself, `len` numbers.
fn binomial(len: usize) -> Vec<f64> {
    (1..len).fold(vec![1.0], |row, _| convolved(&row, 1.0))
}

/// `[-1, 1]` convolved with a binomial, `len` numbers: `[-1, 0, 1]` for 3.
fn smooth_change(len: usize) -> Vec<f64> {
    convolved(&binomial(len - 1), -1.0)
}

/// `row` convolved with `[first, 1]`.
fn convolved(row: &[f64], first: f64) -> Vec<f64> {
    let at = |i: usize| row.get(i).copied().unwrap_or(0.0);
    (0..=row.len()).map(|i| first * at(i) + if i == 0 { 0.0 } else { at(i - 1) }).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test says where")]
    use super::*;

    fn values(preset: KernelPreset, kernel_size: [usize; 2]) -> Vec<f32> {
        preset.values(kernel_size).unwrap()
    }

    #[test]
    fn the_textbooks_tables_at_3x3() {
        let quarter = |values: [f32; 9]| values.map(|value| value / 4.0).to_vec();
        let size = [3, 3];
        assert_eq!(values(KernelPreset::SobelX, size), quarter([-1., 0., 1., -2., 0., 2., -1., 0., 1.]));
        assert_eq!(values(KernelPreset::SobelY, size), quarter([-1., -2., -1., 0., 0., 0., 1., 2., 1.]));
        let third = |values: [f32; 9]| values.map(|value| value / 3.0).to_vec();
        assert_eq!(values(KernelPreset::HorizontalEdge, size), third([-1., -1., -1., 0., 0., 0., 1., 1., 1.]));
        assert_eq!(values(KernelPreset::VerticalEdge, size), third([-1., 0., 1., -1., 0., 1., -1., 0., 1.]));
        assert_eq!(values(KernelPreset::Identity, size), [0., 0., 0., 0., 1., 0., 0., 0., 0.]);
        assert_eq!(values(KernelPreset::Blur, size), [1. / 9.; 9]);
    }

    #[test]
    fn even_and_oblong_sizes() {
        assert_eq!(values(KernelPreset::Identity, [2, 2]), [1.0, 0.0, 0.0, 0.0]);
        assert_eq!(values(KernelPreset::HorizontalEdge, [2, 1]), [-1.0, 1.0]);
        assert_eq!(values(KernelPreset::SobelX, [1, 4]), [-0.5, -0.5, 0.5, 0.5]);
    }

    #[test]
    fn every_size_keeps_to_the_unit_interval() {
        for preset in KernelPreset::ALL {
            for size in (2..=28).flat_map(|h| [[h, h], [h, 2], [2, h]]) {
                let values = values(preset, size);
                assert_eq!(values.len(), size[0] * size[1]);
                let sum: f64 = values.iter().map(|value| f64::from(*value)).sum();
                let positive: f64 = values.iter().map(|value| f64::from(value.max(0.0))).sum();
                let is_mean = matches!(preset, KernelPreset::Identity | KernelPreset::Blur);
                assert!((sum - if is_mean { 1.0 } else { 0.0 }).abs() < 1e-6, "{preset:?} {size:?}: {sum}");
                assert!((positive - 1.0).abs() < 1e-6, "{preset:?} {size:?}: {positive}");
            }
        }
    }

    #[test]
    fn y_is_x_turned() {
        for len in 2..=28 {
            let x = values(KernelPreset::SobelX, [len, len]);
            let turned: Vec<f32> = (0..len * len).map(|i| x[i % len * len + i / len]).collect();
            assert_eq!(values(KernelPreset::SobelY, [len, len]), turned);
        }
    }

    #[test]
    fn one_place_measures_no_change() {
        assert_eq!(values(KernelPreset::Blur, [1, 1]), [1.0]);
        assert_eq!(
            KernelPreset::SobelX.values([3, 1]).unwrap_err().to_string(),
            "kernel_size: expected at least 1×2 for Sobel x, got 3×1"
        );
        assert!(KernelPreset::HorizontalEdge.values([1, 3]).is_err());
        assert!(KernelPreset::Identity.values([0, 3]).is_err());
    }
}
