//! Trains the MLP 784-16-16-10 on MNIST, prints a line an epoch, then tests it:
//! `cargo run -p inkling-engine --example train_mlp`.

mod mnist;

use inkling_engine::data::mnist_manifest::ShardKind;
use inkling_engine::evaluation::Evaluator;
use inkling_engine::experiment::Preset;
use inkling_engine::model::Workspace;
use inkling_engine::trainer::{Stage, Trainer};
use std::error::Error;
use std::sync::Arc;

fn main() -> Result<(), Box<dyn Error>> {
    let mut experiment = Preset::Mlp16x16.experiment();
    experiment.training.epochs = 5;
    let checked = experiment.check()?;
    println!("{}\n", checked.summary());

    let mut trainer = Trainer::new(checked, Arc::new(mnist::load(ShardKind::Train)?))?;
    let reason = loop {
        match trainer.stage() {
            Stage::Step => {
                trainer.step();
            }
            Stage::Validation => {
                if let Some(record) = trainer.validate_chunk() {
                    println!(
                        "epoch {}: loss {:.4}, accuracy {:.4}, validation accuracy {:.4}",
                        record.epoch,
                        record.loss,
                        record.accuracy,
                        record.val_accuracy.unwrap_or(f64::NAN)
                    );
                }
            }
            Stage::Finished(reason) => break reason,
        }
    };
    println!("{reason}");

    let model = trainer.into_model();
    let mut workspace = Workspace::new(&model);
    let mut evaluator = Evaluator::new(Arc::new(mnist::load(ShardKind::Test)?));
    let n_samples = evaluator.n_total();
    let evaluation =
        evaluator.chunk(&model, &mut workspace, n_samples).ok_or("the test set was not read to its end")?;
    println!("test: loss {:.4}, accuracy {:.4}", evaluation.loss, evaluation.accuracy);
    Ok(())
}
