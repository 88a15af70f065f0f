//! The scale of the colours of a layer's weights.

use crate::plot::colour_map::Domain;
use inkling_engine::explain::{lesson_scale, value_range};

/// Over what the colours of weights are stretched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Stretch {
    /// Half of the range, as in the lesson: small weights are visible, larger ones take the colours of the ends.
    #[default]
    Half,
    /// The whole range.
    Full,
}

/// The one scale of all pictures of a layer: as far below zero as above, so that zero is grey. `None` without a finite
/// weight.
#[must_use]
pub fn weight_domain<'a>(weights: impl IntoIterator<Item = &'a f32>, stretch: Stretch) -> Option<Domain> {
    let [min, max] = match stretch {
        Stretch::Half => lesson_scale(weights)?,
        Stretch::Full => value_range(weights)?,
    };
    Some(Domain::signed(min, max))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_is_halved_and_even() {
        let weights = [0.2, -0.6, f32::NAN, 0.4];
        assert_eq!(weight_domain(&weights, Stretch::Half), Some(Domain { low: -0.3, high: 0.3 }));
        assert_eq!(weight_domain(&weights, Stretch::Full), Some(Domain { low: -0.6, high: 0.6 }));
        assert_eq!(weight_domain(&[f32::NAN], Stretch::Full), None);
    }
}
