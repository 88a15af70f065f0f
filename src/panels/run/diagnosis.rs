//! What is wrong with a network that trains without an error but does not learn, and a way out.

use super::text::a_tenth;
use crate::plot::number::{loss as loss_text, percent, plain};
use crate::state::{use_app_state, use_editor};
use inkling_engine::experiment::{Activation, CheckedExperiment, Initializer, Loss};
use inkling_engine::history::EpochRecord;
use leptos::prelude::*;

/// A training that gets nowhere.
#[derive(Debug, Clone, PartialEq)]
pub enum Diagnosis {
    /// The loss is far above that of guessing.
    Huge {
        /// The loss.
        loss: f64,
        /// That of guessing.
        of_guessing: f64,
    },
    /// Answers are as good as guessing.
    Guessing {
        /// Share recognised.
        accuracy: f64,
        /// What it comes from, as far as can be told.
        cause: Cause,
    },
}

/// Why a network guesses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// All weights of a hidden layer began at 0.
    ZeroStart,
    /// All outputs of this layer are 0, so nothing passes it.
    DeadLayer(String),
    /// Not known.
    Unknown,
}

impl Diagnosis {
    /// Looks at the newest epoch of a run; `dead_layer` is a relu layer that gives nothing but zeros.
    #[must_use]
    pub fn of(checked: &CheckedExperiment, newest: &EpochRecord, dead_layer: Option<String>) -> Option<Diagnosis> {
        let n_classes = checked.data().n_classes();
        if checked.experiment().training.loss != Loss::CategoricalCrossentropy || n_classes < 2 {
            return None;
        }
        let (of_guessing, share) = ((n_classes as f64).ln(), 1.0 / n_classes as f64);
        if newest.loss > 3.0 * of_guessing {
            return Some(Diagnosis::Huge { loss: newest.loss, of_guessing });
        }
        let is_guessing = newest.accuracy < 1.3 * share && newest.loss > 0.99 * of_guessing;
        is_guessing.then(|| Diagnosis::Guessing { accuracy: newest.accuracy, cause: cause(checked, dead_layer) })
    }

    /// What is so, why, and what to do.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Diagnosis::Huge { loss, of_guessing } => format!(
                "The loss is {}, where guessing costs {}: the network is sure of wrong answers. The steps are too large; \
                 a smaller learning rate helps.",
                loss_text(*loss),
                loss_text(*of_guessing)
            ),
            Diagnosis::Guessing { accuracy, cause } => {
                let cause = match cause {
                    Cause::ZeroStart => {
                        "All weights of a layer began at 0, so that its units stay alike; choose another kernel initializer."
                            .to_owned()
                    }
                    Cause::DeadLayer(name) => format!(
                        "All units of {name} are 0, so that nothing passes it and no gradient comes back; a smaller \
                         learning rate or leaky_relu helps."
                    ),
                    Cause::Unknown => {
                        "The learning rate may be far too large or far too small, or the images too few.".to_owned()
                    }
                };
                format!("The network is no better than guessing ({} right). {cause}", percent(*accuracy))
            }
        }
    }

    fn is_of_large_steps(&self) -> bool {
        !matches!(self, Diagnosis::Guessing { cause: Cause::ZeroStart | Cause::Unknown, .. })
    }
}

fn cause(checked: &CheckedExperiment, dead_layer: Option<String>) -> Cause {
    let n_layers = checked.layers().len();
    let hidden = checked.layers().iter().take(n_layers.saturating_sub(1));
    let is_zero = |initializer| initializer == Some(Initializer::Zeros);
    if hidden.into_iter().any(|layer| is_zero(layer.config.kind().kernel_initializer())) {
        return Cause::ZeroStart;
    }
    dead_layer.map_or(Cause::Unknown, Cause::DeadLayer)
}

/// The diagnosis of the present run; nothing while it learns.
#[component]
pub fn DiagnosisNotice() -> impl IntoView {
    let (state, editor) = (use_app_state(), use_editor());
    let run = state.run;
    let dead_layer = move || {
        let inspection = state.seen()?;
        let checked = run.checked.read();
        let dead = checked.layers().iter().enumerate().find(|(layer_idx, layer)| {
            let is_relu = layer.activation() == Some(Activation::Relu);
            is_relu && inspection.layer(*layer_idx).is_some_and(|values| values.iter().all(|value| *value == 0.0))
        });
        dead.map(|(_, layer)| layer.name.clone())
    };
    let diagnosis = Memo::new(move |_| Diagnosis::of(&run.checked.read(), run.epochs.read().last()?, dead_layer()));
    let smaller = move || {
        let rate = run.checked.read().experiment().training.learning_rate;
        diagnosis.read().as_ref().is_some_and(Diagnosis::is_of_large_steps).then(|| a_tenth(rate))
    };
    view! {
        {move || {
            diagnosis
                .get()
                .map(|diagnosis| {
                    view! {
                        <div class="notice notice--bad" data-testid="diagnosis">
                            <p prop:textContent=diagnosis.text()></p>
                            {smaller()
                                .map(|rate| {
                                    let retry = move |_| {
                                        let mut experiment = state.experiment.get_untracked();
                                        experiment.training.learning_rate = rate;
                                        // Loaded, not edited: the run that went wrong keeps the rate that it had.
                                        editor.load(experiment);
                                        state.reset();
                                        state.train();
                                    };
                                    view! {
                                        <button
                                            type="button"
                                            class="button"
                                            prop:textContent=format!("Begin again with {}", plain(rate))
                                            on:click=retry
                                        ></button>
                                    }
                                })}
                        </div>
                    }
                })
        }}
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test says where")]
    use super::*;
    use inkling_engine::experiment::{LayerConfig, Preset};

    fn record(loss: f64, accuracy: f64) -> EpochRecord {
        EpochRecord { epoch: 1, loss, accuracy, val_loss: None, val_accuracy: None }
    }

    fn of(loss: f64, accuracy: f64, dead_layer: Option<&str>) -> Option<String> {
        let checked = Preset::Mlp40.experiment().check().unwrap();
        Diagnosis::of(&checked, &record(loss, accuracy), dead_layer.map(str::to_owned)).map(|it| it.text())
    }

    #[test]
    fn a_network_that_learns_has_none() {
        assert_eq!(of(0.3, 0.9, None), None);
        assert_eq!(of(2.2, 0.2, None), None, "slowly, but it learns");
        assert_eq!(of(2.0, 0.11, None), None, "the loss falls first");
    }

    #[test]
    fn a_huge_loss_and_guessing_are_named_with_cause_and_way_out() {
        let huge = of(151.0, 0.3, None).unwrap();
        assert!(huge.contains("151") && huge.contains("2.30") && huge.contains("smaller learning rate"), "{huge}");
        let guessing = of(2.302, 0.112, None).unwrap();
        assert!(guessing.contains("no better than guessing (11.20 % right)"), "{guessing}");
        let dead = of(2.302, 0.112, Some("dense")).unwrap();
        assert!(dead.contains("All units of dense are 0") && dead.contains("leaky_relu"), "{dead}");
    }

    #[test]
    fn weights_that_began_at_zero_are_the_cause() {
        let mut experiment = Preset::Mlp40.experiment();
        for layer in &mut experiment.network {
            if let LayerConfig::Dense(dense) = layer {
                dense.kernel_initializer = Initializer::Zeros;
            }
        }
        let checked = experiment.check().unwrap();
        let text = Diagnosis::of(&checked, &record(2.31, 0.11), None).unwrap().text();
        assert!(text.contains("began at 0"), "{text}");
    }
}
