//! The panel of features: what one unit looks for.

use super::activation_maximization_strip::ActivationMaximizationStrip;
use super::top_images::TopImages;
use crate::components::units::{UnitChoice, UnitSwitch};
use crate::state::use_app_state;
use leptos::prelude::*;

/// Test images and a picture that excite a unit.
#[component]
pub fn FeaturesPanel() -> impl IntoView {
    let state = use_app_state();
    let choice = UnitChoice::new(state);
    let is_mnist = Memo::new(move |_| state.run.is_on_mnist());
    view! {
        <div class="features">
            <Show
                when=move || is_mnist.get() && choice.layer.read().is_some()
                fallback=|| view! { <p class="message">"This view is about networks that look at digits."</p> }
            >
                <UnitSwitch choice />
                <div class="features__columns">
                    <TopImages choice />
                    <ActivationMaximizationStrip choice />
                </div>
            </Show>
        </div>
    }
}
