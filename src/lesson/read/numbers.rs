//! Numbers of an experiment that stand in braces: `{parameters dense_1}`.

use inkling_engine::experiment::{CheckedExperiment, CheckedLayer, LayerConfig, thousands};

/// The words that braces may hold, for messages.
const WORDS: &str = "parameters, weights, biases, shape, rows, columns, channels, values, inputs, units, steps_per_epoch, training_images, validation_images, batch_size, epochs, learning_rate";

/// A text with the numbers in the place of their braces. Ordinary code (between backticks) and formulas (between dollar
/// signs) stay as they are.
///
/// # Errors
/// Each brace that stands for no number, by its byte in the text.
pub fn fill(text: &str, experiment: Option<&CheckedExperiment>) -> Result<String, Vec<(usize, String)>> {
    let (mut filled, mut faults) = (String::with_capacity(text.len()), Vec::new());
    let mut rest = text;
    // Backticks or dollar signs that are open.
    let mut quoted: Option<String> = None;
    while let Some(sign) = rest.chars().next() {
        let at = text.len() - rest.len();
        if sign == '`' || sign == '$' {
            let run: String = rest.chars().take_while(|other| *other == sign).collect();
            quoted = match quoted {
                None => Some(run.clone()),
                Some(open) if open == run => None,
                open => open,
            };
            filled.push_str(&run);
            rest = &rest[run.len()..];
            continue;
        }
        if sign == '{'
            && quoted.is_none()
            && let Some((inside, after)) = rest[1..].split_once('}')
        {
            match text_of(inside, experiment) {
                Ok(number) => filled.push_str(&number),
                Err(message) => faults.push((at, message)),
            }
            rest = after;
            continue;
        }
        filled.push(sign);
        rest = &rest[sign.len_utf8()..];
    }
    if faults.is_empty() { Ok(filled) } else { Err(faults) }
}

/// The number that the inside of braces stands for, as text.
fn text_of(inside: &str, experiment: Option<&CheckedExperiment>) -> Result<String, String> {
    if inside.trim().starts_with("shape ") {
        let layer = layer(inside.trim().trim_start_matches("shape "), experiment_of(experiment, inside)?)?;
        let dims: Vec<String> = layer.output_shape.dims().iter().map(usize::to_string).collect();
        return Ok(match layer.output_shape.dims() {
            [1, 1, n] => thousands(n),
            _ => dims.join("×"),
        });
    }
    let value = value_of(inside, experiment)?;
    Ok(if value.fract() == 0.0 { thousands(value as usize) } else { value.to_string() })
}

fn experiment_of<'a>(experiment: Option<&'a CheckedExperiment>, inside: &str) -> Result<&'a CheckedExperiment, String> {
    experiment.ok_or_else(|| format!("{{{inside}}} is a number of the step's experiment, but the step has none: expected `preset` in its bench block, or in one before it"))
}

fn layer<'a>(name: &str, experiment: &'a CheckedExperiment) -> Result<&'a CheckedLayer, String> {
    experiment.layers().iter().find(|layer| layer.name == name.trim()).ok_or_else(|| {
        let names: Vec<_> = experiment.layers().iter().map(|layer| layer.name.as_str()).collect();
        format!("expected a layer of the experiment ({}), got `{}`", names.join(", "), name.trim())
    })
}

/// The number that the inside of braces stands for.
///
/// # Errors
/// If there is no such number.
pub fn value_of(inside: &str, experiment: Option<&CheckedExperiment>) -> Result<f64, String> {
    let checked = experiment_of(experiment, inside)?;
    let training = &checked.experiment().training;
    let (word, name) = match inside.trim().split_once(' ') {
        Some((word, name)) => (word, Some(name.trim())),
        None => (inside.trim(), None),
    };
    let unknown = || format!("expected a number of the experiment ({WORDS}), got {{{inside}}}");
    let count = match (word, name) {
        ("parameters", None) => checked.n_params(),
        ("steps_per_epoch", None) => checked.steps_per_epoch(),
        ("training_images", None) => checked.n_train(),
        ("validation_images", None) => checked.n_validation(),
        ("batch_size", None) => training.batch_size,
        ("epochs", None) => training.epochs,
        ("learning_rate", None) => return Ok(training.learning_rate),
        (_, Some(name)) => {
            let layer = layer(name, checked)?;
            let [rows, columns, channels] = layer.output_shape.dims();
            match word {
                "parameters" => layer.n_params(),
                "weights" => layer.n_kernel,
                "biases" => layer.n_bias,
                "rows" => rows,
                "columns" => columns,
                "channels" => channels,
                "values" => layer.output_shape.size(),
                "inputs" => layer.input_shape.size(),
                "units" => match &layer.config {
                    LayerConfig::Dense(dense) => dense.units,
                    LayerConfig::Conv2D(conv2d) => conv2d.filters,
                    _ => return Err(format!("expected a layer with units or filters, got `{name}`")),
                },
                _ => return Err(unknown()),
            }
        }
        _ => return Err(unknown()),
    };
    Ok(count as f64)
}
