//! Which image runs through the network: the drawing, or one of MNIST's.

use crate::protocol::Subject;
use crate::state::{DataState, use_app_state};
use leptos::prelude::*;

/// A menu of the three sources and, for MNIST's, the image's number.
#[component]
pub fn SubjectSwitch() -> impl IntoView {
    let state = use_app_state();
    let source = move || Source::of(state.subject.get());
    let n_images = move || source().n_images(state.data.get());
    let choose = move |event| {
        let word = event_target_value(&event);
        if let Some(source) = Source::ALL.into_iter().find(|source| source.as_str() == word) {
            state.look_at(source.subject(0));
        }
    };
    let go = move |image_idx: usize| state.look_at(source().subject(image_idx));
    let step = move |offset: isize| go(stepped(image_idx(state.subject.get_untracked()), offset, untrack(n_images)));
    let type_in = move |event: web_sys::Event| {
        let typed = event_target_value(&event).trim().parse::<usize>();
        match typed {
            Ok(image_idx) if image_idx < untrack(n_images) => go(image_idx),
            // The field shows again what is looked at.
            _ => state.subject.notify(),
        }
    };
    let is_loaded = move || matches!(state.data.get(), DataState::Loaded { .. });
    let label = move || {
        let inspection = state.inspection.read();
        let inspection = inspection.as_ref().filter(|inspection| inspection.subject == state.subject.get())?;
        inspection.label.map(|label| format!("labelled {label}"))
    };
    view! {
        <div class="subject-switch" role="group" aria-label="Image that runs through the network">
            <select class="select" aria-label="Source of the image" prop:value=move || source().as_str() on:change=choose>
                {Source::ALL
                    .map(|source| {
                        view! {
                            <option
                                value=source.as_str()
                                prop:disabled=move || source != Source::Drawing && !is_loaded()
                            >
                                {source.as_str()}
                            </option>
                        }
                    })
                    .collect_view()}
            </select>
            <Show when=move || source() != Source::Drawing>
                <button
                    type="button"
                    class="button button--plain button--icon"
                    aria-label="Previous image"
                    on:click=move |_| step(-1)
                >
                    "‹"
                </button>
                <input
                    class="subject-switch__number"
                    type="number"
                    min="0"
                    max=move || n_images().saturating_sub(1)
                    aria-label=move || format!("Number of the image, 0 to {}", n_images().saturating_sub(1))
                    prop:value=move || image_idx(state.subject.get()).to_string()
                    on:change=type_in
                />
                <button
                    type="button"
                    class="button button--plain button--icon"
                    aria-label="Next image"
                    on:click=move |_| step(1)
                >
                    "›"
                </button>
                <span class="subject-switch__label">{label}</span>
            </Show>
        </div>
    }
}

/// Where an image comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Source {
    Drawing,
    Test,
    Train,
}

impl Source {
    const ALL: [Source; 3] = [Source::Drawing, Source::Test, Source::Train];

    fn of(subject: Subject) -> Source {
        match subject {
            Subject::Drawing => Source::Drawing,
            Subject::Test(_) => Source::Test,
            Subject::Train(_) => Source::Train,
        }
    }

    fn as_str(self) -> &'static str {
        match self {
            Source::Drawing => "my drawing",
            Source::Test => "test image",
            Source::Train => "training image",
        }
    }

    fn subject(self, image_idx: usize) -> Subject {
        match self {
            Source::Drawing => Subject::Drawing,
            Source::Test => Subject::Test(image_idx),
            Source::Train => Subject::Train(image_idx),
        }
    }

    fn n_images(self, data: DataState) -> usize {
        match (self, data) {
            (Source::Test, DataState::Loaded { n_test, .. }) => n_test,
            (Source::Train, DataState::Loaded { n_train, .. }) => n_train,
            _ => 0,
        }
    }
}

fn image_idx(subject: Subject) -> usize {
    match subject {
        Subject::Drawing => 0,
        Subject::Test(image_idx) | Subject::Train(image_idx) => image_idx,
    }
}

/// The image so many further on; after the last comes the first.
fn stepped(image_idx: usize, offset: isize, n_images: usize) -> usize {
    if n_images == 0 { image_idx } else { (image_idx as isize + offset).rem_euclid(n_images as isize) as usize }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_go_round() {
        assert_eq!(stepped(0, -1, 10_000), 9_999);
        assert_eq!(stepped(9_999, 1, 10_000), 0);
        assert_eq!(stepped(5, 1, 10_000), 6);
        assert_eq!(stepped(5, 1, 0), 5);
    }

    #[test]
    fn a_source_knows_its_subject() {
        for source in Source::ALL {
            assert_eq!(Source::of(source.subject(7)), source);
        }
    }
}
