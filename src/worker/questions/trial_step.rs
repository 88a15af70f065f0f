//! One training step on the subject alone, tried out with what the optimizer remembers at present.

use super::gradients::cross_entropy;
use super::{Answerable, Asked, Outcome};
use crate::protocol::questions::{ClassLoss, TrialStep, TrialStepAnswer, TrialWeight};
use crate::worker::run::Network;
use inkling_engine::explain::ExplainError;
use inkling_engine::losses::Target;
use inkling_engine::model::{Model, Workspace};
use inkling_engine::optimizers::Optimizer;
use inkling_engine::trainer::TrialStep as Step;

impl Answerable for TrialStep {
    fn answer(self, asked: &mut Asked<'_>) -> Result<Outcome<TrialStep>, ExplainError> {
        let (class, look) = (self.class, asked.look()?);
        ExplainError::check_index("class", usize::from(class), look.probs().len())?;
        let logits_idx = look.logits_idx();
        let pixels = look.pixels();
        let run = &mut *asked.run;
        let training = run.checked.experiment().training.clone();
        let (model, workspace) = run.model_and_workspace();
        let gradients = model.weight_gradient(workspace, pixels, Target::Labels(&[class]));
        let before = class_loss(model, workspace, pixels, class);
        let tried = match &run.network {
            Network::Bare(model) => {
                let optimizer = Optimizer::new(training.optimizer, model.n_params());
                Step::new(model, &optimizer, training.learning_rate, gradients)
            }
            Network::InTraining(trainer) => {
                Step::new(trainer.model(), trainer.optimizer(), trainer.learning_rate(), gradients)
            }
        };
        let after = class_loss(&tried.model, &mut run.workspace, pixels, class);
        let (model, _) = run.model_and_workspace();
        let bias = logits_idx.map_or(0..0, |layer_idx| model.param_ranges()[layer_idx].bias());
        let biases = bias.map(|idx| TrialWeight {
            before: model.weights()[idx],
            gradient: tried.gradients[idx],
            after: tried.model.weights()[idx],
        });
        Ok(Outcome::Answer(TrialStepAnswer { before, after, biases: biases.collect() }))
    }
}

fn class_loss(model: &Model, workspace: &mut Workspace, pixels: &[f32], class: u8) -> ClassLoss {
    let logits: Vec<f32> = model.logits(workspace, pixels).into_iter().collect();
    let prob = model.predict(workspace, pixels)[[0, usize::from(class)]];
    ClassLoss { prob, loss: cross_entropy(&logits, class) }
}
