//! The middle column: the run under way, its curves, and the runs before it.

mod announcement;
mod curve_chart;
mod curve_data;
mod curve_table;
mod curves;
mod data_notice;
mod data_retry;
mod diagnosis;
mod leaving;
mod next_train;
mod outcome;
mod run_bar;
mod run_panel;
mod run_status;
mod run_table;
mod shortcuts;
mod test_set;
mod text;
mod transport;
mod two_networks;

pub use curves::Curves;
pub use run_bar::RunBar;
pub use run_panel::RunPanel;
pub use run_table::RunTable;
