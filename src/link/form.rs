//! The form of an experiment in a link, which other versions of the page may have with more fields or fewer.
//!
//! `form.json` holds each field with its default; `null` where there is none. A list of objects holds the kinds that an
//! object can be of, the one to take where it is missing first; they differ in their `type`, `convention` or `rule`.

use super::{LinkError, Notes};
use inkling_engine::experiment::MAX_LAYERS;
use serde_json::Value;

const FORM: &str = include_str!("form.json");
/// The fields that say of which kind an object is.
const TAGS: [&str; 3] = ["type", "convention", "rule"];
/// Names out of a link are shown up to this many characters.
const MAX_SHOWN: usize = 40;

/// The experiment's JSON with exactly the fields that this page knows: others are left out, missing ones get their
/// default, and of the layers only so many are kept that the check still finds too many. `notes` hears of each.
///
/// # Errors
/// If a field without a default is missing, or a kind is not known.
pub fn fitted(json: &str, notes: &mut Notes) -> Result<String, LinkError> {
    let mut experiment: Value = serde_json::from_str(json).map_err(|_| LinkError::Damaged)?;
    let form: Value = serde_json::from_str(FORM).map_err(|error| LinkError::Unfit(error.to_string()))?;
    if let Some(layers) = experiment.get_mut("network").and_then(Value::as_array_mut)
        && layers.len() > MAX_LAYERS + 1
    {
        notes.n_layers = Some(layers.len());
        layers.truncate(MAX_LAYERS + 1);
    }
    fit(&mut experiment, &form, "", notes)?;
    Ok(experiment.to_string())
}

/// Fits a value to a part of the form.
fn fit(value: &mut Value, form: &Value, path: &str, notes: &mut Notes) -> Result<(), LinkError> {
    match (form, value) {
        (Value::Array(_), Value::Array(items)) if are_kinds(form) => items
            .iter_mut()
            .enumerate()
            .try_for_each(|(item_idx, item)| fit(item, form, &format!("{path}[{item_idx}]"), notes)),
        (Value::Array(kinds), value) if are_kinds(form) => {
            let kind = kind_of(value, kinds, path)?;
            fit(value, kind, path, notes)
        }
        (Value::Object(fields), Value::Object(found)) => {
            let path_to = |field: &str| if path.is_empty() { field.to_owned() } else { format!("{path}.{field}") };
            found.retain(|field, _| {
                let is_known = fields.contains_key(field);
                if !is_known {
                    notes.unknown.push(path_to(&shown(field)));
                }
                is_known
            });
            for (field, form) in fields {
                match found.get_mut(field) {
                    Some(value) => fit(value, form, &path_to(field), notes)?,
                    None => {
                        let default = default_of(form).ok_or_else(|| LinkError::Missing(path_to(field)))?;
                        found.insert(field.clone(), default);
                        // A penalty of nothing is left out of links.
                        if field != "kernel_regularizer" {
                            notes.missing.push(path_to(field));
                        }
                    }
                }
            }
            Ok(())
        }
        // What a field holds is serde's to judge.
        _ => Ok(()),
    }
}

/// Whether a part of the form is the list of kinds that an object can be of, rather than a list of numbers.
fn are_kinds(form: &Value) -> bool {
    form.as_array().and_then(|kinds| kinds.last()).is_some_and(Value::is_object)
}

/// What a part of the form has by default; nothing if a part of it has no default.
fn default_of(form: &Value) -> Option<Value> {
    match form {
        Value::Null => None,
        Value::Array(kinds) if are_kinds(form) => default_of(kinds.first()?),
        Value::Object(fields) => {
            let fields = fields.iter().map(|(field, form)| Some((field.clone(), default_of(form)?)));
            fields.collect::<Option<_>>().map(Value::Object)
        }
        _ => Some(form.clone()),
    }
}

/// The kind that an object says it is of.
fn kind_of<'a>(value: &Value, kinds: &'a [Value], path: &str) -> Result<&'a Value, LinkError> {
    let has = |tag: &&str| kinds.iter().any(|kind| kind.get(tag).is_some());
    let tag = TAGS.into_iter().find(has).unwrap_or_default();
    let field = if path.is_empty() { tag.to_owned() } else { format!("{path}.{tag}") };
    let name = value.get(tag).and_then(Value::as_str).ok_or_else(|| LinkError::Missing(field.clone()))?;
    let kind = kinds.iter().find(|kind| kind.get(tag).and_then(Value::as_str) == Some(name));
    kind.ok_or_else(|| LinkError::UnknownKind { field, value: shown(name) })
}

fn shown(name: &str) -> String {
    name.chars().take(MAX_SHOWN).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use super::*;
    use inkling_engine::experiment::*;
    use serde::Serialize;
    use serde_json::json;

    /// Fails unless the form's kinds at `path` are these and have exactly their fields.
    #[track_caller]
    fn check_kinds(path: &str, kinds: &[impl Serialize]) {
        let form: Value = serde_json::from_str(FORM).unwrap();
        let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        let listed = form.pointer(path).unwrap().as_array().unwrap().iter().filter(|kind| !kind.is_null());
        let listed: Vec<_> = listed.collect();
        assert_eq!(listed.len(), kinds.len());
        for kind in kinds {
            let kind = serde_json::to_value(kind).unwrap();
            let of_form = kind_of(&kind, form.pointer(path).unwrap().as_array().unwrap(), path).unwrap();
            assert_eq!(keys(of_form), keys(&kind), "{path}: {kind}");
        }
    }

    #[test]
    fn form_has_the_fields_of_the_engine() {
        let kernel_regularizer = Regularizer { l1: 0.1, l2: 0.2 };
        let (activation, kernel_initializer) = (Activation::Relu, Initializer::HeNormal);
        let pooling = PoolingConfig { pool_size: [3, 3] };
        check_kinds(
            "/network",
            &[
                LayerConfig::Dense(DenseConfig { units: 3, activation, kernel_initializer, kernel_regularizer }),
                LayerConfig::Conv2D(Conv2DConfig {
                    filters: 3,
                    kernel_size: [1, 2],
                    strides: [3, 4],
                    padding: Padding::Same,
                    activation,
                    kernel_initializer,
                    kernel_regularizer,
                }),
                LayerConfig::MaxPooling2D(pooling.clone()),
                LayerConfig::AveragePooling2D(pooling),
                LayerConfig::Flatten,
                LayerConfig::Dropout(DropoutConfig { rate: 0.1 }),
                LayerConfig::Activation(ActivationConfig { activation }),
            ],
        );
        let dataset = PlaneDataset::Xor;
        let plane = DataConfig::Plane(PlaneConfig { dataset, n_samples: 10, noise: 0.1, features: vec![] });
        check_kinds("/data", &[DataConfig::Mnist(MnistConfig { n_samples: 10 }), plane]);
        check_kinds("/training/optimizer", &[OptimizerConfig::ADAM, OptimizerConfig::SGD, OptimizerConfig::RMSPROP]);
        let scikit_learn = Regularization::ScikitLearn { alpha: 0.1 };
        check_kinds("/training/regularization", &[Regularization::NONE, scikit_learn]);
        let last = Validation::Last { validation_split: 0.1 };
        check_kinds("/training/validation", &[Validation::None, last, Validation::Random { validation_fraction: 0.1 }]);
        let training_loss = StopRule::TrainingLoss { n_iter_no_change: 10, tol: 0.1 };
        check_kinds("/training/stop", &[StopRule::Never, StopRule::EARLY_STOPPING, training_loss]);
    }

    #[test]
    fn what_is_missing_becomes_what_the_page_begins_with() {
        let mut notes = Notes::default();
        let experiment = Preset::LessonCnn.experiment();
        let network = serde_json::to_value(&experiment.network).unwrap();
        let json = fitted(&json!({ "network": network }).to_string(), &mut notes).unwrap();
        assert_eq!(serde_json::from_str::<Experiment>(&json).unwrap(), experiment);
        assert_eq!(notes.missing, ["data", "seed", "training"]);
    }

    #[test]
    fn each_default_is_one_that_the_engine_reads() {
        let mut notes = Notes::default();
        let network = json!([
            { "type": "Conv2D", "filters": 3, "kernel_size": [3, 3] }, { "type": "AveragePooling2D" },
            { "type": "MaxPooling2D" }, { "type": "Flatten" }, { "type": "Dense", "units": 10 }
        ]);
        for (optimizer, regularization, validation, stop) in [
            ("Adam", "keras", "last", "never"),
            ("SGD", "scikit_learn", "random", "validation_score"),
            ("RMSprop", "keras", "none", "training_loss"),
        ] {
            let training = json!({
                "optimizer": { "type": optimizer }, "regularization": { "convention": regularization },
                "validation": { "rule": validation }, "stop": { "rule": stop }
            });
            let json = json!({ "data": { "type": "Mnist" }, "network": network, "training": training, "seed": 3 });
            let experiment = serde_json::from_str::<Experiment>(&fitted(&json.to_string(), &mut notes).unwrap());
            assert_eq!(experiment.unwrap().network.len(), 5);
        }
        assert!(notes.missing.contains(&"training.optimizer.momentum".to_owned()), "{notes:?}");
        assert!(notes.missing.contains(&"network[0].strides".to_owned()), "{notes:?}");
    }

    #[test]
    fn fields_of_another_version_are_left_out_and_named() {
        let mut experiment = serde_json::to_value(Preset::Mlp40.experiment()).unwrap();
        experiment["training"]["warmup"] = json!({ "steps": 100 });
        experiment["training"]["stop"]["patience"] = json!(3);
        experiment["network"][1]["dilation_rate"] = json!([2, 2]);
        experiment["title"] = json!("mine");
        let mut notes = Notes::default();
        let json = fitted(&experiment.to_string(), &mut notes).unwrap();
        assert_eq!(serde_json::from_str::<Experiment>(&json).unwrap(), Preset::Mlp40.experiment());
        notes.unknown.sort();
        assert_eq!(notes.unknown, ["network[1].dilation_rate", "title", "training.stop.patience", "training.warmup"]);
        assert!(notes.missing.is_empty(), "{notes:?}");
    }

    #[test]
    fn what_has_no_default_is_named() {
        let mut notes = Notes::default();
        let missing = |field: &str| Err(LinkError::Missing(field.to_owned()));
        assert_eq!(fitted("{}", &mut notes), missing("network"));
        assert_eq!(
            fitted(r#"{"network":[{"type":"Flatten"},{"type":"Dense"}]}"#, &mut notes),
            missing("network[1].units")
        );
        assert_eq!(fitted(r#"{"network":[{}]}"#, &mut notes), missing("network[0].type"));
        assert_eq!(
            fitted(r#"{"network":[{"type":"BatchNormalization"}]}"#, &mut notes).unwrap_err().to_string(),
            "the experiment in this link has network[0].type “BatchNormalization”, which this version of the page does \
             not know"
        );
    }
}
