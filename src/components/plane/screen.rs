//! What is on the plane's screen, beside the experiment.

use super::points::{PlanePoints, points_of};
use crate::link::playground::{Control, View};
use crate::protocol::questions::PlaneView;
use crate::protocol::questions::PlaneViewAnswer;
use crate::state::{Answered, AppState};
use inkling_engine::experiment::PlaneFeature;
use leptos::prelude::*;
use std::sync::Arc;

/// What the large map shows instead of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Enlarged {
    /// What the network is given.
    Feature(PlaneFeature),
    /// What a unit gives: index of its layer in the network, and the unit.
    Unit(usize, usize),
}

/// The screen's choices; cheap to copy, found with [`use_plane_screen`].
#[derive(Clone, Copy)]
pub struct PlaneScreen {
    /// What the pointer or the focus is on.
    pub pointed: RwSignal<Option<Enlarged>>,
    /// The unit whose weights are listed: index of its layer in the network, and the unit.
    pub chosen: RwSignal<Option<(usize, usize)>>,
    /// The link whose weight is to be typed: which input of the chosen unit.
    pub wanted_row: RwSignal<Option<usize>>,
    /// Whether test points are shown.
    pub shows_test: RwSignal<bool>,
    /// Whether the large map shows the class alone.
    pub is_discrete: RwSignal<bool>,
    /// The controls that a teacher has hidden.
    pub hidden: RwSignal<Vec<Control>>,
    /// The points of the present run.
    pub points: Memo<Arc<PlanePoints>>,
    /// The newest view of the present run's network.
    pub view: Signal<Option<Arc<Answered<PlaneView>>>>,
}

/// Makes the screen of a state and puts it into the context.
pub fn provide_plane_screen(state: AppState) -> PlaneScreen {
    let screen = PlaneScreen {
        pointed: RwSignal::new(None),
        chosen: RwSignal::new(None),
        wanted_row: RwSignal::new(None),
        shows_test: RwSignal::new(false),
        is_discrete: RwSignal::new(false),
        hidden: RwSignal::new(Vec::new()),
        points: Memo::new(move |_| Arc::new(points_of(&state.run.checked.read()))),
        view: Signal::derive(move || state.answers.plane_view.newest()),
    };
    provide_context(screen);
    screen
}

/// The plane's screen.
///
/// # Panics
/// Outside of a component below [`provide_plane_screen`].
#[must_use]
pub fn use_plane_screen() -> PlaneScreen {
    expect_context::<PlaneScreen>()
}

impl PlaneScreen {
    /// Shows and hides what a link of TensorFlow Playground asks for.
    pub fn take_up(self, view: View) {
        self.shows_test.set(view.show_test);
        self.is_discrete.set(view.discretize);
        self.hidden.set(view.hidden);
    }

    /// What is shown and hidden, for such a link.
    #[must_use]
    pub fn as_view(self) -> View {
        View { show_test: self.shows_test.get(), discretize: self.is_discrete.get(), hidden: self.hidden.get() }
    }

    /// Whether a control is on the page.
    #[must_use]
    pub fn has(self, control: Control) -> bool {
        !self.hidden.read().contains(&control)
    }

    /// The unit whose map is shown in full, if it is one of the network's.
    #[must_use]
    pub fn enlarged_unit(self) -> Option<(usize, usize)> {
        match self.pointed.get() {
            Some(Enlarged::Unit(layer_idx, unit)) => Some((layer_idx, unit)),
            Some(Enlarged::Feature(_)) | None => None,
        }
    }

    /// What of the newest view is to be shown. Reactive.
    pub fn with_view<T>(self, read: impl FnOnce(&PlaneViewAnswer) -> T) -> Option<T> {
        self.view.get().map(|answered| read(&answered.answer))
    }
}
