//! The panel of the middle column.

use super::curves::Curves;
use super::data_notice::DataNotice;
use super::run_bar::RunBar;
use super::run_status::RunProgress;
use super::run_table::RunTable;
use super::test_set::TestSet;
use leptos::prelude::*;

/// Buttons and status above, curves in the middle, runs and the test set below.
#[component]
pub fn RunPanel() -> impl IntoView {
    view! {
        <section id="run" class="panel panel--run" aria-label="Training" tabindex="-1">
            <RunBar progress=view! { <RunProgress /> }.into_any() notices=view! { <DataNotice /> }.into_any() />
            <Curves />
            <RunTable />
            <TestSet />
        </section>
    }
}
