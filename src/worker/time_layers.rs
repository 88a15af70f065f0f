//! Times each part of a network's updates, for the bench.

use super::clock::now_ms;
use super::time_kernel::time_kernel;
use crate::protocol::BenchFigures;
use inkling_engine::benchmarks::{Kernel, Network, time_parts};
use inkling_engine::data::Dataset;
use std::sync::Arc;

/// All parts, and the peak of this core that they are measured against; here and at once, for about `budget_ms`.
///
/// # Errors
/// If the network can't be trained on the data.
pub fn time_layers(network: Network, train: &Arc<Dataset>, budget_ms: f64) -> Result<BenchFigures, String> {
    let checked = network.experiment().check().map_err(|errors| errors.to_string())?;
    let peak = time_kernel(Kernel::Peak);
    let parts = time_parts(&checked, train, budget_ms, now_ms).map_err(|error| error.to_string())?;
    let us_per_image: f64 = parts.iter().map(|part| part.us_per_image).sum();
    Ok(BenchFigures { images_per_second: Some(1e6 / us_per_image), workers: 1, parts, ..peak })
}
