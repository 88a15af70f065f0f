//! One layer of a Keras script.

use crate::code::numbers::{boolean, float};
use inkling_engine::experiment::{CheckedLayer, Initializer, Regularizer};
use inkling_engine::field::FieldMut;

/// `keras.layers.Dense(16, activation="relu")`: what has no default comes first, without its name; the rest only where it
/// differs from Keras' default. `penalty` is written as it is given.
pub fn expression(layer: &CheckedLayer, bias_limit: Option<f64>, penalty: Option<&str>) -> String {
    let mut config = layer.config.clone();
    let type_name = config.type_name();
    let mut arguments = Vec::new();
    for field in config.fields() {
        let words = field.words();
        match words.name {
            "kernel_initializer" => arguments.extend(initializers(layer, bias_limit)),
            name if name.starts_with("kernel_regularizer") => {}
            name => {
                let is_default = words.is_optional && is_first(&field);
                let value = value(field);
                if !words.is_optional {
                    arguments.push(value);
                } else if !is_default {
                    arguments.push(format!("{name}={value}"));
                }
            }
        }
    }
    arguments.extend(penalty.map(|penalty| format!("kernel_regularizer={penalty}")));
    format!("keras.layers.{type_name}({})", arguments.join(", "))
}

/// `keras.regularizers.L1L2(l1=0.0, l2=0.01)`
pub fn regularizer(penalty: Regularizer) -> String {
    format!("keras.regularizers.L1L2(l1={}, l2={})", float(penalty.l1), float(penalty.l2))
}

/// How kernel and bias begin, unless it is Keras' default.
fn initializers(layer: &CheckedLayer, bias_limit: Option<f64>) -> Option<String> {
    let initializer = layer.config.kind().kernel_initializer()?;
    let both = |kernel: String, bias: String| Some(format!("kernel_initializer={kernel}, bias_initializer={bias}"));
    match initializer {
        Initializer::GlorotUniform => None,
        Initializer::ScikitLearn => {
            let limit = float(bias_limit?);
            let uniform = format!("keras.initializers.RandomUniform(-{limit}, {limit})");
            both(uniform.clone(), uniform)
        }
        Initializer::Playground => both(
            "keras.initializers.RandomUniform(-0.5, 0.5)".to_owned(),
            "keras.initializers.Constant(0.1)".to_owned(),
        ),
        named => Some(format!("kernel_initializer=\"{}\"", named.as_str())),
    }
}

/// Whether a field that may be left out has the value that it then has.
pub fn is_first(field: &FieldMut<'_>) -> bool {
    match field {
        FieldMut::Number(spec, number) => **number == spec.range.default(),
        FieldMut::Count(spec, count) => **count == spec.range.low,
        FieldMut::Seed(_, seed) => **seed == 0,
        FieldMut::Pair(spec, pair) => **pair == [spec.range.low; 2],
        FieldMut::Choice(_, choice) => choice.selected() == 0,
        FieldMut::Switch(_, switch) => !**switch,
    }
}

/// A field's value in Python.
pub fn value(field: FieldMut<'_>) -> String {
    match field {
        FieldMut::Number(_, number) => float(*number),
        FieldMut::Count(_, count) => count.to_string(),
        FieldMut::Seed(_, seed) => seed.to_string(),
        FieldMut::Pair(_, [down, across]) => format!("({down}, {across})"),
        FieldMut::Choice(_, choice) => format!("\"{}\"", choice.json_names()[choice.selected()]),
        FieldMut::Switch(_, switch) => boolean(*switch).to_owned(),
    }
}
