//! The data set: from MNIST's idx files to shards under `assets/mnist`, and from there to memory.

use crate::dist::build_id::hex;
use crate::paths;
use anyhow::{Context, Result, ensure};
use inkling_engine::data::mnist_manifest::{
    MnistManifest, N_IMAGE_BYTES, N_IMAGES_PER_SHARD, N_TEST, N_TRAIN, ShardEntry, ShardKind, encode_shard,
};
use md5::Md5;
use sha2::{Digest, Sha256};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

/// One of MNIST's four files, as first published, uncompressed.
struct IdxFile {
    name: &'static str,
    md5: &'static str,
    n: usize,
    /// Bytes of the header: magic number, count, and for images rows and columns; big-endian u32 each.
    n_header_bytes: usize,
    n_item_bytes: usize,
}

const TRAIN_IMAGES: IdxFile = IdxFile {
    name: "train-images-idx3-ubyte",
    md5: "6bbc9ace898e44ae57da46a324031adb",
    n: N_TRAIN,
    n_header_bytes: 16,
    n_item_bytes: N_IMAGE_BYTES,
};
const TRAIN_LABELS: IdxFile = IdxFile {
    name: "train-labels-idx1-ubyte",
    md5: "a25bea736e30d166cdddb491f175f624",
    n: N_TRAIN,
    n_header_bytes: 8,
    n_item_bytes: 1,
};
const TEST_IMAGES: IdxFile = IdxFile {
    name: "t10k-images-idx3-ubyte",
    md5: "2646ac647ad5339dbf082846283269ea",
    n: N_TEST,
    n_header_bytes: 16,
    n_item_bytes: N_IMAGE_BYTES,
};
const TEST_LABELS: IdxFile = IdxFile {
    name: "t10k-labels-idx1-ubyte",
    md5: "27ae3e4e09519cfbb04c329615203637",
    n: N_TEST,
    n_header_bytes: 8,
    n_item_bytes: 1,
};

/// All of MNIST: images of 784 bytes each, labels of one byte each.
#[derive(Debug, Clone, Default)]
pub struct Mnist {
    /// 60,000 images.
    pub train_images: Vec<u8>,
    /// 60,000 labels.
    pub train_labels: Vec<u8>,
    /// 10,000 images.
    pub test_images: Vec<u8>,
    /// 10,000 labels.
    pub test_labels: Vec<u8>,
}

/// Reads all of MNIST from `assets/mnist`.
///
/// # Errors
/// If a file is missing, damaged, or not what the manifest promises.
pub fn load() -> Result<Mnist> {
    let manifest = manifest()?;
    let mut mnist = Mnist::default();
    for shard in &manifest.shards {
        let (images, labels) = load_shard(shard).with_context(|| format!("in assets/mnist/{}", shard.file))?;
        let (all_images, all_labels) = match shard.kind {
            ShardKind::Train => (&mut mnist.train_images, &mut mnist.train_labels),
            ShardKind::Test => (&mut mnist.test_images, &mut mnist.test_labels),
        };
        all_images.extend(images);
        all_labels.extend(labels);
    }
    Ok(mnist)
}

fn manifest() -> Result<MnistManifest> {
    let path = folder().join("manifest.json");
    let json = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    MnistManifest::from_json(&json).with_context(|| format!("in {}", path.display()))
}

fn load_shard(shard: &ShardEntry) -> Result<(Vec<u8>, Vec<u8>)> {
    let packed = fs::read(folder().join(&shard.file))?;
    let got = hex(&Sha256::digest(&packed));
    ensure!(got == shard.sha256, "damaged: SHA-256 should be {}, is {got}", shard.sha256);
    let mut bytes = Vec::with_capacity(shard.n_bytes);
    flate2::read::GzDecoder::new(packed.as_slice()).read_to_end(&mut bytes)?;
    Ok(shard.decode(bytes)?)
}

/// Writes `assets/mnist` from the four idx files in `idx_dir`: byte for byte the same each time.
///
/// # Errors
/// If a file is missing or is not MNIST's own.
pub fn make(idx_dir: &Path) -> Result<()> {
    let train = (read_idx(idx_dir, &TRAIN_IMAGES)?, read_idx(idx_dir, &TRAIN_LABELS)?);
    let test = (read_idx(idx_dir, &TEST_IMAGES)?, read_idx(idx_dir, &TEST_LABELS)?);
    fs::create_dir_all(folder())?;
    let mut shards = Vec::new();
    for first in (0..N_TRAIN).step_by(N_IMAGES_PER_SHARD) {
        let file = format!("train-{}.bin", first / N_IMAGES_PER_SHARD);
        shards.push(make_shard(file, ShardKind::Train, first, &train)?);
    }
    shards.push(make_shard("test-0.bin".to_owned(), ShardKind::Test, 0, &test)?);
    let total: usize = shards.iter().map(|shard| shard.n_bytes_compressed).sum();
    let mut json = serde_json::to_string_pretty(&MnistManifest { shards })?;
    json.push('\n');
    fs::write(folder().join("manifest.json"), json)?;
    println!("{total} bytes in all");
    Ok(())
}

fn make_shard(
    file: String,
    kind: ShardKind,
    first: usize,
    (images, labels): &(Vec<u8>, Vec<u8>),
) -> Result<ShardEntry> {
    let n = N_IMAGES_PER_SHARD;
    let bytes = encode_shard(&images[first * N_IMAGE_BYTES..(first + n) * N_IMAGE_BYTES], &labels[first..first + n]);
    let mut packed = Vec::new();
    zopfli::compress(options(), zopfli::Format::Gzip, bytes.as_slice(), &mut packed)?;
    fs::write(folder().join(&file), &packed)?;
    println!("assets/mnist/{file}: {} bytes from {}", packed.len(), bytes.len());
    Ok(ShardEntry {
        file,
        kind,
        first,
        n,
        n_bytes: bytes.len(),
        n_bytes_compressed: packed.len(),
        sha256: hex(&Sha256::digest(&packed)),
    })
}

/// Three passes: ten more would take minutes for less than a percent.
fn options() -> zopfli::Options {
    zopfli::Options { iteration_count: std::num::NonZeroU64::MIN.saturating_add(2), ..zopfli::Options::default() }
}

/// The items of an idx file, header taken off.
fn read_idx(idx_dir: &Path, idx: &IdxFile) -> Result<Vec<u8>> {
    let path = idx_dir.join(idx.name);
    let bytes = fs::read(&path).with_context(|| format!("cannot read {} (uncompressed)", path.display()))?;
    let got = hex(&Md5::digest(&bytes));
    ensure!(got == idx.md5, "{} is not MNIST's: MD5 should be {}, is {got}", path.display(), idx.md5);
    let items = bytes[idx.n_header_bytes..].to_vec();
    ensure!(items.len() == idx.n * idx.n_item_bytes, "{} holds {} bytes of items", path.display(), items.len());
    Ok(items)
}

fn folder() -> PathBuf {
    paths::root().join("assets/mnist")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;

    #[test]
    fn committed_shards_are_mnist() {
        let mnist = load().unwrap();
        // The MD5 sums of the published files, header and items, cover every pixel and label.
        for (idx, magic, items) in [
            (&TRAIN_IMAGES, 2051_u32, &mnist.train_images),
            (&TRAIN_LABELS, 2049, &mnist.train_labels),
            (&TEST_IMAGES, 2051, &mnist.test_images),
            (&TEST_LABELS, 2049, &mnist.test_labels),
        ] {
            let header = [magic, idx.n as u32, 28, 28].map(u32::to_be_bytes).concat();
            let file = [&header[..idx.n_header_bytes], items].concat();
            assert_eq!(hex(&Md5::digest(&file)), idx.md5, "{}", idx.name);
        }
    }

    #[test]
    fn files_that_are_not_mnist_are_refused() {
        let missing = make(Path::new("no such folder")).unwrap_err();
        assert_eq!(missing.to_string(), "cannot read no such folder/train-images-idx3-ubyte (uncompressed)");
    }
}
