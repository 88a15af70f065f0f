//! What a network makes of the plane at present.

use super::{Answerable, Asked, Outcome};
use crate::protocol::questions::{PlaneScore, PlaneView, PlaneViewAnswer};
use crate::worker::run::Run;
use inkling_engine::data::Dataset;
use inkling_engine::evaluation::Evaluator;
use inkling_engine::experiment::{DataConfig, PlaneConfig};
use inkling_engine::explain::ExplainError;
use inkling_engine::model::plane_maps;
use std::sync::Arc;

impl Answerable for PlaneView {
    fn answer(self, asked: &mut Asked<'_>) -> Result<Outcome<PlaneView>, ExplainError> {
        let run = &mut *asked.run;
        let DataConfig::Plane(PlaneConfig { features, .. }) = run.checked.experiment().data.clone() else {
            return Err(ExplainError::new("data", "points of the plane", "images"));
        };
        let (epoch, n_weights) = (run.n_epochs(), run.model().n_params());
        let (dataset, split) =
            run.computed_data().map_err(|error| ExplainError::new("data", "points of the plane", error))?;
        let train = score(run, &dataset, split.train).unwrap_or(PlaneScore { loss: f64::NAN, accuracy: 0.0 });
        let test = score(run, &dataset, split.validation);
        let mut values = run.model().weights().to_vec();
        let (mut hidden, mut n_outputs) = (Vec::new(), 0);
        if self.has_maps {
            n_outputs = run.model().n_outputs();
            let (model, workspace) = run.model_and_workspace();
            let maps = plane_maps(model, workspace, &features, self.enlarged);
            hidden = maps.hidden;
            [maps.small, maps.outputs, maps.enlarged].iter().for_each(|maps| values.extend(maps));
        }
        let dead = run.dead_weights();
        Ok(Outcome::Answer(PlaneViewAnswer { epoch, train, test, n_weights, dead, hidden, n_outputs, values }))
    }
}

/// Loss and accuracy on some of the points; `None` if these are none.
fn score(run: &mut Run, dataset: &Arc<Dataset>, sample_idxs: Vec<u32>) -> Option<PlaneScore> {
    let n = sample_idxs.len();
    let (model, workspace) = run.model_and_workspace();
    let evaluation = Evaluator::on(dataset.clone(), sample_idxs).chunk(model, workspace, n)?;
    (n > 0).then_some(PlaneScore { loss: evaluation.loss, accuracy: evaluation.accuracy })
}
