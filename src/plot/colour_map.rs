//! Colour maps: from a number to a colour.
//!
//! Magnitude is grey or viridis, sign is orange – grey – blue or black – grey – white. All can be told apart by
//! colour-blind eyes, and all but orange – grey – blue by lightness alone.

use super::number::three_digits;

/// An sRGB colour.
pub type Rgb = [u8; 3];

/// The background of a picture; grey and the signed map fade into it at zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ground {
    /// Dark ink on light paper.
    #[default]
    Light,
    /// Light ink on dark paper.
    Dark,
}

/// A colour map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ColourMap {
    /// Paper to ink.
    Grey,
    /// Dark blue over green to yellow: equal steps look equally far.
    #[default]
    Viridis,
    /// Orange is negative, blue is positive; zero lies in the middle.
    Diverging,
    /// Black is negative, white is positive; zero lies in the middle.
    SignedGrey,
}

/// With or without colour: the learner's choice for all pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Palette {
    /// Viridis for magnitude, orange – grey – blue for sign.
    #[default]
    Viridis,
    /// Lightness alone.
    Grey,
}

impl Palette {
    /// Both, in the order of the switch.
    pub const ALL: [Palette; 2] = [Palette::Viridis, Palette::Grey];

    /// Its word on the switch.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Palette::Viridis => "viridis",
            Palette::Grey => "grey",
        }
    }

    /// What a picture is painted with that was made for `colours`.
    #[must_use]
    pub fn of(self, colours: ColourMap) -> ColourMap {
        match (self, colours) {
            (Palette::Grey, ColourMap::Viridis) => ColourMap::Grey,
            (Palette::Grey, ColourMap::Diverging) => ColourMap::SignedGrey,
            _ => colours,
        }
    }
}

/// Every 15th of the 256 colours of viridis (N. Smith, S. van der Walt, E. Firing, 2015; CC0). Straight lines between
/// them stay within 5/255 of the original.
const VIRIDIS: [u32; 18] = [
    0x440154, 0x481769, 0x472a7a, 0x433d84, 0x3d4e8a, 0x355e8d, 0x2e6d8e, 0x297b8e, 0x23898e, 0x1f978b, 0x21a585,
    0x2eb37c, 0x46c06f, 0x65cb5e, 0x89d548, 0xb0dd2f, 0xd8e219, 0xfde725,
];
const GREY_LIGHT: [u32; 2] = [0xffffff, 0x17181c];
const GREY_DARK: [u32; 2] = [0x0e0f11, 0xececea];
const DIVERGING_LIGHT: [u32; 5] = [0xa83e00, 0xf0a05a, 0xececea, 0x82b1ec, 0x114fb4];
const DIVERGING_DARK: [u32; 5] = [0xffb06a, 0xa85a1c, 0x292a2f, 0x32609f, 0x92bcff];
/// Evenly spaced in lightness (CIE L* 5, 53, 100).
const SIGNED_GREY: [u32; 3] = [0x111111, 0x7e7e7e, 0xffffff];

impl ColourMap {
    /// The colour of `share` in `[0, 1]` of the way; what lies outside takes the end's colour.
    #[must_use]
    pub fn colour(self, share: f32, ground: Ground) -> Rgb {
        between(self.anchors(ground), share)
    }

    /// 256 opaque colours, for painting.
    #[must_use]
    pub fn table(self, ground: Ground) -> ColourTable {
        ColourTable(std::array::from_fn(|idx| {
            let [red, green, blue] = self.colour(idx as f32 / 255.0, ground);
            [red, green, blue, 255]
        }))
    }

    /// The whole map from left to right as a CSS image, for legends.
    #[must_use]
    pub fn css_gradient(self, ground: Ground) -> String {
        let stops: Vec<String> = self.anchors(ground).iter().map(|colour| format!("#{colour:06x}")).collect();
        format!("linear-gradient(90deg, {})", stops.join(", "))
    }

    fn anchors(self, ground: Ground) -> &'static [u32] {
        match (self, ground) {
            (ColourMap::Viridis, _) => &VIRIDIS,
            (ColourMap::Grey, Ground::Light) => &GREY_LIGHT,
            (ColourMap::Grey, Ground::Dark) => &GREY_DARK,
            (ColourMap::Diverging, Ground::Light) => &DIVERGING_LIGHT,
            (ColourMap::Diverging, Ground::Dark) => &DIVERGING_DARK,
            (ColourMap::SignedGrey, _) => &SIGNED_GREY,
        }
    }
}

/// Evenly spaced anchors, straight lines between them.
fn between(anchors: &[u32], share: f32) -> Rgb {
    let last = anchors.len() - 1;
    let place = share.clamp(0.0, 1.0) * last as f32;
    let left = (place as usize).min(last - 1);
    let fraction = place - left as f32;
    [16, 8, 0].map(|bits| {
        let channel = |idx: usize| (anchors[idx] >> bits & 0xff) as f32;
        (channel(left) + (channel(left + 1) - channel(left)) * fraction).round() as u8
    })
}

/// A colour map ready for painting: RGBA by index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColourTable([[u8; 4]; 256]);

impl ColourTable {
    /// What is painted for a value that is not a number: nothing, so that the picture's background shows.
    pub const NOT_A_NUMBER: [u8; 4] = [0; 4];

    /// The colour of a value.
    #[must_use]
    pub fn rgba(&self, value: f32, domain: Domain) -> [u8; 4] {
        if value.is_nan() {
            return ColourTable::NOT_A_NUMBER;
        }
        // To the nearest; `round` is a call, and there are pictures of a quarter of a million numbers.
        self.0[(domain.share(value) * 255.0 + 0.5) as usize]
    }
}

/// The values at both ends of a colour map.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Domain {
    /// The first colour.
    pub low: f32,
    /// The last colour.
    pub high: f32,
}

impl Domain {
    /// From zero, or from the least value if that is below, to the greatest.
    #[must_use]
    pub fn magnitude(min: f32, max: f32) -> Domain {
        Domain { low: min.min(0.0), high: max.max(0.0) }
    }

    /// As far below zero as above, so that zero lies in the middle, even where all values are zero.
    #[must_use]
    pub fn signed(min: f32, max: f32) -> Domain {
        let reach = min.abs().max(max.abs()).max(f32::MIN_POSITIVE);
        Domain { low: -reach, high: reach }
    }

    /// The values at both ends in figures: 0 where all values are zero.
    #[must_use]
    pub fn end_texts(self) -> [String; 2] {
        [self.low, self.high].map(|end| three_digits(if end.abs() > f32::MIN_POSITIVE { end } else { 0.0 }))
    }

    /// How far along a value lies, in `[0, 1]`. In a domain of no width, what is above it lies at the end and all else
    /// at the beginning.
    #[must_use]
    pub fn share(self, value: f32) -> f32 {
        let width = self.high - self.low;
        if width > 0.0 && width.is_finite() {
            ((value - self.low) / width).clamp(0.0, 1.0)
        } else if value > self.high {
            1.0
        } else {
            0.0
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_are_in_figures() {
        assert_eq!(Domain::signed(-0.25, 1.5).end_texts(), ["−1.50", "1.50"]);
        assert_eq!(Domain::signed(0.0, 0.0).end_texts(), ["0", "0"], "all values are zero");
        assert_eq!(Domain::magnitude(0.0, 2.0).end_texts(), ["0", "2.00"]);
    }

    #[test]
    fn without_colour_sign_and_size_are_lightness() {
        let painted = [ColourMap::Grey, ColourMap::Viridis, ColourMap::Diverging].map(|map| Palette::Grey.of(map));
        assert_eq!(painted, [ColourMap::Grey, ColourMap::Grey, ColourMap::SignedGrey]);
        assert_eq!(Palette::Viridis.of(ColourMap::Diverging), ColourMap::Diverging);
        let greys = [0.0, 0.25, 0.5, 0.75, 1.0].map(|share| ColourMap::SignedGrey.colour(share, Ground::Light));
        assert!(greys.iter().all(|[red, green, blue]| red == green && green == blue), "no hue: {greys:?}");
        assert!(greys.is_sorted(), "negative is darker than zero, zero than positive: {greys:?}");
    }

    #[test]
    fn maps_begin_and_end_as_named() {
        assert_eq!(ColourMap::Viridis.colour(0.0, Ground::Dark), [0x44, 0x01, 0x54]);
        assert_eq!(ColourMap::Viridis.colour(1.0, Ground::Light), [0xfd, 0xe7, 0x25]);
        assert_eq!(ColourMap::Grey.colour(0.0, Ground::Light), [255, 255, 255]);
        assert_eq!(ColourMap::Grey.colour(7.0, Ground::Dark), [0xec, 0xec, 0xea]);
        assert_eq!(ColourMap::Diverging.colour(0.5, Ground::Light), [0xec, 0xec, 0xea]);
    }

    #[test]
    fn viridis_is_close_to_the_original_between_anchors() {
        // Entries 7, 100 and 202 of matplotlib's table.
        for (idx, expected) in [(7, 0x460b5e), (100, 0x2a768e), (202, 0x75d054)] {
            let got = ColourMap::Viridis.colour(idx as f32 / 255.0, Ground::Light);
            for (channel, bits) in got.iter().zip([16, 8, 0]) {
                assert!((i32::from(*channel) - (expected >> bits & 0xff)).abs() <= 5, "{idx}: {got:?}");
            }
        }
    }

    #[test]
    fn lightness_rises_or_falls_all_the_way() {
        let lightness = |map: ColourMap, ground, idx: usize| {
            let [red, green, blue] = map.colour(idx as f32 / 255.0, ground).map(f32::from);
            0.2126 * red + 0.7152 * green + 0.0722 * blue
        };
        for idx in 1..256 {
            assert!(
                lightness(ColourMap::Viridis, Ground::Light, idx)
                    > lightness(ColourMap::Viridis, Ground::Light, idx - 1) - 0.6
            );
            assert!(
                lightness(ColourMap::Grey, Ground::Light, idx) < lightness(ColourMap::Grey, Ground::Light, idx - 1)
            );
            assert!(lightness(ColourMap::Grey, Ground::Dark, idx) >= lightness(ColourMap::Grey, Ground::Dark, idx - 1));
        }
    }

    #[test]
    fn domains_hold_zero() {
        assert_eq!(Domain::magnitude(0.2, 0.9), Domain { low: 0.0, high: 0.9 });
        assert_eq!(Domain::signed(-0.2, 0.9), Domain { low: -0.9, high: 0.9 });
        assert_eq!(Domain::signed(-0.2, 0.9).share(0.0), 0.5);
        assert_eq!(Domain::signed(0.0, 0.0).share(0.0), 0.5);
    }

    #[test]
    fn odd_values_have_a_colour() {
        let table = ColourMap::Grey.table(Ground::Light);
        let flat = Domain { low: 0.0, high: 0.0 };
        assert_eq!(table.rgba(0.0, flat), [255, 255, 255, 255]);
        assert_eq!(table.rgba(1.0, flat), [0x17, 0x18, 0x1c, 255]);
        assert_eq!(table.rgba(f32::NAN, flat), ColourTable::NOT_A_NUMBER);
        let unit = Domain { low: 0.0, high: 1.0 };
        assert_eq!(table.rgba(f32::INFINITY, unit), [0x17, 0x18, 0x1c, 255]);
        assert_eq!(table.rgba(f32::NEG_INFINITY, unit), [255, 255, 255, 255]);
    }

    #[test]
    fn a_legend_names_every_anchor() {
        assert_eq!(ColourMap::Grey.css_gradient(Ground::Light), "linear-gradient(90deg, #ffffff, #17181c)");
    }
}
