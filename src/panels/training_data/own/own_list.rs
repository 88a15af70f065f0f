//! The own digits and what can be done to them. Each change is kept by the browser and can be taken back.

use crate::digits::{DigitImage, MAX_OWN_DIGITS, OwnDigit};
use crate::plot::number::thousands;
use crate::state::{AppState, own_digits_store};
use leptos::prelude::*;
use std::sync::Arc;

/// Changes that can be taken back.
const MAX_UNDO: usize = 50;

/// All digits as they were at some time.
type Digits = Arc<Vec<OwnDigit>>;

/// The own digits; cheap to copy.
#[derive(Clone, Copy)]
pub struct OwnList {
    state: AppState,
    past: RwSignal<Vec<Digits>>,
    /// What the browser's storage has to say, if it does not keep them.
    pub warning: RwSignal<Option<String>>,
    /// Digits of photos that have no label yet.
    pub unlabelled: RwSignal<Vec<DigitImage>>,
    /// What was wrong with the files that were opened last.
    pub faults: RwSignal<Vec<String>>,
    /// What was taken from them.
    pub notice: RwSignal<String>,
}

impl OwnList {
    /// No digits yet.
    #[must_use]
    pub fn new(state: AppState) -> OwnList {
        OwnList {
            state,
            past: RwSignal::new(Vec::new()),
            warning: RwSignal::new(None),
            unlabelled: RwSignal::new(Vec::new()),
            faults: RwSignal::new(Vec::new()),
            notice: RwSignal::new(String::new()),
        }
    }

    /// Brings back those that the browser has kept.
    pub fn load(self) {
        let (digits, n_damaged) = own_digits_store::read();
        if n_damaged > 0 {
            let text = format!(
                "{} of the digits that this browser has kept are damaged and were left out.",
                thousands(n_damaged)
            );
            self.warning.set(Some(text));
        }
        if !digits.is_empty() {
            self.state.set_own_digits(Arc::new(digits));
        }
    }

    /// Adds digits as far as there is room; how many have none.
    pub fn add(self, more: Vec<OwnDigit>) -> usize {
        let room = MAX_OWN_DIGITS - self.state.own_digits.list.read_untracked().len().min(MAX_OWN_DIGITS);
        let n_left_out = more.len().saturating_sub(room);
        if more.len() > n_left_out {
            self.change(|digits| digits.extend(more.into_iter().take(room)));
        }
        n_left_out
    }

    /// Gives the digit with that image another label.
    pub fn relabel(self, image_id: usize, label: u8) {
        self.change(|digits| {
            if let Some(digit) = digits.iter_mut().find(|digit| digit.image().id() == image_id)
                && let Some(relabelled) = OwnDigit::new(label, digit.image().clone())
            {
                *digit = relabelled;
            }
        });
    }

    /// Removes the digit with that image.
    pub fn delete(self, image_id: usize) {
        self.change(|digits| digits.retain(|digit| digit.image().id() != image_id));
    }

    /// Removes all digits.
    pub fn clear(self) {
        self.change(Vec::clear);
    }

    /// Whether there is a change to take back. Reactive.
    #[must_use]
    pub fn can_undo(self) -> bool {
        !self.past.read().is_empty()
    }

    /// Takes the last change back.
    pub fn undo(self) {
        if let Some(former) = self.past.try_update(Vec::pop).flatten() {
            self.keep(former);
        }
    }

    fn change(self, change: impl FnOnce(&mut Vec<OwnDigit>)) {
        let former = self.state.own_digits.list.get_untracked();
        let mut digits = former.to_vec();
        change(&mut digits);
        if digits == *former {
            return;
        }
        self.past.update(|past| {
            past.push(former);
            drop(past.drain(..past.len().saturating_sub(MAX_UNDO)));
        });
        self.keep(Arc::new(digits));
    }

    fn keep(self, digits: Digits) {
        let is_kept = own_digits_store::write(&digits);
        let text = "This browser does not keep your digits: its storage is full or not allowed. They stay until the page is closed; export them to keep them.";
        self.warning.set((!is_kept).then(|| text.to_owned()));
        self.state.set_own_digits(digits);
        // An experiment that is trained on own digits is trained on these.
        let config = untrack(|| self.state.own_digits_config());
        if !config.is_none() {
            self.state.edit_own_digits(untrack(|| self.state.kept_config(config.weight)));
        }
    }
}
