//! How MNIST is stored on disk and on the web: a manifest, and shards of gzip-compressed images and labels.
//!
//! An inflated shard is `n` images of 784 bytes (row by row, ink = 255), then `n` labels of one byte. Readers of a
//! shard check its SHA-256 first; this file does no I/O and no decompression.

use super::mnist_size::MNIST_SIDE;
use serde::{Deserialize, Serialize};
use thiserror::Error;

pub use super::mnist_size::{MNIST_N_TEST as N_TEST, MNIST_N_TRAIN as N_TRAIN};

/// Bytes of one image, one per pixel.
pub const N_IMAGE_BYTES: usize = MNIST_SIDE * MNIST_SIDE;
/// Images in one shard of the training set.
pub const N_IMAGES_PER_SHARD: usize = 10_000;

const _: () = assert!(N_TRAIN.is_multiple_of(N_IMAGES_PER_SHARD) && N_TEST == N_IMAGES_PER_SHARD);

/// The list of all shards, in the order in which their images follow each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MnistManifest {
    /// Training shards first, by their first image; then the test shard.
    pub shards: Vec<ShardEntry>,
}

/// What has to be known about a shard before it is fetched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShardEntry {
    /// Name of the file, in the manifest's folder.
    pub file: String,
    /// The set that its images belong to.
    pub kind: ShardKind,
    /// Index of its first image within that set.
    pub first: usize,
    /// Number of its images.
    pub n: usize,
    /// Inflated size: `n * (784 + 1)` bytes.
    pub n_bytes: usize,
    /// Size of the file.
    pub n_bytes_compressed: usize,
    /// SHA-256 of the file, as 64 lower-case hexadecimal digits.
    pub sha256: String,
}

/// MNIST's two sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ShardKind {
    /// The 60,000 images to train on.
    Train,
    /// The 10,000 images to test on.
    Test,
}

/// Why a manifest or a shard cannot be used.
#[derive(Debug, Error)]
pub enum MnistError {
    /// The manifest is not valid JSON of this form.
    #[error("not a manifest of MNIST: {0}")]
    Json(#[from] serde_json::Error),
    /// A set is not covered once and in order.
    #[error("the {kind:?} set goes on at image {expected}, but shard {file} begins at {first}")]
    Gap {
        /// The set.
        kind: ShardKind,
        /// The shard that does not fit.
        file: String,
        /// Where it should begin.
        expected: usize,
        /// Where it begins.
        first: usize,
    },
    /// A set has fewer or more images than MNIST has.
    #[error("the {kind:?} set should have {expected} images, but the shards hold {n}")]
    Count {
        /// The set.
        kind: ShardKind,
        /// MNIST's count.
        expected: usize,
        /// The manifest's count.
        n: usize,
    },
    /// An inflated shard has the wrong size.
    #[error("{n_bytes} bytes where {n} images with labels take {expected}")]
    Size {
        /// Size of the inflated shard.
        n_bytes: usize,
        /// Images that it should hold.
        n: usize,
        /// Size that it should have.
        expected: usize,
    },
    /// A label is not a digit.
    #[error("label {label} of image {image_idx} is not a digit")]
    Label {
        /// Index of the image within the shard.
        image_idx: usize,
        /// The value there.
        label: u8,
    },
}

impl MnistManifest {
    /// Reads `manifest.json` and checks that its shards make up the whole of MNIST, in order.
    ///
    /// # Errors
    /// If the text is not a manifest, or leaves out or repeats images.
    pub fn from_json(json: &[u8]) -> Result<MnistManifest, MnistError> {
        let manifest: MnistManifest = serde_json::from_slice(json)?;
        for (kind, expected) in [(ShardKind::Train, N_TRAIN), (ShardKind::Test, N_TEST)] {
            let mut n = 0;
            for shard in manifest.shards.iter().filter(|shard| shard.kind == kind) {
                if shard.first != n {
                    return Err(MnistError::Gap { kind, file: shard.file.clone(), expected: n, first: shard.first });
                }
                n = n.saturating_add(shard.n);
            }
            if n != expected {
                return Err(MnistError::Count { kind, expected, n });
            }
        }
        Ok(manifest)
    }

    /// The shards that hold the first `n_train` training images.
    pub fn train_shards(&self, n_train: usize) -> impl Iterator<Item = &ShardEntry> {
        self.shards.iter().filter(move |shard| shard.kind == ShardKind::Train && shard.first < n_train)
    }
}

impl ShardEntry {
    /// Takes an inflated shard apart: its images (784 bytes each), its labels (one byte each, in `0..=9`).
    ///
    /// # Errors
    /// If the size is not that of `n` images with labels, or a label is not a digit.
    pub fn decode(&self, bytes: Vec<u8>) -> Result<(Vec<u8>, Vec<u8>), MnistError> {
        decode_shard(bytes, self.n)
    }
}

/// Takes an inflated shard of `n` images apart; see [`ShardEntry::decode`].
///
/// # Errors
/// If the size is not that of `n` images with labels, or a label is not a digit.
pub fn decode_shard(mut bytes: Vec<u8>, n: usize) -> Result<(Vec<u8>, Vec<u8>), MnistError> {
    let expected = n.saturating_mul(N_IMAGE_BYTES + 1);
    if bytes.len() != expected {
        return Err(MnistError::Size { n_bytes: bytes.len(), n, expected });
    }
    let labels = bytes.split_off(n * N_IMAGE_BYTES);
    match labels.iter().position(|&label| label > 9) {
        Some(image_idx) => Err(MnistError::Label { image_idx, label: labels[image_idx] }),
        None => Ok((bytes, labels)),
    }
}

/// Encodes a shard; the inverse of [`decode_shard`].
///
/// # Panics
/// If there are not 784 bytes of image for each label.
#[must_use]
pub fn encode_shard(images: &[u8], labels: &[u8]) -> Vec<u8> {
    assert_eq!(images.len(), labels.len() * N_IMAGE_BYTES, "each label needs one image of {N_IMAGE_BYTES} bytes");
    [images, labels].concat()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;

    fn entry(kind: ShardKind, first: usize, n: usize) -> ShardEntry {
        ShardEntry {
            file: format!("{kind:?}-{first}.bin"),
            kind,
            first,
            n,
            n_bytes: n * 785,
            n_bytes_compressed: 1,
            sha256: String::new(),
        }
    }

    fn whole() -> MnistManifest {
        let train = (0..6).map(|shard_idx| entry(ShardKind::Train, shard_idx * 10_000, 10_000));
        MnistManifest { shards: train.chain([entry(ShardKind::Test, 0, 10_000)]).collect() }
    }

    #[track_caller]
    fn check_refused(manifest: &MnistManifest, message: &str) {
        let json = serde_json::to_vec(manifest).unwrap();
        assert_eq!(MnistManifest::from_json(&json).unwrap_err().to_string(), message);
    }

    #[test]
    fn whole_manifest_survives_json() {
        let json = serde_json::to_vec(&whole()).unwrap();
        assert_eq!(MnistManifest::from_json(&json).unwrap(), whole());
    }

    #[test]
    fn missing_shard_is_named() {
        let mut manifest = whole();
        manifest.shards.remove(2);
        check_refused(&manifest, "the Train set goes on at image 20000, but shard Train-30000.bin begins at 30000");
        let mut manifest = whole();
        manifest.shards.pop();
        check_refused(&manifest, "the Test set should have 10000 images, but the shards hold 0");
    }

    #[test]
    fn few_images_need_few_shards() {
        let manifest = whole();
        assert_eq!(manifest.train_shards(0).count(), 0);
        assert_eq!(manifest.train_shards(10_000).count(), 1);
        assert_eq!(manifest.train_shards(10_001).count(), 2);
        assert_eq!(manifest.train_shards(60_000).count(), 6);
    }

    #[test]
    fn shard_comes_apart_as_it_was_put_together() {
        let images = (0..2 * N_IMAGE_BYTES).map(|pixel_idx| (pixel_idx % 251) as u8).collect::<Vec<_>>();
        let labels = vec![3, 9];
        assert_eq!(decode_shard(encode_shard(&images, &labels), 2).unwrap(), (images, labels));
    }

    #[test]
    fn damaged_shard_is_refused() {
        let short = decode_shard(vec![0; 784], 1).unwrap_err();
        assert_eq!(short.to_string(), "784 bytes where 1 images with labels take 785");
        let mut bytes = vec![0; 2 * 785];
        bytes[2 * 784 + 1] = 10;
        assert_eq!(decode_shard(bytes, 2).unwrap_err().to_string(), "label 10 of image 1 is not a digit");
    }
}
