//! Colour and letter of a past run, in the table and in charts.

use crate::plot::chart::{LineColour, N_RUN_COLOURS};

/// The colour of a former run, by its place in the table: five in a row are different.
#[must_use]
pub fn colour_of(run_idx: usize) -> LineColour {
    LineColour::Run(run_idx % N_RUN_COLOURS)
}

/// The letter of a former run, in the table and at the end of its curves.
#[must_use]
pub fn letter_of(run_idx: usize) -> char {
    char::from(b'A' + (run_idx % 26) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_former_runs_have_five_colours() {
        let colours: Vec<LineColour> = (7..12).map(colour_of).collect();
        assert!((0..5).all(|i| !colours[..i].contains(&colours[i])), "{colours:?}");
    }
}
