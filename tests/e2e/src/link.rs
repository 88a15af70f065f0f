//! Addresses that bring an experiment.

use anyhow::Result;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use inkling_engine::experiment::Experiment;

/// What follows the page's address so that it opens with this experiment.
///
/// # Errors
/// If the experiment holds a number that JSON cannot express.
pub fn link(experiment: &Experiment) -> Result<String> {
    Ok(format!("#v1.{}", URL_SAFE_NO_PAD.encode(serde_json::to_string(experiment)?)))
}
