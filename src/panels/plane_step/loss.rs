//! The loss of the point, by its formula.

use super::stages::{Line, Stage, Step};
use super::written::{factor, joined, number};
use crate::plot::decimals::Decimals;
use inkling_engine::experiment::Loss;
use inkling_engine::field::Variants;

/// From output and target to the loss.
#[must_use]
pub fn loss_stage(step: &Step<'_>) -> Stage {
    let training = &step.checked.experiment().training;
    let (outputs, target, loss) = (&step.answer.outputs, &step.answer.target, training.loss);
    let formula = match loss {
        Loss::HalfSquaredError => "½·(output − target)², added up over the outputs",
        Loss::MeanSquaredError => "(output − target)², the mean over the outputs",
        Loss::CategoricalCrossentropy => "−ln p, where p is what the right class got",
        Loss::BinaryCrossentropy => "−(t·ln p + (1 − t)·ln(1 − p)), the mean over the outputs",
    };
    let penalty = if step.has_penalty() || step.shrinks() {
        " The penalty for large weights is left out here: it belongs to no point."
    } else {
        ""
    };
    Stage {
        title: "The loss".to_owned(),
        caption: format!("The {} says how far the network is off for this point: {formula}.{penalty}", loss.title()),
        lines: lines(loss, outputs, target, step.answer.loss as f32),
        ..Stage::default()
    }
}

fn lines(loss: Loss, outputs: &[f32], target: &[f32], total: f32) -> Vec<Line> {
    if loss == Loss::CategoricalCrossentropy {
        let class = target.iter().position(|target| *target == 1.0).unwrap_or(0);
        let prob = outputs.get(class).copied().unwrap_or(f32::NAN);
        let steps = vec![format!("−ln p({class}) = −ln {} = {}", number(prob), number(total))];
        return vec![Line { name: "loss".to_owned(), steps }];
    }
    let n = outputs.len() as f32;
    let terms: Vec<f32> = outputs.iter().zip(target).map(|(output, target)| term(loss, *output, *target) / n).collect();
    let equation = |output: f32, target: f32| match loss {
        Loss::BinaryCrossentropy => {
            format!("−({t}·ln {p} + (1 − {t})·ln(1 − {p}))", t = factor(target), p = number(output))
        }
        Loss::HalfSquaredError => format!("½·({})²", joined(&[number(output), negated(target)])),
        _ => format!("({})²", joined(&[number(output), negated(target)])),
    };
    if let ([output], [target]) = (outputs, target) {
        let steps = vec![format!("{} = {}", equation(*output, *target), number(total))];
        return vec![Line { name: "loss".to_owned(), steps }];
    }
    let terms: Vec<f32> =
        if loss == Loss::HalfSquaredError { terms.iter().map(|term| term * n).collect() } else { terms };
    let share = if loss == Loss::HalfSquaredError { String::new() } else { format!(" ÷ {n}") };
    let (texts, sum) = Decimals::of(terms.iter().copied().chain([total])).texts(&terms);
    let each = outputs.iter().zip(target).zip(&texts).enumerate().map(|(idx, ((output, target), text))| Line {
        name: format!("output {idx}"),
        steps: vec![format!("{}{share} = {text}", equation(*output, *target))],
    });
    let whole = Line { name: "loss".to_owned(), steps: vec![format!("{} = {sum}", joined(&texts))] };
    each.chain([whole]).collect()
}

fn negated(value: f32) -> String {
    number(if value == 0.0 { 0.0 } else { -value })
}

/// What an output adds to the loss before it is divided by their number.
fn term(loss: Loss, output: f32, target: f32) -> f32 {
    let (output, target) = (f64::from(output), f64::from(target));
    let log = |p: f64, share: f64| if share == 0.0 { 0.0 } else { share * p.max(f64::MIN_POSITIVE).ln() };
    let value = match loss {
        Loss::HalfSquaredError => 0.5 * (output - target).powi(2),
        Loss::MeanSquaredError => (output - target).powi(2),
        Loss::BinaryCrossentropy | Loss::CategoricalCrossentropy => {
            -(log(output, target) + log(1.0 - output, 1.0 - target))
        }
    };
    value as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(lines: &[Line]) -> Vec<String> {
        lines.iter().map(|line| format!("{}: {}", line.name, line.steps.join(" "))).collect()
    }

    #[test]
    fn each_loss_has_its_formula() {
        let one = |loss, output, target, total| texts(&lines(loss, &[output], &[target], total));
        assert_eq!(one(Loss::HalfSquaredError, 0.5, -1.0, 1.125), ["loss: ½·(0.5000 + 1.000)² = 1.125"]);
        assert_eq!(
            one(Loss::BinaryCrossentropy, 0.5, 1.0, std::f32::consts::LN_2),
            ["loss: −(1.000·ln 0.5000 + (1 − 1.000)·ln(1 − 0.5000)) = 0.6931"]
        );
        let classes = lines(Loss::CategoricalCrossentropy, &[0.25, 0.75], &[0.0, 1.0], 0.287_68);
        assert_eq!(texts(&classes), ["loss: −ln p(1) = −ln 0.7500 = 0.2877"]);
    }

    #[test]
    fn losses_of_several_outputs_add_up() {
        let total = (0.25 + 0.09) / 2.0;
        let lines = lines(Loss::MeanSquaredError, &[0.5, 0.3], &[1.0, 0.0], total);
        assert_eq!(
            texts(&lines),
            [
                "output 0: (0.5000 − 1.000)² ÷ 2 = 0.1250",
                "output 1: (0.3000 + 0)² ÷ 2 = 0.0450",
                "loss: 0.1250 + 0.0450 = 0.1700",
            ]
        );
    }
}
