//! The signals that the inspector's components share.

use super::origin::{Origin, cell_text};
use super::slow_motion_state::SlowMotionState;
use super::sum::{ShortSum, channel_order};
use super::sum_text::{SumText, decimals_of};
use crate::plot::colour_map::Ground;
use crate::plot::decimals::Decimals;
use crate::protocol::{LayerCell, Phase, PinnedCell};
use crate::state::AppState;
use inkling_engine::experiment::CheckedLayer;
use inkling_engine::explain::{
    ActivationStep, BatchNormalizationArithmetic, CellArithmetic, CellIndex, Conv2DArithmetic, DenseArithmetic, Region,
};
use leptos::prelude::*;
use std::sync::Arc;

/// Signals of the inspector; cheap to copy.
#[derive(Clone, Copy)]
pub struct InspectorContext {
    /// The page's state.
    pub state: AppState,
    /// Light or dark.
    pub ground: Signal<Ground>,
    /// The layers of the network that the worker holds.
    pub layers: Memo<Vec<CheckedLayer>>,
    /// The cell that is shown: the newest one of the pinned layer.
    pub shown: Memo<Option<Arc<PinnedCell>>>,
    /// The input channels of a convolution's cell by what they add, the largest first; as they were when the cell was
    /// chosen or training went on, while the network trains.
    pub order: Memo<Vec<usize>>,
    /// The input channel whose patch is shown; `None`: the first in that order.
    pub chosen_channel: RwSignal<Option<usize>>,
    /// The kernel on its way over the image.
    pub slow_motion: SlowMotionState,
}

/// Which parts the inspector needs, and for which layer; while this stays the same only numbers change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// The layer.
    pub layer_idx: usize,
    /// What kind of arithmetic.
    pub kind: Kind,
    /// Rows and columns of the kernel or window; `[0, 0]` without one.
    pub window: [usize; 2],
}

/// Kinds of arithmetic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A weighted sum of a patch.
    Conv2D,
    /// The largest of a window.
    MaxPooling2D,
    /// The mean of a window.
    AveragePooling2D,
    /// A weighted sum of all inputs.
    Dense,
    /// A number, normalized, scaled and shifted.
    BatchNormalization,
    /// An activation alone.
    Activation,
    /// Passed on unchanged.
    Same,
}

impl InspectorContext {
    /// The inspector's signals; to be made by the component that shows it.
    #[must_use]
    pub fn new(state: AppState, ground: Signal<Ground>) -> InspectorContext {
        let layers = Memo::new(move |_| state.run.checked.read().layers().to_vec());
        let shown = Memo::new(move |_| {
            let (pinned_idx, _) = state.pinned.get()?;
            let cell = state.pinned_cell.get()?;
            (cell.at.layer_idx == pinned_idx && pinned_idx < layers.read().len()).then_some(cell)
        });
        InspectorContext {
            order: held_order(state, shown),
            state,
            ground,
            layers,
            shown,
            chosen_channel: RwSignal::new(None),
            slow_motion: SlowMotionState::new(),
        }
    }

    /// Reads the cell that is shown: layer, cell, arithmetic.
    pub fn with<T>(&self, read: impl FnOnce(usize, CellIndex, &CellArithmetic) -> T) -> Option<T> {
        let shown = self.shown.read();
        let PinnedCell { at: LayerCell { layer_idx, cell }, arithmetic, .. } = &**shown.as_ref()?;
        Some(read(*layer_idx, *cell, arithmetic))
    }

    /// Reads a convolution's cell; `None` for other cells.
    pub fn with_conv2d<T>(&self, read: impl FnOnce(&Conv2DArithmetic) -> T) -> Option<T> {
        self.with(|_, _, arithmetic| match arithmetic {
            CellArithmetic::Conv2D(conv2d) => Some(read(conv2d)),
            _ => None,
        })?
    }

    /// Reads a Dense layer's unit; `None` for other cells.
    pub fn with_dense<T>(&self, read: impl FnOnce(&DenseArithmetic) -> T) -> Option<T> {
        self.with(|_, _, arithmetic| match arithmetic {
            CellArithmetic::Dense(dense) => Some(read(dense)),
            _ => None,
        })?
    }

    /// Reads the last step of a cell that ends with an activation.
    pub fn with_step<T>(&self, read: impl FnOnce(&ActivationStep) -> T) -> Option<T> {
        self.with(|_, _, arithmetic| match arithmetic {
            CellArithmetic::Conv2D(conv2d) => Some(read(&conv2d.activation)),
            CellArithmetic::Dense(dense) => Some(read(&dense.activation)),
            CellArithmetic::Activation(step) => Some(read(step)),
            _ => None,
        })?
    }

    /// Reads a normalized cell; `None` for other cells.
    pub fn with_normalization<T>(&self, read: impl FnOnce(&BatchNormalizationArithmetic) -> T) -> Option<T> {
        self.with(|_, _, arithmetic| match arithmetic {
            CellArithmetic::BatchNormalization(step) => Some(read(step)),
            _ => None,
        })?
    }

    /// Window and values of a pooling cell; empty for other cells.
    #[must_use]
    pub fn pooling_values(&self) -> Vec<f32> {
        let values = self.with(|_, _, arithmetic| match arithmetic {
            CellArithmetic::MaxPooling2D(pooling) => pooling.values.clone(),
            CellArithmetic::AveragePooling2D(pooling) => pooling.values.clone(),
            _ => Vec::new(),
        });
        values.unwrap_or_default()
    }

    /// What kernel or window lie on, in the layer's input.
    #[must_use]
    pub fn window(&self) -> Option<Region> {
        self.with(|_, _, arithmetic| match arithmetic {
            CellArithmetic::Conv2D(conv2d) => Some(conv2d.window),
            CellArithmetic::MaxPooling2D(pooling) => Some(pooling.window),
            CellArithmetic::AveragePooling2D(pooling) => Some(pooling.window),
            _ => None,
        })?
    }

    /// The decimals of the numbers in its sum.
    #[must_use]
    pub fn decimals(&self) -> Decimals {
        self.with(|_, _, arithmetic| decimals_of(arithmetic)).unwrap_or(Decimals::of([]))
    }

    /// A weighted sum as it is written.
    #[must_use]
    pub fn sum_text(&self, sum: Memo<ShortSum>, bias: Memo<f32>) -> Memo<SumText> {
        let context = *self;
        Memo::new(move |_| {
            let x = context.with_step(|step| step.x).unwrap_or_default();
            SumText::new(&sum.read(), bias.get(), x, context.decimals())
        })
    }

    /// The number itself.
    #[must_use]
    pub fn result(&self) -> Option<f32> {
        self.with(|_, _, arithmetic| match arithmetic {
            CellArithmetic::Conv2D(conv2d) => conv2d.activation.result,
            CellArithmetic::Dense(dense) => dense.activation.result,
            CellArithmetic::Activation(step) => step.result,
            CellArithmetic::BatchNormalization(step) => step.result,
            CellArithmetic::MaxPooling2D(pooling) => pooling.result,
            CellArithmetic::AveragePooling2D(pooling) => pooling.result,
            CellArithmetic::Same { result, .. } => *result,
        })
    }

    /// Which parts are needed.
    #[must_use]
    pub fn layout(&self) -> Option<Layout> {
        let window = self.window().map_or([0, 0], |window| {
            let span = |from: i32, to: i32| usize::try_from(to.saturating_sub(from)).unwrap_or_default();
            [span(window.top, window.bottom), span(window.left, window.right)]
        });
        self.with(|layer_idx, _, arithmetic| {
            let kind = match arithmetic {
                CellArithmetic::Conv2D(_) => Kind::Conv2D,
                CellArithmetic::MaxPooling2D(_) => Kind::MaxPooling2D,
                CellArithmetic::AveragePooling2D(_) => Kind::AveragePooling2D,
                CellArithmetic::Dense(_) => Kind::Dense,
                CellArithmetic::BatchNormalization(_) => Kind::BatchNormalization,
                CellArithmetic::Activation(_) => Kind::Activation,
                CellArithmetic::Same { .. } => Kind::Same,
            };
            Layout { layer_idx, kind, window }
        })
    }

    /// Where a number that is passed on comes from.
    #[must_use]
    pub fn origin(&self) -> Option<Origin> {
        self.with(|layer_idx, _, arithmetic| match arithmetic {
            CellArithmetic::Same { origin, .. } => Origin::before(&self.layers.read(), layer_idx, *origin),
            _ => None,
        })?
    }

    /// The input channel whose patch is shown: the chosen one, or the first in order.
    #[must_use]
    pub fn channel(&self) -> usize {
        let chosen = self.chosen_channel.get();
        let order = self.order.read();
        chosen.filter(|channel| *channel < order.len()).or(order.first().copied()).unwrap_or_default()
    }

    /// Whether the order of channels may be another than by what they add at present.
    #[must_use]
    pub fn holds_order(&self) -> bool {
        self.state.run.phase() == Phase::Training
    }

    /// The shown cell in words: `conv2d, channel 3, row 5, column 8`.
    #[must_use]
    pub fn place_text(&self) -> String {
        let text = self.with(|layer_idx, cell, _| {
            let layers = self.layers.read();
            layers.get(layer_idx).map(|layer| format!("{}, {}", layer.name, cell_text(cell, layer.output_shape)))
        });
        text.flatten().unwrap_or_default()
    }

    /// Pins a cell of the same layer.
    pub fn move_to(&self, cell: CellIndex) {
        if let Some((layer_idx, _)) = self.state.pinned.get_untracked() {
            self.state.pin(Some((layer_idx, cell)));
        }
    }
}

/// An order of channels, and the cell that it was made for.
type HeldOrder = (Option<(usize, CellIndex)>, Vec<usize>);

fn held_order(state: AppState, shown: Memo<Option<Arc<PinnedCell>>>) -> Memo<Vec<usize>> {
    let held = Memo::new(move |former: Option<&HeldOrder>| {
        let shown = shown.read();
        let Some(PinnedCell { at, arithmetic, .. }) = shown.as_deref() else { return (None, Vec::new()) };
        let CellArithmetic::Conv2D(conv2d) = &**arithmetic else { return (None, Vec::new()) };
        let place = Some((at.layer_idx, at.cell));
        match former {
            Some(former) if former.0 == place && state.run.phase() == Phase::Training => former.clone(),
            _ => (place, channel_order(conv2d)),
        }
    });
    Memo::new(move |_| held.read().1.clone())
}
