//! Backward: by how much the loss would rise with each unit's sum.

use super::stages::{Line, Stage, Step, left_out};
use super::written::{N_SHOWN, factor, joined, number, written_sum};
use inkling_engine::experiment::{Activation, Loss};

/// The deltas of a Dense layer.
#[must_use]
pub fn layer_stage(step: &Step<'_>, dense_idx: usize) -> Stage {
    let layer = &step.answer.layers[dense_idx];
    let n_units = layer.sums.len();
    let is_last = dense_idx + 1 == step.answer.layers.len();
    let line = |unit: usize| Line {
        name: format!("δ of {}", step.unit_name(dense_idx, unit)),
        steps: if is_last { last_steps(step, unit) } else { hidden_steps(step, dense_idx, unit) },
    };
    let caption = if is_last {
        "By how much does the loss rise if a sum rises a little? This number is called δ. It begins at the end, with the \
         slope of the loss."
            .to_owned()
    } else {
        format!(
            "A unit gets the δ of each unit of {} back through the weight between them, then times the slope of its own \
             activation.",
            step.layer_title(dense_idx + 1)
        )
    };
    Stage {
        title: format!("Backward: {}", step.layer_title(dense_idx)),
        caption: format!("{caption}{}", left_out(n_units)),
        lines: (0..n_units.min(N_SHOWN)).map(line).collect(),
        result:
            "A weight's gradient is the δ of its unit times what came in through it; a bias's gradient is the δ itself."
                .to_owned(),
        ..Stage::default()
    }
}

/// At the end: the slope of the loss, times that of the activation unless both were taken together.
fn last_steps(step: &Step<'_>, unit: usize) -> Vec<String> {
    let Some(layer) = step.answer.layers.last() else { return Vec::new() };
    let loss = step.checked.experiment().training.loss;
    let (Some(&output), Some(&target)) = (step.answer.outputs.get(unit), step.answer.target.get(unit)) else {
        return vec![number(layer.deltas[unit])];
    };
    let n = step.answer.outputs.len() as f32;
    let delta = number(layer.deltas[unit]);
    let difference = joined(&[number(output), number(if target == 0.0 { 0.0 } else { -target })]);
    let is_network_end = layer.layer_idx + 1 == step.checked.layers().len();
    let (names, slope_of_loss, value) = match loss {
        Loss::HalfSquaredError => ("output − target", format!("({difference})"), output - target),
        Loss::MeanSquaredError => {
            let share = if n > 1.0 { format!(" ÷ {n}") } else { String::new() };
            ("2·(output − target)", format!("2·({difference}){share}"), 2.0 * (output - target) / n)
        }
        Loss::CategoricalCrossentropy => return vec![format!("p − target = {difference} = {delta}")],
        Loss::BinaryCrossentropy if n > 1.0 => {
            return vec![format!("(p − target) ÷ {n} = ({difference}) ÷ {n} = {delta}")];
        }
        Loss::BinaryCrossentropy => return vec![format!("p − target = {difference} = {delta}")],
    };
    let mut steps = vec![format!("slope of the loss: {names} = {slope_of_loss} = {}", number(value))];
    if is_network_end {
        steps.extend(slope_equation(layer.activation, layer.outputs[unit], value, layer.deltas[unit]));
    } else {
        let through = layer.output_gradients[unit];
        steps.push(format!(
            "back through {}: {}",
            step.activations_after(step.answer.layers.len() - 1).join(" and "),
            number(through)
        ));
        steps.extend(slope_equation(layer.activation, layer.outputs[unit], through, layer.deltas[unit]));
    }
    steps
}

fn hidden_steps(step: &Step<'_>, dense_idx: usize, unit: usize) -> Vec<String> {
    let (layer, next) = (&step.answer.layers[dense_idx], &step.answer.layers[dense_idx + 1]);
    let n_next = next.sums.len();
    let products: Vec<(f32, f32)> = next
        .deltas
        .iter()
        .enumerate()
        .map(|(to, delta)| (step.answer.weight(next.start + unit * n_next + to).before, *delta))
        .collect();
    let sum = written_sum(&products, None);
    let mut steps = vec![sum.factors];
    steps.push(if sum.is_a_sum { format!("= {} = {}", sum.terms, sum.total) } else { format!("= {}", sum.total) });
    let through = step.activations_after(dense_idx);
    if !through.is_empty() {
        steps.push(format!("back through {}: {}", through.join(" and "), number(layer.output_gradients[unit])));
    }
    steps.extend(slope_equation(
        layer.activation,
        layer.outputs[unit],
        layer.output_gradients[unit],
        layer.deltas[unit],
    ));
    steps
}

/// `0.062·(1 − 0.891²) = 0.062·0.206 = 0.0128`; nothing where the slope is 1 everywhere.
fn slope_equation(function: Activation, output: f32, arriving: f32, delta: f32) -> Option<String> {
    let arriving = number(arriving);
    let (name, result) = (function.as_str(), number(delta));
    let times = |formula: String, slope: f32| {
        Some(format!("times the slope of {name}: {arriving}·{formula} = {arriving}·{} = {result}", number(slope)))
    };
    match function {
        Activation::Linear => None,
        Activation::Tanh => times(format!("(1 − {}²)", factor(output)), 1.0 - output * output),
        Activation::Sigmoid => times(format!("{0}·(1 − {0})", number(output)), output * (1.0 - output)),
        Activation::Elu if output <= 0.0 => times(format!("(1 + {})", factor(output)), 1.0 + output),
        Activation::Relu | Activation::LeakyRelu | Activation::Elu => {
            let slope = match function {
                _ if output > 0.0 => "1",
                Activation::LeakyRelu => "0.2",
                _ => "0",
            };
            let side = if output > 0.0 { "above 0" } else { "not above 0" };
            Some(format!("times the slope of {name}, whose sum is {side}: {arriving}·{slope} = {result}"))
        }
        Activation::Softmax => Some(format!("by the slopes of softmax, which join all outputs: {result}")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{example, step_of};
    use super::*;

    #[test]
    fn deltas_come_from_the_next_layer() {
        let (checked, answer) = example();
        let step = step_of(&checked, &answer);
        let last = layer_stage(&step, 1);
        assert_eq!(last.lines.len(), 1);
        assert!(last.lines[0].steps[0].starts_with("slope of the loss: output − target = ("), "{last:?}");
        assert!(last.lines[0].steps[1].starts_with("times the slope of tanh: "), "{last:?}");
        let hidden = layer_stage(&step, 0);
        let delta = number(answer.layers[1].deltas[0]);
        assert_eq!(hidden.lines[1].steps[0], format!("−0.7500·{}", factor(answer.layers[1].deltas[0])));
        assert!(hidden.caption.contains("the δ of each unit of the output"), "{}", hidden.caption);
        assert!(last.lines[0].steps[1].ends_with(&format!(" = {delta}")), "{last:?}");
    }

    #[test]
    fn slopes_are_those_of_the_activation() {
        let text = |function, output| slope_equation(function, output, 0.5, 0.25);
        assert_eq!(text(Activation::Linear, 3.0), None);
        assert_eq!(
            text(Activation::Tanh, -0.5).as_deref(),
            Some("times the slope of tanh: 0.5000·(1 − (−0.5000)²) = 0.5000·0.7500 = 0.2500")
        );
        assert_eq!(
            slope_equation(Activation::Relu, 0.0, 0.5, 0.0).as_deref(),
            Some("times the slope of relu, whose sum is not above 0: 0.5000·0 = 0")
        );
    }
}
