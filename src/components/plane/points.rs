//! The points of an experiment on the plane, as the worker draws them too.

use inkling_engine::data::{PlanePoint, Split, plane_points};
use inkling_engine::experiment::{CheckedExperiment, DataConfig, PlaneConfig};

/// The points in their two parts.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PlanePoints {
    /// Those that are trained on.
    pub train: Vec<PlanePoint>,
    /// Those that are kept back.
    pub test: Vec<PlanePoint>,
}

/// The plane of an experiment; none of one on images.
#[must_use]
pub fn plane_of(data: &DataConfig) -> Option<&PlaneConfig> {
    match data {
        DataConfig::Plane(plane) => Some(plane),
        DataConfig::Mnist(_) => None,
    }
}

/// The points of an experiment; none of one on images.
#[must_use]
pub fn points_of(checked: &CheckedExperiment) -> PlanePoints {
    let Some(plane) = plane_of(&checked.experiment().data) else { return PlanePoints::default() };
    let points = plane_points(plane, checked.experiment().seed);
    let Some(Ok(dataset)) = checked.generate_data() else { return PlanePoints::default() };
    let Split { train, validation } = Split::new(checked, &dataset);
    let part = |sample_idxs: &[u32]| sample_idxs.iter().filter_map(|idx| points.get(*idx as usize).copied()).collect();
    PlanePoints { train: part(&train), test: part(&validation) }
}
