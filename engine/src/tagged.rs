//! Reads JSON objects whose tag says of which kind they are, such as `{"type": "Adam", "beta_1": 0.9, …}`.
//!
//! The kinds' own field specs say what belongs into such an object. A derived reader for each kind would say it a
//! second time and take tens of kilobytes of program in the page and in its workers.

use crate::field::FieldMut;
use serde::de::{Deserialize, Deserializer, Error};
use serde_json::{Map, Value};

/// Reads an object of one of the `kinds`, whose tag has the `name` of its kind and whose other fields are `fields`; a
/// field that is optional and missing gets the first of its options, or the default of its range.
///
/// # Errors
/// If it is not an object, its kind is not known, or it does not have exactly that kind's fields with values of their
/// types. Ranges are for [`check`](crate::experiment::Experiment::check) to judge.
pub(crate) fn deserialize<'de, T, D: Deserializer<'de>>(
    deserializer: D,
    tag: &'static str,
    kinds: Vec<T>,
    name: fn(&T) -> &'static str,
    fields: fn(&mut T) -> Vec<FieldMut<'_>>,
) -> Result<T, D::Error> {
    let mut object = Map::deserialize(deserializer)?;
    let asked = take_tag(&mut object, tag).map_err(D::Error::custom)?;
    let Some(mut kind) = kinds.into_iter().find(|kind| name(kind) == asked) else {
        return Err(D::Error::custom(format_args!("unknown {tag} `{asked}`")));
    };
    read(fields(&mut kind), object).map_err(D::Error::custom)?;
    Ok(kind)
}

/// Takes the tag out of an object.
///
/// # Errors
/// If there is no such text.
pub(crate) fn take_tag(object: &mut Map<String, Value>, tag: &str) -> Result<String, String> {
    match object.remove(tag) {
        Some(Value::String(name)) => Ok(name),
        Some(other) => Err(format!("{tag}: expected a name, got {other}")),
        None => Err(format!("missing field `{tag}`")),
    }
}

fn read(fields: Vec<FieldMut<'_>>, mut object: Map<String, Value>) -> Result<(), String> {
    for field in fields {
        let words = field.words();
        let value = match words.field_and_part() {
            (name, None) => object.remove(name),
            (name, Some(part)) => take_part(&mut object, name, part)?,
        };
        match value {
            Some(value) => {
                set(field, &value).map_err(|expected| format!("{}: expected {expected}, got {value}", words.name))?
            }
            None if words.is_optional => set_first(field),
            None => return Err(format!("missing field `{}`", words.name)),
        }
    }
    match object.keys().next() {
        Some(unknown) => Err(format!("unknown field `{unknown}`")),
        None => Ok(()),
    }
}

/// Takes a part out of a field that is an object; the field goes with its last part.
fn take_part(object: &mut Map<String, Value>, name: &str, part: &str) -> Result<Option<Value>, String> {
    let Some(field) = object.get_mut(name) else { return Ok(None) };
    let parts = field.as_object_mut().ok_or_else(|| format!("{name}: expected an object"))?;
    let value = parts.remove(part);
    if parts.is_empty() {
        object.remove(name);
    }
    Ok(value)
}

/// Gives a field its value.
///
/// # Errors
/// What was expected, if the value is not of the field's type.
fn set(field: FieldMut<'_>, value: &Value) -> Result<(), String> {
    match field {
        FieldMut::Number(_, number) => *number = value.as_f64().ok_or("a number")?,
        FieldMut::Count(_, count) => *count = to_count(value).ok_or("a whole number")?,
        FieldMut::Seed(_, seed) => *seed = value.as_u64().ok_or("a whole number")?,
        FieldMut::Pair(_, pair) => *pair = to_pair(value).ok_or("two whole numbers")?,
        FieldMut::Choice(_, choice) => {
            let names = choice.json_names();
            let option_idx = names.iter().position(|name| value.as_str() == Some(name));
            choice.select(option_idx.ok_or_else(|| format!("one of {}", names.join(", ")))?);
        }
        FieldMut::Switch(_, switch) => *switch = value.as_bool().ok_or("true or false")?,
    }
    Ok(())
}

fn to_count(value: &Value) -> Option<usize> {
    value.as_u64()?.try_into().ok()
}

fn to_pair(value: &Value) -> Option<[usize; 2]> {
    let [down, across] = value.as_array()?.as_slice() else { return None };
    Some([to_count(down)?, to_count(across)?])
}

/// Gives a field the first of its options, or the default of its range.
fn set_first(field: FieldMut<'_>) {
    match field {
        FieldMut::Number(spec, number) => *number = spec.range.default(),
        FieldMut::Count(spec, count) => *count = spec.range.low,
        FieldMut::Seed(_, seed) => *seed = 0,
        FieldMut::Pair(spec, pair) => *pair = [spec.range.low; 2],
        FieldMut::Choice(_, choice) => choice.select(0),
        FieldMut::Switch(_, switch) => *switch = false,
    }
}

/// Makes an enum readable for serde: by its tag's name and value, and the fields of each of its kinds in `all()`.
macro_rules! impl_deserialize {
    ($type:ty, $tag:literal, $name:path) => {
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<$type, D::Error> {
                $crate::tagged::deserialize(deserializer, $tag, <$type>::all(), $name, |kind| kind.fields())
            }
        }
    };
}
pub(crate) use impl_deserialize;

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use crate::experiment::*;
    use crate::field::{FieldMut, Variants};
    use crate::layers::LayerConfig;
    use serde::Serialize;
    use serde::de::DeserializeOwned;
    use serde_json::{Value, json};
    use std::fmt::Debug;

    /// Fails unless the config, with values unlike its defaults in all its fields, is read as it is written.
    fn check_round_trips<T>(config: &T, fields: fn(&mut T) -> Vec<FieldMut<'_>>)
    where
        T: Serialize + DeserializeOwned + PartialEq + Debug + Clone,
    {
        for option_idx in 0..Activation::ALL.len() {
            let mut config = config.clone();
            for (field_idx, field) in fields(&mut config).into_iter().enumerate() {
                match field {
                    FieldMut::Number(_, number) => *number = 0.25 + field_idx as f64,
                    FieldMut::Count(_, count) => *count = 3 + field_idx,
                    FieldMut::Seed(_, seed) => *seed = 5,
                    FieldMut::Pair(_, pair) => *pair = [2 + field_idx, 7],
                    FieldMut::Choice(_, choice) => choice.select(option_idx % choice.options().len()),
                    FieldMut::Switch(_, switch) => *switch = !*switch,
                }
            }
            let json = serde_json::to_value(&config).unwrap();
            assert_eq!(serde_json::from_value::<T>(json.clone()).unwrap(), config, "{json}");
            let mut unknown = json;
            unknown["gamma"] = json!(1);
            let error = serde_json::from_value::<T>(unknown).unwrap_err().to_string();
            assert_eq!(error, "unknown field `gamma`");
        }
    }

    #[test]
    fn all_kinds_are_read_as_they_are_written() {
        LayerConfig::all().iter().for_each(|layer| check_round_trips(layer, LayerConfig::fields));
        OptimizerConfig::all().iter().for_each(|it| check_round_trips(it, <OptimizerConfig as Variants>::fields));
        Regularization::all().iter().for_each(|it| check_round_trips(it, <Regularization as Variants>::fields));
        Validation::all().iter().for_each(|it| check_round_trips(it, <Validation as Variants>::fields));
        StopRule::all().iter().for_each(|it| check_round_trips(it, <StopRule as Variants>::fields));
    }

    #[track_caller]
    fn check_layer(json: Value, expected: impl Into<Result<LayerConfig, &'static str>>) {
        let read = serde_json::from_value::<LayerConfig>(json).map_err(|error| error.to_string());
        assert_eq!(read, expected.into().map_err(str::to_owned));
    }

    #[test]
    fn what_is_optional_has_keras_defaults() {
        check_layer(json!({ "type": "Dense", "units": 3 }), Ok(LayerConfig::Dense(DenseConfig::new(3))));
        let conv = LayerConfig::Conv2D(Conv2DConfig::new(3, [5, 4]));
        check_layer(json!({ "type": "Conv2D", "filters": 3, "kernel_size": [5, 4] }), Ok(conv));
        let mut dense = DenseConfig::new(3);
        dense.kernel_regularizer.l2 = 0.5;
        let json = json!({ "type": "Dense", "units": 3, "kernel_regularizer": { "l2": 0.5 } });
        check_layer(json, Ok(LayerConfig::Dense(dense)));
        let normalization = LayerConfig::BatchNormalization(BatchNormalizationConfig::default());
        check_layer(json!({ "type": "BatchNormalization" }), Ok(normalization));
        let keras: Regularization = serde_json::from_value(json!({ "convention": "keras" })).unwrap();
        assert_eq!(keras, Regularization::NONE);
    }

    #[test]
    fn what_does_not_fit_is_named() {
        check_layer(json!({ "units": 3 }), Err("missing field `type`"));
        check_layer(json!({ "type": 3 }), Err("type: expected a name, got 3"));
        check_layer(json!({ "type": "Lambda" }), Err("unknown type `Lambda`"));
        check_layer(json!({ "type": "Dense" }), Err("missing field `units`"));
        for units in [json!(-1), json!(1.5), json!("3"), json!(null), json!([3])] {
            let error = format!("units: expected a whole number, got {units}");
            let read = serde_json::from_value::<LayerConfig>(json!({ "type": "Dense", "units": units }));
            assert_eq!(read.unwrap_err().to_string(), error);
        }
        let json = json!({ "type": "MaxPooling2D", "pool_size": [2] });
        check_layer(json, Err("pool_size: expected two whole numbers, got [2]"));
        let json = json!({ "type": "Dense", "units": 3, "kernel_regularizer": { "l3": 1 } });
        check_layer(json, Err("unknown field `kernel_regularizer`"));
        let json = json!({ "type": "Conv2D", "filters": 3, "kernel_size": [3, 3], "padding": "full" });
        check_layer(json, Err("padding: expected one of valid, same, got \"full\""));
        check_layer(json!({ "type": "Flatten", "units": 3 }), Err("unknown field `units`"));
    }
}
