//! Where a layer carries the plane.

use super::{Answerable, Asked, Outcome};
use crate::protocol::questions::{MAX_SPACE_POINTS, NextLine, PlaneSpace, PlaneSpaceAnswer, grid_places};
use inkling_engine::data::{PLANE_RADIUS, PlanePoint, plane_points};
use inkling_engine::experiment::DataConfig;
use inkling_engine::explain::ExplainError;
use inkling_engine::layers::KernelView;
use inkling_engine::model::Model;

impl Answerable for PlaneSpace {
    fn answer(self, asked: &mut Asked<'_>) -> Result<Outcome<PlaneSpace>, ExplainError> {
        self.units.into_iter().try_for_each(|unit| asked.channel_of(self.layer_idx, unit).map(|_| ()))?;
        let run = &mut *asked.run;
        let DataConfig::Plane(plane) = run.checked.experiment().data.clone() else {
            return Err(ExplainError::new("data", "points of the plane", "images"));
        };
        let (_, split) =
            run.computed_data().map_err(|error| ExplainError::new("data", "points of the plane", error))?;
        let all = plane_points(&plane, run.checked.experiment().seed);
        let train = split.train.iter().filter_map(|idx| all.get(*idx as usize)).take(MAX_SPACE_POINTS);
        let points: Vec<PlanePoint> = train.copied().collect();
        let grid = grid_places().map(|place| place.map(|share| share * PLANE_RADIUS));
        let places: Vec<[f64; 2]> = grid.chain(points.iter().map(|point| [point.x1, point.x2])).collect();
        let n_grid = places.len() - points.len();
        let features = |&[x1, x2]: &[f64; 2]| plane.features.iter().map(move |feature| feature.of(x1, x2) as f32);
        let x: Vec<f32> = places.iter().flat_map(features).collect();
        let (model, workspace) = run.model_and_workspace();
        let n_units = model.layers()[self.layer_idx].output_shape.size();
        let mut values = Vec::with_capacity(2 * places.len() + 3 * points.len());
        model.for_each_output(workspace, &x, |first, layer_idx, outputs| {
            if layer_idx != self.layer_idx {
                return;
            }
            for (row, outputs) in outputs.chunks_exact(n_units).enumerate() {
                if let Some(point) = (first + row).checked_sub(n_grid).and_then(|idx| points.get(idx)) {
                    values.extend([point.x1, point.x2, point.target].map(|number| number as f32));
                }
                values.extend(self.units.map(|unit| outputs[unit]));
            }
        });
        Ok(Outcome::Answer(PlaneSpaceAnswer { next: next_line(model, self), values }))
    }
}

/// The line of the next layer with weights; after the last one, where its only unit is 0.
fn next_line(model: &Model, PlaneSpace { layer_idx, units: [a, b] }: PlaneSpace) -> Option<NextLine> {
    let n_units = model.layers()[layer_idx].output_shape.size();
    let Some(next_idx) = (layer_idx + 1..model.layers().len()).find(|idx| model.layers()[*idx].n_kernel > 0) else {
        return (n_units == 1).then_some(NextLine { weights: [1.0, 0.0], bias: 0.0, n_others: 0 });
    };
    let Some(KernelView::Dense(kernel)) = model.kernel(next_idx) else { return None };
    if kernel.dim() != (n_units, 1) {
        return None;
    }
    let second = if a == b { 0.0 } else { kernel[[b, 0]] };
    let bias = model.bias(next_idx).and_then(|bias| bias.first().copied()).unwrap_or(0.0);
    Some(NextLine { weights: [kernel[[a, 0]], second], bias, n_others: n_units - if a == b { 1 } else { 2 } })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test says where")]
    use super::*;
    use crate::worker::run::Run;
    use inkling_engine::experiment::PlanePreset;

    fn answer(run: &mut Run, layer_idx: usize, units: [usize; 2]) -> Result<PlaneSpaceAnswer, ExplainError> {
        let question = PlaneSpace { layer_idx, units };
        match question.answer(&mut Asked { run, pixels: None, mnist: None, own_digits: None })? {
            Outcome::Answer(answer) => Ok(answer),
            Outcome::Job(_) => unreachable!("it is answered at once"),
        }
    }

    #[test]
    fn the_next_layers_line_is_where_the_output_is_zero() {
        let mut run = Run::new(1, PlanePreset::Playground.experiment().check().unwrap());
        let space = answer(&mut run, 1, [1, 0]).unwrap();
        let next = space.next.unwrap();
        assert_eq!((space.points().count(), next.n_others), (250, 0));
        let (model, workspace) = run.model_and_workspace();
        for point in space.points() {
            let output = model.predict(workspace, &point.before)[[0, 0]];
            assert!((next.sum(point.after).tanh() - output).abs() < 1e-5);
        }
    }

    #[test]
    fn a_layer_before_several_units_has_no_line_and_wrong_units_are_refused() {
        let mut run = Run::new(1, PlanePreset::Playground.experiment().check().unwrap());
        assert_eq!(answer(&mut run, 0, [3, 1]).unwrap().next, None);
        assert_eq!(answer(&mut run, 2, [0, 0]).unwrap().next.unwrap().weights, [1.0, 0.0]);
        assert!(answer(&mut run, 2, [0, 1]).is_err() && answer(&mut run, 9, [0, 0]).is_err());
    }
}
