//! What a kind of data set is.

use super::{Dataset, DatasetError};
use crate::experiment::{CheckedLayer, DatasetSpec, Experiment, ValidationErrors};
use crate::field::FieldMut;
use crate::layers::ParamRange;

/// What a kind of data set is. The config of each kind implements it in the kind's own file.
pub trait DatasetKind {
    /// The numbers that describe it, in the order of their editors.
    fn fields(&mut self) -> Vec<FieldMut<'_>>;

    /// Shape, classes and size.
    fn spec(&self) -> DatasetSpec;

    /// Checks what its [`fields`](DatasetKind::fields) cannot say of themselves.
    fn check(&self, _errors: &mut ValidationErrors) {}
}

/// What a kind of data set does. Programs that only show and edit an experiment need none of it.
pub trait DatasetWork {
    /// The samples of a computed data set, training and validation together; `None` for one that is stored in files,
    /// which the engine does not read.
    ///
    /// # Errors
    /// If counts don't fit each other.
    fn generate(&self, _experiment: &Experiment) -> Option<Result<Dataset, DatasetError>> {
        None
    }

    /// Overwrites the first weights of those layers whose weights come from the generator of the data.
    fn initialize(&self, _layers: &[CheckedLayer], _params: &[ParamRange], _weights: &mut [f32]) {}
}
