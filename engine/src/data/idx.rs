//! MNIST's own file format, idx: a magic number, sizes (all big-endian `u32`), then bytes.

use thiserror::Error;

/// Images of one idx file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdxImages {
    /// Images.
    pub n: usize,
    /// Rows of an image.
    pub height: usize,
    /// Columns of an image.
    pub width: usize,
    /// `[n, height, width]`, ink = 255.
    pub pixels: Vec<u8>,
}

/// What is wrong with an idx file.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum IdxError {
    /// The file ends before its head does.
    #[error("expected a head of {expected} bytes, got a file of {got}")]
    Head {
        /// Bytes of the head.
        expected: usize,
        /// Bytes there.
        got: usize,
    },
    /// The file has another kind of content.
    #[error("expected the magic number {expected:#010x}, got {got:#010x}")]
    Magic {
        /// The number of the kind asked for.
        expected: u32,
        /// The number there.
        got: u32,
    },
    /// The file is shorter or longer than its head says.
    #[error("expected {expected} bytes behind the head, got {got}")]
    Body {
        /// Bytes that the head announces.
        expected: u64,
        /// Bytes there.
        got: usize,
    },
}

const IMAGES_MAGIC: u32 = 0x0803;
const LABELS_MAGIC: u32 = 0x0801;

/// Reads an uncompressed idx file of images.
///
/// # Errors
/// If it is not such a file, or does not have the size that its head announces.
pub fn read_images(bytes: &[u8]) -> Result<IdxImages, IdxError> {
    let ([n, height, width], body) = head(bytes, IMAGES_MAGIC)?;
    check_body(u64::from(n).saturating_mul(u64::from(height) * u64::from(width)), body)?;
    Ok(IdxImages { n: n as usize, height: height as usize, width: width as usize, pixels: body.to_vec() })
}

/// Reads an uncompressed idx file of labels.
///
/// # Errors
/// If it is not such a file, or does not have the size that its head announces.
pub fn read_labels(bytes: &[u8]) -> Result<Vec<u8>, IdxError> {
    let ([n], body) = head(bytes, LABELS_MAGIC)?;
    check_body(u64::from(n), body)?;
    Ok(body.to_vec())
}

/// The sizes in the head, and what follows it.
fn head<const AXES: usize>(bytes: &[u8], magic: u32) -> Result<([u32; AXES], &[u8]), IdxError> {
    let (words, _) = bytes.as_chunks::<4>();
    let Some(words) = words.get(..1 + AXES) else {
        return Err(IdxError::Head { expected: 4 * (1 + AXES), got: bytes.len() });
    };
    let got = u32::from_be_bytes(words[0]);
    if got != magic {
        return Err(IdxError::Magic { expected: magic, got });
    }
    Ok((std::array::from_fn(|axis| u32::from_be_bytes(words[1 + axis])), &bytes[4 * (1 + AXES)..]))
}

fn check_body(expected: u64, body: &[u8]) -> Result<(), IdxError> {
    if body.len() as u64 == expected { Ok(()) } else { Err(IdxError::Body { expected, got: body.len() }) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;

    fn images(n: u8, pixels: &[u8]) -> Vec<u8> {
        [&[0, 0, 8, 3, 0, 0, 0, n, 0, 0, 0, 2, 0, 0, 0, 3][..], pixels].concat()
    }

    #[test]
    fn images_and_labels_are_read() {
        let read = read_images(&images(2, &[7; 12])).unwrap();
        assert_eq!(read, IdxImages { n: 2, height: 2, width: 3, pixels: vec![7; 12] });
        assert_eq!(read_labels(&[0, 0, 8, 1, 0, 0, 0, 2, 5, 6]).unwrap(), [5, 6]);
    }

    #[test]
    fn damaged_files_are_named() {
        let text = |bytes: &[u8]| read_images(bytes).unwrap_err().to_string();
        assert_eq!(text(&[0, 0, 8]), "expected a head of 16 bytes, got a file of 3");
        assert_eq!(text(&[0x1f; 16]), "expected the magic number 0x00000803, got 0x1f1f1f1f");
        assert_eq!(text(&images(2, &[7; 11])), "expected 12 bytes behind the head, got 11");
        let huge = [&[0, 0, 8, 3][..], &[0xff; 12]].concat();
        assert_eq!(text(&huge), format!("expected {} bytes behind the head, got 0", u64::MAX));
    }
}
