//! Randomness that depends on where it is used, not on when: every number is a function of
//! (seed, purpose, epoch, sample, …, index), so shards and workers can't change it.
//!
//! Keys and numbers are mixed by SplitMix64's finalizer (Steele, Lea, Flood: Fast splittable pseudorandom number
//! generators, 2014; constants of Stafford's variant 13). It is not meant for secrets.

/// The odd number nearest to 2^64 / φ: steps of a counter by it fill all 64 bits evenly.
const GAMMA: u64 = 0x9E37_79B9_7F4A_7C15;

/// What randomness is for: the same seed gives unrelated numbers for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Weights at the beginning.
    Weights = 1,
    /// Order of the samples in an epoch.
    Order = 2,
    /// Which inputs a Dropout layer silences.
    Dropout = 3,
    /// Which samples are kept back for validation.
    Split = 4,
    /// Points of the plane.
    Plane = 5,
    /// Shifts, rotations and noise of images.
    Augmentation = 6,
    /// Noise and shifts of a picture that is made to excite a unit.
    ActivationMaximization = 7,
    /// What kernels work on in the bench.
    Bench = 8,
    /// Directions in which the loss is looked at.
    LossSurface = 9,
    /// Which training labels are replaced, and by what.
    LabelNoise = 10,
    /// The order into which all images' pixels are shuffled.
    PixelOrder = 11,
    /// What tells own digits apart.
    OwnDigits = 12,
}

/// A place in the tree of random numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key(u64);

impl Key {
    /// The root of a purpose.
    #[must_use]
    pub fn new(seed: u64, purpose: Purpose) -> Key {
        Key(mix(seed.wrapping_add(GAMMA))).with(purpose as u64)
    }

    /// The branch `index` below this place.
    #[must_use]
    #[inline]
    pub fn with(self, index: u64) -> Key {
        Key(mix(self.0 ^ mix(index.wrapping_add(GAMMA))))
    }

    /// The random number `index` of this place.
    #[must_use]
    #[inline]
    pub fn at(self, index: u64) -> u64 {
        mix(self.0.wrapping_add(index.wrapping_add(1).wrapping_mul(GAMMA)))
    }

    /// All numbers of this place, one after the other.
    #[must_use]
    pub fn stream(self) -> Stream {
        Stream { key: self, index: 0 }
    }
}

/// Random numbers one after the other.
#[derive(Debug, Clone)]
pub struct Stream {
    key: Key,
    index: u64,
}

impl Stream {
    /// 64 random bits.
    pub fn bits(&mut self) -> u64 {
        let bits = self.key.at(self.index);
        self.index += 1;
        bits
    }

    /// Uniform in `[0, 1)`, a multiple of 2^-53.
    pub fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Uniform in `[low, high)`.
    pub fn uniform(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// Uniform in `0..n`, by the high half of a product (Lemire 2019); the bias is below `n / 2^64`.
    ///
    /// # Panics
    /// If `n` is 0.
    pub fn below(&mut self, n: usize) -> usize {
        assert!(n > 0, "there is no number below 0");
        ((u128::from(self.bits()) * n as u128) >> 64) as usize
    }

    /// Normal with mean 0 and variance 1 (Marsaglia's polar method, one of its two numbers).
    pub fn normal(&mut self) -> f64 {
        loop {
            let (u, v) = (self.uniform(-1.0, 1.0), self.uniform(-1.0, 1.0));
            let square = u * u + v * v;
            if square > 0.0 && square < 1.0 {
                return u * (-2.0 * square.ln() / square).sqrt();
            }
        }
    }

    /// Puts `items` in a random order, all orders alike (Fisher and Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

#[inline]
fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first numbers of the published generator from state 0: its counter begins at GAMMA.
    #[test]
    fn counter_is_split_mix_64() {
        let key = Key(0);
        assert_eq!([key.at(0), key.at(1)], [0xE220_A839_7B1D_CDAF, 0x6E78_9E6A_A1B9_65F4]);
    }

    #[test]
    fn purposes_and_branches_differ() {
        let key = Key::new(1, Purpose::Order);
        let others = [Key::new(2, Purpose::Order), Key::new(1, Purpose::Dropout), key.with(0), key.with(1)];
        assert!(others.iter().all(|other| other.at(0) != key.at(0)));
        assert_ne!(key.with(1).with(2), key.with(2).with(1));
    }

    #[test]
    fn moments_are_right() {
        let mut stream = Key::new(7, Purpose::Plane).stream();
        let n = 200_000;
        let moments = |numbers: Vec<f64>| {
            let mean = numbers.iter().sum::<f64>() / f64::from(n);
            (mean, numbers.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / f64::from(n))
        };
        let (mean, variance) = moments((0..n).map(|_| stream.unit()).collect());
        assert!((mean - 0.5).abs() < 0.003 && (variance - 1.0 / 12.0).abs() < 0.001, "{mean} {variance}");
        let (mean, variance) = moments((0..n).map(|_| stream.normal()).collect());
        assert!(mean.abs() < 0.01 && (variance - 1.0).abs() < 0.02, "{mean} {variance}");
    }

    #[test]
    fn shuffle_keeps_all_and_moves_most() {
        let mut items: Vec<u32> = (0..1000).collect();
        Key::new(1, Purpose::Order).with(3).stream().shuffle(&mut items);
        let n_fixed = items.iter().enumerate().filter(|(place, item)| **item as usize == *place).count();
        assert!(n_fixed < 10, "{n_fixed} of 1000 stayed");
        items.sort_unstable();
        assert!(items.into_iter().eq(0..1000));
    }
}
