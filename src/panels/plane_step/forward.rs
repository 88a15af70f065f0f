//! Forward: the point's features, and each unit's weighted sum and what it gives.

use super::stages::{Line, Stage, Step, left_out};
use super::written::{N_SHOWN, factor, number, written_sum};
use inkling_engine::experiment::{Activation, DataConfig, PlaneFeature};

/// The point becomes features.
#[must_use]
pub fn features_stage(step: &Step<'_>) -> Stage {
    let features: &[PlaneFeature] = match &step.checked.experiment().data {
        DataConfig::Plane(plane) => &plane.features,
        DataConfig::Mnist(_) => &[],
    };
    let lines = features.iter().zip(&step.answer.x).map(|(feature, value)| Line {
        name: feature.label().to_owned(),
        steps: vec![feature_equation(*feature, step.point.x1 as f32, step.point.x2 as f32, *value)],
    });
    Stage {
        title: "The point becomes features".to_owned(),
        caption: "The network is given numbers that are computed from the point: its features.".to_owned(),
        lines: lines.collect(),
        ..Stage::default()
    }
}

fn feature_equation(feature: PlaneFeature, x1: f32, x2: f32, value: f32) -> String {
    let of = match feature {
        PlaneFeature::X1 | PlaneFeature::X2 => return number(value),
        PlaneFeature::X1Squared => format!("{}²", factor(x1)),
        PlaneFeature::X2Squared => format!("{}²", factor(x2)),
        PlaneFeature::X1X2 => format!("{}·{}", number(x1), factor(x2)),
        PlaneFeature::SinX1 => format!("sin({})", number(x1)),
        PlaneFeature::SinX2 => format!("sin({})", number(x2)),
        PlaneFeature::CosX1 => format!("cos({})", number(x1)),
        PlaneFeature::CosX2 => format!("cos({})", number(x2)),
    };
    format!("{of} = {}", number(value))
}

/// The sums and outputs of a Dense layer.
#[must_use]
pub fn layer_stage(step: &Step<'_>, dense_idx: usize) -> Stage {
    let layer = &step.answer.layers[dense_idx];
    let n_units = layer.sums.len();
    let line = |unit: usize| {
        let products: Vec<(f32, f32)> = layer
            .inputs
            .iter()
            .enumerate()
            .map(|(idx, input)| (step.answer.weight(layer.start + idx * n_units + unit).before, *input))
            .collect();
        let bias = layer.has_bias.then(|| step.answer.weight(layer.start + layer.inputs.len() * n_units + unit).before);
        let sum = written_sum(&products, bias);
        let mut steps = vec![sum.factors];
        if sum.is_a_sum {
            steps.push(format!("= {} = {}", sum.terms, sum.total));
        } else {
            steps.push(format!("= {}", sum.total));
        }
        steps.extend(activation_equation(layer.activation, &sum.total, layer.outputs[unit]));
        Line { name: step.unit_name(dense_idx, unit), steps }
    };
    let before = match dense_idx.checked_sub(1) {
        None => "the features".to_owned(),
        Some(before) => {
            let through = step.activations_after(before);
            let given = format!("what {} gave", step.layer_title(before));
            if through.is_empty() { given } else { format!("{given}, after {}", through.join(" and ")) }
        }
    };
    let bias = if layer.has_bias { ", and a bias comes on top" } else { "" };
    let bend = match layer.activation {
        Activation::Linear => " The sum is what the unit gives.".to_owned(),
        function => format!(" The activation {} makes of the sum what the unit gives.", function.as_str()),
    };
    Stage {
        title: format!("Forward: {}", step.layer_title(dense_idx)),
        caption: format!(
            "Each unit multiplies {before} by its weights and adds the products up{bias}.{bend}{}",
            left_out(n_units)
        ),
        lines: (0..n_units.min(N_SHOWN)).map(line).collect(),
        ..Stage::default()
    }
}

/// `tanh(0.13) = 0.1293`; nothing where the sum stays as it is.
fn activation_equation(function: Activation, sum: &str, output: f32) -> Option<String> {
    match function {
        Activation::Linear => None,
        Activation::Softmax => Some(format!("softmax: e^({sum}) ÷ Σ e^(sums of all outputs) = {}", number(output))),
        function => Some(format!("{}({sum}) = {}", function.as_str(), number(output))),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{example, step_of};
    use super::*;

    #[test]
    fn a_unit_is_its_sum_and_its_activation() {
        let (checked, answer) = example();
        let stage = layer_stage(&step_of(&checked, &answer), 0);
        assert_eq!(
            stage.lines[0],
            Line {
                name: "unit 0".to_owned(),
                steps: vec![
                    "0.5000·1.500 + 0.2500·(−2.000) + 0.1000".to_owned(),
                    "= 0.7500 − 0.5000 + 0.1000 = 0.3500".to_owned(),
                    "tanh(0.3500) = 0.3364".to_owned(),
                ],
            }
        );
        assert!(stage.caption.starts_with("Each unit multiplies the features by its weights"), "{}", stage.caption);
    }

    #[test]
    fn features_say_how_they_come_about() {
        assert_eq!(feature_equation(PlaneFeature::X1Squared, -1.5, 0.0, 2.25), "(−1.500)² = 2.250");
        assert_eq!(feature_equation(PlaneFeature::X1X2, -1.5, -2.0, 3.0), "−1.500·(−2.000) = 3.000");
        assert_eq!(feature_equation(PlaneFeature::X2, 0.0, 0.25, 0.25), "0.2500");
    }
}
