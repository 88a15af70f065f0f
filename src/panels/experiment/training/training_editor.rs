//! Data and training: the fields that matter most, and the rest behind a summary.

use super::batch_fields::{BatchSizeField, EpochsField};
use super::data_field::ImagesField;
use super::kinds::OptimizerKind;
use super::learning_rate_field::LearningRateField;
use super::more_settings::MoreSettings;
use super::seed_field::SeedField;
use super::stop_fields::StopField;
use crate::panels::experiment::fields::ChoiceField;
use crate::state::{use_app_state, use_editor};
use leptos::prelude::*;

/// The lower half of the left column.
#[component]
pub fn TrainingEditor() -> impl IntoView {
    let (state, editor) = (use_app_state(), use_editor());
    let optimizer = Memo::new(move |_| OptimizerKind::of(&state.experiment.read().training.optimizer));
    let choose = move |kind: OptimizerKind| editor.edit(|experiment| experiment.training.optimizer = kind.config());
    view! {
        <div class="panel__header training__header">
            <h2 class="panel__title">"Data and training"</h2>
            <div class="panel__tools">
                <ChoiceField
                    options=OptimizerKind::ALL.to_vec()
                    value=optimizer
                    on_change=choose
                    name="Optimizer"
                />
            </div>
        </div>
        <div class="training">
            <LearningRateField />
            <ImagesField />
            <BatchSizeField />
            <EpochsField />
            <StopField />
            <SeedField />
        </div>
        <MoreSettings />
    }
}
