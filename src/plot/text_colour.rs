//! The colour of letters that are legible on a painted cell.

use super::colour_map::Rgb;

/// Letters on a painted cell: the cell's colour decides, not the theme. Light ones read better if the colour's relative
/// luminance (WCAG 2) is below 0.18, where black and white have the same contrast.
#[must_use]
pub fn text_colour_on(colour: Rgb) -> &'static str {
    let linear = colour.map(|channel| {
        let share = f32::from(channel) / 255.0;
        if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    });
    let luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
    if luminance < 0.18 { "#ffffff" } else { "#101114" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_legible_on_their_ground() {
        assert_eq!(text_colour_on([168, 62, 0]), "#ffffff");
        assert_eq!(text_colour_on([236, 236, 234]), "#101114", "zero is light grey");
    }
}
