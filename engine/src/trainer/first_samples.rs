//! A run on the first training samples of an experiment alone, as a learning curve needs it.

use super::Trainer;
use crate::data::{Dataset, DatasetError, Split};
use crate::experiment::CheckedExperiment;
use crate::model::Model;
use std::sync::Arc;

impl Trainer {
    /// A run from the weights that the seed gives, on the first `n_train` training samples of the experiment. It is validated
    /// on the same samples as the whole experiment, so that runs of several sizes can be compared.
    ///
    /// # Errors
    /// If the data set is not what the experiment needs.
    pub fn on_first(
        mut checked: CheckedExperiment,
        dataset: Arc<Dataset>,
        n_train: usize,
    ) -> Result<Trainer, DatasetError> {
        dataset.check_fits(&checked)?;
        let mut split = Split::new(&checked, &dataset);
        split.train.truncate(n_train);
        checked.limit_training(n_train);
        let model = Model::new(&checked);
        Trainer::on_split(checked, dataset, model, split)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test says where")]
    use super::*;
    use crate::experiment::{DataConfig, Preset, Validation};

    const LAST: Validation = Validation::Last { validation_split: 0.2 };

    fn trainer(validation: Validation, n_train: usize) -> Trainer {
        let pixels: Vec<u8> = (0..100 * 784_usize).map(|idx| (idx * 31 % 251) as u8).collect();
        let dataset = Dataset::digits(pixels, (0..100).map(|idx| idx % 10).collect()).unwrap();
        let mut experiment = Preset::Softmax.experiment();
        (experiment.data, experiment.training.validation) = (DataConfig::mnist(100), validation);
        (experiment.training.epochs, experiment.training.batch_size) = (2, 50);
        Trainer::on_first(experiment.check().unwrap(), dataset.into(), n_train).unwrap()
    }

    #[test]
    fn every_size_is_validated_on_the_same_samples() {
        for validation in [LAST, Validation::Random { validation_fraction: 0.2 }] {
            let (few, all) = (trainer(validation, 30), trainer(validation, 1_000));
            assert_eq!((few.split().train.len(), all.split().train.len()), (30, 80));
            assert_eq!(few.split().validation, all.split().validation);
            assert_eq!(few.split().train, all.split().train[..30]);
        }
    }

    #[test]
    fn fewer_samples_than_a_batch_are_one_batch() {
        let mut few = trainer(LAST, 30);
        assert_eq!(few.steps_per_epoch(), 1);
        let report = few.step();
        assert_eq!((report.n_samples, report.epoch_ended), (30, true));
        few.run();
        let last = few.history().epochs.last().copied().unwrap();
        assert_eq!((last.epoch, last.val_accuracy.is_some()), (2, true));
    }

    #[test]
    fn all_samples_give_the_experiments_own_run() {
        let mut all = trainer(LAST, 80);
        let mut whole = Trainer::new(all.experiment().clone(), all.dataset().clone()).unwrap();
        all.run();
        whole.run();
        assert_eq!(all.history(), whole.history());
    }
}
