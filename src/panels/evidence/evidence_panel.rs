//! The panel of evidence: what speaks for and against each digit.

use super::contribution_bars::ContributionBars;
use super::logit_bar::runner_up;
use super::saliency_maps::SaliencyMaps;
use crate::components::pictures::{PointedLine, Pointing};
use crate::components::{ClassSwitch, Pace, Unscramble, UnscrambleSwitch, keep_asking, most_probable, newest};
use crate::plot::number::{percent_to_tenth, three_digits};
use crate::protocol::Phase;
use crate::protocol::questions::{Contributions, Saliency, SaliencyAnswer};
use crate::state::{Answered, use_app_state};
use leptos::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The sums that make the logits, maps of pixels, and the nearest other digit.
#[component]
pub fn EvidencePanel() -> impl IntoView {
    let state = use_app_state();
    Pointing::provide();
    let probs = Memo::new(move |_| {
        state.inspection.read().as_ref().map_or_else(Vec::new, |inspection| inspection.probs.clone())
    });
    let names = state.run.class_names();
    let is_ready = Memo::new(move |_| !names.get().is_empty() && probs.read().len() == names.get().len());
    // The predicted digit, whatever the label says: evidence is about the prediction.
    let predicted = Memo::new(move |_| most_probable(&probs.read()).unwrap_or(0));
    let chosen = RwSignal::new(None::<usize>);
    let class = Memo::new(move |_| chosen.get().unwrap_or_else(|| predicted.get()));
    let other = Memo::new(move |_| {
        // The runner-up is compared with the predicted digit; any other digit too.
        if class.get() == predicted.get() { runner_up(&probs.read()) } else { Some(predicted.get()) }
    });
    let choose = Callback::new(move |digit| chosen.set(Some(digit)));
    let (answers, unscramble) = (saliency_answers(class, other), Unscramble::new(state));

    keep_asking(state, Pace::PROMPT, move || {
        state.run.progress.track();
        state.inspection.track();
        if is_ready.get() { vec![Contributions.into()] } else { Vec::new() }
    });
    let answer_for = move |digit: usize| Signal::derive(move || answers.read().get(&digit).cloned());
    view! {
        <div class="evidence">
            <Show
                when=move || is_ready.get()
                fallback=|| view! { <p class="message">"This view speaks of ten digits: it needs an image and a network with ten outputs."</p> }
            >
                <div class="evidence__columns">
                    <ContributionBars class on_choose=choose />
                    <div class="evidence__maps">
                        <div class="evidence__choice">
                            <ClassSwitch legend="Pixels for and against" class on_choose=choose />
                            <UnscrambleSwitch unscramble />
                            <Show when=move || chosen.get().is_some_and(|chosen| chosen != predicted.get())>
                                <button type="button" class="button button--quiet" on:click=move |_| chosen.set(None)>
                                    "what it reads"
                                </button>
                            </Show>
                        </div>
                        {move || view! { <SaliencyMaps class=Signal::derive(move || class.get()) answer=answer_for(class.get()) unscramble /> }}
                    </div>
                    <div class="evidence__maps">
                        <h3 class="evidence__title">"What if?"</h3>
                        <p
                            class="evidence__what-if"
                            data-testid="what-if"
                            data-digit=move || other.get()
                            prop:textContent=move || what_if_text(&probs.read(), class.get(), other.get(), predicted.get())
                        ></p>
                        {move || {
                            other
                                .get()
                                .map(|other| {
                                    view! { <SaliencyMaps class=Signal::derive(move || other) answer=answer_for(other) unscramble /> }
                                })
                        }}
                    </div>
                </div>
                <PointedLine hint="point at a piece of a bar, or at a pixel, to read its value" />
            </Show>
        </div>
    }
}

/// The newest maps of both digits. The worker holds one question of this kind at a time, so the second digit waits
/// until the first is done.
fn saliency_answers(
    class: Memo<usize>,
    other: Memo<Option<usize>>,
) -> RwSignal<BTreeMap<usize, Arc<Answered<Saliency>>>> {
    let state = use_app_state();
    let answers = RwSignal::new(BTreeMap::<usize, Arc<Answered<Saliency>>>::new());
    // Keeps the answers about both digits: the state has a slot for one.
    Effect::new(move |_| match state.answers.saliency.newest() {
        None => answers.set(BTreeMap::new()),
        Some(answered) => answers.update(|answers| drop(answers.insert(answered.question.class, answered))),
    });
    let done = newest(move || {
        let answers = answers.read();
        answers.get(&class.get()).filter(|answered| is_complete(&answered.answer)).cloned()
    });
    keep_asking(state, Pace::SLOW, move || {
        state.run.progress.track();
        state.inspection.track();
        vec![Saliency { class: class.get() }.into()]
    });
    Effect::new(move |_| {
        let is_resting = untrack(|| state.run.phase()) != Phase::Training;
        if done.read().is_some()
            && is_resting
            && let Some(class) = other.get()
        {
            state.ask(Saliency { class });
        }
    });
    answers
}

fn is_complete(answer: &SaliencyAnswer) -> bool {
    let (n_done, n_total) = answer.progress;
    n_done == n_total
}

/// What is read, and what comes nearest.
fn what_if_text(probs: &[f32], class: usize, other: Option<usize>, predicted: usize) -> String {
    let share = |digit: usize| probs.get(digit).map_or_else(|| "–".to_owned(), |prob| percent_to_tenth(*prob));
    match other {
        Some(other) if class == predicted => format!(
            "Read as {predicted} ({}). The nearest other digit is {other} ({}), {} times less probable; these pixels speak \
             for and against {other}:",
            share(predicted),
            share(other),
            three_digits(probs[predicted] / probs[other]),
        ),
        Some(_) => format!(
            "You look at {class} ({}); the network reads {predicted} ({}), and these pixels speak for and against {predicted}:",
            share(class),
            share(predicted)
        ),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_other_digit_is_named_with_its_share() {
        let mut probs = [0.0; 10];
        (probs[3], probs[8]) = (0.9, 0.1);
        let text = what_if_text(&probs, 3, Some(8), 3);
        assert!(text.starts_with("Read as 3 (90.0 %). The nearest other digit is 8 (10.0 %), 9.00 times"), "{text}");
        assert!(what_if_text(&probs, 5, Some(3), 3).starts_with("You look at 5 (0.0 %); the network reads 3"));
    }
}
