//! The learner's own digits, as far as all of the page has to know them.

use super::AppState;
use crate::digits::OwnDigit;
use crate::protocol::{Command, Subject};
use inkling_engine::data::OwnDigits as EngineDigits;
use inkling_engine::experiment::OwnDigitsConfig;
use leptos::prelude::*;
use std::sync::Arc;

/// Signals of the own digits; cheap to copy.
#[derive(Clone, Copy)]
pub struct OwnDigits {
    /// All that are kept.
    pub list: RwSignal<Arc<Vec<OwnDigit>>>,
    /// How often they have changed.
    pub n_changes: RwSignal<u32>,
    /// The one that the network is given in the place of the drawing, until something is drawn.
    pub looked_at: RwSignal<Option<OwnDigit>>,
}

impl OwnDigits {
    pub(super) fn new() -> OwnDigits {
        OwnDigits { list: RwSignal::new(Arc::default()), n_changes: RwSignal::new(0), looked_at: RwSignal::new(None) }
    }
}

impl AppState {
    /// Gives the network an own digit in the place of the drawing; `None`: the drawing again.
    pub fn look_at_own(&self, digit: Option<OwnDigit>) {
        self.own_digits.looked_at.set(digit);
        self.revision.update(|revision| *revision += 1);
        self.send_drawing();
        self.look_at(Subject::Drawing);
    }

    /// Replaces the own digits, for the page and for the worker.
    pub fn set_own_digits(&self, digits: Arc<Vec<OwnDigit>>) {
        self.own_digits.list.set(digits);
        self.own_digits.n_changes.update(|n_changes| *n_changes += 1);
        self.send_own_digits();
    }

    /// What the experiment that is edited says about own digits.
    #[must_use]
    pub fn own_digits_config(&self) -> OwnDigitsConfig {
        self.experiment.read().data.digits().map(|digits| digits.own_digits).unwrap_or_default()
    }

    /// What an experiment says that is trained on the own digits that are kept, each counted as `weight` images.
    #[must_use]
    pub fn kept_config(&self, weight: usize) -> OwnDigitsConfig {
        let list = self.own_digits.list.read();
        let digits = EngineDigits::new(pixels_of(&list), labels_of(&list)).unwrap_or_default();
        if digits.is_empty() { OwnDigitsConfig::default() } else { OwnDigitsConfig::of(&digits, weight) }
    }

    /// Has the experiment say something else about own digits.
    pub fn edit_own_digits(&self, config: OwnDigitsConfig) {
        if untrack(|| self.own_digits_config()) != config {
            self.edit(|experiment| {
                if let Some(digits) = experiment.data.digits_mut() {
                    digits.own_digits = config;
                }
            });
        }
    }

    /// Before there were any, a worker needs not be told that there are none.
    pub(super) fn send_own_digits(&self) {
        if self.own_digits.n_changes.get_untracked() > 0 {
            let list = self.own_digits.list.read_untracked();
            self.send(Command::SetOwnDigits { pixels: pixels_of(&list), labels: labels_of(&list) });
        }
    }
}

fn pixels_of(digits: &[OwnDigit]) -> Vec<u8> {
    digits.iter().flat_map(|digit| digit.image().bytes()).copied().collect()
}

fn labels_of(digits: &[OwnDigit]) -> Vec<u8> {
    digits.iter().map(OwnDigit::label).collect()
}
