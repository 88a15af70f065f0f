//! Pictures in shades of grey, by the browser's own decoder, which works beside the page's thread.

use crate::digits::{DigitFileError, GreyImage, photo};
use crate::plot::number::thousands;
use crate::plot::picture::context_of;
use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    CanvasRenderingContext2d, ColorSpaceConversion, File, HtmlCanvasElement, ImageBitmap, ImageBitmapOptions,
    ResizeQuality,
};

/// Larger pictures are not decoded, in millions of pixels.
const MAX_MEGAPIXELS: f64 = 40.0;

/// The picture in a file; a large one is scaled down so that its longest side has [`photo::MAX_SIDE`] pixels.
///
/// # Errors
/// If the browser cannot decode it, or it is too large.
pub async fn decode(file: &File) -> Result<GreyImage, DigitFileError> {
    let broken =
        |_| DigitFileError::of_file("an image", "one that is damaged or of a kind that this browser cannot show");
    let whole = bitmap(file, None).await.map_err(broken)?;
    let (width, height) = (f64::from(whole.width()), f64::from(whole.height()));
    whole.close();
    if width * height > MAX_MEGAPIXELS * 1e6 {
        let got = format!("{} × {}", thousands(width as usize), thousands(height as usize));
        return Err(DigitFileError::of_file(format!("an image of at most {MAX_MEGAPIXELS} megapixels"), got));
    }
    let scale = (photo::MAX_SIDE as f64 / width.max(height)).min(1.0);
    let size = [width, height].map(|side| (side * scale).round().max(1.0) as u32);
    let bitmap = bitmap(file, (scale < 1.0).then_some(size)).await.map_err(broken)?;
    let image = pixels(&bitmap, size).ok_or_else(|| broken(JsValue::NULL));
    bitmap.close();
    image
}

async fn bitmap(file: &File, size: Option<[u32; 2]>) -> Result<ImageBitmap, JsValue> {
    let options = ImageBitmapOptions::new();
    // The bytes of a sheet have to come back as they were written.
    options.set_color_space_conversion(ColorSpaceConversion::None);
    if let Some([width, height]) = size {
        options.set_resize_width(width);
        options.set_resize_height(height);
        options.set_resize_quality(ResizeQuality::High);
    }
    let decoding = window().create_image_bitmap_with_blob_and_image_bitmap_options(file, &options)?;
    JsFuture::from(decoding).await?.dyn_into()
}

fn pixels(bitmap: &ImageBitmap, [width, height]: [u32; 2]) -> Option<GreyImage> {
    let (_, context) = canvas_of([width, height])?;
    context.draw_image_with_image_bitmap(bitmap, 0.0, 0.0).ok()?;
    let data = context.get_image_data(0.0, 0.0, f64::from(width), f64::from(height)).ok()?;
    GreyImage::from_rgba(width as usize, height as usize, &data.data())
}

/// A canvas that is not on the page.
pub fn canvas_of([width, height]: [u32; 2]) -> Option<(HtmlCanvasElement, CanvasRenderingContext2d)> {
    let canvas: HtmlCanvasElement = document().create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(width);
    canvas.set_height(height);
    let context = context_of(&canvas)?;
    Some((canvas, context))
}
