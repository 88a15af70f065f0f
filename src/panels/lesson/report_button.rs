//! Saves the lab report: what was predicted, run, found and answered.

use super::lesson_state::{LessonState, use_lesson};
use crate::components::download;
use crate::components::runs::run_name;
use crate::lesson::report::{self, Picture, ReportRun};
use crate::link;
use crate::state::{AppState, Place};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlCanvasElement;

/// Pictures of the bench that a report shows at most.
const MAX_PICTURES: usize = 24;

/// The two forms of the report.
#[component]
pub fn ReportButton() -> impl IntoView {
    let lesson = use_lesson();
    view! {
        <span class="book__report" role="group" aria-label="Lab report">
            <button
                type="button"
                class="button button--quiet"
                title="One file with your answers, predictions, runs and pictures: it opens in any browser and prints well"
                on:click=move |_| download("lab-report.html", "text/html", &report::html(&gather(lesson)))
            >
                "Save lab report"
            </button>
            <button
                type="button"
                class="button button--quiet"
                title="The same as a Jupyter notebook"
                on:click=move |_| download("lab-report.ipynb", "application/x-ipynb+json", &report::notebook(&gather(lesson)))
            >
                ".ipynb"
            </button>
        </span>
    }
}

/// What the report is made from, as of now.
fn gather(lesson: LessonState) -> report::Report {
    let date = js_sys::Date::new_0().to_iso_string().as_string().unwrap_or_default();
    let places = [Place::Digits, Place::Plane].into_iter().filter(|place| untrack(|| lesson.places.is_there(*place)));
    let runs = places.flat_map(|place| runs_of(lesson.places.of(place).0)).collect();
    report::Report {
        date: date.chars().take(10).collect(),
        course: lesson.course.get_untracked(),
        progress: lesson.progress.get_untracked(),
        runs,
        pictures: pictures(),
    }
}

/// The runs of a place, oldest first.
fn runs_of(state: AppState) -> Vec<ReportRun> {
    let present = untrack(|| state.run.record());
    let records =
        state.past_runs.get_untracked().into_iter().chain([present].into_iter().filter(|run| run.n_steps > 0));
    let base = link_base();
    records
        .map(|record| {
            let experiment = record.checked.experiment().clone();
            let link = link::encode(&experiment).ok().map(|fragment| format!("{base}#{fragment}"));
            let is_repeatable = !record.is_edited
                && record.restored.is_none()
                && record.amended.is_empty()
                && record.rate_changes.is_empty();
            ReportRun {
                name: run_name(&experiment, &record.rate_changes),
                n_params: record.checked.n_params(),
                link,
                is_repeatable,
                epochs: record.epochs,
                test_accuracy: record.test_accuracy,
                experiment,
            }
        })
        .collect()
}

fn link_base() -> String {
    let location = window().location();
    format!("{}{}", location.origin().unwrap_or_default(), location.pathname().unwrap_or_default())
}

/// The pictures that the bench shows at present.
fn pictures() -> Vec<Picture> {
    let found = document().query_selector_all(".desk__bench canvas").ok();
    let list = found.iter().flat_map(|list| (0..list.length()).filter_map(|place| list.item(place)));
    let canvases = list.filter_map(|node| node.dyn_into::<HtmlCanvasElement>().ok());
    let seen = canvases.filter(|canvas| canvas.width() > 1 && canvas.client_width() > 0);
    seen.filter_map(|canvas| {
        let name = canvas.get_attribute("aria-label").unwrap_or_default();
        Some(Picture { name, data_url: canvas.to_data_url().ok()?, is_small: canvas.width() < 200 })
    })
    .take(MAX_PICTURES)
    .collect()
}
