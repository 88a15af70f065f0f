//! The places of the page, as addresses name them.

use inkling_engine::experiment::DataConfig;

/// A place of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Place {
    /// Networks that read digits.
    #[default]
    Digits,
    /// Networks that tell points of the plane apart.
    Plane,
}

impl Place {
    /// All, in the order of the page's navigation.
    pub const ALL: [Place; 2] = [Place::Digits, Place::Plane];

    /// Its name.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Place::Digits => "Digits",
            Place::Plane => "Plane",
        }
    }

    /// Its part of an address's query; none for the place that opens without one.
    #[must_use]
    pub fn query(self) -> Option<&'static str> {
        match self {
            Place::Digits => None,
            Place::Plane => Some("place=plane"),
        }
    }

    /// The place of experiments on such data.
    #[must_use]
    pub fn of(data: &DataConfig) -> Place {
        match data {
            DataConfig::Mnist(_) => Place::Digits,
            DataConfig::Plane(_) => Place::Plane,
        }
    }

    /// The place that an address is most likely to ask for, before what it holds is read: programs for the other one need
    /// not be fetched.
    #[must_use]
    pub fn guessed(query: &str, fragment: &str) -> Place {
        let fragment = fragment.trim_start_matches('#');
        let is_of_playground = fragment.contains('=') && !fragment.starts_with("v1.");
        if query.contains("place=plane") || is_of_playground { Place::Plane } else { Place::Digits }
    }
}

#[cfg(test)]
mod tests {
    use super::Place;

    #[test]
    fn an_address_tells_its_place() {
        assert_eq!(Place::guessed("", ""), Place::Digits);
        assert_eq!(Place::guessed("?present", "#v1.eyJkYXRhIjp7fQ=="), Place::Digits);
        assert_eq!(Place::guessed("?place=plane", ""), Place::Plane);
        assert_eq!(Place::guessed("", "#activation=tanh&batchSize=10"), Place::Plane);
    }
}
