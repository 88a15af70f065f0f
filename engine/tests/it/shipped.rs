//! What ships with the page: the pretrained network recognises MNIST's test images.

use flate2::read::GzDecoder;
use inkling_engine::data::Dataset;
use inkling_engine::data::mnist_manifest::{MnistManifest, ShardKind};
use inkling_engine::evaluation::Evaluator;
use inkling_engine::experiment::Preset;
use inkling_engine::metrics::Confusion;
use inkling_engine::model::{Model, Workspace};
use inkling_engine::model_file;
use std::fs;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

fn asset(path: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets").join(path);
    fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn test_images() -> Dataset {
    let manifest = MnistManifest::from_json(&asset("mnist/manifest.json")).unwrap();
    let shard = manifest.shards.iter().find(|shard| shard.kind == ShardKind::Test).unwrap();
    let mut bytes = vec![];
    GzDecoder::new(asset(&format!("mnist/{}", shard.file)).as_slice()).read_to_end(&mut bytes).unwrap();
    let (pixels, labels) = shard.decode(bytes).unwrap();
    Dataset::digits(pixels, labels).unwrap()
}

#[test]
fn shipped_network_is_the_lessons_cnn_and_knows_its_digits() {
    let file = model_file::read(&asset("models/lesson-cnn.safetensors")).unwrap();
    assert_eq!(file.checked.experiment(), &Preset::LessonCnn.experiment());
    let mut model = Model::new(&file.checked);
    model.set_weights(&file.weights);
    let dataset = Arc::new(test_images());
    let mut workspace = Workspace::new(&model);
    // A fifth of them: all take a while without optimization for this machine.
    let mut evaluator = Evaluator::on(dataset.clone(), (0..10_000).step_by(5).collect());
    let evaluation = evaluator.chunk(&model, &mut workspace, usize::MAX).unwrap();
    assert!(evaluation.accuracy >= 0.99, "{}", evaluation.accuracy);
    assert!(evaluation.loss < 0.04, "{}", evaluation.loss);
    let Confusion(counts) = evaluation.confusion(&dataset, 10).unwrap();
    let shares: Vec<f64> =
        counts.rows().into_iter().zip(counts.diag()).map(|(row, n)| f64::from(*n) / f64::from(row.sum())).collect();
    assert!(shares.iter().all(|share| *share > 0.96), "recognised of each digit: {shares:?}");
}
