//! The training worker.
mod fetch;
