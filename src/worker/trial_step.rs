//! One training step on the subject alone, tried out: what it would do, with what the optimizer remembers at present.

use super::answers::{Look, cross_entropy, nothing_there};
use super::run::Network;
use super::session::Session;
use crate::protocol::{Answer, ClassLoss, TrialWeight};
use inkling_engine::explain::ExplainError;
use inkling_engine::losses::Target;
use inkling_engine::model::{Model, Workspace};
use inkling_engine::optimizers::Optimizer;
use inkling_engine::trainer::TrialStep;

impl Session {
    pub(super) fn trial_step(&mut self, class: u8) -> Result<Answer, ExplainError> {
        let look = self.look()?;
        ExplainError::check_index("class", usize::from(class), look.probs().len())?;
        let logits_idx = look.logits_idx();
        let Look { pixels, .. } = look;
        let Some(run) = &mut self.run else { return Err(nothing_there()) };
        let training = run.checked.experiment().training.clone();
        let (model, workspace) = run.model_and_workspace();
        let gradients = model.weight_gradient(workspace, &pixels, Target::Labels(&[class]));
        let before = verdict(model, workspace, &pixels, class);
        let tried = match &run.network {
            Network::Bare(model) => {
                let optimizer = Optimizer::new(training.optimizer, model.n_params());
                TrialStep::new(model, &optimizer, training.learning_rate, gradients)
            }
            Network::InTraining(trainer) => {
                TrialStep::new(trainer.model(), trainer.optimizer(), trainer.learning_rate(), gradients)
            }
        };
        let after = verdict(&tried.model, &mut run.workspace, &pixels, class);
        let (model, _) = run.model_and_workspace();
        let bias = logits_idx.map_or(0..0, |layer_idx| model.param_ranges()[layer_idx].bias());
        let biases = bias.map(|idx| TrialWeight {
            before: model.weights()[idx],
            gradient: tried.gradients[idx],
            after: tried.model.weights()[idx],
        });
        Ok(Answer::TrialStep { class, before, after, biases: biases.collect() })
    }
}

fn verdict(model: &Model, workspace: &mut Workspace, pixels: &[f32], class: u8) -> ClassLoss {
    let logits = model.logits(workspace, pixels);
    ClassLoss { prob: model.predict(workspace, pixels)[usize::from(class)], loss: cross_entropy(&logits, class) }
}
