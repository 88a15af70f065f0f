//! The unit inspector: what one number of the network is made of, term by term.
//!
//! In reading order: [`figure`], [`place`], [`sum`] and [`sentence`] turn arithmetic into words and numbers that add
//! up, [`context`] holds the signals, the rest are components. The numbers themselves come from the worker.
//!
//! For tests from outside: `[data-testid=probe]` has `data-layer`, `data-cell` (row, column and channel of the answer
//! that is shown, from 0) and `data-result`; the `data-value` of all `probe-term` and of `probe-bias` add up to that of
//! `probe-sum`.

mod channel_list;
mod context;
mod edit_unit_link;
mod figure;
mod heading;
mod input_list;
mod ledger;
mod number;
mod patch;
mod place;
mod pooling_window;
mod sentence;
mod slow_motion;
mod softmax_table;
mod stage;
mod sum;
mod sum_line;
mod unit_inspector_panel;
mod value_grid;

pub use unit_inspector_panel::UnitInspectorPanel;
