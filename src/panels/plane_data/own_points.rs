//! Own points and their former states: what was there before an edit can be brought back.

use super::data_edits;
use crate::components::plane::plane_of;
use crate::state::{AppState, Editor, use_app_state, use_editor};
use inkling_engine::experiment::{Experiment, PlaneDataset};
use leptos::prelude::*;

/// The most edits that can be taken back.
const MAX_FORMER: usize = 50;

/// Own points, and how many outputs they are for.
#[derive(Debug, Clone, PartialEq)]
pub struct PointList {
    /// `[x1, x2, target]`.
    pub points: Vec<[f64; 3]>,
    /// As in the experiment.
    pub n_outputs: usize,
}

/// The way to the own points; cheap to copy.
#[derive(Clone, Copy)]
pub struct OwnPoints {
    state: AppState,
    editor: Editor,
    /// What edits have replaced, oldest first.
    former: RwSignal<Vec<PointList>>,
    /// The own points of before another data set was chosen.
    left: RwSignal<Option<PointList>>,
    /// The formula of before another data set was chosen.
    left_formula: StoredValue<Option<String>>,
}

/// Puts the own points into the context.
pub fn provide_own_points() -> OwnPoints {
    let (state, editor) = (use_app_state(), use_editor());
    let own = OwnPoints {
        state,
        editor,
        former: RwSignal::new(Vec::new()),
        left: RwSignal::new(None),
        left_formula: StoredValue::new(None),
    };
    // Another experiment has other points.
    Effect::watch(move || editor.n_loads.get(), move |_, _, _| own.former.set(Vec::new()), false);
    provide_context(own);
    own
}

/// The own points.
///
/// # Panics
/// Outside of a component below [`provide_own_points`].
pub fn use_own_points() -> OwnPoints {
    expect_context::<OwnPoints>()
}

impl OwnPoints {
    /// The present own points; none while another data set is chosen.
    pub fn list(self) -> Option<PointList> {
        list_of(&self.state.experiment.read())
    }

    /// Changes the points; an edit that changes nothing is none.
    pub fn edit(self, change: impl FnOnce(&mut Vec<[f64; 3]>)) {
        if let Some(mut list) = untrack(|| self.list()) {
            change(&mut list.points);
            self.replace(list);
        }
    }

    /// Replaces the points; another data set is left for them.
    pub fn replace(self, list: PointList) {
        let present = untrack(|| self.list());
        if present.as_ref() == Some(&list) {
            return;
        }
        self.keep(present);
        self.editor.edit(|experiment| data_edits::set_points(experiment, list.points, list.n_outputs));
    }

    /// Takes up another number of outputs.
    pub fn choose_outputs(self, n_outputs: usize) {
        self.keep(untrack(|| self.list()));
        self.editor.edit(|experiment| data_edits::choose_outputs(experiment, n_outputs));
    }

    /// Takes up another data set; own points and a formula that are left stay in mind.
    pub fn choose_dataset(self, dataset: PlaneDataset) {
        let present = untrack(|| {
            plane_of(&self.state.experiment.read().data).map(|plane| (plane.dataset, plane.formula.clone()))
        });
        let Some((present, formula)) = present.filter(|(present, _)| *present != dataset) else { return };
        match present {
            PlaneDataset::Points => self.left.set(untrack(|| self.list())),
            PlaneDataset::Formula => self.left_formula.set_value(Some(formula)),
            _ => {}
        }
        self.former.set(Vec::new());
        self.editor.edit(|experiment| {
            data_edits::choose_dataset(experiment, dataset);
            let left = self.left_formula.get_value().filter(|_| dataset == PlaneDataset::Formula);
            if let (Some(formula), Some(plane)) = (left, data_edits::plane_mut(experiment)) {
                plane.formula = formula;
            }
        });
    }

    /// Whether an edit can be taken back.
    pub fn can_undo(self) -> bool {
        !self.former.read().is_empty()
    }

    /// Takes the last edit back.
    pub fn undo(self) {
        if let Some(list) = self.former.try_update(Vec::pop).flatten() {
            self.editor.edit(|experiment| data_edits::set_points(experiment, list.points, list.n_outputs));
        }
    }

    /// How many own points there were before another data set was chosen, unless they are there again.
    pub fn n_left(self) -> Option<usize> {
        let left = self.left.get()?;
        (self.list().as_ref() != Some(&left)).then_some(left.points.len())
    }

    /// Brings them back.
    pub fn bring_back(self) {
        if let Some(left) = self.left.get_untracked() {
            self.left.set(None);
            self.replace(left);
        }
    }

    fn keep(self, list: Option<PointList>) {
        if let Some(list) = list {
            self.former.update(|former| {
                former.push(list);
                let n_over = former.len().saturating_sub(MAX_FORMER);
                former.drain(..n_over);
            });
        }
    }
}

fn list_of(experiment: &Experiment) -> Option<PointList> {
    let plane = plane_of(&experiment.data).filter(|plane| plane.dataset == PlaneDataset::Points)?;
    Some(PointList { points: plane.points.clone(), n_outputs: plane.n_outputs })
}
