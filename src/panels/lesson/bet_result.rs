//! What was predicted beside what came, and why.

use super::curve_field::CurveField;
use crate::lesson::{Bet, BetResult, Given, Guess, NO_DIFFERENCE, Prediction};
use leptos::prelude::*;
use std::sync::Arc;

/// Shares of a field's height up to which a drawn curve is close, or not far.
const CLOSE: f64 = 0.08;
const NOT_FAR: f64 = 0.2;

/// The prediction; with the outcomes, the comparison and its explanation.
#[component]
pub fn BetResultView(bet: Arc<Bet>, prediction: Prediction) -> impl IntoView {
    let result = bet.result(&prediction.guess, &prediction.outcomes);
    let curve = match (&bet.guess, &prediction.guess) {
        (Guess::Curve(field), Given::Curve(drawn)) => {
            let real = match &result {
                Some(BetResult::Curve { real, .. }) => real.clone(),
                // Locked, though what comes is not known yet.
                _ => Vec::new(),
            };
            let drawn = RwSignal::new(drawn.iter().copied().map(Some).collect());
            let name = bet.measure.name().to_owned();
            Some(
                view! { <CurveField field=*field drawn real=Signal::stored(Some(real)) x_name="epoch".to_owned() y_name=name /> },
            )
        }
        _ => None,
    };
    let is_right = result.as_ref().map(is_right);
    view! {
        <div class="bet__result" data-right=is_right.map(|is_right| is_right.to_string())>
            <p>{predicted(&bet, &prediction.guess)}</p>
            {curve}
            {result.map(|result| {
                view! {
                    {table(&bet, &prediction, &result)}
                    <div class="verdict" class:verdict--right=is_right == Some(true) class:verdict--wrong=is_right == Some(false) role="status">
                        <strong>{sentence(&bet, &result)}</strong>
                        " "
                        <span inner_html=bet.because.clone()></span>
                    </div>
                }
            })}
        </div>
    }
}

fn is_right(result: &BetResult) -> bool {
    match result {
        BetResult::Number { is_right, .. } | BetResult::Best { is_right, .. } => *is_right,
        BetResult::Curve { distance, .. } => *distance <= CLOSE,
    }
}

/// What was predicted, as a sentence.
fn predicted(bet: &Bet, given: &Given) -> String {
    match given {
        Given::Number(number) => format!("You predicted {}.", bet.measure.text(*number)),
        Given::Best(Some(run_idx)) => {
            format!("You predicted: {}.", bet.runs.get(*run_idx).map_or("a run that is gone", |run| run.name.as_str()))
        }
        Given::Best(None) => format!("You predicted: {}.", NO_DIFFERENCE.to_lowercase()),
        Given::Curve(_) => "You drew this curve.".to_owned(),
    }
}

/// What came, as a sentence.
fn sentence(bet: &Bet, result: &BetResult) -> String {
    let name = bet.measure.name();
    match result {
        BetResult::Number { mean, spread, is_right } => {
            let came = bet.measure.text(*mean);
            let spread = if *spread > 0.0 {
                format!(" (± {} between seeds)", bet.measure.text(*spread))
            } else {
                String::new()
            };
            match is_right {
                true => format!("It came to {came}{spread}: your prediction was close."),
                false => format!("It came to {came}{spread}: further from your prediction than was to be expected."),
            }
        }
        BetResult::Best { best, is_right, .. } => {
            let came = match best.and_then(|best| bet.runs.get(best)) {
                Some(run) => format!("“{}” comes out best in {name}", run.name),
                None => format!("The {name} does not differ beyond the noise of seeds"),
            };
            if *is_right {
                format!("{came}, as you predicted.")
            } else {
                format!("{came}. You predicted something else.")
            }
        }
        BetResult::Curve { distance, .. } => match *distance {
            distance if distance <= CLOSE => "Your curve is close to the real one.".to_owned(),
            distance if distance <= NOT_FAR => "Your curve is not far from the real one.".to_owned(),
            _ => "The real curve runs elsewhere.".to_owned(),
        },
    }
}

/// Each run's figures, seed by seed.
fn table(bet: &Bet, prediction: &Prediction, result: &BetResult) -> Option<impl IntoView + use<>> {
    if matches!(result, BetResult::Curve { .. }) {
        return None;
    }
    let measure = bet.measure;
    let rows = bet.runs.iter().zip(&prediction.outcomes).map(|(run, seeds)| {
        let figures: Vec<_> =
            seeds.iter().filter_map(|outcome| measure.of(&outcome.epochs)).map(|value| measure.text(value)).collect();
        view! {
            <tr>
                <th scope="row">{run.name.clone()}</th>
                <td>{figures.join(" · ")}</td>
            </tr>
        }
    });
    Some(view! {
        <table class="table bet__table">
            <thead>
                <tr>
                    <th scope="col">"Run"</th>
                    <th scope="col">{format!("{}, seed by seed", measure.name())}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    })
}
