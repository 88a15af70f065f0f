//! Why does it think so: the training images that the network likens the present image to most.

use crate::components::pictures::DigitPicture;
use crate::components::{Term, glossary, newest, subject_name, use_theme};
use crate::drawing::SIDE;
use crate::plot::number::{seconds, thousands, three_digits};
use crate::protocol::questions::{Nearest, NearestAnswer, Neighbour};
use crate::protocol::{Phase, Subject};
use crate::state::{DataState, use_app_state};
use leptos::prelude::*;

/// A button that starts the search, its progress, and the images.
#[component]
pub fn NearestImages() -> impl IntoView {
    let state = use_app_state();
    let answer = newest(move || state.answers.nearest.newest());
    // Which image was asked about.
    let asked = RwSignal::new(None::<Subject>);
    let begun_ms = StoredValue::new(0.0);
    let is_searching = Memo::new(move |_| {
        asked.get().is_some() && answer.read().as_ref().is_none_or(|answered| !answered.answer.is_complete())
    });
    // Another run's answers are gone, and its search with them.
    Effect::new(move |_| {
        state.run.id.track();
        asked.set(None);
    });
    let can_search =
        Memo::new(move |_| matches!(state.data.get(), DataState::Loaded { .. }) && state.inspection.read().is_some());
    let search = move |_| {
        state.answers.nearest.clear();
        begun_ms.set_value(crate::browser::now_ms());
        asked.set(Some(state.subject.get_untracked()));
        state.ask(Nearest);
    };
    let cancel = move |_| {
        state.withdraw(Nearest);
        asked.set(None);
    };
    let progress = move || answer.read().as_ref().map(|answered| answered.answer.progress);
    let text = move || match (is_searching.get(), progress()) {
        (true, Some((n_done, n_total))) if n_done > 0 => {
            let left_ms = (crate::browser::now_ms() - begun_ms.get_value()) * (n_total - n_done) as f64 / n_done as f64;
            format!("{} of {} training images, {} left", thousands(n_done), thousands(n_total), seconds(left_ms / 1e3))
        }
        (true, _) => "The search begins …".to_owned(),
        (false, _) => String::new(),
    };
    let found = move || {
        let answer = answer.read();
        let answer = answer.as_ref().map(|answered| &answered.answer).filter(|_| asked.read().is_some());
        answer.map_or_else(Vec::new, images_of)
    };
    let meaning = move || {
        let answer = answer.read();
        let answer = &answer.as_ref()?.answer;
        let n_same = answer
            .neighbours
            .iter()
            .filter(|near| Some(near.label) == answer.neighbours.first().map(|first| first.label))
            .count();
        let first = answer.neighbours.first()?;
        let subject = subject_name(asked.get()?);
        Some(format!(
            "Nearest to {subject}: {n_same} of {} are labelled {}. Distance: of the {} numbers that {} gives, as a straight line.",
            answer.neighbours.len(),
            first.label,
            thousands(answer.n_features),
            answer.layer,
        ))
    };
    view! {
        <section class="nearest" data-testid="nearest" aria-label="Nearest training images">
            <div class="nearest__head">
                <h3 class="doubt__title">
                    <Term entry=glossary::NEAREST>"Why does it think so?"</Term>
                </h3>
                <p class="nearest__why">
                    "The training images that the last hidden layer finds most like the present image: what the network goes by, not what the eye does."
                </p>
                <button
                    type="button"
                    class="button"
                    disabled=move || !can_search.get() || is_searching.get()
                    on:click=search
                >
                    "Find the nearest training images"
                </button>
                <Show when=move || is_searching.get()>
                    <button type="button" class="button button--quiet" on:click=cancel>
                        "Cancel"
                    </button>
                </Show>
                <span class="nearest__progress" role="status" prop:textContent=text></span>
                <Show when=move || is_searching.get() && state.run.phase() == Phase::Training>
                    <span class="muted">"Slower while the network trains."</span>
                </Show>
            </div>
            <ul class="image-list__images" translate="no">
                <For each=found key=|(near, _)| (near.sample_idx, near.distance.to_bits()) let:item>
                    <NearImage near=item.0 pixels=item.1 />
                </For>
            </ul>
            <p class="nearest__text" prop:textContent=move || {
                meaning().filter(|_| asked.read().is_some() && !is_searching.get()).unwrap_or_default()
            }></p>
        </section>
    }
}

#[component]
fn NearImage(near: Neighbour, pixels: Vec<f32>) -> impl IntoView {
    let state = use_app_state();
    let ground = use_theme().ground.into();
    let Neighbour { sample_idx, label, distance } = near;
    // The name begins with what is seen.
    let name = format!("{label} {}: training image {sample_idx}, its label and distance", three_digits(distance));
    let subject = Subject::Train(sample_idx);
    view! {
        <li class="image-list__item">
            <button
                type="button"
                class="image-list__button"
                aria-label=name.clone()
                title=name
                on:click=move |_| state.look_at(subject)
            >
                <DigitPicture pixels=Signal::derive(move || pixels.clone()) ground class="image-list__picture" />
                <span class="image-list__caption">{label}</span>
                " "
                <span class="image-list__confidence">{three_digits(distance)}</span>
            </button>
        </li>
    }
}

fn images_of(answer: &NearestAnswer) -> Vec<(Neighbour, Vec<f32>)> {
    let pixels = answer.pixels.chunks_exact(SIDE * SIDE).map(<[f32]>::to_vec);
    answer.neighbours.iter().copied().zip(pixels).collect()
}
