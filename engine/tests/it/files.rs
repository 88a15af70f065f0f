//! Weights in files, and what happens to files that are damaged.

use inkling_engine::experiment::{BatchNormalizationConfig, LayerConfig, Preset};
use inkling_engine::model::Model;
use inkling_engine::model_file;
use proptest::prelude::*;

fn lesson() -> (Model, Vec<u8>) {
    let experiment = Preset::LessonCnn.experiment();
    let model = Model::new(&experiment.check().unwrap());
    let bytes = model_file::write(&model, &experiment).unwrap();
    (model, bytes)
}

#[test]
fn weights_come_back_with_their_experiment() {
    let (model, bytes) = lesson();
    assert_eq!(lesson().1, bytes, "the same bytes each time");
    assert!(bytes.len() > 4 * 34_826 && bytes.len() < 4 * 34_826 + 3_000, "{}", bytes.len());
    let file = model_file::read(&bytes).unwrap();
    assert_eq!(file.weights, model.weights());
    assert_eq!(file.checked.experiment(), &Preset::LessonCnn.experiment());
    let mut other = Preset::LessonCnn.experiment();
    other.seed = 2;
    let mut other = Model::new(&other.check().unwrap());
    assert_ne!(other.weights(), model.weights());
    model_file::read_into(&bytes, &mut other).unwrap();
    assert_eq!(other.weights(), model.weights());
    assert_eq!(other.kernel(2).unwrap().by_unit().dim(), (3 * 3 * 32, 64));
    assert_eq!((other.bias(6).map(|bias| bias.len()), other.bias(5)), (Some(10), None));
}

#[test]
fn normalizations_keep_their_arrays_by_keras_names() {
    let mut experiment = Preset::Softmax.experiment();
    experiment.network.insert(1, LayerConfig::BatchNormalization(BatchNormalizationConfig::default()));
    let mut model = Model::new(&experiment.check().unwrap());
    model.weights_mut().iter_mut().zip(0_u16..).for_each(|(weight, idx)| *weight = f32::from(idx));
    let bytes = model_file::write(&model, &experiment).unwrap();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    for name in ["gamma", "beta", "moving_mean", "moving_variance"] {
        assert!(text.contains(&format!("\"batch_normalization.{name}\"")), "{name}");
    }
    assert_eq!(model_file::read(&bytes).unwrap().weights, model.weights());
}

#[test]
fn wrong_files_are_named() {
    let (mut model, bytes) = lesson();
    let text = |bytes: &[u8]| model_file::read(bytes).unwrap_err().to_string();
    assert_eq!(text(&[]), "no safetensors file: header too small");
    assert_eq!(text(&bytes[..bytes.len() - 1]), "no safetensors file: incomplete metadata, file not fully covered");
    let place = bytes.windows(10).position(|window| window == b"experiment").unwrap();
    let mut renamed = bytes.clone();
    renamed[place..place + 10].copy_from_slice(b"Experiment");
    assert_eq!(text(&renamed), "expected an experiment in the file's metadata, got none");
    let mut mlp = Model::new(&Preset::Mlp16x16.experiment().check().unwrap());
    let error = model_file::read_into(&bytes, &mut mlp).unwrap_err().to_string();
    assert_eq!(error, "tensor dense.kernel: expected F32 [784, 16], got F32 [1600, 10]");
    let mlp_bytes = model_file::write(&mlp, &Preset::Mlp16x16.experiment()).unwrap();
    let error = model_file::read_into(&mlp_bytes, &mut model).unwrap_err().to_string();
    assert_eq!(error, "expected a tensor conv2d.kernel, got none");
    model.weights_mut()[3] = f32::NAN;
    let broken = model_file::write(&model, &Preset::LessonCnn.experiment()).unwrap();
    assert_eq!(text(&broken), "tensor conv2d.kernel has numbers that are not finite");
    let head_len = 8 + u64::from_le_bytes(bytes[..8].try_into().unwrap()) as usize;
    let head = std::str::from_utf8(&bytes[8..head_len]).unwrap();
    let wrong = head.replace("\\\"filters\\\":32", "\\\"filters\\\":99");
    let wrong = [&bytes[..8], wrong.as_bytes(), &bytes[head_len..]].concat();
    assert_eq!(text(&wrong), "tensor conv2d.kernel: expected F32 [3, 3, 1, 99], got F32 [3, 3, 1, 32]");
}

proptest! {
    #[test]
    fn damaged_files_never_panic(place in 0..2_000_usize, byte: u8, length in 0..3_000_usize) {
        let (_, mut bytes) = lesson();
        bytes[place] = byte;
        drop(model_file::read(&bytes));
        bytes.truncate(length);
        prop_assert!(model_file::read(&bytes).is_err());
    }

    #[test]
    fn random_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(model_file::read(&bytes).is_err());
    }
}
