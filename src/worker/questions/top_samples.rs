//! The test images that excite a unit or a channel most.

use super::{Answerable, Asked, Job, Outcome};
use crate::protocol::ImageSet;
use crate::protocol::questions::{TopImage, TopSamples, TopSamplesAnswer};
use crate::worker::run::Run;
use inkling_engine::data::Dataset;
use inkling_engine::explain::{self, CellIndex, ExplainError};
use std::sync::Arc;

/// How many images are kept.
const N_TOP: usize = 9;

struct TopSamplesJob {
    question: TopSamples,
    test: Arc<Dataset>,
    top: explain::TopSamples,
    n_done: usize,
}

impl Answerable for TopSamples {
    fn answer(self, asked: &mut Asked<'_>) -> Result<Outcome<TopSamples>, ExplainError> {
        let top = explain::TopSamples::new(asked.channel_of(self.layer_idx, self.channel)?.dims()[2], N_TOP);
        let test = asked.images(ImageSet::Test)?;
        asked.look()?;
        Ok(Outcome::Job(Box::new(TopSamplesJob { question: self, test, top, n_done: 0 })))
    }
}

impl Job<TopSamples> for TopSamplesJob {
    fn step(&mut self, run: &mut Run) -> bool {
        let Some(pixels) = self.test.input(self.n_done) else { return true };
        let (model, workspace) = run.model_and_workspace();
        self.top.push(self.n_done, model.activations(workspace, &pixels)[self.question.layer_idx].values.view());
        self.n_done += 1;
        self.n_done == self.test.len()
    }

    fn answer(&self) -> TopSamplesAnswer {
        let channel = self.question.channel;
        let best = self.top.of_unit(channel).unwrap_or_default();
        let image = |sample: &explain::TopSample| TopImage {
            sample_idx: sample.sample_idx,
            label: self.test.label(sample.sample_idx).unwrap_or_default(),
            value: sample.value,
            cell: CellIndex { row: sample.row, column: sample.column, channel },
        };
        TopSamplesAnswer {
            samples: best.iter().map(image).collect(),
            progress: (self.n_done, self.test.len()),
            values: best.iter().filter_map(|sample| self.test.input(sample.sample_idx)).flatten().collect(),
        }
    }
}
