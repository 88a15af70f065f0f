//! The images of a cell of the confusion matrix, or the most confident mistakes.

use super::confusion_cell::Cell;
use super::image_page::{listed, page_of};
use crate::components::pictures::DigitPicture;
use crate::components::{Judged, JudgedImage, Term, glossary, image_set, is_label_error, subject_name, use_theme};
use crate::drawing::SIDE;
use crate::plot::number::{percent_to_tenth, thousands};
use crate::protocol::questions::Thumbnails;
use crate::protocol::{ImageSet, Subject};
use crate::state::use_app_state;
use leptos::prelude::*;
use std::sync::Arc;

/// A page of pictures, each with its label and what the network reads.
#[component]
pub fn ImageList(
    /// The images of the set.
    judged: Signal<Option<Arc<Judged>>>,
    /// The cell whose images are listed; `None`: all mistakes.
    chosen: RwSignal<Option<Cell>>,
) -> impl IntoView {
    let state = use_app_state();
    let page = RwSignal::new(0);
    let images = Memo::new(move |_| judged.get().map_or_else(Vec::new, |judged| listed(&judged, chosen.get())));
    let set = Memo::new(move |_| judged.get().map_or(ImageSet::Train, |judged| image_set(judged.set)));
    Effect::new(move |_| {
        chosen.track();
        set.track();
        page.set(0);
    });
    let shown = Memo::new(move |_| page_of(&images.read(), page.get()).0.to_vec());
    let n_pages = move || page_of(&images.read(), page.get()).1;
    // The list may have become shorter.
    let page_shown = move || page.get().min(n_pages() - 1);
    let question = Memo::new(move |_| {
        let image_idxs: Vec<usize> = shown.read().iter().map(|image| image.image_idx).collect();
        (!image_idxs.is_empty()).then(|| Thumbnails::of(set.get(), &image_idxs))
    });
    Effect::new(move |_| {
        if let Some(question) = question.get() {
            state.ask(question);
        }
    });
    let pixels_at = move |place: usize| {
        let answered = state.answers.thumbnails.to(question.get()?)?;
        let n_pixels = SIDE * SIDE;
        answered.answer.pixels.get(place * n_pixels..(place + 1) * n_pixels).map(<[f32]>::to_vec)
    };
    let items = move || shown.get().into_iter().enumerate().collect::<Vec<_>>();
    let title = move || {
        let n = thousands(images.read().len());
        match chosen.get() {
            None => format!("Most confident mistakes ({n})"),
            Some(Cell { label, predicted }) if label == predicted => format!("Label {label}, read right ({n})"),
            Some(Cell { label, predicted }) => format!("Label {label}, read as {predicted} ({n})"),
        }
    };
    let step = move |by: isize| page.set(untrack(page_shown).saturating_add_signed(by).min(untrack(n_pages) - 1));
    view! {
        <section class="image-list" data-testid="mistake-images" aria-label="Images">
            <div class="image-list__head">
                <h3 class="doubt__title" prop:textContent=title></h3>
                <Show when=move || chosen.get().is_some()>
                    <button type="button" class="button button--quiet" on:click=move |_| chosen.set(None)>
                        "All mistakes"
                    </button>
                </Show>
                <Show when=move || { n_pages() > 1 }>
                    <span class="image-list__pages">
                        <button
                            type="button"
                            class="button button--quiet button--icon"
                            aria-label="Previous page of images"
                            disabled=move || page_shown() == 0
                            on:click=move |_| step(-1)
                        >
                            "‹"
                        </button>
                        <span translate="no" prop:textContent=move || format!("{} of {}", page_shown() + 1, n_pages())></span>
                        <button
                            type="button"
                            class="button button--quiet button--icon"
                            aria-label="Next page of images"
                            disabled=move || page_shown() + 1 == n_pages()
                            on:click=move |_| step(1)
                        >
                            "›"
                        </button>
                    </span>
                </Show>
            </div>
            <Show when=move || set.get() == ImageSet::Test>
                <p class="image-list__note">
                    "Of 15 test images "
                    <Term entry=glossary::LABEL_ERROR>"people disagree too"</Term>
                    ": they are marked here."
                </p>
            </Show>
            <ul class="image-list__images" translate="no">
                // Keyed by image: those that stay on the page keep their pictures.
                <For
                    each=items
                    key=move |(place, image)| (*place, set.get_untracked() == ImageSet::Test, image.image_idx)
                    let:item
                >
                    <ListedImage
                        image=item.1
                        subject=set.get_untracked().subject(item.1.image_idx)
                        pixels=Signal::derive(move || pixels_at(item.0).unwrap_or_default())
                    />
                </For>
            </ul>
            <Show when=move || images.read().is_empty() && judged.read().is_some()>
                <p class="message">"No image is read so."</p>
            </Show>
        </section>
    }
}

#[component]
fn ListedImage(image: JudgedImage, subject: Subject, pixels: Signal<Vec<f32>>) -> impl IntoView {
    let state = use_app_state();
    let ground = use_theme().ground.into();
    let JudgedImage { label, predicted, confidence, .. } = image;
    let is_doubted = matches!(subject, Subject::Test(image_idx) if is_label_error(image_idx));
    let doubt = if is_doubted { " people disagree too" } else { "" };
    let mark = if label == predicted { "✓" } else { "→" };
    // The name begins with what is seen.
    let name = format!(
        "{label} {mark} {predicted} {}{doubt}: {}, label {label}, read as {predicted}",
        percent_to_tenth(confidence),
        subject_name(subject),
    );
    view! {
        <li class="image-list__item">
            <button
                type="button"
                class="image-list__button"
                aria-label=name.clone()
                title=name
                aria-pressed=move || (state.subject.get() == subject).to_string()
                on:click=move |_| state.look_at(subject)
            >
                <DigitPicture pixels ground class="image-list__picture" />
                <span class="image-list__caption">
                    {format!("{label} {mark} {predicted}")}
                </span>
                " "
                <span class="image-list__confidence">{percent_to_tenth(confidence)}</span>
                " "
                {is_doubted.then(|| view! { <span class="image-list__doubted">"people disagree too"</span> })}
            </button>
        </li>
    }
}
