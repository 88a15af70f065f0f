//! The random numbers of TensorFlow Playground's page: David Bau's seedrandom 2.4.4, which is ARC4 keyed by a text.

/// How many of the first bytes are thrown away.
const N_DROPPED: usize = 256;

/// A generator that a text has seeded.
///
/// ```
/// use inkling_engine::data::SeedRandom;
///
/// let mut random = SeedRandom::new("0.12345");
/// assert_eq!(random.unit(), 0.9152007406557323);
/// // The text counts, not the number that it stands for.
/// assert_ne!(SeedRandom::new("0.123450").unit(), SeedRandom::new("0.12345").unit());
/// ```
#[derive(Debug, Clone)]
pub struct SeedRandom {
    state: [u8; 256],
    i: u8,
    j: u8,
}

impl SeedRandom {
    /// The generator of `text`, whose characters are counted as JavaScript counts them (UTF-16).
    #[must_use]
    pub fn new(text: &str) -> SeedRandom {
        let key = mixed_key(text);
        let mut state = [0; 256];
        (0..=255).zip(&mut state).for_each(|(number, place)| *place = number);
        let mut j = 0_u8;
        for i in 0..256 {
            j = j.wrapping_add(key[i % key.len()]).wrapping_add(state[i]);
            state.swap(i, usize::from(j));
        }
        let mut random = SeedRandom { state, i: 0, j: 0 };
        (0..N_DROPPED).for_each(|_| {
            random.byte();
        });
        random
    }

    /// Uniform in `[0, 1)`, with 52 bits or one more.
    pub fn unit(&mut self) -> f64 {
        const SIGNIFICANCE: f64 = (1_u64 << 52) as f64;
        let mut numerator = (0..6).fold(0.0, |number, _| number * 256.0 + f64::from(self.byte()));
        let (mut denominator, mut last) = ((1_u64 << 48) as f64, 0_u8);
        while numerator < SIGNIFICANCE {
            numerator = (numerator + f64::from(last)) * 256.0;
            denominator *= 256.0;
            last = self.byte();
        }
        while numerator >= 2.0 * SIGNIFICANCE {
            numerator /= 2.0;
            denominator /= 2.0;
            last >>= 1;
        }
        (numerator + f64::from(last)) / denominator
    }

    fn byte(&mut self) -> u8 {
        self.i = self.i.wrapping_add(1);
        let (i, t) = (usize::from(self.i), self.state[usize::from(self.i)]);
        self.j = self.j.wrapping_add(t);
        self.state.swap(i, usize::from(self.j));
        self.state[usize::from(self.state[i].wrapping_add(t))]
    }
}

/// The text as up to 256 bytes: later characters are mixed into the first ones.
fn mixed_key(text: &str) -> Vec<u8> {
    let mut key: Vec<u8> = Vec::new();
    let mut smear = 0_u32;
    for (place, unit) in text.encode_utf16().enumerate() {
        let place = place % 256;
        smear ^= key.get(place).map_or(0, |&byte| u32::from(byte) * 19);
        let byte = (smear + u32::from(unit)) as u8;
        match key.get_mut(place) {
            Some(old) => *old = byte,
            None => key.push(byte),
        }
    }
    if key.is_empty() {
        key.push(0);
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: [f64; 3]) {
        let mut random = SeedRandom::new(text);
        assert_eq!([random.unit(), random.unit(), random.unit()], expected, "{text}");
    }

    /// Numbers of a second implementation, which gives those of the page.
    #[test]
    fn numbers_are_those_of_the_page() {
        check("0.90210", [0.721317082841652, 0.03621925506766529, 0.6647107951031465]);
        check("", [0.23144008215179881, 0.27404636548159655, 0.7901279251811976]);
        check("ä€", [0.4675086430892137, 0.10190286454763431, 0.96912436384576]);
        let long = format!("{}abc", "x".repeat(300));
        check(&long, [0.21743128727899955, 0.8529391649058159, 0.8250851942987969]);
        let mut random = SeedRandom::new("0.12345");
        let last = (0..10_000).map(|_| random.unit()).last();
        assert_eq!(last, Some(0.6087388701964928));
    }
}
