//! Which images of a set are browsed: those of one digit, those that are misread.

use super::context::use_subject;
use super::image_filter::ImageFilter;
use crate::state::use_app_state;
use leptos::prelude::*;

/// A menu of the digits, and a box to tick.
#[component]
pub fn FilterSwitch() -> impl IntoView {
    let context = use_subject();
    let filter = context.filter;
    let names = use_app_state().run.class_names();
    let choose_class = move |event| {
        // Anything but a digit means "any digit".
        let class = event_target_value(&event).parse().ok();
        context.choose_filter(ImageFilter { class, ..filter.get_untracked() });
    };
    let tick = move |event| {
        let is_misread_only = event_target_checked(&event);
        context.choose_filter(ImageFilter { is_misread_only, ..filter.get_untracked() });
    };
    view! {
        <select
            class="select"
            aria-label="Digit that the image shows"
            prop:value=move || filter.get().class.map_or_else(String::new, |class| class.to_string())
            on:change=choose_class
        >
            <option value="">"any digit"</option>
            {move || {
                let option = |(class, name): (usize, &&'static str)| view! { <option value=class.to_string()>{*name}</option> };
                names.get().iter().enumerate().map(option).collect_view()
            }}
        </select>
        <label class="subject-switch__tick">
            <input type="checkbox" prop:checked=move || filter.get().is_misread_only on:change=tick />
            "only misread"
        </label>
    }
}
