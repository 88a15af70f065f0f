//! Classes as signs and keys.

/// What a class is called.
pub fn class_name(class: usize, n_outputs: usize) -> String {
    match (n_outputs, class) {
        (1, 0) => "−".to_owned(),
        (1, _) => "+".to_owned(),
        _ => class.to_string(),
    }
}

/// The class that a key means.
pub fn class_of_key(key: &str, n_outputs: usize) -> Option<usize> {
    match key {
        "-" | "−" if n_outputs == 1 => Some(0),
        "+" | "=" if n_outputs == 1 => Some(1),
        _ => key.parse().ok().filter(|class| *class < n_outputs.max(2)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_mean_classes() {
        assert_eq!(
            ["-", "+", "0", "1", "2", "x"].map(|key| class_of_key(key, 1)),
            [Some(0), Some(1), Some(0), Some(1), None, None]
        );
        assert_eq!(["2", "3", "-"].map(|key| class_of_key(key, 3)), [Some(2), None, None]);
    }
}
