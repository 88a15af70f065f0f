//! Where a prediction is made.

use super::curve_field::CurveField;
use super::lesson_state::use_lesson;
use super::tasks::{NumberField, Options};
use crate::lesson::{Bet, Given, Guess, Prediction, readings};
use leptos::prelude::*;
use std::sync::Arc;

/// The form; committing keeps the prediction for good, so that what comes can be held to it.
#[component]
pub fn BetForm(
    /// What is asked.
    bet: Arc<Bet>,
    /// The step.
    id: String,
) -> impl IntoView {
    let lesson = use_lesson();
    let (text, chosen) = (RwSignal::new(String::new()), RwSignal::new(None::<usize>));
    let n_epochs = bet.runs.first().map_or(1, |run| run.experiment.training.epochs);
    let drawn = RwSignal::new(vec![None::<f64>; n_epochs]);
    let missing = RwSignal::new("");
    let name = bet.measure.name();
    let form = match bet.guess {
        Guess::Number { .. } if bet.measure.is_share() => {
            view! { <NumberField label="Your prediction, in per cent" text /> }.into_any()
        }
        Guess::Number { .. } => view! { <NumberField label="Your prediction" text /> }.into_any(),
        Guess::Best => view! { <Options options=super::bet_view::options(&bet) chosen /> }.into_any(),
        Guess::Curve(field) => view! {
            <CurveField field drawn real=Signal::stored(None) x_name="epoch".to_owned() y_name=name.to_owned() />
        }
        .into_any(),
    };
    let commit = move |_| {
        let given = given(&bet, &text.read_untracked(), chosen.get_untracked(), &drawn.read_untracked());
        match given {
            Ok(guess) => lesson.progress.update(|progress| {
                progress.bets.insert(id.clone(), Prediction { guess, outcomes: Vec::new() });
            }),
            Err(what) => missing.set(what),
        }
    };
    view! {
        <div class="task">
            {form}
            <button type="button" class="button button--primary" on:click=commit>
                "Commit prediction"
            </button>
            <p class="message message--bad" role="status" prop:textContent=move || missing.get()></p>
        </div>
    }
}

/// The prediction, or what is missing.
fn given(bet: &Bet, text: &str, chosen: Option<usize>, drawn: &[Option<f64>]) -> Result<Given, &'static str> {
    match bet.guess {
        Guess::Number { .. } => {
            let numbers = readings(text);
            let number = *numbers.first().ok_or("Type a number, such as 95.")?;
            let is_percent = bet.measure.is_share() && (text.contains('%') || number > 1.0);
            Ok(Given::Number(if is_percent { number / 100.0 } else { number }))
        }
        Guess::Best => {
            let chosen = chosen.ok_or("Choose one of them.")?;
            Ok(Given::Best((chosen < bet.runs.len()).then_some(chosen)))
        }
        Guess::Curve(_) => {
            let heights: Option<Vec<f64>> = drawn.iter().copied().collect();
            heights.map(Given::Curve).ok_or("Draw the curve from the first epoch to the last one.")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::Measure;

    fn bet(guess: Guess, measure: Measure) -> Bet {
        Bet { question: String::new(), guess, measure, runs: Vec::new(), n_seeds: 1, because: String::new() }
    }

    #[test]
    fn a_share_may_be_given_in_per_cent_or_not() {
        let bet = bet(Guess::Number { tolerance: 0.01 }, Measure::ValAccuracy);
        for text in ["95", "95 %", "0.95", "0,95"] {
            assert_eq!(given(&bet, text, None, &[]), Ok(Given::Number(0.95)), "{text}");
        }
        assert!(given(&bet, "many", None, &[]).is_err());
    }

    #[test]
    fn a_curve_has_to_be_whole() {
        let curve = crate::lesson::Curve { x: [1.0, 2.0], y: [0.0, 1.0] };
        let bet = bet(Guess::Curve(curve), Measure::Loss);
        assert!(given(&bet, "", None, &[Some(0.5), None]).is_err());
        assert_eq!(given(&bet, "", None, &[Some(0.5), Some(0.4)]), Ok(Given::Curve(vec![0.5, 0.4])));
    }
}
