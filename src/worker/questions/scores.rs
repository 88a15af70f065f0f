//! How many images the network recognises, before and after its weights were edited. The test set stays sealed: the
//! images are those that the run keeps for validation.

use super::{Answerable, Asked, Job, Outcome};
use crate::protocol::ImageSet;
use crate::protocol::questions::{Score, Scores, ScoresAnswer};
use crate::worker::edit_session::EditSession;
use crate::worker::run::Run;
use inkling_engine::data::{Dataset, Split};
use inkling_engine::evaluation::{Evaluation, Evaluator};
use inkling_engine::explain::ExplainError;
use inkling_engine::model::{Model, Workspace};
use std::sync::Arc;

/// Most images that a judgement is made from.
pub const N_JUDGED: usize = 1_000;
/// Images that are run together.
pub const CHUNK: usize = 25;

/// A judgement under way, of the networks as they were when it began.
struct ScoresJob {
    judged: Judged,
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
        let judged = Judged::of(asked)?;
        asked.look()?;
        Ok(Outcome::Job(Box::new(ScoresJob::new(asked.run.model(), &asked.run.edit_session, judged))))
    }
}

impl ScoresJob {
    /// Judges `model`, and the network before the edits if there are any.
    fn new(model: &Model, edits: &EditSession, judged: Judged) -> ScoresJob {
        let known = edits.score_before().cloned();
        let is_edited = edits.before().is_some();
        ScoresJob {
            workspace: Workspace::new(model),
            evaluator: judged.evaluator(),
            judged,
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
        let score = score(&evaluation, &self.judged.images, self.after.n_outputs());
        if self.before.take().is_some() {
            run.edit_session.set_score_before(self.n_befores, &score);
            self.score_before = Some(score);
            self.evaluator = self.judged.evaluator();
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

/// The images that networks are judged by: the first of the run's validation part, or without one of its training part.
pub struct Judged {
    /// The data set that they are from.
    pub images: Arc<Dataset>,
    /// Which of them, at most [`N_JUDGED`].
    pub sample_idxs: Vec<u32>,
}

impl Judged {
    /// Those of the run that is asked about.
    ///
    /// # Errors
    /// If the data set is not there.
    pub fn of(asked: &Asked<'_>) -> Result<Judged, ExplainError> {
        let images = asked.images(ImageSet::Train)?;
        let Split { train, validation } = Split::new(&asked.run.checked, &images);
        let mut sample_idxs = if validation.is_empty() { train } else { validation };
        sample_idxs.truncate(N_JUDGED);
        Ok(Judged { images, sample_idxs })
    }

    /// An evaluation of them.
    #[must_use]
    pub fn evaluator(&self) -> Evaluator {
        Evaluator::on(self.images.clone(), self.sample_idxs.clone())
    }
}

fn score(evaluation: &Evaluation, images: &Dataset, n_classes: usize) -> Score {
    let (mut n_right, mut n_images) = (vec![0; n_classes], vec![0; n_classes]);
    for (sample_idx, prediction) in evaluation.sample_idxs.iter().zip(&evaluation.predictions) {
        let Some(label) = images.label(*sample_idx as usize) else { continue };
        let Some(n_of_class) = n_images.get_mut(usize::from(label)) else { continue };
        *n_of_class += 1;
        n_right[usize::from(label)] += u32::from(label == *prediction);
    }
    Score { n_right, n_images }
}
