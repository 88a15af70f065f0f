//! A picture in shades of grey.

/// Rows of bytes from 0 (black) to 255 (white).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GreyImage {
    width: usize,
    height: usize,
    pixels: Vec<u8>,
}

impl GreyImage {
    /// A picture; `None` if it is empty or has not as many pixels as its sizes say.
    #[must_use]
    pub fn new(width: usize, height: usize, pixels: Vec<u8>) -> Option<GreyImage> {
        (!pixels.is_empty() && width.checked_mul(height) == Some(pixels.len())).then_some(GreyImage {
            width,
            height,
            pixels,
        })
    }

    /// The brightness (ITU-R BT.601) of a picture of four bytes a pixel, laid on white where it is transparent.
    #[must_use]
    pub fn from_rgba(width: usize, height: usize, rgba: &[u8]) -> Option<GreyImage> {
        let (pixels, _) = rgba.as_chunks::<4>();
        let grey = |&[red, green, blue, alpha]: &[u8; 4]| {
            let light = 299 * u32::from(red) + 587 * u32::from(green) + 114 * u32::from(blue);
            let (light, alpha) = ((light + 500) / 1000, u32::from(alpha));
            ((light * alpha + 255 * (255 - alpha) + 127) / 255) as u8
        };
        GreyImage::new(width, height, pixels.iter().map(grey).collect())
    }

    /// Four bytes a pixel, opaque.
    #[must_use]
    pub fn to_rgba(&self) -> Vec<u8> {
        self.pixels.iter().flat_map(|grey| [*grey, *grey, *grey, 255]).collect()
    }

    /// Columns.
    #[must_use]
    pub fn width(&self) -> usize {
        self.width
    }

    /// Rows.
    #[must_use]
    pub fn height(&self) -> usize {
        self.height
    }

    /// The pixels, row by row.
    #[must_use]
    pub fn pixels(&self) -> &[u8] {
        &self.pixels
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transparent_pixels_are_white() {
        let image = GreyImage::from_rgba(3, 1, &[0, 0, 0, 255, 0, 0, 0, 0, 255, 0, 0, 255]);
        assert_eq!(image.as_ref().map(GreyImage::pixels), Some([0, 255, 76].as_slice()));
        assert_eq!(image.map(|image| image.to_rgba().len()), Some(12));
        assert_eq!(GreyImage::new(2, 2, vec![0; 3]), None);
        assert_eq!(GreyImage::new(0, 0, vec![]), None);
    }
}
