//! The signals that the components of the strip share.

use super::scale::ScaleMode;
use super::stats::{LayerStats, Range};
use crate::components::ThemeState;
use crate::components::layers::{LayerForm, LayerPlan, plan_layers};
use crate::plot::colour_map::{Ground, Palette};
use crate::protocol::{Inspection, LayerValues};
use crate::state::AppState;
use inkling_engine::explain::{CellIndex, ReceptiveField, receptive_fields};
use leptos::prelude::*;
use ndarray::Array2;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Signals of the strip; cheap to copy.
#[derive(Clone, Copy)]
pub struct InsideContext {
    /// The page's state.
    pub state: AppState,
    /// Light or dark.
    pub ground: Signal<Ground>,
    /// Over what the colours are stretched.
    pub scale: RwSignal<ScaleMode>,
    /// With or without colour.
    pub palette: RwSignal<Palette>,
    /// The layers of the network that the worker holds.
    pub plans: Memo<Vec<LayerPlan>>,
    /// Statistics of the layers that were inspected, by index into the network.
    pub stats: Memo<Arc<BTreeMap<usize, LayerStats>>>,
    /// The layers whose values are wanted: those on the screen, and with them all of a small network.
    pub watched: Memo<Vec<usize>>,
    /// The layers that the screen shows a part of; see [`LayerWatcher`](crate::components::layers::LayerWatcher).
    pub visible: RwSignal<BTreeSet<usize>>,
    /// What is pointed at, or chosen by keyboard.
    pub spot: RwSignal<Option<Spot>>,
    /// The cell that is pointed at, or else the pinned one, and what it sees.
    pub traced: Memo<Option<Traced>>,
}

/// A cell and what it sees of the layers before it.
#[derive(Debug, Clone, PartialEq)]
pub struct Traced {
    /// Index into the network.
    pub layer_idx: usize,
    /// The cell.
    pub cell: CellIndex,
    /// Its receptive field in the input of each layer up to its own.
    pub fields: Vec<ReceptiveField>,
}

/// A picture of the strip, or one cell of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    /// Index into the network; `None` is the input.
    pub layer_idx: Option<usize>,
    /// Which picture of the layer.
    pub channel: usize,
    /// Row and column from the upper left; `None` is the whole picture.
    pub cell: Option<[usize; 2]>,
}

impl InsideContext {
    /// The strip's signals; to be made by the component that shows it.
    #[must_use]
    pub fn new(state: AppState, ThemeState { ground, palette, .. }: ThemeState) -> InsideContext {
        let plans = Memo::new(move |_| plan_layers(state.run.checked.read().layers()));
        let stats = Memo::new(move |_| {
            let inspection = state.inspection.read();
            let Some(inspection) = inspection.as_ref() else { return Arc::default() };
            let stats_of =
                |layer: &LayerValues| Some((layer.layer_idx, LayerStats::of(layer.view(&inspection.values)?)));
            Arc::new(inspection.layers.iter().filter_map(stats_of).collect())
        });
        let visible = RwSignal::new(BTreeSet::new());
        let spot = RwSignal::new(None::<Spot>);
        let traced = Memo::new(move |_| {
            let pointed = spot.get().and_then(|spot| cell_at(&plans.read(), spot));
            let (layer_idx, cell) = pointed.or_else(|| state.pinned.get())?;
            let checked = state.run.checked.read();
            let fields = receptive_fields(checked.layers(), layer_idx, cell).ok()?;
            Some(Traced { layer_idx, cell, fields })
        });
        let watched = Memo::new(move |_| watched(&plans.read(), &visible.read()));
        InsideContext {
            state,
            ground: ground.into(),
            scale: RwSignal::new(ScaleMode::default()),
            palette,
            plans,
            stats,
            watched,
            visible,
            spot,
            traced,
        }
    }

    /// The range of all layers that were looked at.
    #[must_use]
    pub fn network_range(&self) -> Range {
        let stats = self.stats.read();
        stats.values().map(|stats| stats.range).reduce(Range::with).unwrap_or(Range { min: 0.0, max: 0.0 })
    }

    /// The newest look at the network whose layers are shown, or nothing while a new network is on its way.
    #[must_use]
    pub fn inspection(&self) -> Option<Arc<Inspection>> {
        self.state.seen()
    }
}

/// Networks with at most this many values are inspected as a whole, once a part of them is on the screen: what
/// is scrolled to is there at once, and "per network" is the range of all of it.
const MAX_VALUES_AT_ONCE: usize = 200_000;

/// The layers whose values are wanted, if these are on the screen; none if the strip is not.
fn watched(plans: &[LayerPlan], visible: &BTreeSet<usize>) -> Vec<usize> {
    let n_values: usize = plans.iter().map(|plan| plan.shape.size()).sum();
    let is_whole = n_values <= MAX_VALUES_AT_ONCE && plans.iter().any(|plan| visible.contains(&plan.layer_idx));
    let layer_idxs = plans.iter().map(|plan| plan.layer_idx);
    layer_idxs.filter(|layer_idx| is_whole || visible.contains(layer_idx)).collect()
}

/// The layer and the cell that a spot means; `None` for a whole picture and for the input.
#[must_use]
pub fn cell_at(plans: &[LayerPlan], spot: Spot) -> Option<(usize, CellIndex)> {
    let (layer_idx, [row, column]) = spot.layer_idx.zip(spot.cell)?;
    let plan = plans.get(layer_idx)?;
    let value_idx = plan.form.value_idx(spot.channel, row, column)?;
    Some((layer_idx, CellIndex::from_flat(value_idx, plan.shape).ok()?))
}

/// A layer's values in an inspection; `None` if it was not looked at, or was of another shape.
#[must_use]
pub fn values_of<'a>(inspection: &'a Inspection, plan: &LayerPlan) -> Option<&'a [f32]> {
    let layer = inspection.layers.iter().find(|layer| layer.layer_idx == plan.layer_idx)?;
    layer.view(&inspection.values).filter(|_| layer.shape == plan.shape)?.to_slice()
}

/// The values of one picture, `[height, width]`; cells without a value are NaN.
#[must_use]
pub fn picture_values(form: LayerForm, channel: usize, values: &[f32]) -> Array2<f32> {
    Array2::from_shape_fn(form.picture_size(), |(row, column)| {
        form.value_idx(channel, row, column).and_then(|value_idx| values.get(value_idx).copied()).unwrap_or(f32::NAN)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use inkling_engine::experiment::Shape;
    use ndarray::array;

    #[test]
    fn a_picture_takes_its_channel_row_by_row() {
        let values: Vec<f32> = (0..12).map(|value| value as f32).collect();
        let maps = LayerForm::Maps { height: 2, width: 2, channels: 3 };
        assert_eq!(picture_values(maps, 1, &values), array![[1.0, 4.0], [7.0, 10.0]]);
        let cells = LayerForm::Cells { n: 3, columns: 2 };
        let shown = picture_values(cells, 0, &values[..3]);
        assert_eq!((shown.row(0), shown[[1, 0]]), (array![0.0, 1.0].view(), 2.0));
        assert!(shown[[1, 1]].is_nan());
    }

    fn dense(layer_idx: usize, n: usize) -> LayerPlan {
        LayerPlan {
            layer_idx,
            name: "dense".to_owned(),
            entry: crate::components::glossary::BIAS,
            shape: Shape::Vector(n),
            is_signed: false,
            form: LayerForm::Bars { n },
            is_below: false,
        }
    }

    #[test]
    fn a_small_network_is_wanted_whole_or_not_at_all_a_large_one_by_layers() {
        let small = [dense(0, 10), dense(1, 10), dense(2, 10)];
        assert_eq!(watched(&small, &BTreeSet::from([1])), [0, 1, 2]);
        assert!(watched(&small, &BTreeSet::new()).is_empty());
        assert!(watched(&small, &BTreeSet::from([9])).is_empty(), "a column that is about to go");
        let large = [dense(0, 150_000), dense(1, 150_000), dense(2, 10)];
        assert_eq!(watched(&large, &BTreeSet::from([1, 2])), [1, 2]);
    }

    #[test]
    fn values_of_another_shape_are_not_shown() {
        let plan = dense(0, 2);
        let mut inspection = Inspection {
            run: 1,
            n_steps: 0,
            subject: crate::protocol::Subject::Drawing,
            revision: 1,
            label: None,
            probs: Vec::new(),
            layers: vec![LayerValues { layer_idx: 0, shape: Shape::Vector(2), start: 1 }],
            pinned: None,
            unfamiliarity: None,
            values: vec![0.0, 0.25, 0.75],
        };
        assert_eq!(values_of(&inspection, &plan), Some(&[0.25, 0.75][..]));
        inspection.layers[0].shape = Shape::Vector(1);
        assert_eq!(values_of(&inspection, &plan), None);
        inspection.layers.clear();
        assert_eq!(values_of(&inspection, &plan), None);
    }
}
