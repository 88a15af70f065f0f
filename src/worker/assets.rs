//! What lies beside the page: MNIST in shards, fetched in parallel, checked and inflated, and the pretrained network.

use super::clock::Throttle;
use super::fetch::{fetch_checked, inflate};
use crate::protocol::{DataProgress, ImageSet};
use futures_util::future::try_join_all;
use inkling_engine::data::mnist_manifest::{MnistManifest, N_IMAGE_BYTES, N_TEST, N_TRAIN, ShardEntry, ShardKind};
use inkling_engine::data::{Dataset, Targets};
use std::cell::{Cell, RefCell};
use std::sync::Arc;

/// The pretrained network's SHA-256 and file name, as `sha256sum` writes them; `cargo xtask pretrain` made it.
const MODEL_SHA256: &str = include_str!("../../assets/models/lesson-cnn.sha256");

/// The whole data set.
#[derive(Debug, Clone)]
pub struct Mnist {
    /// 60,000 images.
    pub train: Arc<Dataset>,
    /// 10,000 images.
    pub test: Arc<Dataset>,
}

impl Mnist {
    /// One of the two sets.
    #[must_use]
    pub fn of(&self, set: ImageSet) -> &Arc<Dataset> {
        match set {
            ImageSet::Train => &self.train,
            ImageSet::Test => &self.test,
        }
    }

    /// The label of each training image, then of each test image.
    #[must_use]
    pub fn labels(&self) -> Vec<u8> {
        let labels_of = |digits: &Arc<Dataset>| match digits.targets() {
            Targets::Labels(labels) => labels.clone(),
            Targets::Values { .. } => Vec::new(),
        };
        [labels_of(&self.train), labels_of(&self.test)].concat()
    }
}

#[derive(Default)]
struct Digits {
    images: Vec<u8>,
    labels: Vec<u8>,
}

/// Fetches the whole data set; `on_progress` hears of it at most every 33 ms.
///
/// # Errors
/// A sentence that names the file that is missing or damaged.
pub async fn load_mnist(base_url: &str, on_progress: impl Fn(DataProgress)) -> Result<Mnist, String> {
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
    let (train, test) = (RefCell::new(Digits::with_room(N_TRAIN)), RefCell::new(Digits::with_room(N_TEST)));
    try_join_all(manifest.shards.iter().map(|shard| {
        let digits = match shard.kind {
            ShardKind::Train => &train,
            ShardKind::Test => &test,
        };
        load_shard(&folder, shard, &on_chunk, digits)
    }))
    .await?;
    Ok(Mnist { train: train.into_inner().into_dataset()?, test: test.into_inner().into_dataset()? })
}

/// The pretrained network's file.
///
/// # Errors
/// A sentence that names the file and what went wrong.
pub async fn load_model(base_url: &str) -> Result<Vec<u8>, String> {
    let sha256 = MODEL_SHA256.split_whitespace().next();
    fetch_checked(&format!("{base_url}assets/models/lesson-cnn.safetensors"), sha256, &|_| {}).await
}

impl Digits {
    fn with_room(n: usize) -> Digits {
        Digits { images: vec![0; n * N_IMAGE_BYTES], labels: vec![0; n] }
    }

    fn into_dataset(self) -> Result<Arc<Dataset>, String> {
        Dataset::digits(self.images, self.labels).map(Arc::new).map_err(|error| error.to_string())
    }
}

/// Puts a shard's images and labels at their places, as soon as they are there.
async fn load_shard(
    folder: &str,
    shard: &ShardEntry,
    on_chunk: &dyn Fn(isize),
    digits: &RefCell<Digits>,
) -> Result<(), String> {
    let packed = fetch_checked(&format!("{folder}{}", shard.file), Some(&shard.sha256), on_chunk).await?;
    let bytes = inflate(&packed).await.map_err(|error| format!("{}: {error}", shard.file))?;
    drop(packed);
    let (images, labels) = shard.decode(bytes).map_err(|error| format!("{}: {error}", shard.file))?;
    let mut digits = digits.borrow_mut();
    digits.images[shard.first * N_IMAGE_BYTES..][..images.len()].copy_from_slice(&images);
    digits.labels[shard.first..][..labels.len()].copy_from_slice(&labels);
    Ok(())
}
