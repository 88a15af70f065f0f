//! Reads one of MNIST's test images with the network that ships with the page, and shows both as text:
//! `cargo run -p inkling-engine --example read_image -- 7`.

mod mnist;

use inkling_engine::data::mnist_manifest::ShardKind;
use inkling_engine::model::{Model, Workspace};
use inkling_engine::model_file;
use std::error::Error;

/// From paper to ink.
const SHADES: [char; 10] = [' ', '.', ':', '-', '=', '+', '*', '#', '%', '@'];

fn main() -> Result<(), Box<dyn Error>> {
    let sample_idx: usize = std::env::args().nth(1).map_or(Ok(0), |number| number.parse())?;

    // The file carries its experiment, so nothing else says what kind of network it is.
    let file = model_file::read(&mnist::asset("models/lesson-cnn.safetensors")?)?;
    let mut model = Model::new(&file.checked);
    model.set_weights(&file.weights);

    let dataset = mnist::load(ShardKind::Test)?;
    let (Some(image), Some(label)) = (dataset.input(sample_idx), dataset.label(sample_idx)) else {
        return Err(format!("the test set has {} images", dataset.len()).into());
    };
    for row in image.chunks(28) {
        // A character is about twice as high as wide.
        println!("{}", row.iter().flat_map(|&ink| [shade(ink); 2]).collect::<String>());
    }

    println!("labelled {label}, read as:");
    for (digit, probability) in model.predict(&mut Workspace::new(&model), &image).into_iter().enumerate() {
        println!("{digit} {:6.2} % {}", 100.0 * probability, "█".repeat((40.0 * probability).round() as usize));
    }
    Ok(())
}

/// The character for an amount of ink in `[0, 1]`.
fn shade(ink: f32) -> char {
    SHADES[((ink * 9.0).round() as usize).min(9)]
}
