//! MNIST from `assets/mnist`, for the examples: the engine itself opens no file.

use flate2::read::GzDecoder;
use inkling_engine::data::Dataset;
use inkling_engine::data::mnist_manifest::{MnistManifest, ShardKind};
use std::error::Error;
use std::fs;
use std::io::Read;
use std::path::Path;

/// A file of the project's folder `assets`.
///
/// # Errors
/// If it cannot be read; the message names it.
pub fn asset(path: &str) -> Result<Vec<u8>, String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets").join(path);
    fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))
}

/// The 60,000 images to train on, or the 10,000 to test on.
///
/// # Errors
/// If a file is missing or damaged.
pub fn load(kind: ShardKind) -> Result<Dataset, Box<dyn Error>> {
    let manifest = MnistManifest::from_json(&asset("mnist/manifest.json")?)?;
    let (mut all_pixels, mut all_labels) = (Vec::new(), Vec::new());
    for shard in manifest.shards.iter().filter(|shard| shard.kind == kind) {
        let mut bytes = Vec::with_capacity(shard.n_bytes);
        GzDecoder::new(asset(&format!("mnist/{}", shard.file))?.as_slice()).read_to_end(&mut bytes)?;
        let (pixels, labels) = shard.decode(bytes)?;
        all_pixels.extend(pixels);
        all_labels.extend(labels);
    }
    Ok(Dataset::digits(all_pixels, all_labels)?)
}
