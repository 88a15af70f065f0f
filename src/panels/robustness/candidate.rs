//! The runs that can be measured.

use crate::components::runs::{colour_of, letter_of, run_name};
use crate::plot::chart::{LineColour, Look};
use crate::protocol::{FailureKind, RunId, Start};
use crate::state::{AppState, PRETRAINED_RUN};
use leptos::prelude::*;

/// A run whose network is there, or can be made again.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Its number.
    pub run: RunId,
    /// What it is called in the run table.
    pub name: String,
    /// Its sign: `●` for the present run, a letter for a past one, as in the run table.
    pub mark: char,
    /// Its colour in charts.
    pub colour: LineColour,
    /// Whether the worker trains it, so that its weights may change.
    pub is_present: bool,
    /// Whether its result on the test set was looked at.
    pub is_test_opened: bool,
    /// Whether it keeps images for validation.
    pub has_validation: bool,
}

impl Candidate {
    /// How its curves are drawn.
    #[must_use]
    pub fn look(&self) -> Look {
        if self.is_present { Look::Marked } else { Look::Dashed(self.mark) }
    }

    /// Its colour for the style sheet.
    #[must_use]
    pub fn css_colour(&self) -> String {
        format!("var({})", self.colour.token())
    }
}

/// All of them: the present run, past ones from the newest on, the pretrained network. Reactive.
#[must_use]
pub fn candidates(state: AppState) -> Vec<Candidate> {
    let run = state.run;
    let is_pretrained = run.start.get() == Start::Pretrained;
    let is_opened = run.is_test_opened.get();
    let is_of_shipped_weights = is_pretrained && run.weight_edits.with(|edits| edits.open().is_empty());
    let mut found = Vec::new();
    if !is_of_shipped_weights {
        let checked = run.checked.read();
        let name = match run_name(checked.experiment(), &run.rate_changes.read()) {
            _ if is_pretrained => "Pretrained CNN, edited".to_owned(),
            name if run.last_batch.read().is_none() => format!("{name}, not trained yet"),
            name => name,
        };
        found.push(Candidate {
            run: run.id.get(),
            name,
            mark: '●',
            colour: LineColour::Train,
            is_present: true,
            is_test_opened: is_opened,
            has_validation: checked.n_validation() > 0,
        });
    }
    for (run_idx, record) in state.past_runs.read().iter().enumerate().rev() {
        if state.has_weights_of(record.id) {
            found.push(Candidate {
                run: record.id,
                name: run_name(record.checked.experiment(), &record.rate_changes),
                mark: letter_of(run_idx),
                colour: colour_of(run_idx),
                is_present: false,
                is_test_opened: record.test_accuracy.is_some(),
                has_validation: record.checked.n_validation() > 0,
            });
        }
    }
    // Where the shipped weights did not come, the network would be one of random weights.
    if state.failures.read().iter().all(|failure| failure.kind != FailureKind::Model) {
        found.push(pretrained(is_of_shipped_weights && is_opened));
    }
    found
}

fn pretrained(is_test_opened: bool) -> Candidate {
    Candidate {
        run: PRETRAINED_RUN,
        name: "Pretrained CNN".to_owned(),
        mark: 'P',
        colour: LineColour::Val,
        is_present: false,
        is_test_opened,
        has_validation: true,
    }
}
