//! One layer: Keras' call as the engine's config.

use super::arguments::{Arguments, expected, number, option};
use super::faults::LayerPlaces;
use super::initializer::{read_initializers, regularizer};
use crate::code::error::Fault;
use crate::code::python::{Argument, Expr, ExprKind};
use inkling_engine::experiment::LayerConfig;
use inkling_engine::field::FieldMut;
use serde_json::{Map, Value, json};

/// What a member of the list is.
pub enum LayerRead {
    /// The shape of what goes in.
    Input(Vec<i64>),
    /// It changes training images only, which Inkling does to its data.
    Augmentation,
    /// A layer.
    Layer {
        config: LayerConfig,
        places: LayerPlaces,
        /// The input's shape, if the layer says it.
        input: Option<Vec<i64>>,
        /// The limit of uniform kernel and bias.
        uniform: Option<f64>,
    },
}

/// Other names of layers, and layers that are one activation.
const ALIASES: [(&str, &str); 5] = [
    ("MaxPool2D", "MaxPooling2D"),
    ("AvgPool2D", "AveragePooling2D"),
    ("GlobalAvgPool2D", "GlobalAveragePooling2D"),
    ("Convolution2D", "Conv2D"),
    ("InputLayer", "Input"),
];
const ACTIVATION_LAYERS: [(&str, &str); 2] = [("ReLU", "relu"), ("Softmax", "softmax")];
const AUGMENTATIONS: [&str; 4] = ["RandomZoom", "RandomRotation", "RandomTranslation", "GaussianNoise"];

/// Reads a layer.
///
/// # Errors
/// If Inkling has no such layer, or not with these arguments.
pub fn read(item: &Expr) -> Result<LayerRead, Fault> {
    let Some((called, arguments)) = item.as_call() else {
        return Err(Fault::new(item.at, format!("expected a layer such as Dense(16), got {}", item.got())));
    };
    let type_name = ALIASES.iter().find(|(alias, _)| *alias == called).map_or(called, |(_, name)| name);
    if type_name == "Input" {
        return read_input(item.at, arguments).map(LayerRead::Input);
    }
    if AUGMENTATIONS.contains(&type_name) {
        return Ok(LayerRead::Augmentation);
    }
    if type_name == "Rescaling" {
        return Err(Fault::new(item.at, "Rescaling is not needed: Inkling's pixels are from 0 to 1. Remove this line"));
    }
    let activation = ACTIVATION_LAYERS.iter().find(|(layer, _)| *layer == type_name);
    if let (Some((_, activation)), []) = (activation, arguments) {
        let json = json!({ "type": "Activation", "activation": activation });
        return made(item.at, json, LayerPlaces { at: item.at, ..LayerPlaces::default() }, None, None);
    }
    let Some(kind) = LayerConfig::all().into_iter().find(|kind| kind.type_name() == type_name) else {
        let names: Vec<_> = LayerConfig::all().iter().map(LayerConfig::type_name).collect();
        let message = format!("{type_name} is not a layer of Inkling; layers are {}", names.join(", "));
        return Err(Fault::new(item.at, message));
    };
    read_kind(item.at, type_name, kind, arguments)
}

fn read_kind(at: usize, type_name: &str, mut kind: LayerConfig, arguments: &[Argument]) -> Result<LayerRead, Fault> {
    let names: Vec<_> = kind.fields().iter().map(|field| field.words().field_and_part().0).collect();
    let mut arguments = Arguments::new(type_name, arguments, &names)?;
    let mut places = LayerPlaces { at, ..LayerPlaces::default() };
    let mut json = Map::new();
    json.insert("type".to_owned(), type_name.into());
    let uniform = read_initializers(&mut arguments, &names, &mut json, &mut places)?;
    for field in kind.fields() {
        let words = field.words();
        let name = words.field_and_part().0;
        if name.starts_with("kernel_") && name != "kernel_size" {
            continue;
        }
        match arguments.take(name) {
            Some(argument) => {
                places.arguments.insert(name.to_owned(), argument.value.at);
                json.insert(name.to_owned(), value(name, argument, &field)?);
            }
            // Keras' only default that the engine's file format does not have.
            None if name == "pool_size" => drop(json.insert(name.to_owned(), json!([2, 2]))),
            None if words.is_optional => {}
            None => {
                return Err(Fault::new(at, format!("{type_name}: expected {name}, which has no default, got nothing")));
            }
        }
    }
    if let Some(argument) = arguments.take("kernel_regularizer") {
        places.arguments.insert("kernel_regularizer".to_owned(), argument.value.at);
        json.insert("kernel_regularizer".to_owned(), regularizer(argument)?);
    }
    let input = match (arguments.take("input_shape"), arguments.take("input_dim")) {
        (Some(argument), _) => Some(shape(argument)?),
        (None, Some(argument)) => Some(vec![super::arguments::count("input_dim", argument)? as i64]),
        (None, None) => None,
    };
    arguments.ignore(&["name", "trainable"]);
    arguments.only("use_bias", &[ExprKind::Bool(true)])?;
    arguments.only("data_format", &[ExprKind::Text("channels_last".to_owned()), ExprKind::None])?;
    if type_name == "BatchNormalization" {
        arguments.only("axis", &[ExprKind::Int(-1)])?;
        arguments.only("center", &[ExprKind::Bool(true)])?;
        arguments.only("scale", &[ExprKind::Bool(true)])?;
    }
    if type_name.contains("Pooling") {
        arguments.only("padding", &[ExprKind::Text("valid".to_owned())])?;
        read_pooling_strides(&mut arguments, &json)?;
    }
    let mut possible = names;
    possible.dedup();
    arguments.finish(&possible)?;
    made(at, Value::Object(json), places, input, uniform)
}

fn made(
    at: usize,
    json: Value,
    places: LayerPlaces,
    input: Option<Vec<i64>>,
    uniform: Option<f64>,
) -> Result<LayerRead, Fault> {
    match serde_json::from_value(json) {
        Ok(config) => Ok(LayerRead::Layer { config, places, input, uniform }),
        Err(error) => Err(Fault::new(at, error.to_string())),
    }
}

/// Windows of a pooling do not overlap.
fn read_pooling_strides(arguments: &mut Arguments<'_>, json: &Map<String, Value>) -> Result<(), Fault> {
    let Some(argument) = arguments.take("strides") else { return Ok(()) };
    if argument.value.kind == ExprKind::None || Some(&pair("strides", argument)?) == json.get("pool_size") {
        return Ok(());
    }
    let message = expected("strides", "the pool_size, since windows do not overlap in Inkling", &argument.value);
    Err(Fault::new(argument.value.at, message))
}

/// A field's value as JSON.
fn value(name: &str, argument: &Argument, field: &FieldMut<'_>) -> Result<Value, Fault> {
    match field {
        FieldMut::Number(..) => Ok(json!(number(name, argument)?)),
        FieldMut::Count(..) | FieldMut::Seed(..) => Ok(json!(super::arguments::count(name, argument)?)),
        FieldMut::Switch(..) => Ok(json!(super::arguments::boolean(name, argument)?)),
        FieldMut::Pair(..) => pair(name, argument),
        FieldMut::Choice(_, choice) => {
            if argument.value.kind == ExprKind::None && name == "activation" {
                return Ok(json!("linear"));
            }
            option(name, argument, choice.json_names())
        }
    }
}

/// `(3, 3)`, or `3` for both.
fn pair(name: &str, argument: &Argument) -> Result<Value, Fault> {
    let side = |value: &Expr| match value.kind {
        ExprKind::Int(side) if side >= 0 => Some(side),
        _ => None,
    };
    let sides = match &argument.value.kind {
        ExprKind::List(items) => match items.as_slice() {
            [down, across] => side(down).zip(side(across)),
            _ => None,
        },
        _ => side(&argument.value).map(|both| (both, both)),
    };
    let wrong = || Fault::new(argument.value.at, expected(name, "two whole numbers such as (3, 3)", &argument.value));
    sides.map(|(down, across)| json!([down, across])).ok_or_else(wrong)
}

fn shape(argument: &Argument) -> Result<Vec<i64>, Fault> {
    let side = |value: &Expr| if let ExprKind::Int(side) = value.kind { Some(side) } else { None };
    let sides = match &argument.value.kind {
        ExprKind::List(items) => items.iter().map(side).collect(),
        _ => side(&argument.value).map(|side| vec![side]),
    };
    let wrong =
        || Fault::new(argument.value.at, expected("shape", "whole numbers such as (28, 28, 1)", &argument.value));
    sides.ok_or_else(wrong)
}

fn read_input(at: usize, arguments: &[Argument]) -> Result<Vec<i64>, Fault> {
    let mut arguments = Arguments::new("Input", arguments, &["shape"])?;
    arguments.ignore(&["name", "batch_size", "dtype"]);
    let argument = arguments.take("shape").or_else(|| arguments.take("input_shape"));
    let read = argument.map(shape).unwrap_or_else(|| Err(Fault::new(at, "Input: expected a shape, got none")))?;
    arguments.finish(&["shape"])?;
    Ok(read)
}
