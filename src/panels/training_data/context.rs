//! What stays while another tab is open: which section and which images are shown, and whether a learning curve is computed.

use super::browse::Browsed;
use super::own::OwnList;
use crate::components::Tab;
use crate::state::AppState;
use leptos::prelude::*;

/// A section of the tab.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Section {
    /// MNIST's images.
    #[default]
    Images,
    /// Accuracy by the number of training images.
    Curve,
    /// The learner's own digits.
    Own,
}

impl Tab for Section {
    const ALL: &'static [Section] = &[Section::Images, Section::Curve, Section::Own];

    fn title(self) -> &'static str {
        match self {
            Section::Images => "Browse images",
            Section::Curve => "Learning curve",
            Section::Own => "Your own digits",
        }
    }
}

/// Signals of the tab; cheap to copy.
#[derive(Clone, Copy)]
pub struct TrainingData {
    /// The open section.
    pub section: RwSignal<Section>,
    /// Which images are shown.
    pub browsed: Browsed,
    /// When the learning curve under way was asked for, in milliseconds, and for which run.
    pub curve_asked: RwSignal<Option<(u32, f64)>>,
    /// The own digits, with what can be done to them.
    pub own: OwnList,
}

/// Makes the signals for the components below the calling one, and brings back the own digits that the browser has kept.
pub fn provide_training_data(state: AppState) {
    let own = OwnList::new(state);
    own.load();
    let curve_asked = RwSignal::new(None);
    Effect::new(move |_| {
        // A worker that has died takes its learning curve with it.
        if state.machine.read().is_none() {
            curve_asked.set(None);
        }
    });
    provide_context(TrainingData {
        section: RwSignal::new(Section::default()),
        browsed: Browsed::new(),
        curve_asked,
        own,
    });
}

/// The signals of the tab.
///
/// # Panics
/// Outside of a component below [`provide_training_data`].
#[must_use]
pub fn use_training_data() -> TrainingData {
    expect_context::<TrainingData>()
}
