//! What the page looks at, and the numbers that it is sent for it.

use super::channel::post;
use super::clock::{Throttle, now_ms};
use super::context::Context;
use super::look::{Image, Look, image_of};
use super::run::Run;
use crate::protocol::{Event, Inspection, LayerCell, LayerValues, PinnedCell, RunId, Subject, Watch};
use inkling_engine::explain::{ExplainError, cell_arithmetic, receptive_fields};
use inkling_engine::layers::LayerSample;

/// Between two looks while training, at least: each comes with a report, of which there are at most ten per second.
const LOOK_PERIOD_MS: f64 = 90.0;
/// Share of the training worker's time that looks may take: those at a large network become rarer.
const LOOK_SHARE: f64 = 0.04;
/// Contributions of the pinned number that are listed, for and against.
const N_LARGEST: usize = 12;

/// What the page looks at.
pub struct InspectionTarget {
    watch: Watch,
    revision: u32,
    drawing: Vec<f32>,
    throttle: Throttle,
}

impl InspectionTarget {
    /// Looks at no network yet.
    #[must_use]
    pub fn new() -> InspectionTarget {
        InspectionTarget {
            watch: Watch { run: 0, subject: Subject::Drawing, layers: Vec::new(), pinned: None },
            revision: 0,
            drawing: Vec::new(),
            throttle: Throttle::new(LOOK_PERIOD_MS),
        }
    }

    /// Looks at something else.
    pub fn watch(&mut self, context: &mut Context, watch: Watch) {
        self.watch = watch;
        self.inspect(context);
    }

    /// Takes a new drawing.
    pub fn draw(&mut self, context: &mut Context, revision: u32, pixels: Vec<f32>) {
        (self.revision, self.drawing) = (revision, pixels);
        self.inspect(context);
    }

    /// Sends what is looked at, as often as training can afford.
    pub fn tick(&mut self, context: &mut Context) {
        if self.throttle.is_due() {
            let start_ms = now_ms();
            self.inspect(context);
            self.throttle.set_period(look_period_ms(now_ms() - start_ms));
        }
    }

    /// Sends what is looked at, if it is a run's network.
    pub fn inspect_run(&mut self, context: &mut Context, run: RunId) {
        if self.watch.run == run {
            self.inspect(context);
        }
    }

    /// Sends what is looked at.
    pub fn inspect(&mut self, context: &mut Context) {
        let Some((pixels, label)) = self.image(context) else { return };
        let Some(run) = context.runs.get_mut(self.watch.run).filter(|run| run.has_weights) else { return };
        let Ok(look) = Look::new(run, pixels) else { return };
        // A pin that does not fit belongs to a network that is gone: the page's next order says so.
        let pinned = self.watch.pinned.and_then(|cell| pinned_cell(run, &look, cell).ok());
        let mut values = look.pixels().to_vec();
        let mut layers = Vec::with_capacity(self.watch.layers.len());
        for output in look.activations.iter().filter(|output| self.watch.layers.contains(&output.layer_idx)) {
            layers.push(LayerValues::pack(output, look.layers[output.layer_idx].output_shape, &mut values));
        }
        post(Event::Inspected(Inspection {
            run: run.id,
            n_steps: run.n_steps_seen(),
            subject: self.watch.subject,
            revision: self.revision,
            label,
            probs: look.probs().to_vec(),
            layers,
            pinned,
            unfamiliarity: run.known_images().and_then(|known| known.unfamiliarity(look.pixels(), &look.activations)),
            values,
        }));
    }

    /// The image that is looked at; `None` while it is not there.
    #[must_use]
    pub fn image(&self, context: &Context) -> Option<Image> {
        match self.watch.subject {
            Subject::Drawing => Some((self.drawing.clone(), None)),
            subject => image_of(context, subject),
        }
    }
}

/// Takes the pinned number apart.
fn pinned_cell(run: &Run, look: &Look, at: LayerCell) -> Result<PinnedCell, ExplainError> {
    let LayerCell { layer_idx, cell } = at;
    let (model, fields) = (run.model(), receptive_fields(&look.layers, layer_idx, cell)?);
    let sample = LayerSample {
        layer: &look.layers[layer_idx],
        input: look.input_of(layer_idx),
        kernel: model.kernel(layer_idx),
        bias: model.bias(layer_idx),
        normalization: model.normalization(layer_idx),
        output: look.activations[layer_idx].values.view(),
        n_largest: N_LARGEST,
    };
    Ok(PinnedCell { at, arithmetic: Box::new(cell_arithmetic(&sample, cell)?), fields })
}

/// Time between two looks when one takes `cost_ms`.
fn look_period_ms(cost_ms: f64) -> f64 {
    LOOK_PERIOD_MS.max(cost_ms / LOOK_SHARE)
}

#[cfg(test)]
mod tests {
    use super::look_period_ms;

    #[test]
    fn expensive_looks_are_rare() {
        assert_eq!(look_period_ms(0.5), 90.0);
        assert_eq!(look_period_ms(40.0), 1_000.0);
    }
}
