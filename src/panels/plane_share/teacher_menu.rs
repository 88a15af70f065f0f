//! What a teacher hides before giving the page's link away.

use crate::components::plane::use_plane_screen;
use crate::link::playground::Control;
use leptos::prelude::*;

/// A switch for each control that can be hidden.
#[component]
pub fn TeacherMenu() -> impl IntoView {
    let hidden = use_plane_screen().hidden;
    let switch = move |control: Control| {
        let is_shown = move || !hidden.read().contains(&control);
        let flip = move |is_shown: bool| {
            hidden.update(|hidden| {
                *hidden = Control::ALL
                    .into_iter()
                    .filter(|other| if *other == control { !is_shown } else { hidden.contains(other) })
                    .collect();
            });
        };
        view! {
            <li>
                <label class="switch-field">
                    <input
                        type="checkbox"
                        prop:checked=is_shown
                        on:change=move |event| flip(event_target_checked(&event))
                    />
                    {control.title()}
                </label>
            </li>
        }
    };
    view! {
        <details class="teacher-menu">
            <summary>"For teachers: hide controls"</summary>
            <p class="muted">
                "What is not ticked is hidden here and for everybody who gets this page's link (Copy link, above). Its settings hold all the same."
            </p>
            <ul class="teacher-menu__list">{Control::ALL.map(switch).collect_view()}</ul>
        </details>
    }
}
