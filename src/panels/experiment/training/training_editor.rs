//! Data and training: the fields that matter most, and the rest below a summary that opens them.

use super::batch_fields::{BatchSizeField, EpochsField};
use super::data_field::SamplesField;
use super::kind_field::{KindMenu, Kinds};
use super::learning_rate_field::LearningRateField;
use super::more_settings::MoreSettings;
use super::seed_field::SeedField;
use super::stop_fields::StopField;
use inkling_engine::experiment::OptimizerConfig;
use inkling_engine::field::Variants;
use leptos::prelude::*;

/// The lower half of the left column.
#[component]
pub fn TrainingEditor() -> impl IntoView {
    let optimizer = Kinds::of::<OptimizerConfig>(
        |experiment| experiment.training.optimizer.kind_idx(),
        |experiment, kind_idx| experiment.training.optimizer.choose(kind_idx),
    );
    view! {
        <div class="panel__header training__header">
            <h2 class="panel__title">"Data and training"</h2>
            <div class="panel__tools">
                <KindMenu kinds=optimizer />
            </div>
        </div>
        <div class="training">
            <LearningRateField />
            <SamplesField />
            <BatchSizeField />
            <EpochsField />
            <StopField />
            <SeedField />
        </div>
        <MoreSettings />
    }
}
