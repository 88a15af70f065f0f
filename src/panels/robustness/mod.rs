//! What moved, noisy and otherwise changed images do to the accuracy of several runs.
//!
//! - `candidate`, `run_choice`: the runs that can be measured, and the choice of some of them
//! - `networks`: keeps the chosen runs' networks in the worker
//! - `queue`, `measurement`, `measure_bar`: what is to be measured, one thing after the other
//! - `try_out`, `try_picture`, `try_answers`: the present image, moved and turned by the learner
//! - `shift_section`, `shift_map`: the accuracy for each shift
//! - `curve_section`, `curve_chart`, `curve_data`: the accuracy against the strength of a change
//! - `corruption_section`, `corruption_table`, `corruption_list`: MNIST-C

mod candidate;
mod context;
mod corruption_list;
mod corruption_section;
mod corruption_table;
mod curve_chart;
mod curve_data;
mod curve_section;
mod measure_bar;
mod measurement;
mod networks;
mod queue;
mod robustness_panel;
mod run_choice;
mod shift_map;
mod shift_section;
mod text;
mod try_answers;
mod try_out;
mod try_picture;

pub use robustness_panel::RobustnessPanel;
