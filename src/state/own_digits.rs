//! The learner's own digits, as far as all of the page has to know them.

use super::AppState;
use crate::digits::OwnDigit;
use crate::protocol::Subject;
use leptos::prelude::*;
use std::sync::Arc;

/// Signals of the own digits; cheap to copy.
#[derive(Clone, Copy)]
pub struct OwnDigits {
    /// All that are kept.
    pub list: RwSignal<Arc<Vec<OwnDigit>>>,
    /// The one that the network is given in the place of the drawing, until something is drawn.
    pub looked_at: RwSignal<Option<OwnDigit>>,
}

impl OwnDigits {
    pub(super) fn new() -> OwnDigits {
        OwnDigits { list: RwSignal::new(Arc::default()), looked_at: RwSignal::new(None) }
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
}
