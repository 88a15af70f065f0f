//! The form of an experiment in a link, which other versions of the page may have with more fields or fewer.
//!
//! `form.json` holds each field with its default; `null` where there is none. A list of objects holds the kinds that an
//! object can be of, the one to take where it is missing first; they differ in their `type`, `convention` or `rule`.

use super::json::Json;
use super::{LinkError, Notes};
use inkling_engine::experiment::MAX_LAYERS;

const FORM: &str = include_str!("form.json");
/// The fields that say of which kind an object is.
const TAGS: [&str; 3] = ["type", "convention", "rule"];
/// Fields that links leave out where they have their defaults.
const LEFT_OUT: [&str; 11] = [
    "kernel_regularizer",
    "shuffle_pixels",
    "label_noise",
    "augmentation",
    "class_weight",
    "own_digits",
    "playground_seed",
    "n_outputs",
    "points",
    "formula",
    "carry_leftover",
];
/// Names out of a link are shown up to this many characters.
const MAX_SHOWN: usize = 40;

/// The experiment's JSON with exactly the fields that this page knows: others are left out, missing ones get their
/// default, and of the layers only so many are kept that the check still finds too many. `notes` hears of each.
///
/// # Errors
/// If a field without a default is missing, or a kind is not known.
pub fn fitted(json: &str, notes: &mut Notes) -> Result<String, LinkError> {
    let (Some(mut experiment), Some(form)) = (Json::parse(json), Json::parse(FORM)) else {
        return Err(LinkError::Damaged);
    };
    if let Some(Json::Array(layers)) = experiment.field_mut("network")
        && layers.len() > MAX_LAYERS + 1
    {
        notes.n_layers = Some(layers.len());
        layers.truncate(MAX_LAYERS + 1);
    }
    fit(&mut experiment, &form, "", notes)?;
    let mut fitted = String::new();
    experiment.write(&mut fitted);
    Ok(fitted)
}

/// Fits a value to a part of the form.
fn fit<'a>(value: &mut Json<'a>, form: &Json<'a>, path: &str, notes: &mut Notes) -> Result<(), LinkError> {
    if let Some(kinds) = kinds(form) {
        let Json::Array(items) = value else {
            return fit(value, kind_of(value, kinds, path)?, path, notes);
        };
        for (item_idx, item) in items.iter_mut().enumerate() {
            fit(item, form, &format!("{path}[{item_idx}]"), notes)?;
        }
    }
    let (Json::Object(fields), Json::Object(found)) = (form, value) else {
        // What a field holds is for serde to judge.
        return Ok(());
    };
    found.retain(|(field, _)| {
        let is_known = form.field(field).is_some();
        if !is_known {
            notes.unknown.push(path_to(path, shown(field)));
        }
        is_known
    });
    for (field, form) in fields {
        match found.iter_mut().find(|(name, _)| name == field) {
            Some((_, value)) => fit(value, form, &path_to(path, field), notes)?,
            None => {
                let default = default_of(form).ok_or_else(|| LinkError::Missing(path_to(path, field)))?;
                found.push((field, default));
                if !LEFT_OUT.contains(field) {
                    notes.missing.push(path_to(path, field));
                }
            }
        }
    }
    Ok(())
}

fn path_to(path: &str, field: &str) -> String {
    if path.is_empty() { field.to_owned() } else { [path, ".", field].concat() }
}

/// The kinds that an object can be of, if a part of the form is their list, and not one of numbers.
fn kinds<'f, 'a>(form: &'f Json<'a>) -> Option<&'f [Json<'a>]> {
    match form {
        Json::Array(kinds) if matches!(kinds.last(), Some(Json::Object(_))) => Some(kinds),
        _ => None,
    }
}

/// What a part of the form has by default; nothing if a part of it has no default.
fn default_of<'a>(form: &Json<'a>) -> Option<Json<'a>> {
    let form = kinds(form).and_then(<[_]>::first).unwrap_or(form);
    match form {
        Json::Object(fields) => {
            let fields = fields.iter().map(|(field, form)| Some((*field, default_of(form)?)));
            fields.collect::<Option<_>>().map(Json::Object)
        }
        _ => (!form.is_null()).then(|| form.clone()),
    }
}

/// The kind that an object says it is of.
fn kind_of<'f, 'a>(value: &Json, kinds: &'f [Json<'a>], path: &str) -> Result<&'f Json<'a>, LinkError> {
    let has = |tag: &&str| kinds.iter().any(|kind| kind.field(tag).is_some());
    let tag = TAGS.into_iter().find(has).unwrap_or_default();
    let field = || path_to(path, tag);
    let name = value.field(tag).and_then(Json::as_str).ok_or_else(|| LinkError::Missing(field()))?;
    let kind = kinds.iter().find(|kind| kind.field(tag).and_then(Json::as_str) == Some(name));
    kind.ok_or_else(|| LinkError::UnknownKind { field: field(), value: shown(name).to_owned() })
}

fn shown(name: &str) -> &str {
    let end = name.char_indices().nth(MAX_SHOWN).map_or(name.len(), |(end, _)| end);
    &name[..end]
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use super::*;
    use inkling_engine::experiment::*;
    use inkling_engine::field::Variants;
    use serde::Serialize;
    use serde_json::json;
    use std::collections::BTreeSet;

    /// Fails unless the form's kinds at `path` are these and have exactly their fields.
    #[track_caller]
    fn check_kinds(path: &[&str], kinds: &[impl Serialize]) {
        let form = Json::parse(FORM).unwrap();
        let part = path.iter().fold(&form, |form, field| form.field(field).unwrap());
        let Json::Array(listed) = part else { panic!("{path:?} has no kinds") };
        assert_eq!(listed.iter().filter(|kind| !kind.is_null()).count(), kinds.len());
        for kind in kinds {
            let json = serde_json::to_string(kind).unwrap();
            let kind = Json::parse(&json).unwrap();
            assert_eq!(fields(kind_of(&kind, listed, "").unwrap()), fields(&kind), "{path:?}: {json}");
        }
    }

    fn fields<'a>(object: &Json<'a>) -> BTreeSet<&'a str> {
        let Json::Object(fields) = object else { panic!("{object:?} has no fields") };
        fields.iter().map(|(field, _)| *field).collect()
    }

    #[test]
    fn form_has_the_fields_of_the_engine() {
        let mut layers = LayerConfig::all();
        for layer in &mut layers {
            // A penalty of nothing is left out.
            let penalty = Regularizer { l1: 0.1, l2: 0.2 };
            match layer {
                LayerConfig::Dense(dense) => dense.kernel_regularizer = penalty,
                LayerConfig::Conv2D(conv) => conv.kernel_regularizer = penalty,
                _ => {}
            }
        }
        check_kinds(&["network"], &layers);
        let mut data = DataConfig::all();
        for data in &mut data {
            // What is not asked for is left out.
            match data {
                DataConfig::Plane(plane) => {
                    (plane.playground_seed, plane.formula) = ("0.1".to_owned(), "x".to_owned());
                    (plane.n_outputs, plane.points) = (2, vec![[0.0, 0.0, 1.0]]);
                }
                DataConfig::Mnist(digits) => *digits = unlike_defaults(),
            }
        }
        check_kinds(&["data"], &data);
        check_kinds(&["training", "optimizer"], &OptimizerConfig::all());
        check_kinds(&["training", "regularization"], &Regularization::all());
        check_kinds(&["training", "validation"], &Validation::all());
        check_kinds(&["training", "stop"], &StopRule::all());
    }

    fn unlike_defaults() -> MnistConfig {
        MnistConfig {
            n_samples: 500,
            shuffle_pixels: true,
            label_noise: 0.2,
            augmentation: Augmentation { shift: 2.0, rotation: 10.0, scale: 0.1, noise: 0.05 },
            class_weight: ClassWeight([0.0, 2.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.5]),
            own_digits: OwnDigitsConfig { n: 12, weight: 5, fingerprint: 99 },
        }
    }

    #[test]
    fn settings_of_the_data_pass_a_link_whole() {
        let mut experiment = Preset::LessonCnn.experiment();
        experiment.data = DataConfig::Mnist(unlike_defaults());
        let mut notes = Notes::default();
        let json = fitted(&serde_json::to_string(&experiment).unwrap(), &mut notes).unwrap();
        assert_eq!(serde_json::from_str::<Experiment>(&json).unwrap(), experiment);
        assert!(notes.missing.is_empty() && notes.unknown.is_empty(), "{notes:?}");
    }

    #[test]
    fn what_is_missing_becomes_what_the_page_begins_with() {
        let mut notes = Notes::default();
        let experiment = Preset::LessonCnn.experiment();
        let network = serde_json::to_value(&experiment.network).unwrap();
        let json = fitted(&json!({ "network": network }).to_string(), &mut notes).unwrap();
        assert_eq!(serde_json::from_str::<Experiment>(&json).unwrap(), experiment);
        assert_eq!(notes.missing, ["data", "training", "seed"]);
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
            ("AdamW", "keras", "none", "never"),
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
            fitted(r#"{"network":[{"type":"LayerNormalization"}]}"#, &mut notes).unwrap_err().to_string(),
            "the experiment in this link has network[0].type “LayerNormalization”, which this version of the page does \
             not know"
        );
    }
}
