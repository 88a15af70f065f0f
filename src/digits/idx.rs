//! Digits in MNIST's own format: a file of images and a file of labels.

use super::{DigitFileError, DigitImage, MAX_OWN_DIGITS, N_PIXELS, OwnDigit, ReadDigits};
use crate::drawing::SIDE;
use inkling_engine::data::idx;
use inkling_engine::experiment::thousands;

/// The digits of a pair of files.
///
/// # Errors
/// If a file is damaged, images have another size, a label is above 9, or the files do not belong together.
pub fn read(images: &[u8], labels: &[u8]) -> Result<ReadDigits, DigitFileError> {
    let of =
        |place: &str, error: idx::IdxError| DigitFileError::at(place, "a file in MNIST's idx format", damage(&error));
    let images = idx::read_images(images).map_err(|error| of("images", error))?;
    let labels = idx::read_labels(labels).map_err(|error| of("labels", error))?;
    if (images.height, images.width) != (SIDE, SIDE) {
        let got = format!("{} × {}", images.height, images.width);
        return Err(DigitFileError::at("images", format!("{SIDE} × {SIDE} pixels"), got));
    }
    if images.n != labels.len() {
        let expected = format!("{}, one for each image", thousands(images.n));
        return Err(DigitFileError::at("labels", expected, thousands(labels.len())));
    }
    let mut read = ReadDigits { digits: vec![], n_more: images.n.saturating_sub(MAX_OWN_DIGITS) };
    for (idx, (pixels, label)) in images.pixels.chunks_exact(N_PIXELS).zip(&labels).take(MAX_OWN_DIGITS).enumerate() {
        let digit = DigitImage::from_bytes(pixels).and_then(|image| OwnDigit::new(*label, image));
        let place = || format!("label {}", thousands(idx + 1));
        read.digits.push(digit.ok_or_else(|| DigitFileError::at(place(), "0 to 9", label.to_string()))?);
    }
    if read.digits.is_empty() { Err(DigitFileError::at("images", "at least one image", "none")) } else { Ok(read) }
}

/// What is wrong, after “got”.
fn damage(error: &idx::IdxError) -> String {
    match error {
        idx::IdxError::Head { got, .. } => format!("a file of {got} bytes, which is less than its head"),
        idx::IdxError::Magic { got, .. } => format!("a file that begins with {got:#010x}"),
        idx::IdxError::Body { expected, got } => {
            format!("one with {} bytes after its head instead of {expected}", thousands(*got))
        }
    }
}

/// The file of images.
#[must_use]
pub fn write_images(digits: &[OwnDigit]) -> Vec<u8> {
    let mut bytes = vec![0, 0, 8, 3];
    [digits.len(), SIDE, SIDE].iter().for_each(|size| bytes.extend((*size as u32).to_be_bytes()));
    digits.iter().for_each(|digit| bytes.extend(digit.image().bytes()));
    bytes
}

/// The file of labels.
#[must_use]
pub fn write_labels(digits: &[OwnDigit]) -> Vec<u8> {
    let mut bytes = vec![0, 0, 8, 1];
    bytes.extend((digits.len() as u32).to_be_bytes());
    bytes.extend(digits.iter().map(OwnDigit::label));
    bytes
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test says where")]
    use super::super::csv::tests::some_digits;
    use super::*;

    #[test]
    fn a_pair_that_is_written_is_read() {
        let digits = some_digits(11);
        let read = read(&write_images(&digits), &write_labels(&digits));
        assert_eq!(read, Ok(ReadDigits { digits, n_more: 0 }));
    }

    #[test]
    fn mistakes_are_named_with_their_place() {
        let digits = some_digits(3);
        let (images, labels) = (write_images(&digits), write_labels(&digits));
        let of_other_size = [&[0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 14, 0, 0, 0, 14][..], &[0; 3 * 14 * 14]].concat();
        let high = [&labels[..labels.len() - 1], &[10]].concat();
        let cases = [
            (of_other_size.as_slice(), labels.as_slice(), "images: expected 28 × 28 pixels, got 14 × 14"),
            (&images, &write_labels(&digits[..2]), "labels: expected 3, one for each image, got 2"),
            (&images, &high, "label 3: expected 0 to 9, got 10"),
            (
                &images[..1_000],
                &labels,
                "images: expected a file in MNIST's idx format, got one with 984 bytes after its head instead of 2352",
            ),
            (&images, &images, "labels: expected a file in MNIST's idx format, got a file that begins with 0x00000803"),
            (
                &images[..3],
                &labels,
                "images: expected a file in MNIST's idx format, got a file of 3 bytes, which is less than its head",
            ),
            (&write_images(&[]), &write_labels(&[]), "images: expected at least one image, got none"),
        ];
        for (images, labels, expected) in cases {
            assert_eq!(read(images, labels).unwrap_err().to_string(), expected);
        }
    }
}
