//! The buttons of a run, how far it is, and what happened to it.

use super::announcement::Announcement;
use super::leaving::ask_before_leaving;
use super::next_train::NextTrain;
use super::outcome::Outcome;
use super::run_status::RunStatus;
use super::shortcuts::listen_for_shortcuts;
use super::transport::Transport;
use leptos::prelude::*;

/// What stands above all else about a run.
#[component]
pub fn RunBar(
    /// What stands below the buttons, such as a bar of progress.
    #[prop(optional)]
    progress: Option<AnyView>,
    /// What stands below the line about Train, such as messages about the data.
    #[prop(optional)]
    notices: Option<AnyView>,
) -> impl IntoView {
    listen_for_shortcuts();
    ask_before_leaving();
    view! {
        <div class="run__bar">
            <Transport />
            <RunStatus />
        </div>
        {progress}
        <NextTrain />
        {notices}
        <Outcome />
        <Announcement />
    }
}
