//! Points of the plane, as in TensorFlow Playground: patterns, formulas and points of one's own.

mod chance;
mod check;
mod classes;
mod config;
mod formula;
mod points;
mod seedrandom;

pub use config::{PlaneConfig, PlaneDataset, PlaneFeature};
pub use formula::{Formula, FormulaError};
pub use points::{PLANE_RADIUS, PlanePoint, plane_points};
pub use seedrandom::SeedRandom;
