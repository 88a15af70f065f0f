//! The loss around a copy of the present weights.

use super::{Answerable, Asked, Job, Outcome};
use crate::protocol::questions::{PlaneSurface, PlaneSurfaceAnswer};
use crate::worker::run::Run;
use inkling_engine::evaluation::Evaluator;
use inkling_engine::explain::{Directions, ExplainError};
use inkling_engine::model::{Model, Workspace};

/// Points that one piece of the work takes.
const CHUNK: usize = 512;

struct SurfaceJob {
    question: PlaneSurface,
    n_steps: usize,
    directions: Directions,
    centre: Vec<f32>,
    /// The network at the place that is at work.
    model: Model,
    workspace: Workspace,
    fresh: Evaluator,
    evaluator: Evaluator,
    weights: Vec<f32>,
    /// All but the losses.
    answer: PlaneSurfaceAnswer,
    losses: Vec<f32>,
}

impl Answerable for PlaneSurface {
    fn answer(self, asked: &mut Asked<'_>) -> Result<Outcome<PlaneSurface>, ExplainError> {
        let run = &mut *asked.run;
        let (dataset, split) =
            run.computed_data().map_err(|error| ExplainError::new("data", "points of the plane", error))?;
        let sample_idxs = if self.is_test { split.validation } else { split.train };
        if sample_idxs.is_empty() {
            return Err(ExplainError::new("points", "at least one", "none"));
        }
        let (n_points, fresh) = (sample_idxs.len(), Evaluator::on(dataset, sample_idxs));
        let model = run.model().clone();
        let centre = model.weights().to_vec();
        let n_epochs = run.n_epochs();
        let places: Vec<(usize, &[f32])> = run.path.places().filter(|(_, place)| place.len() == centre.len()).collect();
        let mut epochs: Vec<u32> = places.iter().map(|(epoch, _)| *epoch as u32).collect();
        let mut path: Vec<&[f32]> = places.into_iter().map(|(_, place)| place).collect();
        if !path.is_empty() {
            epochs.push(n_epochs as u32);
            path.push(&centre);
        }
        let directions = if self.is_along_path {
            Directions::along_path(&path, &centre)
        } else {
            Some(Directions::random(model.layers(), &centre, u64::from(self.seed)))
        };
        let mut workspace = Workspace::new(&model);
        let centre_loss = fresh.clone().chunk(&model, &mut workspace, n_points).map_or(f64::NAN, |found| found.loss);
        let mut answer = PlaneSurfaceAnswer {
            centre_loss,
            n_points,
            n_weights: centre.len(),
            epochs: Vec::new(),
            progress: (0, 0),
            values: Vec::new(),
        };
        let Some(directions) = directions else { return Ok(Outcome::Answer(answer)) };
        answer.values = path.iter().flat_map(|place| directions.place_of(&centre, place)).collect();
        answer.epochs = epochs;
        answer.progress.1 = self.side() * self.side();
        let mut job = SurfaceJob {
            question: self,
            n_steps: run.n_steps_seen(),
            directions,
            centre,
            model,
            workspace,
            evaluator: fresh.clone(),
            fresh,
            weights: Vec::new(),
            answer,
            losses: Vec::new(),
        };
        job.begin_place();
        Ok(Outcome::Job(Box::new(job)))
    }
}

impl SurfaceJob {
    fn begin_place(&mut self) {
        let place = self.question.place(self.losses.len());
        self.directions.weights_at(&self.centre, place, &mut self.weights);
        self.model.set_weights(&self.weights);
        self.evaluator = self.fresh.clone();
    }
}

impl Job<PlaneSurface> for SurfaceJob {
    fn step(&mut self, _: &mut Run) -> bool {
        if let Some(found) = self.evaluator.chunk(&self.model, &mut self.workspace, CHUNK) {
            self.losses.push(found.loss as f32);
            if self.losses.len() == self.answer.progress.1 {
                return true;
            }
            self.begin_place();
        }
        false
    }

    fn answer(&self) -> PlaneSurfaceAnswer {
        let mut answer = self.answer.clone();
        answer.progress.0 = self.losses.len();
        answer.values.extend(&self.losses);
        answer
    }

    fn n_steps(&self) -> Option<usize> {
        Some(self.n_steps)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test says where")]
    use super::*;
    use inkling_engine::experiment::PlanePreset;

    fn run() -> Run {
        let mut run = Run::new(1, PlanePreset::Playground.experiment().check().unwrap());
        run.computed_data().unwrap();
        run
    }

    fn job(run: &mut Run, question: PlaneSurface) -> Outcome<PlaneSurface> {
        question.answer(&mut Asked { run, pixels: None, mnist: None, own_digits: None }).unwrap()
    }

    const QUESTION: PlaneSurface =
        PlaneSurface { n_cells: 5, reach_percent: 100, seed: 3, is_test: false, is_along_path: false };

    fn finished(run: &mut Run, question: PlaneSurface) -> PlaneSurfaceAnswer {
        let Outcome::Job(mut job) = job(run, question) else { panic!("a job") };
        while !job.step(run) {}
        job.answer()
    }

    #[test]
    fn the_middle_is_the_present_loss_and_the_run_stays() {
        let mut run = run();
        let before = run.model().weights().to_vec();
        let answer = finished(&mut run, QUESTION);
        assert_eq!((answer.progress, answer.losses().len()), ((25, 25), 25));
        assert!((f64::from(answer.losses()[12]) - answer.centre_loss).abs() < 1e-6);
        assert_eq!(run.model().weights(), before);
        assert_eq!(answer, finished(&mut run, QUESTION), "the same for the same seed");
        assert_ne!(answer.losses(), finished(&mut run, PlaneSurface { seed: 4, ..QUESTION }).losses());
        assert_ne!(answer.centre_loss, finished(&mut run, PlaneSurface { is_test: true, ..QUESTION }).centre_loss);
    }

    #[test]
    fn the_path_is_known_once_epochs_are_done() {
        let mut run = run();
        let along = PlaneSurface { is_along_path: true, ..QUESTION };
        let Outcome::Answer(answer) = job(&mut run, along) else { panic!("no path yet") };
        assert_eq!((answer.progress, answer.losses().len()), ((0, 0), 0));
        while run.n_epochs() < 4 {
            let trainer = run.trainer_mut().unwrap();
            if trainer.stage() == inkling_engine::trainer::Stage::Validation {
                while trainer.validate_chunk().is_none() {}
            } else {
                let report = trainer.step();
                run.count(&report);
            }
        }
        let answer = finished(&mut run, along);
        assert_eq!(answer.epochs, [0, 1, 2, 3, 4, 4]);
        let path: Vec<[f32; 2]> = answer.path().collect();
        assert_eq!(path[5], [0.0, 0.0], "the end is the present network");
        assert!(path[0][0] < -0.5 && path.iter().flatten().all(|at| at.abs() < 1.0), "{path:?}");
    }
}
