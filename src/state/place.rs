//! The places of the page, and what each of them works on.

use super::{AppState, Editor};
use crate::link::Asked;
use inkling_engine::experiment::DataConfig;
use leptos::prelude::*;

/// A place of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Place {
    /// Networks that read digits.
    #[default]
    Digits,
    /// Networks that tell points of the plane apart.
    Plane,
}

impl Place {
    /// All, in the order of the page's navigation.
    pub const ALL: [Place; 2] = [Place::Digits, Place::Plane];

    /// Its name.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Place::Digits => "Digits",
            Place::Plane => "Plane",
        }
    }

    /// Its part of an address's query; none for the place that opens without one.
    #[must_use]
    pub fn query(self) -> Option<&'static str> {
        match self {
            Place::Digits => None,
            Place::Plane => Some("place=plane"),
        }
    }

    /// The place of experiments on such data.
    #[must_use]
    pub fn of(data: &DataConfig) -> Place {
        match data {
            DataConfig::Mnist(_) => Place::Digits,
            DataConfig::Plane(_) => Place::Plane,
        }
    }

    /// The place that an address is most likely to ask for, before what it holds is read: programs for the other one need
    /// not be fetched.
    #[must_use]
    pub fn guessed(query: &str, fragment: &str) -> Place {
        let fragment = fragment.trim_start_matches('#');
        let is_of_playground = fragment.contains('=') && !fragment.starts_with("v1.");
        if query.contains("place=plane") || is_of_playground { Place::Plane } else { Place::Digits }
    }
}

/// Which place is open, and what was made in those that were opened before.
#[derive(Clone, Copy)]
pub struct Places {
    /// The open one.
    pub open: RwSignal<Place>,
    /// What the address has brought for the plane, until the plane takes it.
    pub asked_of_plane: RwSignal<Option<Asked>>,
    /// Whether the address was read.
    is_read: RwSignal<bool>,
    digits: (AppState, Editor),
    plane: RwSignal<Option<(AppState, Editor)>>,
}

impl Places {
    /// The places with `open` open; those of the plane come when it is opened first. Puts them into the context.
    pub fn provide(open: Place, digits: AppState, editor: Editor) -> Places {
        let places = Places {
            open: RwSignal::new(open),
            asked_of_plane: RwSignal::new(None),
            is_read: RwSignal::new(false),
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
        let place = asked.experiment.as_ref().map_or(guessed, |experiment| Place::of(&experiment.data));
        self.open.set(place);
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
            Place::Plane => self.asked_of_plane.set(asked.experiment.is_some().then_some(asked)),
        }
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

#[cfg(test)]
mod tests {
    use super::Place;

    #[test]
    fn an_address_tells_its_place() {
        assert_eq!(Place::guessed("", ""), Place::Digits);
        assert_eq!(Place::guessed("?present", "#v1.eyJkYXRhIjp7fQ=="), Place::Digits);
        assert_eq!(Place::guessed("?place=plane", ""), Place::Plane);
        assert_eq!(Place::guessed("", "#activation=tanh&batchSize=10"), Place::Plane);
    }
}
