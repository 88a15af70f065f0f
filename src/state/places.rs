//! The open place, and what each place works on.

use super::{AppState, Editor};
use crate::link::{Asked, Place};
use leptos::prelude::*;

/// Which place is open, and what was made in those that were opened before.
#[derive(Clone, Copy)]
pub struct Places {
    /// The open one.
    pub open: RwSignal<Place>,
    /// Whether the book of the lesson lies beside it.
    pub has_book: RwSignal<bool>,
    /// The step that is open in the book, or that the address has named.
    pub step: RwSignal<Option<String>>,
    /// Whether the address has brought an experiment beside a step: the book shows that one first.
    pub has_asked_experiment: RwSignal<bool>,
    /// What the address has brought for the plane, until the plane takes it.
    pub asked_of_plane: RwSignal<Option<Asked>>,
    /// Whether the address was read.
    is_read: RwSignal<bool>,
    /// What is added to the query of the plane's address: the controls that are hidden.
    pub plane_query: RwSignal<Option<String>>,
    digits: (AppState, Editor),
    plane: RwSignal<Option<(AppState, Editor)>>,
}

/// Whether a place is open; always where the page has one place. Reactive.
pub fn is_open(place: Place) -> impl Fn() -> bool + Copy + Send + Sync + 'static {
    let places = use_context::<Places>();
    move || places.is_none_or(|places| places.open.get() == place)
}

impl Places {
    /// The places with `open` open; those of the plane come when it is opened first. Puts them into the context.
    pub fn provide(open: Place, digits: AppState, editor: Editor) -> Places {
        let places = Places {
            open: RwSignal::new(open),
            has_book: RwSignal::new(false),
            step: RwSignal::new(None),
            has_asked_experiment: RwSignal::new(false),
            asked_of_plane: RwSignal::new(None),
            is_read: RwSignal::new(false),
            plane_query: RwSignal::new(None),
            digits: (digits, editor),
            plane: RwSignal::new(None),
        };
        provide_context(places);
        places
    }

    /// The plane is there.
    pub fn add_plane(self, state: AppState, editor: Editor) {
        self.plane.set(Some((state, editor)));
    }

    /// Starts the worker of the digits once the address was read, if they are open then; else when they are opened first.
    pub fn start_digits(self) {
        let is_wanted = Memo::new(move |was_wanted: Option<&bool>| {
            was_wanted.copied().unwrap_or_default() || (self.is_read.get() && self.open.get() == Place::Digits)
        });
        Effect::new(move |_| {
            if is_wanted.get() {
                self.digits.0.start_worker();
            }
        });
    }

    /// Takes up what the address asks for; it was `guessed` to be about a place.
    pub fn take_up(self, guessed: Place, asked: Asked) {
        let place = asked.place.unwrap_or(guessed);
        self.open.set(place);
        let has_experiment = asked.has_book && asked.experiment.is_some();
        self.has_asked_experiment.set(has_experiment);
        if has_experiment {
            // So that the address keeps it.
            self.of(place).1.is_touched.set(true);
        }
        self.has_book.set(asked.has_book);
        if asked.step.is_some() {
            self.step.set(asked.step.clone());
        }
        self.is_read.set(true);
        match place {
            Place::Digits => {
                let (state, editor) = self.digits;
                if let Some(experiment) = asked.experiment
                    && experiment != *state.experiment.read_untracked()
                {
                    editor.replace(experiment);
                }
            }
            Place::Plane if asked.experiment.is_some() || asked.view.is_some() => self.asked_of_plane.set(Some(asked)),
            Place::Plane => {}
        }
    }

    /// Whether a place has a state of its own by now. Reactive.
    #[must_use]
    pub fn is_there(self, place: Place) -> bool {
        place == Place::Digits || self.plane.read().is_some()
    }

    /// State and editor of a place; of the digits while the plane is on its way. Reactive.
    #[must_use]
    pub fn of(self, place: Place) -> (AppState, Editor) {
        match place {
            Place::Digits => self.digits,
            Place::Plane => self.plane.get().unwrap_or(self.digits),
        }
    }

    /// State and editor of the open place. Reactive.
    #[must_use]
    pub fn present(self) -> (AppState, Editor) {
        self.of(self.open.get())
    }
}
