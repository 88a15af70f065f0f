//! Plane: networks that tell points of the plane apart, as in TensorFlow Playground.

use crate::components::plane::{keep_looking, provide_plane_screen};
use crate::panels::experiment::ExperimentPanel;
use crate::panels::plane_network::PlaneNetworkPanel;
use crate::panels::plane_output::PlaneOutputPanel;
use crate::panels::run::{Curves, RunBar, RunTable};
use crate::state::{AppState, Place, Places, provide_editor};
use inkling_engine::experiment::{
    Activation, DataConfig, DenseConfig, Experiment, Initializer, LayerConfig, Loss, OptimizerConfig, PlaneConfig,
    Preset, Regularization, Validation,
};
use leptos::prelude::*;

/// The place, with a state and a worker of its own.
#[component]
pub fn Plane() -> impl IntoView {
    let Ok(checked) = first().check() else { unreachable!("every preset passes the check") };
    let state = AppState::new(Place::Plane, checked);
    provide_context(state);
    let editor = provide_editor(state);
    let places = expect_context::<Places>();
    places.add_plane(state, editor);
    Effect::new(move |_| {
        if let Some(asked) = places.asked_of_plane.get() {
            places.asked_of_plane.set(None);
            if let Some(experiment) = asked.experiment {
                editor.replace(experiment);
            }
        }
    });
    state.start_worker();
    let screen = provide_plane_screen(state);
    keep_looking(state, screen, move || places.open.get() == Place::Plane);
    view! {
        <main class="plane">
            <PlaneNetworkPanel>
                <RunBar />
            </PlaneNetworkPanel>
            <PlaneOutputPanel />
            <section class="panel panel--plane-figures" aria-label="Curves and runs">
                <Curves />
                <RunTable />
            </section>
            <ExperimentPanel />
        </main>
    }
}

fn first() -> Experiment {
    let mut experiment = Preset::Empty.experiment();
    experiment.data =
        DataConfig::Plane(PlaneConfig { playground_seed: "0.12345".to_owned(), ..PlaneConfig::default() });
    let dense = |units| {
        LayerConfig::Dense(DenseConfig {
            kernel_initializer: Initializer::Playground,
            ..DenseConfig::new(units).activation(Activation::Tanh)
        })
    };
    experiment.network = [4, 2, 1].map(dense).to_vec();
    experiment.training.loss = Loss::HalfSquaredError;
    experiment.training.optimizer = OptimizerConfig::SGD;
    experiment.training.learning_rate = 0.03;
    experiment.training.batch_size = 10;
    experiment.training.epochs = 1_000_000;
    experiment.training.regularization = Regularization::Playground { l1: 0.0, l2: 0.0 };
    experiment.training.validation = Validation::Last { validation_split: 0.5 };
    experiment.training.shuffle = false;
    experiment.training.carry_leftover = true;
    experiment
}
