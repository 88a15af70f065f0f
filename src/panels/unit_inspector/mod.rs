//! The unit inspector: what one number of the network is made of, term by term.
//!
//! In reading order: [`number_text`], [`origin`], [`sum`] and [`sentence`] turn arithmetic into words and numbers that
//! add up, [`context`] holds the signals, the rest are components. The numbers themselves come from the worker.
//!
//! For tests from outside: `[data-testid=probe]` has `data-layer`, `data-cell` (row, column and channel of the answer
//! that is shown, from 0) and `data-result`; the `data-value` of all `probe-term` and of `probe-bias` add up to that of
//! `probe-sum`.

mod cell_order;
mod channel_list;
mod context;
mod edit_unit_link;
mod heading;
mod input_list;
mod ledger;
mod map_pair;
mod normalization_body;
mod number;
mod number_text;
mod origin;
mod patch;
mod pooling_window;
mod sentence;
mod slow_motion;
mod slow_motion_state;
mod softmax_table;
mod sum;
mod sum_line;
mod sum_text;
mod unit_inspector_panel;
mod value_grid;

pub use unit_inspector_panel::UnitInspectorPanel;
