//! Where the random numbers of points come from: the experiment's seed, or TensorFlow Playground's generator.

use super::seedrandom::SeedRandom;
use crate::random::{Key, Purpose, Stream};

/// A source of random numbers.
#[derive(Debug, Clone)]
pub enum Chance {
    /// The experiment's own.
    Own(Stream),
    /// TensorFlow Playground's.
    Playground(Box<SeedRandom>),
}

impl Chance {
    /// That of points: Playground's generator if it has a seed, else the experiment's.
    #[must_use]
    pub fn new(playground_seed: &str, seed: u64) -> Chance {
        if playground_seed.is_empty() {
            Chance::Own(Key::new(seed, Purpose::Plane).stream())
        } else {
            Chance::Playground(Box::new(SeedRandom::new(playground_seed)))
        }
    }

    /// Uniform in `[low, high)`.
    pub fn uniform(&mut self, low: f64, high: f64) -> f64 {
        let unit = match self {
            Chance::Own(stream) => stream.unit(),
            Chance::Playground(random) => random.unit(),
        };
        low + (high - low) * unit
    }

    /// Normal with mean 0 and variance 1.
    pub fn normal(&mut self) -> f64 {
        match self {
            Chance::Own(stream) => stream.normal(),
            Chance::Playground(random) => loop {
                let (u, v) = (2.0 * random.unit() - 1.0, 2.0 * random.unit() - 1.0);
                let square = u * u + v * v;
                if square <= 1.0 {
                    break (-2.0 * square.ln() / square).sqrt() * u;
                }
            },
        }
    }

    /// Puts `items` in a random order. Playground draws for the last place that is left, too.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        match self {
            Chance::Own(stream) => stream.shuffle(items),
            Chance::Playground(random) => {
                for n_left in (1..=items.len()).rev() {
                    items.swap(n_left - 1, (random.unit() * n_left as f64) as usize);
                }
            }
        }
    }
}
