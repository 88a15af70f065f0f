//! How a layer's weights begin, and the penalty on them.

use super::arguments::{Arguments, expected, number, option};
use super::faults::LayerPlaces;
use crate::code::error::Fault;
use crate::code::python::{Argument, Expr, ExprKind};
use serde_json::{Map, Value, json};

/// Kernel and bias initializer together: Inkling has one name for both. The limit of a uniform one.
pub fn read_initializers(
    arguments: &mut Arguments<'_>,
    names: &[&'static str],
    json: &mut Map<String, Value>,
    places: &mut LayerPlaces,
) -> Result<Option<f64>, Fault> {
    if !names.contains(&"kernel_initializer") {
        return Ok(None);
    }
    let (kernel, bias) = (arguments.take("kernel_initializer"), arguments.take("bias_initializer"));
    let mut put = |initializer: Value| drop(json.insert("kernel_initializer".to_owned(), initializer));
    if let Some(kernel) = kernel {
        places.arguments.insert("kernel_initializer".to_owned(), kernel.value.at);
        if let Some(limit) = uniform_limit(kernel)? {
            let is_same = bias.map(uniform_limit).transpose()?.flatten() == Some(limit);
            if is_same {
                put(json!("scikit_learn"));
                return Ok(Some(limit));
            }
            if limit == 0.5 && bias.is_some_and(is_tenth) {
                put(json!("playground"));
                return Ok(None);
            }
            let message =
                "kernel_initializer: RandomUniform is read only with the same bias_initializer, as in scikit-learn";
            return Err(Fault::new(kernel.value.at, message));
        }
        let options = ["glorot_uniform", "glorot_normal", "he_uniform", "he_normal", "zeros"];
        put(option("kernel_initializer", &in_snake_case(kernel), &options)?);
    }
    if let Some(bias) = bias {
        let bias = in_snake_case(bias);
        option("bias_initializer", &bias, &["zeros"])?;
    }
    Ok(None)
}

/// `keras.initializers.HeNormal()` as `"he_normal"`.
fn in_snake_case(argument: &Argument) -> Argument {
    let Some((class, _)) = argument.value.as_call() else { return argument.clone() };
    let mut name = String::new();
    for sign in class.chars() {
        if sign.is_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.extend(sign.to_lowercase());
    }
    let value = Expr { at: argument.value.at, kind: ExprKind::Text(name) };
    Argument { value, ..argument.clone() }
}

/// `b` of `RandomUniform(-b, b)`.
fn uniform_limit(argument: &Argument) -> Result<Option<f64>, Fault> {
    let Some(("RandomUniform", inner)) = argument.value.as_call() else { return Ok(None) };
    let mut inner = Arguments::new("RandomUniform", inner, &["minval", "maxval"])?;
    inner.ignore(&["seed"]);
    let ends = (inner.take("minval"), inner.take("maxval"));
    let (Some(low), Some(high)) = ends else { return Ok(Some(0.05)) };
    let (low, high) = (number("minval", low)?, number("maxval", high)?);
    if low != -high {
        let message = format!("RandomUniform: expected limits such as -0.1, 0.1, got {low}, {high}");
        return Err(Fault::new(argument.value.at, message));
    }
    Ok(Some(high))
}

fn is_tenth(argument: &Argument) -> bool {
    matches!(argument.value.as_call(), Some(("Constant", [Argument { value, .. }])) if value.number() == Some(0.1))
}

/// `L2(0.01)`, `L1(0.01)`, `L1L2(l1=…, l2=…)`, `"l2"`, `None`.
pub fn regularizer(argument: &Argument) -> Result<Value, Fault> {
    let at = argument.value.at;
    let wrong = || {
        let possible = "None or keras.regularizers.L1(…), L2(…), L1L2(…)";
        Fault::new(at, expected("kernel_regularizer", possible, &argument.value))
    };
    let (class, inner): (&str, &[Argument]) = match &argument.value.kind {
        ExprKind::None => return Ok(json!({ "l1": 0.0, "l2": 0.0 })),
        ExprKind::Text(name) => (name, &[]),
        _ => argument.value.as_call().ok_or_else(wrong)?,
    };
    let (names, default): (&[&str], f64) = match class.to_lowercase().as_str() {
        "l1" => (&["l1"], 0.01),
        "l2" => (&["l2"], 0.01),
        "l1l2" | "l1_l2" => (&["l1", "l2"], 0.0),
        _ => return Err(wrong()),
    };
    let mut inner = Arguments::new(class, inner, names)?;
    let mut json = json!({ "l1": 0.0, "l2": 0.0 });
    for name in names {
        json[*name] = json!(inner.take(name).map_or(Ok(default), |argument| number(name, argument))?);
    }
    inner.finish(names)?;
    Ok(json)
}
