//! A cell's arithmetic in one sentence: the caption of slow motion, and the text for screen readers.

use super::number_text::short;
use super::sum_text::{decimals_of, with_bias};
use crate::plot::decimals::Decimals;
use inkling_engine::experiment::{Activation, thousands};
use inkling_engine::explain::{
    ActivationStep, BatchNormalizationArithmetic, CellArithmetic, Conv2DArithmetic, DenseArithmetic,
};

/// Windows of up to this many values are read out value by value.
const MAX_READ_OUT: usize = 9;

/// What happens, with its numbers. `origin` says where a number that is passed on comes from.
#[must_use]
pub fn sentence(arithmetic: &CellArithmetic, origin: Option<&str>) -> String {
    match arithmetic {
        CellArithmetic::Conv2D(conv2d) => convolution(conv2d, decimals_of(arithmetic)),
        CellArithmetic::MaxPooling2D(pooling) => {
            let result = short(pooling.result);
            match pooling.values.as_slice() {
                values if values.len() > MAX_READ_OUT => format!("The largest of {} values is {result}.", values.len()),
                values => format!("The largest of {} is {result}.", listed(values, ", ", " and ")),
            }
        }
        CellArithmetic::AveragePooling2D(pooling) => {
            let (n, result) = (pooling.values.len(), short(pooling.result));
            let (values, sum) = decimals_of(arithmetic).texts(&pooling.values);
            if n > MAX_READ_OUT {
                format!("{n} values add up to {sum}; divided by {n} that is {result}.")
            } else {
                format!("{} = {sum}; divided by {n} that is {result}.", values.join(" + "))
            }
        }
        CellArithmetic::Dense(dense) => weighted_sum(dense, decimals_of(arithmetic)),
        CellArithmetic::Activation(step) => format!("{} comes in; {}.", short(step.x), activated(step)),
        CellArithmetic::BatchNormalization(step) => normalized(step),
        CellArithmetic::Same { result, .. } => match origin {
            Some(origin) => format!("{} is handed on unchanged from {origin}.", short(*result)),
            None => format!("{} is handed on unchanged.", short(*result)),
        },
    }
}

fn convolution(conv2d: &Conv2DArithmetic, decimals: Decimals) -> String {
    let n_places = conv2d.padded.len();
    let n_padded = conv2d.padded.iter().filter(|padded| **padded).count();
    let padding = match n_padded {
        0 => String::new(),
        n_padded => format!(" ({n_padded} of {n_places} places are padding and count 0)"),
    };
    bias_added(conv2d.channels.len() * n_places, &padding, conv2d.bias, &conv2d.activation, decimals)
}

fn weighted_sum(dense: &DenseArithmetic, decimals: Decimals) -> String {
    let n_products = dense.positive.len() + dense.negative.len() + dense.n_rest;
    bias_added(n_products, "", dense.bias, &dense.activation, decimals)
}

fn bias_added(n_products: usize, remark: &str, bias: f32, step: &ActivationStep, decimals: Decimals) -> String {
    let products = match n_products {
        1 => "1 product is".to_owned(),
        n => format!("{} products add up to", thousands(n)),
    };
    let [sum, bias, x] = if step.x.is_finite() && bias.is_finite() {
        with_bias(bias, step.x, decimals).map(|units| decimals.text(units))
    } else {
        [step.x - bias, bias, step.x].map(short)
    };
    format!("{products} {sum}{remark}; with the bias {bias} that is {x}; {}.", activated(step))
}

fn normalized(step: &BatchNormalizationArithmetic) -> String {
    let [x, mean, deviation] = [step.x, step.mean, step.deviation()].map(short);
    let [normalized, gamma, beta, result] = [step.normalized(), step.gamma, step.beta, step.result].map(short);
    format!(
        "{x} less the moving mean {mean}, divided by the moving deviation {deviation}, is {normalized}; times gamma {gamma}, \
         plus beta {beta}, that is {result}."
    )
}

fn activated(step: &ActivationStep) -> String {
    let (name, result) = (step.activation.as_str(), short(step.result));
    match step.activation {
        Activation::Linear => "no activation follows".to_owned(),
        Activation::Softmax => format!("softmax makes it {result}"),
        _ if step.result == 0.0 => format!("{name} makes it 0"),
        Activation::Relu | Activation::LeakyRelu | Activation::Elu if step.x > 0.0 => format!("{name} keeps it"),
        _ => format!("{name} makes it {result}"),
    }
}

fn listed(values: &[f32], between: &str, last: &str) -> String {
    let text: Vec<String> = values.iter().map(|value| short(*value)).collect();
    match text.split_last() {
        Some((tail, [])) => tail.clone(),
        Some((tail, head)) => format!("{}{last}{tail}", head.join(between)),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use inkling_engine::explain::{AveragePoolingArithmetic, CellIndex, ChannelSum, MaxPoolingArithmetic, Region};

    const WINDOW: Region = Region { top: 0, left: 0, bottom: 2, right: 2 };

    fn conv2d(padded: Vec<bool>, n_channels: usize, activation: ActivationStep) -> CellArithmetic {
        let n_places = padded.len();
        let channel = ChannelSum { patch: vec![0.0; n_places], kernel: vec![0.0; n_places], sum: 0.25 };
        let channels = vec![channel; n_channels];
        CellArithmetic::Conv2D(Conv2DArithmetic { window: WINDOW, padded, channels, bias: -0.125, activation })
    }

    fn step(activation: Activation, x: f32, result: f32) -> ActivationStep {
        ActivationStep { activation, x, result, softmax: None }
    }

    #[test]
    fn a_convolution_in_a_sentence() {
        let cell = conv2d(vec![false; 9], 32, step(Activation::Relu, 0.5, 0.5));
        let expected = "288 products add up to 0.6250; with the bias −0.1250 that is 0.5000; relu keeps it.";
        assert_eq!(sentence(&cell, None), expected);
        let cell = conv2d(vec![true, false, false, true], 1, step(Activation::Relu, -0.5, 0.0));
        let expected = "4 products add up to −0.3750 (2 of 4 places are padding and count 0); with the bias −0.1250 that \
                        is −0.5000; relu makes it 0.";
        assert_eq!(sentence(&cell, None), expected);
        let cell = conv2d(vec![false], 1, step(Activation::Linear, 0.5, 0.5));
        let expected = "1 product is 0.6250; with the bias −0.1250 that is 0.5000; no activation follows.";
        assert_eq!(sentence(&cell, None), expected);
    }

    #[test]
    fn pooling_in_a_sentence() {
        let values = vec![0.0, 0.5, 0.25, 2.0];
        let max = MaxPoolingArithmetic { window: WINDOW, values: values.clone(), winner: 3, result: 2.0 };
        assert_eq!(sentence(&CellArithmetic::MaxPooling2D(max), None), "The largest of 0, 0.500, 0.250 and 2 is 2.");
        let mean = AveragePoolingArithmetic { window: WINDOW, values, sum: 2.75, result: 0.6875 };
        let expected = "0.000 + 0.500 + 0.250 + 2.000 = 2.750; divided by 4 that is 0.688.";
        assert_eq!(sentence(&CellArithmetic::AveragePooling2D(mean), None), expected);
        let large = MaxPoolingArithmetic { window: WINDOW, values: vec![1.0; 16], winner: 0, result: 1.0 };
        assert_eq!(sentence(&CellArithmetic::MaxPooling2D(large), None), "The largest of 16 values is 1.");
    }

    #[test]
    fn the_others_in_a_sentence() {
        let normalized = BatchNormalizationArithmetic {
            x: 3.0,
            mean: 1.0,
            variance: 3.0,
            epsilon: 1.0,
            gamma: 0.5,
            beta: 0.25,
            result: 0.75,
        };
        let expected = "3 less the moving mean 1, divided by the moving deviation 2, is 1; times gamma 0.500, plus beta 0.250, that is 0.750.";
        assert_eq!(sentence(&CellArithmetic::BatchNormalization(normalized), None), expected);
        let tanh = CellArithmetic::Activation(step(Activation::Tanh, 0.5, 0.462_117));
        assert_eq!(sentence(&tanh, None), "0.500 comes in; tanh makes it 0.462.");
        let same = CellArithmetic::Same { origin: CellIndex::unit(3), result: 0.5 };
        assert_eq!(
            sentence(&same, Some("max_pooling2d, channel 1, row 1, column 2")),
            "0.500 is handed on unchanged from max_pooling2d, channel 1, row 1, column 2."
        );
        let dense = DenseArithmetic {
            positive: vec![],
            negative: vec![],
            n_rest: 1600,
            rest: 0.0,
            bias: 0.5,
            activation: step(Activation::Softmax, 2.5, 0.98),
        };
        let expected = "1,600 products add up to 2.000; with the bias 0.500 that is 2.500; softmax makes it 0.980.";
        assert_eq!(sentence(&CellArithmetic::Dense(dense), None), expected);
    }
}
