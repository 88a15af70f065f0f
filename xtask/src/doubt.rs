//! How often a network refuses what is no digit, and what is one: measured on drawn letters, scribbles and digits.

mod alphabet;
#[path = "../../src/drawing/mod.rs"]
#[allow(dead_code, unused_imports, reason = "the page uses the rest")]
mod drawing;

use crate::lab::test_accuracy;
use alphabet::{DIGITS, LETTERS, LIKE_DIGITS, Strokes};
use anyhow::Result;
use drawing::{Drawing, InkPoint, centred, two_shapes};
use inkling_engine::calibration::{entropy, fit_temperature, margin, tempered};
use inkling_engine::data::Dataset;
use inkling_engine::experiment::{Experiment, Preset};
use inkling_engine::explain::{Familiar, quantile};
use inkling_engine::model::{Model, Workspace};
use inkling_engine::model_file;
use inkling_engine::random::{Key, Purpose, Stream};
use inkling_engine::trainer::Trainer;
use std::fs;
use std::sync::Arc;

/// Variants of each drawn sign.
const N_VARIANTS: usize = 20;
/// Training images that are known, and validation images that limits are set by.
const N_FITTED: usize = 2_000;

/// Measures the shipped CNN and an MLP with 40 units.
///
/// # Errors
/// If the shipped network can't be read, or an experiment is refused.
pub fn run(train: &Arc<Dataset>, test: &Arc<Dataset>) -> Result<()> {
    let mut cnn = Model::new(&Preset::LessonCnn.experiment().check()?);
    let path = crate::paths::root().join("assets/models/lesson-cnn.safetensors");
    model_file::read_into(&fs::read(path)?, &mut cnn)?;
    measure("the shipped CNN", &cnn, train, test);
    let mut experiment = Preset::Mlp40.experiment();
    (experiment.training.epochs, experiment.training.stop) = (15, inkling_engine::experiment::StopRule::Never);
    measure("MLP 40", &trained(experiment, train)?, train, test);
    let mut experiment = Preset::LessonCnn.experiment();
    experiment.training.epochs = 3;
    measure("the lesson's CNN, 3 epochs", &trained(experiment, train)?, train, test);
    Ok(())
}

fn trained(experiment: Experiment, train: &Arc<Dataset>) -> Result<Model> {
    let checked = experiment.check()?;
    let train = checked.training_data(train, None)?;
    let mut trainer = Trainer::new(checked, train)?;
    trainer.run();
    Ok(trainer.into_model())
}

/// What a network says of an image.
struct Reading {
    entropy: f64,
    margin: f64,
    of_features: f32,
    of_image: f32,
}

/// Whether a reading is refused.
type Rule = Box<dyn Fn(&Reading) -> bool>;

struct Reader<'a> {
    model: &'a Model,
    workspace: Workspace,
    /// The layer that gives the features.
    layer_idx: usize,
    temperature: f64,
    known_features: Option<Familiar>,
    known_images: Familiar,
}

impl Reader<'_> {
    fn features(&mut self, pixels: &[f32]) -> Vec<f32> {
        self.model.activations(&mut self.workspace, pixels)[self.layer_idx].values.iter().copied().collect()
    }

    fn read(&mut self, pixels: &[f32]) -> Reading {
        let features = self.features(pixels);
        let logits: Vec<f32> = self.model.logits(&mut self.workspace, pixels).into_iter().collect();
        let probs = tempered(&logits, self.temperature);
        Reading {
            entropy: entropy(&probs),
            margin: margin(&probs),
            of_features: self.known_features.as_ref().map_or(0.0, |known| known.distance(&features)),
            of_image: self.known_images.distance(pixels),
        }
    }
}

fn measure(title: &str, model: &Model, train: &Arc<Dataset>, test: &Arc<Dataset>) {
    println!("{title}, test accuracy {:.4}", test_accuracy(model, test));
    let workspace = Workspace::new(model);
    let layer_idx = model.layers().len().saturating_sub(2);
    let known_images = Familiar::new(model.input_shape().size());
    let mut reader = Reader { model, workspace, layer_idx, temperature: 1.0, known_features: None, known_images };
    let held: Vec<usize> = (train.len() - N_FITTED..train.len()).collect();
    let logits: Vec<f32> = held
        .iter()
        .filter_map(|idx| train.input(*idx))
        .flat_map(|pixels| model.logits(&mut reader.workspace, &pixels))
        .collect();
    let labels: Vec<u8> = held.iter().filter_map(|idx| train.label(*idx)).collect();
    reader.temperature = fit_temperature(&logits, model.n_outputs(), &labels);
    for pixels in (0..N_FITTED).filter_map(|idx| train.input(idx)) {
        let features = reader.features(&pixels);
        reader.known_images.push(&pixels);
        reader.known_features.get_or_insert_with(|| Familiar::new(features.len())).push(&features);
    }
    let validation: Vec<Reading> =
        held.iter().filter_map(|idx| train.input(*idx)).map(|pixels| reader.read(&pixels)).collect();
    let limit = |of: fn(&Reading) -> f32| quantile(&mut validation.iter().map(of).collect::<Vec<_>>(), 0.99);
    let (image_limit, features_limit) = (limit(|it| it.of_image), limit(|it| it.of_features));
    println!("  temperature {:.3}", reader.temperature);
    let rules: [(&str, Rule); 5] = [
        ("entropy > 0.5", Box::new(|it| it.entropy > 0.5)),
        ("margin < 0.5", Box::new(|it| it.margin < 0.5)),
        ("features far", Box::new(move |it| it.of_features > features_limit)),
        ("image far", Box::new(move |it| it.of_image > image_limit)),
        (
            "entropy, features or image",
            Box::new(move |it| it.entropy > 0.5 || it.of_features > features_limit || it.of_image > image_limit),
        ),
    ];
    let groups: [(&str, Vec<Vec<f32>>); 7] = [
        ("test images", (0..test.len()).step_by(5).filter_map(|idx| test.input(idx)).collect()),
        ("drawn digits", signs(DIGITS)),
        ("letters", signs(LETTERS)),
        ("letters like digits", signs(LIKE_DIGITS)),
        ("two digits", pairs()),
        ("scribbles", (0..200).map(scribble).collect()),
        ("blank", vec![vec![0.0; 784]]),
    ];
    for (name, images) in &groups {
        let readings: Vec<Reading> = images.iter().map(|pixels| reader.read(pixels)).collect();
        let n_split = images.iter().filter(|pixels| two_shapes(pixels)).count();
        print!("  {name:<20} {:>5}: two shapes {:>5.1} %", images.len(), share(n_split, images.len()));
        for (rule, refuses) in &rules {
            let n = readings.iter().filter(|reading| refuses(reading)).count();
            print!("; {rule} {:>5.1} %", share(n, images.len()));
        }
        let [.., (_, refuses)] = &rules;
        let is_refused = |(pixels, reading): (&Vec<f32>, &Reading)| two_shapes(pixels) || refuses(reading);
        let n = images.iter().zip(&readings).filter(|pair| is_refused(*pair)).count();
        println!("; not sure {:>5.1} %", share(n, images.len()));
    }
}

fn share(n: usize, n_total: usize) -> f64 {
    100.0 * n as f64 / n_total.max(1) as f64
}

fn random(index: usize) -> Stream {
    Key::new(1, Purpose::Bench).with(index as u64).stream()
}

fn signs(signs: &[(char, Strokes)]) -> Vec<Vec<f32>> {
    let places = (0..signs.len()).flat_map(|sign_idx| (0..N_VARIANTS).map(move |variant_idx| (sign_idx, variant_idx)));
    let image = |(sign_idx, variant_idx): (usize, usize)| {
        draw(&[(signs[sign_idx].1, [0.0, 1.0])], sign_idx * N_VARIANTS + variant_idx)
    };
    places.map(image).collect()
}

fn pairs() -> Vec<Vec<f32>> {
    let pair = |idx: usize| draw(&[(DIGITS[idx % 10].1, [0.0, 0.45]), (DIGITS[idx / 10].1, [0.55, 1.0])], 10_000 + idx);
    (0..100).map(pair).collect()
}

/// Draws strokes between two places across the pad each, slanted, stretched and shaken a little, by MNIST's recipe.
fn draw(parts: &[(Strokes, [f64; 2])], index: usize) -> Vec<f32> {
    let mut random = random(index);
    let (slant, stretch) = (random.uniform(-0.2, 0.2), random.uniform(0.8, 1.2));
    let mut drawing = Drawing::default();
    for (strokes, [left, right]) in parts {
        for stroke in strokes.iter() {
            for (point_idx, (x, y)) in stroke.iter().enumerate() {
                let (x, y) = (x + random.uniform(-0.03, 0.03), y + random.uniform(-0.03, 0.03));
                let x = 0.5 + (x - 0.5) * 0.6 * stretch + slant * (0.5 - y) * 0.6;
                let point = InkPoint::new((left + x * (right - left)) as f32, (0.1 + y * 0.8) as f32);
                if point_idx == 0 { drawing.begin(point) } else { drawing.extend(point) }
            }
        }
    }
    centred(&drawing)
}

fn scribble(index: usize) -> Vec<f32> {
    let mut random = random(20_000 + index);
    let (mut x, mut y, mut angle) = (0.5, 0.5, 0.0_f64);
    let mut drawing = Drawing::default();
    drawing.begin(InkPoint::new(0.5, 0.5));
    for _ in 0..random.below(80) + 60 {
        angle += random.uniform(-1.2, 1.2);
        (x, y) = (x + 0.07 * angle.cos(), y + 0.07 * angle.sin());
        if !(0.1..0.9).contains(&x) || !(0.1..0.9).contains(&y) {
            angle += std::f64::consts::FRAC_PI_2;
            (x, y) = (x.clamp(0.1, 0.9), y.clamp(0.1, 0.9));
        }
        drawing.extend(InkPoint::new(x as f32, y as f32));
    }
    centred(&drawing)
}
