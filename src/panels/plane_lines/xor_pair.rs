//! Two experiments without a hidden layer that make the point: what features can do.

use crate::state::use_editor;
use inkling_engine::experiment::{DataConfig, Experiment, PlaneFeature, PlanePreset};
use leptos::prelude::*;

/// Opposite quadrants, and a linear model of the coordinates alone.
fn without_product() -> Experiment {
    let mut experiment = PlanePreset::XorProduct.experiment();
    if let DataConfig::Plane(plane) = &mut experiment.data {
        plane.features = vec![PlaneFeature::X1, PlaneFeature::X2];
    }
    experiment
}

/// A button for each, with what to expect.
#[component]
pub fn XorPair() -> impl IntoView {
    let editor = use_editor();
    let choice = |name: &'static str, expected: &'static str, experiment: fn() -> Experiment| {
        view! {
            <div class="xor-pair__part">
                <button type="button" class="button" on:click=move |_| editor.load(experiment())>{name}</button>
                <p class="muted">{expected}</p>
            </div>
        }
    };
    view! {
        <section class="xor-pair" aria-label="Try it: opposite quadrants without a hidden layer">
            <h3 class="plane-closer__title">"Try it: opposite quadrants (xor) without a hidden layer"</h3>
            <div class="xor-pair__parts">
                {choice(
                    "xor with x₁, x₂",
                    "No straight line can do it: train, and about half of the points stay wrong.",
                    without_product,
                )}
                {choice(
                    "xor with x₁·x₂",
                    "One feature is enough: its sign is the class, and the boundary is the two axes.",
                    || PlanePreset::XorProduct.experiment(),
                )}
            </div>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_differ_in_their_features_alone() {
        let (mut without, with) = (without_product(), PlanePreset::XorProduct.experiment());
        assert!(without.check().is_ok() && without != with);
        without.data = with.data.clone();
        assert_eq!(without, with);
    }
}
