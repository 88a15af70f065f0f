//! Which pixels of a photo are ink, whatever the light, and whether ink is darker or lighter than paper.

use super::super::{DigitFileError, GreyImage};

/// How much ink each pixel of a picture has.
#[derive(Debug, Clone, PartialEq)]
pub struct Ink {
    /// Columns.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// Row by row: 0 for paper, 1 for full ink.
    pub amount: Vec<f32>,
    /// The amount from which on a pixel is taken for ink.
    pub threshold: f32,
}

/// Ink that differs less from its paper, in shades of grey, is not seen.
const LEAST_CONTRAST: f32 = 30.0;
/// How many times as strong as the paper's mean roughness ink has to be.
const LEAST_RATIO: f32 = 10.0;

impl Ink {
    /// Compares each pixel with the paper around it.
    ///
    /// # Errors
    /// If nothing stands out.
    pub fn of(image: &GreyImage) -> Result<Ink, DigitFileError> {
        let (width, height) = (image.width(), image.height());
        let light: Vec<f32> = image.pixels().iter().map(|pixel| f32::from(*pixel)).collect();
        let radius = (width.max(height) / 8).max(6);
        let everywhere = vec![true; light.len()];
        let around = local_mean(&light, &everywhere, width, radius);
        // Ink covers less than paper: what differs much, differs to the side of the ink.
        let skew: f64 = light.iter().zip(&around).map(|(light, mean)| f64::from(light - mean).powi(3)).sum();
        let sign = if skew < 0.0 { -1.0 } else { 1.0 };
        let excess = |light: &[f32], paper: &[f32]| -> Vec<f32> {
            light.iter().zip(paper).map(|(light, paper)| (sign * (light - paper)).max(0.0)).collect()
        };
        let rough = excess(&light, &around);
        let limit = otsu(&rough).threshold / 2.0;
        let is_paper: Vec<bool> = rough.iter().map(|excess| *excess < limit.max(1.0)).collect();
        let paper = local_mean(&light, &is_paper, width, radius);
        let excess = excess(&light, &paper);
        let Classes { threshold, low_mean, high_mean } = otsu(&excess);
        if high_mean - low_mean < LEAST_CONTRAST || threshold < LEAST_RATIO * low_mean {
            let expected = "dark digits on light paper, or light ones on dark";
            return Err(DigitFileError::of_file(expected, "a picture in which nothing stands out"));
        }
        // Pixels at the edge of a stroke are partly ink.
        let amount = excess.iter().map(|excess| (excess / (0.9 * high_mean)).min(1.0)).collect();
        Ok(Ink { width, height, amount, threshold: (threshold / (0.9 * high_mean)).clamp(0.1, 0.9) })
    }
}

/// Means over squares of `2 · radius + 1`, of the pixels that count; the mean of all of these where none is near.
fn local_mean(values: &[f32], counts: &[bool], width: usize, radius: usize) -> Vec<f32> {
    let height = values.len() / width;
    // Sums over all pixels above and to the left.
    let mut sums = vec![(0.0_f64, 0_u32); (width + 1) * (height + 1)];
    for row in 0..height {
        let mut sum = (0.0, 0);
        for column in 0..width {
            let idx = row * width + column;
            if counts[idx] {
                sum = (sum.0 + f64::from(values[idx]), sum.1 + 1);
            }
            let above = sums[row * (width + 1) + column + 1];
            sums[(row + 1) * (width + 1) + column + 1] = (above.0 + sum.0, above.1 + sum.1);
        }
    }
    let (total, n_total) = sums[sums.len() - 1];
    let overall = (total / f64::from(n_total.max(1))) as f32;
    let mut means = Vec::with_capacity(values.len());
    for row in 0..height {
        let rows = [row.saturating_sub(radius), (row + radius + 1).min(height)].map(|row| row * (width + 1));
        for column in 0..width {
            let columns = [column.saturating_sub(radius), (column + radius + 1).min(width)];
            let [a, b, c, d] = [
                sums[rows[1] + columns[1]],
                sums[rows[0] + columns[1]],
                sums[rows[1] + columns[0]],
                sums[rows[0] + columns[0]],
            ];
            let n = (a.1 + d.1) - (b.1 + c.1);
            means.push(if n == 0 { overall } else { ((a.0 - b.0 - c.0 + d.0) / f64::from(n)) as f32 });
        }
    }
    means
}

/// Two classes of values, and the threshold between them.
struct Classes {
    threshold: f32,
    low_mean: f32,
    high_mean: f32,
}

/// The threshold that separates values in `0..=255` best: the variance between both classes is largest (Otsu 1979).
fn otsu(values: &[f32]) -> Classes {
    let mut histogram = [0_u32; 256];
    values.iter().for_each(|value| histogram[(*value as usize).min(255)] += 1);
    let n_total = values.len() as f64;
    let total: f64 = histogram.iter().enumerate().map(|(value, n)| value as f64 * f64::from(*n)).sum();
    let mut best = (0.0, Classes { threshold: 255.0, low_mean: (total / n_total.max(1.0)) as f32, high_mean: 0.0 });
    let (mut n_low, mut low) = (0.0, 0.0);
    for (value, n) in histogram.iter().enumerate() {
        n_low += f64::from(*n);
        low += value as f64 * f64::from(*n);
        let n_high = n_total - n_low;
        if n_low == 0.0 || n_high == 0.0 {
            continue;
        }
        let (low_mean, high_mean) = (low / n_low, (total - low) / n_high);
        let between = n_low * n_high * (high_mean - low_mean).powi(2);
        if between > best.0 {
            // Halfway between the class means: with much more paper than ink the best cut itself lies in the noise.
            let threshold = ((low_mean + high_mean) / 2.0).max(value as f64 + 1.0) as f32;
            best = (between, Classes { threshold, low_mean: low_mean as f32, high_mean: high_mean as f32 });
        }
    }
    best.1
}
