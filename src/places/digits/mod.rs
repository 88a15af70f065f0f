//! Digits: networks that read MNIST's images and drawings.

mod doubt_tabs;
pub mod inside_tabs;
mod training_panels;

use crate::panels::pad::PadPanel;
use doubt_tabs::DoubtTabs;
use inside_tabs::InsideTabs;
use leptos::prelude::*;
use training_panels::TrainingPanels;

/// The place.
#[component]
pub fn Digits() -> impl IntoView {
    view! {
        <main class="digits">
            <TrainingPanels />
            <PadPanel />
            <InsideTabs />
            <DoubtTabs />
        </main>
    }
}
