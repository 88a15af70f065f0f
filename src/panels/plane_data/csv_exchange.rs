//! Points as a table: pasted, opened, and written.

use super::own_points::{PointList, use_own_points};
use crate::components::download;
use crate::components::plane::plane_of;
use crate::plot::number::{bytes, thousands};
use crate::points::{CsvTargets, parse, write};
use crate::state::use_app_state;
use inkling_engine::data::plane_points;
use inkling_engine::experiment::{Experiment, PlaneConfig, PlaneDataset};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, HtmlInputElement};

/// Larger files hold more points than there may be; they are not read.
const MAX_FILE_BYTES: f64 = 2e6;
/// Longer texts are not put into the field: it would be slow.
const MAX_SHOWN_CHARS: usize = 300_000;

/// What came of a text.
#[derive(Debug, Clone, PartialEq)]
enum Outcome {
    /// Why it was not taken up.
    Fault(String),
    /// What was taken up.
    Notes(String),
}

/// The text field, the button for a file, and the one for a file of the points.
#[component]
pub fn CsvExchange() -> impl IntoView {
    let (state, own) = (use_app_state(), use_own_points());
    let text = RwSignal::new(String::new());
    let outcome = RwSignal::new(None::<Outcome>);
    let take_up = move |text: &str| {
        let n_outputs = plane_of(&state.experiment.read_untracked().data).map_or(1, |plane| plane.n_outputs);
        outcome.set(Some(match parse(text, CsvTargets::Classes { n_outputs }) {
            Ok(read) => {
                let note = format!("{} points taken up.", thousands(read.points.len()));
                own.replace(PointList { points: read.points, n_outputs: read.n_outputs });
                Outcome::Notes([vec![note], read.notes].concat().join(" "))
            }
            Err(error) => Outcome::Fault(sentence(&error.to_string())),
        }));
    };
    let open = move |file: File| {
        if file.size() > MAX_FILE_BYTES {
            let limit = thousands(PlaneConfig::N_POINTS.high);
            let got = bytes(file.size() as usize);
            return outcome.set(Some(Outcome::Fault(format!("Expected a table of at most {limit} points, got {got}"))));
        }
        let reading = file.text();
        spawn_local(async move {
            let read = JsFuture::from(reading).await.ok().and_then(|read| read.as_string());
            // The page may have been left meanwhile.
            if text.is_disposed() {
                return;
            }
            match read {
                Some(read) => {
                    if read.len() <= MAX_SHOWN_CHARS {
                        text.set(read.clone());
                    }
                    take_up(&read);
                }
                None => {
                    outcome.set(Some(Outcome::Fault("Expected a text file, got one that cannot be read".to_owned())))
                }
            }
        });
    };
    let on_file = move |event: web_sys::Event| {
        let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        let Some(input) = input else { return };
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            open(file);
        }
        // The same file can be opened again after it was changed.
        input.set_value("");
    };
    let fault = move || match outcome.get() {
        Some(Outcome::Fault(fault)) => fault,
        _ => String::new(),
    };
    let notes = move || match outcome.get() {
        Some(Outcome::Notes(notes)) => notes,
        _ => String::new(),
    };
    view! {
        <details class="plane-csv">
            <summary class="plane-csv__summary">"Paste or open CSV"</summary>
            <textarea
                class="plane-csv__text"
                rows="5"
                spellcheck="false"
                autocomplete="off"
                aria-label="Points as lines of x1, x2, label"
                placeholder="x1,x2,label\n1.5,-2,0\n-3,0.25,1"
                aria-invalid=move || matches!(*outcome.read(), Some(Outcome::Fault(_))).then_some("true")
                aria-describedby="plane-csv-fault"
                prop:value=move || text.get()
                on:input=move |event| text.set(event_target_value(&event))
            ></textarea>
            <div class="plane-csv__tools">
                <button
                    type="button"
                    class="button"
                    disabled=move || text.read().trim().is_empty()
                    on:click=move |_| take_up(&text.get_untracked())
                >
                    "Take up"
                </button>
                <label class="button plane-csv__file">
                    "Open a file"
                    <input type="file" class="visually-hidden" accept=".csv,.tsv,.txt,text/csv,text/plain" on:change=on_file />
                </label>
            </div>
            <p
                class="message message--bad field__message"
                id="plane-csv-fault"
                role="status"
                data-testid="plane-csv-fault"
                prop:textContent=fault
            ></p>
            <p class="muted plane-csv__notes" role="status" data-testid="plane-csv-notes" prop:textContent=notes></p>
        </details>
        <button
            type="button"
            class="button button--quiet plane-csv__download"
            title="The points that are there now, as lines of x1, x2, label"
            on:click=move |_| download("points.csv", "text/csv", &table_of(&state.experiment.read_untracked()))
        >
            "Download CSV"
        </button>
    }
}

/// The points of an experiment as a table; own points in the order in which they were set.
fn table_of(experiment: &Experiment) -> String {
    let Some(plane) = plane_of(&experiment.data) else { return String::new() };
    if plane.dataset == PlaneDataset::Points {
        return write(&plane.points);
    }
    let plane = PlaneConfig { n_samples: plane.n_samples.min(PlaneConfig::N_POINTS.high), ..plane.clone() };
    let points = plane_points(&plane, experiment.seed).into_iter().map(|point| [point.x1, point.x2, point.target]);
    write(&points.collect::<Vec<_>>())
}

/// With a capital letter.
fn sentence(text: &str) -> String {
    let mut signs = text.chars();
    signs.next().map_or_else(String::new, |first| first.to_uppercase().chain(signs).collect())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test says where")]
    use super::*;
    use inkling_engine::experiment::PlanePreset;

    #[test]
    fn the_table_of_any_data_set_can_be_taken_up_again() {
        for preset in [PlanePreset::Spiral, PlanePreset::Circle] {
            let read = parse(&table_of(&preset.experiment()), CsvTargets::Classes { n_outputs: 1 }).unwrap();
            assert_eq!((read.points.len(), read.n_outputs, read.notes.as_slice()), (500, 1, [].as_slice()));
        }
    }
}
