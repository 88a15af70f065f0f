//! Answers that a look at one image gives at once.

use super::channel::post;
use super::jobs::Job;
use super::session::Session;
use crate::protocol::{Answer, Event, LayerValues, Question, RunId, Spread, WeightKind};
use inkling_engine::experiment::{CheckedLayer, LayerConfig, Shape};
use inkling_engine::explain::{
    CellIndex, ExplainError, Histogram, SourceImage, Statistics, cell_arithmetic, logit_contributions, receptive_fields,
};
use inkling_engine::losses::Target;
use inkling_engine::model::Activation;

/// Contributions that are told apart, for and against.
const N_LARGEST: usize = 12;
/// Bins of a histogram.
const N_BINS: usize = 40;

impl Session {
    /// Answers, at once or as a job between the slices of training.
    pub(super) fn answer(&mut self, run: RunId, question: Question) {
        if self.run_of(run).is_none() {
            return;
        }
        let answer = match question {
            Question::Cell { layer_idx, cell } => self.cell(layer_idx, cell),
            Question::Weights { layer_idx, kind } => self.weights(layer_idx, kind),
            Question::Histograms { layer_idx } => self.histograms(layer_idx),
            Question::Contributions => self.contributions(),
            Question::Gradients { class } => self.gradients(class),
            Question::TrialStep { class } => self.trial_step(class),
            Question::Comparison => self.compare(),
            Question::Saliency { .. }
            | Question::TopSamples { .. }
            | Question::ActivationMaximization { .. }
            | Question::Ablation { .. }
            | Question::Predictions { .. }
            | Question::Score => {
                match Job::new(self, question) {
                    Ok(job) => self.jobs.take_up(job),
                    Err(error) => self.tell_answer(Answer::Refused(error.to_string())),
                }
                return self.ticker.wake();
            }
        };
        self.tell_answer(answer.unwrap_or_else(|error| Answer::Refused(error.to_string())));
    }

    /// Leaves what is worked on for such a question.
    pub(super) fn withdraw(&mut self, run: RunId, question: Question) {
        if self.run_of(run).is_some() {
            self.jobs.leave(question);
        }
    }

    /// Sends an answer about the present network.
    pub(super) fn tell_answer(&self, answer: Answer) {
        if let Some(run) = &self.run {
            self.tell_answer_of(run.n_steps, answer);
        }
    }

    /// Sends an answer about the present run's network as it was after `n_steps` updates.
    pub(super) fn tell_answer_of(&self, n_steps: usize, answer: Answer) {
        if let Some(run) = &self.run {
            post(Event::Answered { run: run.id, n_steps, answer });
        }
    }

    fn cell(&mut self, layer_idx: usize, cell: CellIndex) -> Result<Answer, ExplainError> {
        let look = self.look()?;
        let fields = receptive_fields(&look.layers, layer_idx, cell)?;
        let Some(run) = &mut self.run else { return Err(nothing_there()) };
        let (model, _) = run.model_and_workspace();
        let arithmetic = cell_arithmetic(
            &look.layers[layer_idx],
            look.input_of(layer_idx),
            model.kernel(layer_idx).unwrap_or_default(),
            model.bias(layer_idx).unwrap_or_default(),
            &look.activations[layer_idx].values,
            cell,
            N_LARGEST,
        )?;
        Ok(Answer::Cell { layer_idx, cell, arithmetic: Box::new(arithmetic), fields })
    }

    fn weights(&mut self, layer_idx: usize, kind: WeightKind) -> Result<Answer, ExplainError> {
        let Some(run) = &mut self.run else { return Err(nothing_there()) };
        let layers = run.checked.layers();
        ExplainError::check_index("layer", layer_idx, layers.len())?;
        let kernel_shape = layers[layer_idx].kernel_shape();
        let values = run.weights_of(layer_idx, kind);
        Ok(Answer::Weights { layer_idx, kind, kernel_shape, values })
    }

    fn histograms(&mut self, layer_idx: usize) -> Result<Answer, ExplainError> {
        let look = self.look()?;
        ExplainError::check_index("layer", layer_idx, look.layers.len())?;
        let Some(run) = &mut self.run else { return Err(nothing_there()) };
        let spread_of =
            |values: &[f32]| Spread { statistics: Statistics::of(values), histogram: Histogram::of(values, N_BINS) };
        let has_weights = look.layers[layer_idx].n_kernel > 0;
        Ok(Answer::Histograms {
            layer_idx,
            weights: has_weights.then(|| spread_of(run.model_and_workspace().0.kernel(layer_idx).unwrap_or_default())),
            activations: spread_of(&look.activations[layer_idx].values),
            gradients: has_weights.then(|| spread_of(&run.weights_of(layer_idx, WeightKind::Gradients))),
        })
    }

    fn contributions(&mut self) -> Result<Answer, ExplainError> {
        let look = self.look()?;
        let Some(layer_idx) = look.logits_idx() else { return Ok(Answer::Contributions(Vec::new())) };
        let Some(run) = &mut self.run else { return Err(nothing_there()) };
        let (model, _) = run.model_and_workspace();
        let (kernel, bias) = (model.kernel(layer_idx).unwrap_or_default(), model.bias(layer_idx).unwrap_or_default());
        let source = SourceImage::of(&look.layers, layer_idx);
        Ok(Answer::Contributions(logit_contributions(
            look.input_of(layer_idx),
            kernel,
            bias,
            source.as_ref(),
            N_LARGEST,
        )))
    }

    fn gradients(&mut self, class: u8) -> Result<Answer, ExplainError> {
        let look = self.look()?;
        let Some(run) = &mut self.run else { return Err(nothing_there()) };
        let n_outputs = look.probs().len();
        ExplainError::check_index("class", usize::from(class), n_outputs)?;
        let (model, workspace) = run.model_and_workspace();
        let gradients = model.activation_gradients(workspace, &look.pixels, Target::Labels(&[class]));
        let logits = model.logits(workspace, &look.pixels);
        let loss = cross_entropy(&logits, class);
        let mut values = Vec::new();
        let mut layers = Vec::with_capacity(gradients.len());
        for gradient in gradients {
            layers.push(LayerValues { layer_idx: gradient.layer_idx, shape: gradient.shape, start: values.len() });
            values.extend_from_slice(&gradient.values);
        }
        let probs = look.probs().to_vec();
        Ok(Answer::Gradients { class, loss, logits, probs, layers, values })
    }

    /// The subject's way through the present network.
    pub(super) fn look(&mut self) -> Result<Look, ExplainError> {
        let Some((pixels, _)) = self.subject() else { return Err(nothing_there()) };
        let Some(run) = &mut self.run else { return Err(nothing_there()) };
        let layers = run.checked.layers().to_vec();
        let input_shape = run.checked.input_shape();
        if input_shape.size() != pixels.len() || layers.is_empty() {
            return Err(nothing_there());
        }
        let (model, workspace) = run.model_and_workspace();
        let activations = model.activations(workspace, &pixels);
        Ok(Look { pixels, input_shape, layers, activations })
    }
}

/// One image's way through the network, whole.
pub(super) struct Look {
    /// The image, 28×28.
    pub pixels: Vec<f32>,
    /// Its shape.
    pub input_shape: Shape,
    /// The network's layers.
    pub layers: Vec<CheckedLayer>,
    /// What each gives.
    pub activations: Vec<Activation>,
}

impl Look {
    fn input_of(&self, layer_idx: usize) -> &[f32] {
        layer_idx.checked_sub(1).map_or(&self.pixels, |before| &self.activations[before].values)
    }

    /// The Dense layer that makes the logits: nothing follows it but activations.
    pub fn logits_idx(&self) -> Option<usize> {
        let dense_idx = self.layers.iter().rposition(|layer| matches!(layer.config, LayerConfig::Dense(_)))?;
        let mut behind = self.layers[dense_idx + 1..].iter();
        behind.all(|layer| matches!(layer.config, LayerConfig::Activation(_))).then_some(dense_idx)
    }

    /// The network's output.
    pub fn probs(&self) -> &[f32] {
        self.activations.last().map_or(&[], |output| &output.values)
    }
}

/// `−ln softmax(logits)[class]`
pub(super) fn cross_entropy(logits: &[f32], class: u8) -> f64 {
    let max = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let less_max = |logit: f32| f64::from(logit) - f64::from(max);
    let sum: f64 = logits.iter().map(|logit| less_max(*logit).exp()).sum();
    sum.ln() - less_max(logits[usize::from(class)])
}

pub(super) fn nothing_there() -> ExplainError {
    ExplainError::new("subject", "an image and a network that takes it", "none yet")
}

#[cfg(test)]
mod tests {
    use super::cross_entropy;

    #[test]
    fn the_loss_is_the_logarithm_of_the_probability() {
        assert!((cross_entropy(&[1.0, 1.0, 1.0], 2) - 3.0_f64.ln()).abs() < 1e-12);
        // Far beyond what an f32 probability can say.
        assert!((cross_entropy(&[0.0, 500.0], 0) - 500.0).abs() < 1e-12);
    }
}
