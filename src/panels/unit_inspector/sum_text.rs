//! A weighted sum as text: all its numbers with the same decimals, so that what is read adds up.

use super::number_text::{short, signed};
use super::sum::ShortSum;
use crate::plot::decimals::Decimals;
use inkling_engine::explain::{CellArithmetic, ChannelSum};

/// The numbers of a sum as they are written.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SumText {
    /// Index and text of each listed part.
    pub parts: Vec<(usize, String)>,
    /// The others together.
    pub rest: String,
    /// All parts and the rest.
    pub subtotal: String,
    /// The bias.
    pub bias: String,
    /// The sum with the bias.
    pub total: String,
}

impl SumText {
    /// Of parts, bias and their sum `x`. Where one is not a number, each is written as it is.
    #[must_use]
    pub fn new(sum: &ShortSum, bias: f32, x: f32, decimals: Decimals) -> SumText {
        let mut parts: Vec<f64> = sum.parts.iter().map(|part| f64::from(part.value)).collect();
        parts.push(f64::from(sum.rest));
        let idxs = sum.parts.iter().map(|part| part.idx);
        if !(sum.total() + f64::from(bias) + f64::from(x)).is_finite() {
            let texts = sum.parts.iter().map(|part| signed(part.value));
            return SumText {
                parts: idxs.zip(texts).collect(),
                rest: signed(sum.rest),
                subtotal: signed(sum.total() as f32),
                bias: signed(bias),
                total: short(x),
            };
        }
        let [subtotal, bias, total] = with_bias(bias, x, decimals);
        let units = decimals.split(&parts, subtotal);
        let mut texts: Vec<String> = units.into_iter().map(|units| decimals.signed_text(units)).collect();
        let rest = texts.pop().unwrap_or_default();
        SumText {
            parts: idxs.zip(texts).collect(),
            rest,
            subtotal: decimals.signed_text(subtotal),
            bias: decimals.signed_text(bias),
            total: decimals.text(total),
        }
    }

    /// The text of a part, if it is listed.
    #[must_use]
    pub fn part(&self, idx: usize) -> Option<&str> {
        self.parts.iter().find(|(listed, _)| *listed == idx).map(|(_, text)| text.as_str())
    }
}

/// Sum without bias, bias, and sum, in units that add up.
#[must_use]
pub fn with_bias(bias: f32, x: f32, decimals: Decimals) -> [i64; 3] {
    let [bias, total] = [bias, x].map(|value| decimals.round(f64::from(value)));
    [total - bias, bias, total]
}

/// The decimals of a cell's sum, whichever of its parts are listed.
#[must_use]
pub fn decimals_of(arithmetic: &CellArithmetic) -> Decimals {
    match arithmetic {
        CellArithmetic::Conv2D(conv2d) => {
            Decimals::of(conv2d.channels.iter().map(|channel| channel.sum).chain([conv2d.bias, conv2d.activation.x]))
        }
        CellArithmetic::Dense(dense) => {
            let listed = dense.positive.iter().chain(&dense.negative).map(|input| input.product);
            Decimals::of(listed.chain([dense.bias, dense.activation.x]))
        }
        CellArithmetic::AveragePooling2D(pooling) => Decimals::of(pooling.values.iter().copied().chain([pooling.sum])),
        _ => Decimals::of([]),
    }
}

/// The products of one channel as written: they add up to `sum`, the channel's text, if that is a number.
#[must_use]
pub fn products_text(channel: &ChannelSum, sum: &str, decimals: Decimals) -> Vec<String> {
    let products = channel.patch.iter().zip(&channel.kernel).map(|(value, weight)| value * weight);
    let Ok(total) = sum.replace('−', "-").parse::<f64>() else { return products.map(signed).collect() };
    let products: Vec<f64> = products.map(f64::from).collect();
    decimals.split(&products, decimals.round(total)).into_iter().map(|units| decimals.signed_text(units)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::sum::SumPart;
    use super::*;

    /// A number as it is read.
    fn read(text: &str) -> f64 {
        text.replace('−', "-").parse().unwrap_or(f64::NAN)
    }

    #[test]
    fn what_is_read_adds_up() {
        let value = |idx: usize| ((idx * 7919) % 1_000) as f32 / 777.7 - 0.6;
        let parts: Vec<SumPart> = (0..9).map(|idx| SumPart { idx, value: value(idx) }).collect();
        let sum = ShortSum { parts, n_rest: 23, rest: 0.123_456 };
        let (bias, decimals) = (-0.031_415, Decimals::new(3));
        let text = SumText::new(&sum, bias, (sum.total() + f64::from(bias)) as f32, decimals);
        let listed: f64 = text.parts.iter().map(|(_, part)| read(part)).sum();
        assert!((listed + read(&text.rest) - read(&text.subtotal)).abs() < 1e-9, "{text:?}");
        assert!((read(&text.subtotal) + read(&text.bias) - read(&text.total)).abs() < 1e-9, "{text:?}");
        assert_eq!(text.part(8), Some(text.parts[8].1.as_str()));
        assert_eq!(text.part(9), None);
    }

    #[test]
    fn products_add_up_to_the_channel() {
        let channel = ChannelSum { patch: vec![1.0 / 3.0; 3], kernel: vec![1.0; 3], sum: 1.0 };
        let texts = products_text(&channel, "+1.00", Decimals::new(2));
        assert_eq!(texts, ["+0.34", "+0.33", "+0.33"]);
    }

    #[test]
    fn what_is_not_a_number_says_so() {
        let sum = ShortSum { parts: vec![SumPart { idx: 0, value: f32::NAN }], n_rest: 0, rest: 0.0 };
        let text = SumText::new(&sum, 0.5, f32::NAN, Decimals::new(2));
        assert_eq!((text.parts[0].1.as_str(), text.bias.as_str(), text.total.as_str()), ("NaN", "+0.500", "NaN"));
    }
}
