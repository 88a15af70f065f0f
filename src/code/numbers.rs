//! Numbers as Python writes them.

/// A number that Python reads as the same `float`: `0.001`, `1e-7`, `200.0`.
pub fn float(number: f64) -> String {
    format!("{number:?}")
}

/// `True` or `False`.
pub fn boolean(value: bool) -> &'static str {
    if value { "True" } else { "False" }
}

/// The largest seed that Keras and scikit-learn take.
const MAX_SEED: u64 = u32::MAX as u64;

/// The seed as Keras and scikit-learn take it.
pub fn python_seed(seed: u64) -> u64 {
    seed % (MAX_SEED + 1)
}

/// What to say of a seed that is too large for Python.
pub fn seed_remark(seed: u64) -> Option<String> {
    (seed > MAX_SEED).then(|| format!("# Python's seeds end at {MAX_SEED}: this is {seed} modulo 2**32."))
}
