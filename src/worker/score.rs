//! How many test images the network recognises, before and after it was changed by hand.

use super::edit_session::EditSession;
use crate::protocol::{Answer, Score};
use inkling_engine::data::Dataset;
use inkling_engine::evaluation::{Evaluation, Evaluator};
use inkling_engine::model::{Model, Workspace};
use std::sync::Arc;

/// Images that a judgement is made from: the first of the test set.
pub const N_JUDGED: usize = 1_000;
/// Images that are run together.
pub const CHUNK: usize = 25;

/// A judgement under way, of the networks as they stood when it began.
pub struct ScoreWork {
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

impl ScoreWork {
    /// Judges `model`, and the network before the operation if there is one.
    pub fn new(model: &Model, edit_session: &EditSession, test: Arc<Dataset>) -> ScoreWork {
        let known = edit_session.score_before().cloned();
        let is_edited = edit_session.before().is_some();
        ScoreWork {
            workspace: Workspace::new(model),
            evaluator: judge(&test),
            test,
            n_befores: edit_session.n_befores(),
            before: edit_session.before().filter(|_| known.is_none()).cloned(),
            after: model.clone(),
            score_before: known.filter(|_| is_edited),
            score_after: None,
        }
    }

    /// A few images; `true` when all are through. What the network before the operation has scored is left with it.
    pub fn step(&mut self, edit_session: &mut EditSession) -> bool {
        let model = self.before.as_ref().unwrap_or(&self.after);
        let Some(evaluation) = self.evaluator.chunk(model, &mut self.workspace, CHUNK) else { return false };
        let score = score(&evaluation, &self.test);
        if self.before.take().is_some() {
            edit_session.take_score(self.n_befores, &score);
            self.score_before = Some(score);
            self.evaluator = judge(&self.test);
            return false;
        }
        if self.score_before.is_none() {
            // Without an edit the present network is the one that edits will begin on.
            edit_session.take_score(self.n_befores, &score);
        }
        self.score_after = Some(score);
        true
    }

    /// What is known so far.
    pub fn answer(&self) -> Answer {
        let n_before = if self.before.is_some() { self.evaluator.n_total() } else { 0 };
        let n_left = self.evaluator.n_total() - self.evaluator.n_done() + n_before;
        let n_total =
            self.evaluator.n_total() * (1 + usize::from(self.score_before.is_some() || self.before.is_some()));
        Answer::Score {
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

fn score(evaluation: &Evaluation, test: &Dataset) -> Score {
    let (mut n_right, mut n_images) = (vec![0; 10], vec![0; 10]);
    for (sample_idx, prediction) in evaluation.sample_idxs.iter().zip(&evaluation.predictions) {
        let Some(label) = test.label(*sample_idx as usize) else { continue };
        let class = usize::from(label).min(9);
        n_images[class] += 1;
        n_right[class] += u32::from(label == *prediction);
    }
    Score { n_right, n_images }
}
