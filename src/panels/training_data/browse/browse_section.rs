//! The section: which part, which digit, right or wrong; and a page of what passes.

use super::super::context::use_training_data;
use super::class_filter::ClassFilter;
use super::image_grid::ImageGrid;
use super::image_list::{ImagePart, class_counts, of_class};
use super::pager::Pager;
use super::wrong_images::{WrongNotice, wrong_images};
use crate::components::fields::SwitchField;
use crate::plot::number::thousands;
use crate::protocol::ImageSet;
use crate::state::{DataState, use_app_state};
use inkling_engine::data::{Dataset, Split};
use leptos::prelude::*;
use std::sync::Arc;

/// MNIST's images, page by page.
#[component]
pub fn BrowseSection() -> impl IntoView {
    let state = use_app_state();
    let browsed = use_training_data().browsed;
    let wrong = wrong_images(state);
    let split = Memo::new(move |_| {
        // Which images these are, depends on the counts and the seed alone.
        let nothing = Dataset::digits(Vec::new(), Vec::new());
        nothing.ok().map(|nothing| Split::new(&state.run.checked.read(), &nothing))
    });
    let of_part = Memo::new(move |_| {
        let n_test = state.labels.read().of(ImageSet::Test).len();
        let images = split.read().as_ref().map(|split| browsed.part.get().images(split, n_test)).unwrap_or_default();
        match (browsed.is_wrong_only.get(), &*wrong.read()) {
            (false, _) => Arc::new(images),
            (true, None) => Arc::default(),
            (true, Some(wrong)) => Arc::new(images.into_iter().filter(|image| wrong.contains_key(image)).collect()),
        }
    });
    let counts = Memo::new(move |_| {
        let (labels, n_classes) = (state.labels.get(), state.run.data().n_classes());
        class_counts(&of_part.read(), labels.of(browsed.part.get().set()), n_classes)
    });
    let images = Memo::new(move |_| {
        let labels = state.labels.get();
        Arc::new(of_class(&of_part.read(), labels.of(browsed.part.get().set()), browsed.class.get()))
    });
    let is_loaded = Memo::new(move |_| matches!(state.data.get(), DataState::Loaded { .. }));
    let found = move || {
        let n = images.read().len();
        let which = if browsed.is_wrong_only.get() { " that the network gets wrong" } else { "" };
        let of = browsed.class.get().map_or_else(String::new, |class| format!(" of {class}"));
        format!("{} {} image{}{of}{which}", thousands(n), browsed.part.get().as_str(), if n == 1 { "" } else { "s" })
    };
    let part = move |part: ImagePart| {
        view! {
            <label class="segments__option">
                <input
                    type="radio"
                    name="training-data-part"
                    prop:checked=move || browsed.part.get() == part
                    on:change=move |_| {
                        browsed.page.set(0);
                        browsed.part.set(part);
                    }
                />
                <span>{part.as_str()}</span>
            </label>
        }
    };
    view! {
        <p class="training-data__why">
            "See what the network learns from: odd, ugly and wrongly labelled images explain many of its mistakes. Choose an image to look at it in all panels."
        </p>
        <Show
            when=move || is_loaded.get()
            fallback=|| view! { <p class="message">"The images are shown once the data set is loaded."</p> }
        >
            <div class="browse">
                <div class="browse__filter">
                    <fieldset class="segments">
                        <legend class="visually-hidden">"Part of the data set"</legend>
                        {ImagePart::ALL.map(part)}
                    </fieldset>
                    <SwitchField
                        label="Only those that the network gets wrong"
                        value=browsed.is_wrong_only
                        on_change=move |is_on| {
                            browsed.page.set(0);
                            browsed.is_wrong_only.set(is_on);
                        }
                    />
                    <WrongNotice wrong />
                    <ClassFilter counts />
                </div>
                <div class="browse__images">
                    <p class="browse__count" role="status" data-testid="n-images" prop:textContent=found></p>
                    <ImageGrid images wrong />
                    <Pager images />
                </div>
            </div>
        </Show>
    }
}
