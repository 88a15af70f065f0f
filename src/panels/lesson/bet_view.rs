//! A bet: the prediction before the runs, the runs, and both side by side.

use super::bet_form::BetForm;
use super::bet_result::BetResultView;
use super::bet_runner::BetRunner;
use super::lesson_state::use_lesson;
use super::votes::Votes;
use crate::lesson::{Bet, Guess, NO_DIFFERENCE, Step};
use leptos::prelude::*;
use std::sync::Arc;

/// The bet of a step.
#[component]
pub fn BetView(
    /// The step, which has one.
    step: Arc<Step>,
) -> impl IntoView {
    let lesson = use_lesson();
    let bet = step.bet.clone().map(Arc::new)?;
    let id = StoredValue::new(step.id.clone());
    let prediction = Memo::new(move |_| id.with_value(|id| lesson.prediction(id)));
    let runner = BetRunner::new(lesson, step.clone(), bet.clone());
    let is_committed = Memo::new(move |_| prediction.read().is_some());
    let votes = (bet.guess == Guess::Best).then(|| view! { <Votes step=step.id.clone() options=options(&bet) /> });
    let form = {
        let bet = bet.clone();
        move || view! { <BetForm bet=bet.clone() id=id.get_value() /> }
    };
    Some(view! {
        <section class="bet" aria-label="Prediction" data-committed=move || is_committed.get().to_string()>
            <h4 class="bet__title">"Predict first"</h4>
            <div class="bet__question" inner_html=bet.question.clone()></div>
            <p class="muted">{what_runs(&bet)}</p>
            {move || (!is_committed.get()).then(&form)}
            {votes}
            {move || is_committed.get().then(|| runner.view())}
            {move || prediction.get().map(|prediction| view! { <BetResultView bet=bet.clone() prediction /> })}
        </section>
    })
}

/// The runs by their names and, if they are compared, that there may be no difference.
#[must_use]
pub fn options(bet: &Bet) -> Vec<String> {
    bet.runs.iter().map(|run| run.name.clone()).chain([NO_DIFFERENCE.to_owned()]).collect()
}

/// What will be run once the prediction is made.
fn what_runs(bet: &Bet) -> String {
    let (n_runs, n_seeds) = (bet.runs.len(), bet.n_seeds);
    match (n_runs, n_seeds) {
        (1, 1) => "One run on the bench will show it.".to_owned(),
        (1, _) => format!("{n_seeds} runs on the bench will show it, with {n_seeds} seeds."),
        (_, 1) => format!("{n_runs} runs on the bench will show it."),
        _ => format!("{} runs on the bench will show it: each of the {n_runs} with {n_seeds} seeds.", n_runs * n_seeds),
    }
}
