//! What most experiments leave as it is.

use super::field_editor::{Always, field_editors, switch_editor};
use super::kind_field::{KindField, Kinds};
use super::settings_group::SettingsGroup;
use crate::components::fields::use_field_errors;
use crate::components::plane::Hideable;
use crate::link::playground::Control;
use crate::state::{Place as Location, use_app_state, use_editor};
use inkling_engine::experiment::{Field, Loss, Place, Regularization, TrainingConfig, Validation};
use inkling_engine::field::Variants;
use leptos::prelude::*;

/// Behind a summary that says what is inside.
#[component]
pub fn MoreSettings() -> impl IntoView {
    let (editor, errors) = (use_editor(), use_field_errors());
    let place = use_app_state().place;
    let validation = Kinds::of::<Validation>(
        |experiment| experiment.training.validation.kind_idx(),
        |experiment, kind_idx| experiment.training.validation.choose(kind_idx),
    );
    let penalty = Kinds::of::<Regularization>(
        |experiment| experiment.training.regularization.kind_idx(),
        |experiment, kind_idx| experiment.training.regularization.choose(kind_idx),
    );
    let loss = Kinds::of::<Loss>(
        |experiment| experiment.training.loss.kind_idx(),
        |experiment, kind_idx| experiment.training.loss.choose(kind_idx),
    );
    let shuffle: Always<bool> = |experiment| Some(&mut experiment.training.shuffle);
    let carry: Always<bool> = |experiment| Some(&mut experiment.training.carry_leftover);
    let fault = errors.at(move |error| {
        let inside = [Field::Optimizer, Field::Regularization, Field::Loss];
        let is_inside = |field| inside.contains(&field) || field == Field::Validation && place == Location::Digits;
        matches!(error.place, Place::Training(field) if is_inside(field))
    });
    view! {
        <SettingsGroup title="More training settings" fault>
            <div class="training">
                {field_editors(|experiment| experiment.training.optimizer.fields(), Field::Optimizer)}
                <KindField kinds=validation />
                // On the plane the share stands beside the data, and so does what is wrong with it.
                {(place == Location::Digits)
                    .then(|| field_editors(|experiment| experiment.training.validation.fields(), Field::Validation))}
                <Hideable control=Control::Regularization>
                    <KindField kinds=penalty />
                </Hideable>
                <Hideable control=Control::RegularizationRate>
                    {field_editors(|experiment| experiment.training.regularization.fields(), Field::Regularization)}
                </Hideable>
                <KindField kinds=loss fault=errors.training(Field::Loss) />
                {switch_editor(TrainingConfig::SHUFFLE.words, editor.value(shuffle), editor.setter(shuffle))}
                {switch_editor(TrainingConfig::CARRY_LEFTOVER.words, editor.value(carry), editor.setter(carry))}
            </div>
        </SettingsGroup>
    }
}
