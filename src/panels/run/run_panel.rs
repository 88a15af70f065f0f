//! The panel of the middle column.

use super::announcement::Announcement;
use super::curves::Curves;
use super::data_notice::DataNotice;
use super::leaving::ask_before_leaving;
use super::next_train::NextTrain;
use super::outcome::Outcome;
use super::run_status::{RunProgress, RunStatus};
use super::run_table::RunTable;
use super::shortcuts::listen_for_shortcuts;
use super::test_set::TestSet;
use super::transport::Transport;
use leptos::prelude::*;

/// Buttons and status above, curves in the middle, runs and the test set below.
#[component]
pub fn RunPanel() -> impl IntoView {
    listen_for_shortcuts();
    ask_before_leaving();
    view! {
        <section id="run" class="panel panel--run" aria-label="Training" tabindex="-1">
            <div class="run__bar">
                <Transport />
                <RunStatus />
            </div>
            <RunProgress />
            <NextTrain />
            <DataNotice />
            <Outcome />
            <Curves />
            <RunTable />
            <TestSet />
            <Announcement />
        </section>
    }
}
