//! A map of numbers as pixels of a canvas, one pixel a number.

use super::colour_map::{ColourTable, Domain};
use ndarray::ArrayView2;
use wasm_bindgen::{Clamped, JsCast};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageData};

/// The pixels of a picture, four bytes each.
pub fn rgba(values: impl Iterator<Item = f32>, domain: Domain, table: &ColourTable) -> Vec<u8> {
    // As one `flat_map` it takes three times as long, and some pictures have a quarter of a million pixels.
    let mut pixels = Vec::with_capacity(4 * values.size_hint().0);
    values.for_each(|value| pixels.extend_from_slice(&table.rgba(value, domain)));
    pixels
}

/// Paints numbers `[height, width]` on a canvas of that size; the background shows where there is NaN.
pub fn paint(context: &CanvasRenderingContext2d, picture: ArrayView2<'_, f32>, domain: Domain, table: &ColourTable) {
    let (height, width) = picture.dim();
    put_at(context, &rgba(picture.iter().copied(), domain, table), [width, height], [0.0, 0.0]);
}

/// Puts `width × height` pixels, row by row, on a canvas, with their left upper corner at that place.
///
/// If the sizes do not match, nothing is painted: the next frame brings a picture that does.
pub fn put_at(context: &CanvasRenderingContext2d, rgba: &[u8], [width, height]: [usize; 2], [left, top]: [f64; 2]) {
    debug_assert_eq!(rgba.len(), 4 * width * height, "four bytes a pixel");
    if let Ok(image) = ImageData::new_with_u8_clamped_array_and_sh(Clamped(rgba), width as u32, height as u32) {
        let _ = context.put_image_data(&image, left, top);
    }
}

/// The painting side of a canvas; `None` where the browser gives none.
#[must_use]
pub fn context_of(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    canvas.get_context("2d").ok().flatten()?.dyn_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plot::colour_map::{ColourMap, Ground};

    #[test]
    fn each_number_is_one_pixel() {
        let table = ColourMap::Grey.table(Ground::Light);
        let pixels = rgba([0.0, 2.0, f32::NAN].into_iter(), Domain { low: 0.0, high: 2.0 }, &table);
        assert_eq!(pixels, [255, 255, 255, 255, 0x17, 0x18, 0x1c, 255, 0, 0, 0, 0]);
    }
}
