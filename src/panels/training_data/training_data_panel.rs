//! The tab, in three sections.

use super::browse::BrowseSection;
use super::context::{Section, use_training_data};
use super::curve::CurveSection;
use super::own::OwnSection;
use crate::components::Tabs;
use leptos::prelude::*;

/// The images that the network learns from, and the learner's own.
#[component]
pub fn TrainingDataPanel() -> impl IntoView {
    let section = use_training_data().section;
    view! {
        <div class="training-data">
            <Tabs tab=section label="What to do with the training data">
                {move || match section.get() {
                    Section::Images => view! { <BrowseSection /> }.into_any(),
                    Section::Curve => view! { <CurveSection /> }.into_any(),
                    Section::Own => view! { <OwnSection /> }.into_any(),
                }}
            </Tabs>
        </div>
    }
}
