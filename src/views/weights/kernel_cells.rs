//! A small kernel as a grid of cells, each with its weight written into it.

use crate::plot::colour_map::{ColourTable, Domain};
use std::fmt::Write;

/// Kernels with more weights than this are painted instead: numbers would not be legible.
pub const MAX_WRITTEN: usize = 49;

/// The cells as HTML, row by row: each a `span` with its colour, its weight in `data-value`, and the weight to one
/// decimal as in the lesson. Made of numbers only, so there is nothing to be escaped.
#[must_use]
pub fn kernel_cells(values: &[f32], domain: Domain, table: &ColourTable) -> String {
    let mut html = String::with_capacity(values.len() * 96);
    for (cell_idx, value) in values.iter().enumerate() {
        let [red, green, blue, _] = table.rgba(*value, domain);
        let tone = if is_dark([red, green, blue]) { "light" } else { "dark" };
        let written = one_decimal(*value);
        // Writing to a String cannot fail.
        let _ = write!(
            html,
            "<span class=\"kernel__cell kernel__cell--{tone}\" style=\"background:rgb({red},{green},{blue})\" \
             data-cell=\"{cell_idx}\" data-value=\"{value}\">{written}</span>"
        );
    }
    html
}

/// `0.3`, `−1.2`, `0.0` without a sign.
#[must_use]
pub fn one_decimal(value: f32) -> String {
    let written = format!("{:.1}", value.abs());
    let is_negative = value < 0.0 && written != "0.0";
    if is_negative { format!("−{written}") } else { written }
}

/// Whether light letters read better on the colour: its relative luminance (WCAG 2) is below 0.18, where black and
/// white have the same contrast.
#[must_use]
pub fn is_dark(colour: [u8; 3]) -> bool {
    let linear = colour.map(|channel| {
        let share = f32::from(channel) / 255.0;
        if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] < 0.18
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plot::colour_map::{ColourMap, Ground};

    #[test]
    fn weights_are_written_to_one_decimal() {
        assert_eq!([0.04, -0.04, 0.25, -1.26, 12.0].map(one_decimal), ["0.0", "0.0", "0.2", "−1.3", "12.0"]);
        assert_eq!(one_decimal(f32::NAN), "NaN");
    }

    #[test]
    fn each_cell_carries_its_weight_and_a_legible_tone() {
        let domain = Domain { low: -0.5, high: 0.5 };
        let html = kernel_cells(&[-0.75, 0.0], domain, &ColourMap::Diverging.table(Ground::Light));
        let expected = "<span class=\"kernel__cell kernel__cell--light\" style=\"background:rgb(168,62,0)\" \
                        data-cell=\"0\" data-value=\"-0.75\">−0.8</span>";
        assert!(html.starts_with(expected), "{html}");
        assert!(html.contains("kernel__cell--dark"), "zero is light grey: dark letters");
    }
}
