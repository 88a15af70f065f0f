//! Which values the ends of the colours mean.

use super::stats::{LayerStats, Range};
use crate::plot::colour_map::{ColourMap, Domain};

/// Over what the colours are stretched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ScaleMode {
    /// Each map by itself: shows what is in a faint one.
    Map,
    /// One scale for all maps of a layer: shows which of them are active.
    #[default]
    Layer,
    /// One scale for all layers.
    Network,
}

impl ScaleMode {
    /// All of them, in the order of the switch.
    pub const ALL: [ScaleMode; 3] = [ScaleMode::Map, ScaleMode::Layer, ScaleMode::Network];

    /// Its word on the switch.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            ScaleMode::Map => "map",
            ScaleMode::Layer => "layer",
            ScaleMode::Network => "network",
        }
    }
}

/// The colours of a layer's values.
#[must_use]
pub fn colours(is_signed: bool) -> ColourMap {
    if is_signed { ColourMap::Diverging } else { ColourMap::Viridis }
}

/// The domain of a layer's picture `channel`; of the whole layer, for its legend, with `None`.
#[must_use]
pub fn domain(mode: ScaleMode, is_signed: bool, stats: &LayerStats, network: Range, channel: Option<usize>) -> Domain {
    let range = match (mode, channel) {
        (ScaleMode::Map, Some(channel)) => stats.channels.get(channel).copied().unwrap_or(stats.range),
        (ScaleMode::Map | ScaleMode::Layer, _) => stats.range,
        (ScaleMode::Network, _) => network,
    };
    if is_signed {
        Domain::signed(range.min, range.max)
    } else {
        // Values without a sign begin at zero, also beside others that have one.
        Domain::magnitude(range.min.max(0.0), range.max)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn each_mode_stretches_over_its_own_range() {
        let stats = LayerStats::of(array![[[0.1, 0.5], [0.2, 0.8]]].view());
        let network = Range { min: -2.0, max: 4.0 };
        let of = |mode, is_signed, channel| {
            let Domain { low, high } = domain(mode, is_signed, &stats, network, channel);
            (low, high)
        };
        assert_eq!(of(ScaleMode::Map, false, Some(0)), (0.0, 0.2));
        assert_eq!(of(ScaleMode::Layer, false, Some(0)), (0.0, 0.8));
        assert_eq!(of(ScaleMode::Network, false, Some(0)), (0.0, 4.0));
        assert_eq!(of(ScaleMode::Network, true, Some(0)), (-4.0, 4.0));
        assert_eq!(of(ScaleMode::Map, true, Some(1)), (-0.8, 0.8));
        assert_eq!(of(ScaleMode::Map, false, None), (0.0, 0.8));
    }
}
