//! The update: each weight before and after, and what it does to the loss of the point.

use super::stages::{Stage, Step, UpdateCell, UpdateTable};
use super::written::{N_SHOWN, joined, number};
use crate::plot::decimals::Decimals;
use crate::protocol::questions::MovedWeight;

/// Decimals of weights before and after: enough for the change to be seen.
const DECIMALS: std::ops::RangeInclusive<i32> = 4..=7;

/// Every weight moves.
#[must_use]
pub fn update_stage(step: &Step<'_>) -> Stage {
    let training = &step.checked.experiment().training;
    let formula = training.optimizer.formula(step.answer.learning_rate);
    let penalty = if step.shrinks() {
        " The penalty then shrinks each weight, but no bias, by a little more; the change holds both."
    } else if step.has_penalty() {
        " Here g is the gradient of the loss and of the penalty together."
    } else {
        ""
    };
    let (before, after) = (step.answer.loss as f32, step.answer.loss_after as f32);
    Stage {
        title: "The update".to_owned(),
        caption: format!(
            "Every weight moves against its gradient g, by the rule {formula}, with what the optimizer remembers of the steps \
             before.{penalty} It is tried on a copy: your network stays as it is."
        ),
        tables: (0..step.answer.layers.len()).map(|dense_idx| table(step, dense_idx)).collect(),
        result: format!("The loss on this point: {} before, {} after.", number(before), number(after)),
        ..Stage::default()
    }
}

fn table(step: &Step<'_>, dense_idx: usize) -> UpdateTable {
    let layer = &step.answer.layers[dense_idx];
    let (n_inputs, n_units) = (layer.inputs.len(), layer.sums.len());
    let cells = |input: usize| {
        let weights = (0..n_units.min(N_SHOWN)).map(|unit| step.answer.weight(layer.start + input * n_units + unit));
        weights.map(cell).collect()
    };
    let mut rows: Vec<(String, Vec<UpdateCell>)> =
        (0..n_inputs.min(N_SHOWN)).map(|input| (step.input_name(dense_idx, input), cells(input))).collect();
    if layer.has_bias {
        rows.push(("bias".to_owned(), cells(n_inputs)));
    }
    let part = |n: usize, what: &str| if n > N_SHOWN { format!(", {N_SHOWN} of {n} {what}") } else { String::new() };
    UpdateTable {
        title: format!(
            "Weights of {}{}{}",
            step.layer_title(dense_idx),
            part(n_inputs, "inputs"),
            part(n_units, "units")
        ),
        columns: (0..n_units.min(N_SHOWN)).map(|unit| step.unit_name(dense_idx, unit)).collect(),
        rows,
    }
}

fn cell(weight: MovedWeight) -> UpdateCell {
    let MovedWeight { before, gradient, after } = weight;
    let change = after - before;
    // Three telling digits of the change, as far as `f32` has them.
    let telling = if change == 0.0 || !change.is_finite() { 4 } else { 2 - change.abs().log10().floor() as i32 };
    let decimals = Decimals::new(telling.clamp(*DECIMALS.start(), *DECIMALS.end()) as usize);
    let (parts, sum) = decimals.texts(&[before, change]);
    UpdateCell { gradient: format!("g = {}", number(gradient)), sum: format!("{} = {sum}", joined(&parts)), weight }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{example, step_of};
    use super::*;

    #[test]
    fn a_weight_and_its_change_add_up() {
        let weight = MovedWeight { before: 0.52, gradient: 0.0123, after: 0.519_631 };
        let text = cell(weight);
        assert_eq!((text.gradient.as_str(), text.sum.as_str()), ("g = 0.01230", "0.520000 − 0.000369 = 0.519631"));
        let still = cell(MovedWeight { before: 0.25, gradient: 0.0, after: 0.25 });
        assert_eq!((still.gradient.as_str(), still.sum.as_str()), ("g = 0", "0.2500 + 0.0000 = 0.2500"));
    }

    #[test]
    fn every_layer_has_its_table_and_the_loss_falls() {
        let (checked, answer) = example();
        let stage = update_stage(&step_of(&checked, &answer));
        assert_eq!(stage.tables.iter().map(|table| table.rows.len()).collect::<Vec<_>>(), [3, 3]);
        assert_eq!(stage.tables[0].rows[0].0, "x₁");
        assert!(stage.caption.contains("w ← w − 0.03 · g"), "{}", stage.caption);
        assert!(stage.result.starts_with("The loss on this point: "), "{}", stage.result);
    }
}
