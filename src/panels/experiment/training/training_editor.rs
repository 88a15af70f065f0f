//! Data and training: the fields that matter most, and the rest below a summary that opens them.

use super::batch_fields::{BatchSizeField, EpochsField};
use super::data_field::SamplesField;
use super::data_settings::DataSettings;
use super::kind_field::{KindMenu, Kinds};
use super::learning_rate_field::LearningRateField;
use super::more_settings::MoreSettings;
use super::seed_field::SeedField;
use super::stop_fields::StopField;
use crate::components::plane::Hideable;
use crate::link::playground::Control;
use crate::state::{Place, use_app_state};
use inkling_engine::experiment::OptimizerConfig;
use inkling_engine::field::Variants;
use leptos::prelude::*;

/// What edits do to a network on the plane.
const ON_THE_PLANE: &str = "Settings of training take effect at once, and the network goes on with what it has learned (with a fresh optimizer, unless it is the learning rate). Other data, features or layers begin a new network.";

/// The lower half of the left column.
#[component]
pub fn TrainingEditor() -> impl IntoView {
    let place = use_app_state().place;
    let optimizer = Kinds::of::<OptimizerConfig>(
        |experiment| experiment.training.optimizer.kind_idx(),
        |experiment, kind_idx| experiment.training.optimizer.choose(kind_idx),
    );
    view! {
        <div class="panel__header training__header">
            <h2 class="panel__title">{if place == Place::Plane { "Training" } else { "Data and training" }}</h2>
            <div class="panel__tools">
                <KindMenu kinds=optimizer />
            </div>
        </div>
        <div class="training">
            <Hideable control=Control::LearningRate>
                <LearningRateField />
            </Hideable>
            {(place == Place::Digits).then(|| view! { <SamplesField /> <BatchSizeField /> <EpochsField /> })}
            <StopField />
            {(place == Place::Digits).then(|| view! { <SeedField /> })}
        </div>
        {(place == Place::Plane).then(|| view! { <p class="muted training__note">{ON_THE_PLANE}</p> })}
        <MoreSettings />
        {(place == Place::Digits).then(|| view! { <DataSettings /> })}
    }
}
