//! What the page looks at, and the numbers that it is sent for it.

use super::channel::post;
use super::clock::{Throttle, now_ms};
use super::session::{DataSlot, Session};
use crate::protocol::{Event, Inspection, LayerValues, Subject, Watch};

/// Between two looks while training: at most ten a second.
const LOOK_PERIOD_MS: f64 = 100.0;
/// Share of the training worker's time that looks may take: those at a large network become rarer.
const LOOK_SHARE: f64 = 0.04;
/// Pixels of an image.
const N_PIXELS: usize = 28 * 28;

/// What the page looks at.
pub struct InspectionTarget {
    watch: Watch,
    revision: u32,
    drawing: Vec<f32>,
    throttle: Throttle,
}

impl InspectionTarget {
    /// Looks at an empty pad.
    #[must_use]
    pub fn new() -> InspectionTarget {
        InspectionTarget {
            watch: Watch { subject: Subject::Drawing, layers: Vec::new() },
            revision: 0,
            drawing: vec![0.0; N_PIXELS],
            throttle: Throttle::new(LOOK_PERIOD_MS),
        }
    }

    /// Looks at something else.
    pub fn watch(&mut self, watch: Watch) {
        self.watch = watch;
    }

    /// Takes a new drawing; one of another size is no drawing.
    pub fn draw(&mut self, revision: u32, pixels: Vec<f32>) {
        if pixels.len() == N_PIXELS {
            (self.revision, self.drawing) = (revision, pixels);
        }
    }
}

impl Session {
    /// Sends what is looked at, as often as training can afford.
    pub(super) fn inspect_if_due(&mut self) {
        if self.inspection_target.throttle.is_due() {
            let start_ms = now_ms();
            self.inspect();
            self.inspection_target.throttle.set_period(look_period_ms(now_ms() - start_ms));
        }
    }

    /// Sends what is looked at.
    pub(super) fn inspect(&mut self) {
        let Some((pixels, label)) = self.subject() else { return };
        let Some(run) = &mut self.run else { return };
        let Watch { subject, layers } = &self.inspection_target.watch;
        if run.checked.input_shape().size() != pixels.len() {
            return;
        }
        let (model, workspace) = run.model_and_workspace();
        let activations = model.activations(workspace, &pixels);
        let mut values = pixels;
        let mut layer_values = Vec::with_capacity(layers.len());
        for activation in activations.iter().filter(|activation| layers.contains(&activation.layer_idx)) {
            layer_values.push(LayerValues {
                layer_idx: activation.layer_idx,
                shape: activation.shape,
                start: values.len(),
            });
            values.extend_from_slice(&activation.values);
        }
        let probs = activations.last().map(|output| output.values.clone()).unwrap_or_default();
        post(Event::Inspected(Inspection {
            run: run.id,
            n_steps: run.n_steps,
            subject: *subject,
            revision: self.inspection_target.revision,
            label,
            probs,
            layers: layer_values,
            values,
        }));
    }

    /// The subject's pixels in `[0, 1]`, and its label if it has one; `None` while it is not there.
    pub(super) fn subject(&self) -> Option<(Vec<f32>, Option<u8>)> {
        let Some((set, image_idx)) = self.inspection_target.watch.subject.place() else {
            return Some((self.inspection_target.drawing.clone(), None));
        };
        let DataSlot::Loaded(mnist) = &self.data else { return None };
        let digits = mnist.of(set);
        let label = digits.label(image_idx)?;
        Some((digits.input(image_idx)?, Some(label)))
    }
}

/// Time between two looks when one takes `cost_ms`.
fn look_period_ms(cost_ms: f64) -> f64 {
    LOOK_PERIOD_MS.max(cost_ms / LOOK_SHARE)
}

#[cfg(test)]
mod tests {
    use super::look_period_ms;

    #[test]
    fn dear_looks_are_rare() {
        assert_eq!(look_period_ms(0.5), 100.0);
        assert_eq!(look_period_ms(40.0), 1_000.0);
    }
}
