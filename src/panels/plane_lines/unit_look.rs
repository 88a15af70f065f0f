//! How a unit's line is told from the others: by colour, and from the sixth on by dashes too.

use crate::plot::class_colours::{N_CLASS_COLOURS, class_colour};
use crate::plot::colour_map::Ground;

/// Colour of a unit's line, as CSS. The first ones are not those of two classes of points.
#[must_use]
pub fn unit_colour(unit: usize, ground: Ground) -> String {
    let [red, green, blue] = class_colour((unit + 2) % N_CLASS_COLOURS, ground);
    format!("rgb({red} {green} {blue})")
}

/// Lengths of dash and gap in pixels; nothing for a whole line.
#[must_use]
pub fn unit_dash(unit: usize) -> &'static [f64] {
    match unit / N_CLASS_COLOURS {
        0 => &[],
        1 => &[8.0, 4.0],
        _ => &[2.0, 3.0],
    }
}
