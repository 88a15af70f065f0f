//! What must be true of a plane beside the ranges of its fields.

use super::{Formula, FormulaError, PlaneConfig, PlaneDataset, PlaneFeature};
use crate::experiment::{Field, Place, ValidationErrors, thousands};
use crate::field::CountRange;

/// Checks a plane, in reading order.
pub fn check_plane(plane: &PlaneConfig, errors: &mut ValidationErrors) {
    let PlaneConfig { features, playground_seed, n_outputs, formula, .. } = plane;
    let place = Place::Data(Field::Features);
    errors.require(!features.is_empty(), place.clone(), "at least one", "none");
    let is_double = |i: usize| features[..i].contains(&features[i]);
    // A list of more than there are has a double in its first ones.
    if (1..features.len().min(PlaneFeature::ALL.len() + 1)).any(is_double) {
        errors.add(place, "each feature once", "a feature twice");
    }
    let n_outputs = *n_outputs;
    let place = || Place::Data(Field::NOutputs);
    if plane.dataset.is_regression() {
        errors.require(n_outputs == 1, place(), "1 for a regression", n_outputs);
    } else if plane.dataset == PlaneDataset::Formula {
        errors.require(n_outputs <= 2, place(), "1 or 2 for the two sides of a formula", n_outputs);
    }
    check_len(playground_seed, PlaneConfig::MAX_SEED_LEN, Field::PlaygroundSeed, errors);
    if plane.dataset != PlaneDataset::Formula {
        check_len(formula, Formula::MAX_LEN, Field::Formula, errors);
    } else if let Err(FormulaError { column, expected, got }) = Formula::parse(formula) {
        errors.add(Place::Data(Field::Formula), format!("{expected} at column {column}"), got);
    }
    if plane.dataset == PlaneDataset::Points {
        check_points(plane, errors);
    }
}

fn check_len(text: &str, max: usize, field: Field, errors: &mut ValidationErrors) {
    let n_chars = text.chars().count();
    errors.require(n_chars <= max, Place::Data(field), format!("at most {max} characters"), thousands(n_chars));
}

/// Points that were set one by one: the first one that is wrong is named, counted from 1.
fn check_points(plane: &PlaneConfig, errors: &mut ValidationErrors) {
    let PlaneConfig { points, n_outputs, .. } = plane;
    let n_outputs = *n_outputs;
    let place = || Place::Data(Field::Points);
    if !PlaneConfig::N_POINTS.contains(points.len()) {
        let CountRange { low, high } = PlaneConfig::N_POINTS;
        let expected = format!("{} to {} points", thousands(low), thousands(high));
        errors.add(place(), expected, thousands(points.len()));
        return;
    }
    let of = |idx: usize| format!("point {}", thousands(idx + 1));
    if let Some(idx) = points.iter().position(|point| point.iter().any(|number| !number.is_finite())) {
        errors.add(place(), "finite numbers", of(idx));
        return;
    }
    let is_target = |target: f64| {
        if n_outputs == 1 {
            target.abs() == 1.0
        } else {
            target.fract() == 0.0 && (0.0..n_outputs as f64).contains(&target)
        }
    };
    if let Some(idx) = points.iter().position(|&[.., target]| !is_target(target)) {
        let expected = match n_outputs {
            1 => "targets -1 and 1 for one output".to_owned(),
            _ => format!("whole labels from 0 to {}", n_outputs.saturating_sub(1)),
        };
        errors.add(place(), expected, format!("{} at {}", points[idx][2], of(idx)));
        return;
    }
    let is_mixed = points.iter().any(|point| point[2] != points[0][2]);
    errors.require(is_mixed, place(), "points of at least two classes", "one class");
}
