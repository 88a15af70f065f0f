//! What the accuracy is without each unit of a layer.

use super::scores::{CHUNK, Judged};
use super::{Answerable, Asked, Job, Outcome};
use crate::protocol::questions::{Ablation, AblationAnswer};
use crate::worker::run::Run;
use inkling_engine::evaluation::Evaluator;
use inkling_engine::explain::{DeadUnits, Edit, ExplainError, apply_edits};
use inkling_engine::model::{Model, Workspace};

struct AblationJob {
    layer_idx: usize,
    judged: Judged,
    original: Vec<f32>,
    /// The network with the unit at hand silenced; none while the whole one is judged.
    ablated: Option<Model>,
    workspace: Workspace,
    evaluator: Evaluator,
    accuracy: Option<f64>,
    without: Vec<f64>,
    dead: DeadUnits,
    n_looked: usize,
    n_units: usize,
}

impl Answerable for Ablation {
    fn answer(self, asked: &mut Asked<'_>) -> Result<Outcome<Ablation>, ExplainError> {
        let n_units = asked.channel_of(self.layer_idx, 0)?.dims()[2];
        let layer = &asked.run.checked.layers()[self.layer_idx];
        if layer.n_kernel == 0 {
            return Err(ExplainError::new(&layer.name, "a layer with weights", "none"));
        }
        let judged = Judged::of(asked)?;
        asked.look()?;
        let model = asked.run.model();
        Ok(Outcome::Job(Box::new(AblationJob {
            layer_idx: self.layer_idx,
            evaluator: judged.evaluator(),
            judged,
            original: model.weights().to_vec(),
            ablated: None,
            workspace: Workspace::new(model),
            accuracy: None,
            without: Vec::with_capacity(n_units),
            dead: DeadUnits::new(n_units),
            n_looked: 0,
            n_units,
        })))
    }
}

impl Job<Ablation> for AblationJob {
    /// Judges the whole network, looks for units that are always silent, then silences one unit after the other.
    fn step(&mut self, run: &mut Run) -> bool {
        let (model, layer_idx) = (run.model(), self.layer_idx);
        if self.accuracy.is_none() {
            if let Some(evaluation) = self.evaluator.chunk(model, &mut self.workspace, CHUNK) {
                self.accuracy = Some(evaluation.accuracy);
            }
            return false;
        }
        let next = self.judged.sample_idxs.get(self.n_looked);
        if let Some(pixels) = next.and_then(|sample_idx| self.judged.images.input(*sample_idx as usize)) {
            self.dead.push(model.activations(&mut self.workspace, &pixels)[layer_idx].values.view());
            self.n_looked += 1;
            return false;
        }
        if self.ablated.is_none() {
            self.evaluator = self.judged.evaluator();
            let edit = Edit::SilenceUnit { layer_idx, unit: self.without.len() };
            let Ok(weights) = apply_edits(model.layers(), &self.original, &[edit]) else { return true };
            let mut ablated = model.clone();
            ablated.set_weights(&weights);
            self.ablated = Some(ablated);
        }
        if let Some(ablated) = &self.ablated
            && let Some(evaluation) = self.evaluator.chunk(ablated, &mut self.workspace, CHUNK)
        {
            self.without.push(evaluation.accuracy);
            self.ablated = None;
        }
        self.without.len() == self.n_units
    }

    fn answer(&self) -> AblationAnswer {
        AblationAnswer {
            accuracy: self.accuracy.unwrap_or_default(),
            without: self.without.clone(),
            dead: if self.n_looked == self.judged.sample_idxs.len() { self.dead.units() } else { Vec::new() },
            n_units: self.n_units,
        }
    }
}
