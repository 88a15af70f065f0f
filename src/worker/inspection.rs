//! What the page looks at, and the numbers that it is sent for it.

use super::channel::post;
use super::clock::Throttle;
use super::session::{DataSlot, Session};
use crate::protocol::{Event, Inspection, LayerValues, Subject, Watch};

/// Between two looks while training: at most ten a second.
const LOOK_PERIOD_MS: f64 = 100.0;
/// Pixels of an image.
const N_PIXELS: usize = 28 * 28;

/// What the page looks at.
pub struct Onlooker {
    watch: Watch,
    revision: u32,
    drawing: Vec<f32>,
    throttle: Throttle,
}

impl Onlooker {
    /// Looks at an empty pad.
    #[must_use]
    pub fn new() -> Onlooker {
        Onlooker {
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
    /// Sends what is looked at, if ten times a second leaves room for it.
    pub(super) fn inspect_if_due(&mut self) {
        if self.onlooker.throttle.is_due() {
            self.inspect();
        }
    }

    /// Sends what is looked at.
    pub(super) fn inspect(&mut self) {
        let Some((pixels, label)) = self.subject() else { return };
        let Some(run) = &mut self.run else { return };
        let Watch { subject, layers } = &self.onlooker.watch;
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
            revision: self.onlooker.revision,
            label,
            probs,
            layers: layer_values,
            values,
        }));
    }

    /// The subject's pixels in `[0, 1]`, and its label if it has one; `None` while it is not there.
    pub(super) fn subject(&self) -> Option<(Vec<f32>, Option<u8>)> {
        let (digits, image_idx) = match (self.onlooker.watch.subject, &self.data) {
            (Subject::Drawing, _) => return Some((self.onlooker.drawing.clone(), None)),
            (Subject::Train(image_idx), DataSlot::Loaded(mnist)) => (&mnist.train, image_idx),
            (Subject::Test(image_idx), DataSlot::Loaded(mnist)) => (&mnist.test, image_idx),
            (_, DataSlot::Missing | DataSlot::Loading) => return None,
        };
        let label = digits.label(image_idx)?;
        Some((digits.input(image_idx)?, Some(label)))
    }
}
