//! Edits as text.

use crate::components::layers::LayerView;
use crate::plot::number::{thousands, three_digits};
use crate::protocol::{Phase, Start};
use crate::state::{Reverted, WeightEdits};
use inkling_engine::experiment::CheckedExperiment;
use inkling_engine::explain::{Edit, Frozen, KernelPreset};

/// An edit: `conv2d filter 5: Sobel x`.
#[must_use]
pub fn edit_text(edit: &Edit, layers: &[LayerView]) -> String {
    let (layer_idx, unit) = edit.target();
    let Some(view) = layers.iter().find(|view| view.layer_idx == layer_idx) else { return String::new() };
    let unit = format!("{} {}", view.layer.name, view.unit_name(unit));
    match edit {
        Edit::SilenceUnit { .. } => format!("{unit}: silenced"),
        Edit::SetKernel { in_channel, values, .. } => {
            let channel = if has_channels(view) { format!(", channel {in_channel}") } else { String::new() };
            format!("{unit}{channel}: {}", kernel_text(values, view))
        }
        Edit::SetWeights { weights, .. } => match weights.as_slice() {
            [(_, value)] => format!("{unit}: a weight set to {}", three_digits(*value)),
            weights => format!("{unit}: {} weights painted", weights.len()),
        },
        Edit::SetBias { value, .. } => format!("{unit}: bias set to {}", three_digits(*value)),
    }
}

/// The text about an edit that can no longer be undone.
#[must_use]
pub fn outcome_text(reverted: Option<Reverted>) -> String {
    match reverted {
        None => "trained on since, stays".to_owned(),
        Some(Reverted { best_epoch, is_whole: true }) => {
            format!("undone: the run's end brought back the weights of epoch {best_epoch}, the best")
        }
        Some(Reverted { best_epoch, is_whole: false }) => {
            format!(
                "undone but for what is frozen: the run's end brought back the weights of epoch {best_epoch}, the best"
            )
        }
    }
}

/// A frozen part: `conv2d filter 5`.
#[must_use]
pub fn part_text(part: Frozen, layers: &[LayerView]) -> String {
    let view = |layer_idx: usize| layers.iter().find(|view| view.layer_idx == layer_idx);
    match part {
        Frozen::Layer { layer_idx } => view(layer_idx).map(|view| format!("all of {}", view.layer.name)),
        Frozen::Unit { layer_idx, unit } => {
            view(layer_idx).map(|view| format!("{} {}", view.layer.name, view.unit_name(unit)))
        }
        Frozen::Slice { layer_idx, in_channel, filter } => {
            view(layer_idx).map(|view| format!("{} {}, channel {in_channel}", view.layer.name, view.unit_name(filter)))
        }
    }
    .unwrap_or_default()
}

/// The rules for edits at present: how long they can be undone, and what Train will do with them.
#[must_use]
pub fn state_text(phase: Phase, start: Start, weight_edits: &WeightEdits) -> &'static str {
    match phase {
        Phase::Training => {
            "The network is training: an edit is part of its weights from the next update on, and cannot be taken back \
             then. Pause first to try something out."
        }
        Phase::Idle | Phase::Loading if start == Start::Pretrained => {
            "This is the pretrained network. Undo gives back its exact weights. Train begins with fresh weights; edits \
             that can be undone and frozen parts are made in them again."
        }
        Phase::Idle | Phase::Loading => {
            "Nothing is trained yet. Undo gives back the exact weights; once training has begun, edits are part of them."
        }
        Phase::Paused | Phase::Finished | Phase::Failed if weight_edits.committed().is_empty() => {
            "Undo gives back the exact weights, until training goes on."
        }
        Phase::Paused | Phase::Finished | Phase::Failed => {
            "Undo gives back the exact weights, until training goes on. What was trained on since cannot be taken back; \
             Reset begins with fresh weights."
        }
    }
}

/// A ready-made kernel by its name, zeros, or that it was typed.
fn kernel_text(values: &[f32], view: &LayerView) -> String {
    let kernel_shape = view.layer.kernel_shape();
    let size = [kernel_shape.first().copied().unwrap_or(1), kernel_shape.get(1).copied().unwrap_or(1)];
    let preset = KernelPreset::ALL.into_iter().find(|preset| preset.values(size).is_ok_and(|preset| preset == values));
    match preset {
        Some(preset) => preset.title().to_owned(),
        None if values.iter().all(|value| *value == 0.0) => "all zeros".to_owned(),
        None => "typed in".to_owned(),
    }
}

/// Whether a filter has several kernels, so that the channel has to be named.
fn has_channels(view: &LayerView) -> bool {
    view.layer.input_shape.dims()[2] > 1
}

/// The images that networks are judged by: `1,000 validation images`. The worker takes at most 1,000.
#[must_use]
pub fn judged_text(checked: &CheckedExperiment) -> String {
    const N_JUDGED: usize = 1_000;
    match checked.n_validation() {
        0 => format!("{} training images (none are kept for validation)", thousands(checked.n_train().min(N_JUDGED))),
        1 => "1 validation image".to_owned(),
        n => format!("{} validation images", thousands(n.min(N_JUDGED))),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test says where")]
    use super::*;
    use crate::components::layers::layers_with_weights;
    use inkling_engine::experiment::Preset;

    #[test]
    fn edits_are_named_as_on_the_rest_of_the_page() {
        let layers = layers_with_weights(Preset::LessonCnn.experiment().check().unwrap().layers());
        let text = |edit| edit_text(&edit, &layers);
        let kernel = |layer_idx, in_channel, values| Edit::SetKernel { layer_idx, in_channel, filter: 4, values };
        assert_eq!(text(Edit::SilenceUnit { layer_idx: 6, unit: 3 }), "dense unit 3: silenced");
        let sobel = KernelPreset::SobelX.values([3, 3]).unwrap();
        assert_eq!(text(kernel(0, 0, sobel.clone())), "conv2d filter 4: Sobel x");
        assert_eq!(text(kernel(2, 6, sobel)), "conv2d_1 filter 4, channel 6: Sobel x");
        assert_eq!(text(kernel(0, 0, vec![0.0; 9])), "conv2d filter 4: all zeros");
        assert_eq!(text(kernel(0, 0, vec![0.5; 9])), "conv2d filter 4: typed in");
        let paint = |n: usize| Edit::SetWeights { layer_idx: 6, unit: 0, weights: vec![(7, -0.25); n] };
        assert_eq!(text(paint(1)), "dense unit 0: a weight set to −0.250");
        assert_eq!(text(paint(42)), "dense unit 0: 42 weights painted");
        assert_eq!(text(Edit::SetBias { layer_idx: 0, unit: 4, value: 0.5 }), "conv2d filter 4: bias set to 0.500");
    }

    #[test]
    fn the_list_says_what_became_of_an_edit() {
        assert_eq!(outcome_text(None), "trained on since, stays");
        let undone = outcome_text(Some(Reverted { best_epoch: 4, is_whole: true }));
        assert_eq!(undone, "undone: the run's end brought back the weights of epoch 4, the best");
        let in_part = outcome_text(Some(Reverted { best_epoch: 4, is_whole: false }));
        assert!(in_part.starts_with("undone but for what is frozen"), "{in_part}");
    }

    #[test]
    fn frozen_parts_are_named() {
        let layers = layers_with_weights(Preset::LessonCnn.experiment().check().unwrap().layers());
        let text = |part| part_text(part, &layers);
        assert_eq!(text(Frozen::Layer { layer_idx: 2 }), "all of conv2d_1");
        assert_eq!(text(Frozen::Unit { layer_idx: 0, unit: 4 }), "conv2d filter 4");
        assert_eq!(text(Frozen::Slice { layer_idx: 2, in_channel: 6, filter: 4 }), "conv2d_1 filter 4, channel 6");
    }
}
