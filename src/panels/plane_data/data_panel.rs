//! The left column of the plane.

use super::amount_fields::{BatchField, NoiseField, PointsField, ShareField, SplitLine};
use super::classes_field::ClassesField;
use super::csv_exchange::CsvExchange;
use super::dataset_choice::DatasetChoice;
use super::formula_field::FormulaField;
use super::own_points::provide_own_points;
use super::point_editor::PointEditor;
use super::preset_menu::PlanePresetMenu;
use super::seed_fields::SeedFields;
use crate::components::Panel;
use crate::components::fields::provide_field_errors;
use crate::components::plane::{Hideable, plane_of};
use crate::link::playground::Control;
use crate::state::use_app_state;
use inkling_engine::experiment::PlaneDataset;
use leptos::prelude::*;

/// Which points there are, and how they are drawn.
#[component]
pub fn PlaneDataPanel() -> impl IntoView {
    provide_field_errors();
    provide_own_points();
    let state = use_app_state();
    let dataset = Memo::new(move |_| plane_of(&state.experiment.read().data).map(|plane| plane.dataset));
    let is_formula = Memo::new(move |_| dataset.get() == Some(PlaneDataset::Formula));
    let is_points = Memo::new(move |_| dataset.get() == Some(PlaneDataset::Points));
    view! {
        <Panel title="Data" area="plane-data" tools=presets>
            <Hideable control=Control::Dataset>
                <DatasetChoice />
            </Hideable>
            <Show when=move || is_formula.get()>
                <FormulaField />
            </Show>
            <Show when=move || is_points.get()>
                <PointEditor />
            </Show>
            <div class="training plane-data__fields">
                <Hideable control=Control::PercTrainData>
                    <ShareField />
                </Hideable>
                <Hideable control=Control::Noise>
                    <NoiseField />
                </Hideable>
                <Hideable control=Control::BatchSize>
                    <BatchField />
                </Hideable>
                <PointsField />
                <ClassesField />
            </div>
            <SplitLine />
            <SeedFields />
            <CsvExchange />
        </Panel>
    }
}

/// A preset would bring another data set.
fn presets() -> impl IntoView {
    view! {
        <Hideable control=Control::Dataset>
            <PlanePresetMenu />
        </Hideable>
    }
}
