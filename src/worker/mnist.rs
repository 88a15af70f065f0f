//! MNIST from the shards beside the page: fetched in parallel, checked, inflated.

use super::clock::Throttle;
use super::fetch::{fetch_checked, inflate};
use crate::protocol::DataProgress;
use futures_util::future::try_join_all;
use inkling_engine::data::mnist_manifest::{MnistManifest, ShardEntry, ShardKind};
use std::cell::{Cell, RefCell};

/// Images and labels as they lie in MNIST's own files.
#[derive(Debug, Clone, Default)]
pub struct Digits {
    /// 784 bytes an image, row by row, ink = 255.
    pub images: Vec<u8>,
    /// One byte an image, in `0..=9`.
    pub labels: Vec<u8>,
}

/// The whole data set.
#[derive(Debug, Clone, Default)]
pub struct Mnist {
    /// 60,000 images.
    pub train: Digits,
    /// 10,000 images.
    pub test: Digits,
}

/// Fetches the whole data set; `on_progress` hears of it at most every 33 ms.
///
/// # Errors
/// A sentence that names the file that is missing or damaged.
pub async fn load(base_url: &str, on_progress: impl Fn(DataProgress)) -> Result<Mnist, String> {
    let folder = format!("{base_url}assets/mnist/");
    let manifest = fetch_checked(&format!("{folder}manifest.json"), None, &|_| {}).await?;
    let manifest = MnistManifest::from_json(&manifest).map_err(|error| format!("manifest.json: {error}"))?;
    let n_bytes_total = manifest.shards.iter().map(|shard| shard.n_bytes_compressed).sum();
    let n_bytes = Cell::new(0_isize);
    let throttle = RefCell::new(Throttle::new(33.0));
    let on_chunk = |n_chunk: isize| {
        n_bytes.set(n_bytes.get() + n_chunk);
        if throttle.borrow_mut().is_due() {
            on_progress(DataProgress { n_bytes: n_bytes.get().max(0).cast_unsigned(), n_bytes_total });
        }
    };
    let digits = try_join_all(manifest.shards.iter().map(|shard| load_shard(&folder, shard, &on_chunk))).await?;
    let mut mnist = Mnist::default();
    for (shard, digits) in manifest.shards.iter().zip(digits) {
        let part = match shard.kind {
            ShardKind::Train => &mut mnist.train,
            ShardKind::Test => &mut mnist.test,
        };
        part.images.extend_from_slice(&digits.images);
        part.labels.extend_from_slice(&digits.labels);
    }
    Ok(mnist)
}

async fn load_shard(folder: &str, shard: &ShardEntry, on_chunk: &dyn Fn(isize)) -> Result<Digits, String> {
    let packed = fetch_checked(&format!("{folder}{}", shard.file), Some(&shard.sha256), on_chunk).await?;
    let bytes = inflate(&packed).await.map_err(|error| format!("{}: {error}", shard.file))?;
    drop(packed);
    let (images, labels) = shard.decode(bytes).map_err(|error| format!("{}: {error}", shard.file))?;
    Ok(Digits { images, labels })
}
