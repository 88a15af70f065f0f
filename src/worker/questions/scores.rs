//! How many test images the network recognises, before and after its weights were edited.

use super::{Answerable, Asked, Job, Outcome};
use crate::protocol::questions::{Score, Scores, ScoresAnswer};
use crate::worker::edit_session::EditSession;
use crate::worker::run::Run;
use inkling_engine::data::Dataset;
use inkling_engine::evaluation::{Evaluation, Evaluator};
use inkling_engine::explain::ExplainError;
use inkling_engine::model::{Model, Workspace};
use std::sync::Arc;

/// Images that a judgement is made from: the first of the test set.
pub const N_JUDGED: usize = 1_000;
/// Images that are run together.
pub const CHUNK: usize = 25;

/// A judgement under way, of the networks as they were when it began.
struct ScoresJob {
    test: Arc<Dataset>,
    workspace: Workspace,
    evaluator: Evaluator,
    n_befores: usize,
    /// Judged first, unless its score is known; none where there is no edit.
    before: Option<Model>,
    after: Model,
    score_before: Option<Score>,
    score_after: Option<Score>,
}

impl Answerable for Scores {
    fn answer(self, asked: &mut Asked<'_>) -> Result<Outcome<Scores>, ExplainError> {
        let test = asked.mnist()?.test.clone();
        asked.look()?;
        Ok(Outcome::Job(Box::new(ScoresJob::new(asked.run.model(), &asked.run.edit_session, test))))
    }
}

impl ScoresJob {
    /// Judges `model`, and the network before the edits if there are any.
    fn new(model: &Model, edits: &EditSession, test: Arc<Dataset>) -> ScoresJob {
        let known = edits.score_before().cloned();
        let is_edited = edits.before().is_some();
        ScoresJob {
            workspace: Workspace::new(model),
            evaluator: judge(&test),
            test,
            n_befores: edits.n_befores(),
            before: edits.before().filter(|_| known.is_none()).cloned(),
            after: model.clone(),
            score_before: known.filter(|_| is_edited),
            score_after: None,
        }
    }
}

impl Job<Scores> for ScoresJob {
    /// A few images. What the network before the edits has scored is noted with the edits.
    fn step(&mut self, run: &mut Run) -> bool {
        let model = self.before.as_ref().unwrap_or(&self.after);
        let Some(evaluation) = self.evaluator.chunk(model, &mut self.workspace, CHUNK) else { return false };
        let score = score(&evaluation, &self.test, self.after.n_outputs());
        if self.before.take().is_some() {
            run.edit_session.set_score_before(self.n_befores, &score);
            self.score_before = Some(score);
            self.evaluator = judge(&self.test);
            return false;
        }
        if self.score_before.is_none() {
            // Without an edit the present network is the one that edits will begin on.
            run.edit_session.set_score_before(self.n_befores, &score);
        }
        self.score_after = Some(score);
        true
    }

    fn answer(&self) -> ScoresAnswer {
        let n_before = if self.before.is_some() { self.evaluator.n_total() } else { 0 };
        let n_left = self.evaluator.n_total() - self.evaluator.n_done() + n_before;
        let n_total =
            self.evaluator.n_total() * (1 + usize::from(self.score_before.is_some() || self.before.is_some()));
        ScoresAnswer {
            before: self.score_before.clone(),
            after: self.score_after.clone(),
            progress: (n_total - n_left, n_total),
        }
    }
}

/// An evaluation of the images that are judged.
pub fn judge(test: &Arc<Dataset>) -> Evaluator {
    let n = N_JUDGED.min(test.len()) as u32;
    Evaluator::on(test.clone(), (0..n).collect())
}

fn score(evaluation: &Evaluation, test: &Dataset, n_classes: usize) -> Score {
    let (mut n_right, mut n_images) = (vec![0; n_classes], vec![0; n_classes]);
    for (sample_idx, prediction) in evaluation.sample_idxs.iter().zip(&evaluation.predictions) {
        let Some(label) = test.label(*sample_idx as usize) else { continue };
        let Some(n_of_class) = n_images.get_mut(usize::from(label)) else { continue };
        *n_of_class += 1;
        n_right[usize::from(label)] += u32::from(label == *prediction);
    }
    Score { n_right, n_images }
}
