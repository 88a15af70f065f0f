//! What the temperature means, in a sentence.

/// What a temperature says of a network.
#[must_use]
pub fn verdict(temperature: f64) -> &'static str {
    match temperature {
        it if it > 1.1 => "The network is surer than it may be: its outputs have to be divided by more than 1.",
        it if it < 0.9 => "The network is less sure than it may be: its outputs have to be divided by less than 1.",
        _ => "The network is about as sure as it may be.",
    }
}

#[cfg(test)]
mod tests {
    use super::verdict;

    #[test]
    fn the_side_of_one_decides() {
        assert!(verdict(1.6).contains("surer"));
        assert!(verdict(0.5).contains("less sure"));
        assert!(verdict(1.02).contains("about as sure"));
    }
}
