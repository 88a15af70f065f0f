//! A unit's weights as they are with the edits that the page knows of.

use crate::components::layers::LayerView;
use crate::protocol::questions::Weights;
use crate::state::Answered;
use inkling_engine::explain::Edit;

/// Kernel column and bias of a unit or filter.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitWeights {
    /// `[inputs]`, or for Conv2D `[kernel_h · kernel_w · in_channels]`, channels last.
    pub kernel: Vec<f32>,
    /// The bias.
    pub bias: f32,
}

impl UnitWeights {
    /// The worker's newest numbers with the open edits applied again: they may not have reached the worker when it sent
    /// them. `None` if the answer is about another layer.
    #[must_use]
    pub fn of(view: &LayerView, answered: &Answered<Weights>, open: &[Edit], unit: usize) -> Option<UnitWeights> {
        let (kernel, bias) = view.arrays(answered)?;
        let mut weights = UnitWeights { kernel: kernel.by_unit().column(unit).to_vec(), bias: *bias.get(unit)? };
        let in_channels = view.layer.input_shape.dims()[2];
        open.iter()
            .filter(|edit| edit.target() == (view.layer_idx, unit))
            .for_each(|edit| weights.apply(edit, in_channels));
        Some(weights)
    }

    fn apply(&mut self, edit: &Edit, in_channels: usize) {
        match edit {
            Edit::SilenceUnit { .. } => {
                self.kernel.fill(0.0);
                self.bias = 0.0;
            }
            Edit::SetKernel { in_channel, values, .. } => {
                let slice = self.kernel.iter_mut().skip(*in_channel).step_by(in_channels);
                slice.zip(values).for_each(|(weight, value)| *weight = *value);
            }
            Edit::SetWeights { weights, .. } => {
                for (row, value) in weights {
                    if let Some(weight) = self.kernel.get_mut(*row) {
                        *weight = *value;
                    }
                }
            }
            Edit::SetBias { value, .. } => self.bias = *value,
        }
    }

    /// What a filter does to one input channel, `[kernel_h · kernel_w]`.
    #[must_use]
    pub fn slice(&self, in_channel: usize, in_channels: usize) -> Vec<f32> {
        self.kernel.iter().skip(in_channel).step_by(in_channels.max(1)).copied().collect()
    }

    /// Whether the unit's weights and bias are all 0, so that it gives the same for every image.
    #[must_use]
    pub fn is_silent(&self) -> bool {
        self.bias == 0.0 && self.kernel.iter().all(|weight| *weight == 0.0)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test says where")]
    use super::*;
    use crate::components::layers::layers_with_weights;
    use crate::protocol::questions::{WeightKind, WeightsAnswer};
    use inkling_engine::experiment::Preset;
    use inkling_engine::explain::apply_edits;

    #[test]
    fn the_page_sees_what_the_engine_makes() {
        let experiment = Preset::LessonCnn.experiment();
        let checked = experiment.check().unwrap();
        let views = layers_with_weights(checked.layers());
        let weights: Vec<f32> = (0..checked.n_params()).map(|i| (i as f32).sin()).collect();
        let edits = [
            Edit::SilenceUnit { layer_idx: 0, unit: 4 },
            Edit::SilenceUnit { layer_idx: 2, unit: 9 },
            Edit::SetKernel { layer_idx: 2, in_channel: 31, filter: 9, values: (0..9_u8).map(f32::from).collect() },
            Edit::SetBias { layer_idx: 2, unit: 9, value: -2.0 },
            Edit::SetWeights { layer_idx: 6, unit: 3, weights: vec![(1_599, 8.0), (0, -8.0)] },
        ];
        let edited = apply_edits(checked.layers(), &weights, &edits).unwrap();
        let mut start = 0;
        for view in &views {
            let n_params = view.layer.n_params();
            let answered = |weights: &[f32]| Answered {
                n_steps: 0,
                question: Weights { layer_idx: view.layer_idx, kind: WeightKind::Values },
                answer: WeightsAnswer {
                    kernel_shape: view.layer.kernel_shape(),
                    values: weights[start..start + n_params].to_vec(),
                },
            };
            for unit in 0..view.n_units() {
                let seen = UnitWeights::of(view, &answered(&weights), &edits, unit).unwrap();
                let made = UnitWeights::of(view, &answered(&edited), &[], unit).unwrap();
                assert_eq!(seen, made, "{} unit {unit}", view.layer.name);
            }
            start += n_params;
        }
        let filter = UnitWeights { kernel: vec![1.0, 2.0, 3.0, 4.0], bias: 0.0 };
        assert_eq!(filter.slice(1, 2), [2.0, 4.0]);
        assert!(!filter.is_silent() && UnitWeights { kernel: vec![0.0, -0.0], bias: 0.0 }.is_silent());
    }
}
