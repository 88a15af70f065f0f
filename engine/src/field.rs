//! Fields of an experiment: names, words and ranges, from which checks, the page's editors and help are derived.

use crate::experiment::thousands;
use std::fmt;

/// What is to be known of a field besides its value. `R` is its range, `()` for a switch.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FieldSpec<R> {
    /// What words there are for it.
    pub words: FieldWords,
    /// Which values it may have.
    pub range: R,
}

/// What a field is called, and what it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldWords {
    /// The name in JSON: Keras' where Keras has one, `beta_1`.
    pub name: &'static str,
    /// The label of its editor: `beta 1`.
    pub label: &'static str,
    /// The word that [`help`](FieldWords::help) explains; mostly the label.
    pub term: &'static str,
    /// One or two sentences, for somebody who meets it for the first time.
    pub help: &'static str,
    /// What its numbers count, if the label does not say so.
    pub unit: &'static str,
    /// What its two numbers are called, if it is a pair: `kernel height`, `kernel width`.
    pub pair: [&'static str; 2],
    /// Whether it is shown on demand only: one that few people change.
    pub is_detail: bool,
    /// Whether JSON may leave it out.
    pub is_optional: bool,
}

impl FieldWords {
    /// The words of a choice.
    #[must_use]
    pub const fn new(name: &'static str, label: &'static str, term: &'static str, help: &'static str) -> FieldWords {
        FieldWords {
            name,
            label: help_text(label),
            term: help_text(term),
            help: help_text(help),
            unit: "",
            pair: ["", ""],
            is_detail: false,
            is_optional: false,
        }
    }

    /// The field that errors are about, and the number inside of it: `kernel_regularizer` and `l1` of
    /// `kernel_regularizer.l1`.
    #[must_use]
    pub fn field_and_part(&self) -> (&'static str, Option<&'static str>) {
        self.name.split_once('.').map_or((self.name, None), |(field, part)| (field, Some(part)))
    }
}

impl<R: Copy> FieldSpec<R> {
    /// A field whose label is the word that is explained.
    #[must_use]
    pub const fn new(name: &'static str, label: &'static str, help: &'static str, range: R) -> FieldSpec<R> {
        FieldSpec { words: FieldWords::new(name, label, label, help), range }
    }

    /// Explained by another word than its label.
    #[must_use]
    pub const fn term(self, term: &'static str) -> FieldSpec<R> {
        FieldSpec { words: FieldWords { term: help_text(term), ..self.words }, range: self.range }
    }

    /// A pair whose numbers are called so.
    #[must_use]
    pub const fn pair(self, pair: [&'static str; 2]) -> FieldSpec<R> {
        FieldSpec {
            words: FieldWords { pair: [help_text(pair[0]), help_text(pair[1])], ..self.words },
            range: self.range,
        }
    }

    /// Shown on demand only.
    #[must_use]
    pub const fn detail(self) -> FieldSpec<R> {
        FieldSpec { words: FieldWords { is_detail: true, ..self.words }, range: self.range }
    }

    /// One that JSON may leave out; it then has the first of its options, or the default of its range.
    #[must_use]
    pub const fn optional(self) -> FieldSpec<R> {
        FieldSpec { words: FieldWords { is_optional: true, ..self.words }, range: self.range }
    }

    /// With a unit beside its label.
    #[must_use]
    pub const fn unit(self, unit: &'static str) -> FieldSpec<R> {
        FieldSpec { words: FieldWords { unit: help_text(unit), ..self.words }, range: self.range }
    }
}

/// Numbers from `low` to `high`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NumberRange {
    low: f64,
    has_low: bool,
    high: f64,
    has_high: bool,
    default: f64,
}

impl NumberRange {
    /// `[low, high]`; with an infinite `high`, all finite numbers of at least `low`.
    #[must_use]
    pub const fn closed(low: f64, high: f64) -> NumberRange {
        NumberRange { low, has_low: true, high, has_high: true, default: low }
    }

    /// `[low, high)`
    #[must_use]
    pub const fn below(low: f64, high: f64) -> NumberRange {
        NumberRange { low, has_low: true, high, has_high: false, default: low }
    }

    /// `(low, high]`
    #[must_use]
    pub const fn above(low: f64, high: f64) -> NumberRange {
        NumberRange { low, has_low: false, high, has_high: true, default: low }
    }

    /// `(low, high)`
    #[must_use]
    pub const fn open(low: f64, high: f64) -> NumberRange {
        NumberRange { low, has_low: false, high, has_high: false, default: low }
    }

    /// What an optional field has that is left out, if it is not where the range begins.
    #[must_use]
    pub const fn default_is(self, default: f64) -> NumberRange {
        NumberRange { default, ..self }
    }

    /// What an optional field has that is left out.
    #[must_use]
    pub fn default(&self) -> f64 {
        self.default
    }

    /// Where it begins.
    #[must_use]
    pub fn low(&self) -> f64 {
        self.low
    }

    /// Whether a number is in the range, and finite.
    #[must_use]
    pub fn contains(&self, number: f64) -> bool {
        number.is_finite()
            && (number > self.low || (self.has_low && number == self.low))
            && (number < self.high || (self.has_high && number == self.high))
    }
}

/// As the end of "expected …": `a number from 0 to below 1`.
impl fmt::Display for NumberRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.high.is_infinite() {
            return write!(f, "a number of at least {}", short(self.low));
        }
        let (begin, join) = match (self.has_low, self.has_high) {
            (true, true) => ("from", "to"),
            (true, false) => ("from", "to below"),
            (false, true) => ("above", "and up to"),
            (false, false) => ("above", "and below"),
        };
        write!(f, "a number {begin} {} {join} {}", short(self.low), short(self.high))
    }
}

/// Whole numbers from `low` to `high`, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CountRange {
    /// The least.
    pub low: usize,
    /// The greatest.
    pub high: usize,
}

/// As the end of "expected …": `a whole number from 1 to 10,000`.
impl fmt::Display for CountRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a whole number from {} to {}", thousands(self.low), thousands(self.high))
    }
}

impl CountRange {
    /// Whether a count is in the range.
    #[must_use]
    pub fn contains(&self, count: usize) -> bool {
        (self.low..=self.high).contains(&count)
    }
}

/// Whole numbers up to `high`, more than a count's type holds in a browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeedRange {
    /// The greatest.
    pub high: u64,
}

/// As the end of "expected …": `a whole number up to 99`.
impl fmt::Display for SeedRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a whole number up to {}", self.high)
    }
}

/// Which options of a choice may be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChoiceRange {
    /// Names of the options that may not.
    pub excluded: &'static [&'static str],
    /// What would be right instead, as the end of "expected …".
    pub expected: &'static str,
}

impl ChoiceRange {
    /// Every option may be taken.
    pub const ANY: ChoiceRange = ChoiceRange { excluded: &[], expected: "" };
}

/// One of a few named options, such as an activation.
pub trait Choice: fmt::Debug {
    /// The names of the options, as a menu shows them.
    fn options(&self) -> &'static [&'static str];

    /// The names of the options in JSON.
    fn json_names(&self) -> &'static [&'static str] {
        self.options()
    }

    /// Index of the option that is taken.
    fn selected(&self) -> usize;

    /// Takes an option; nothing happens if there is no such index.
    fn select(&mut self, option_idx: usize);
}

/// Makes an enum a [`Choice`] whose options are called by its `as_str`, from its `ALL`; and in JSON by other names, if
/// they are given.
macro_rules! impl_choice {
    ($type:ty $(, $json_names:expr)?) => {
        impl $crate::field::Choice for $type {
            fn options(&self) -> &'static [&'static str] {
                const NAMES: [&str; <$type>::ALL.len()] = {
                    let mut names = [""; <$type>::ALL.len()];
                    let mut idx = 0;
                    while idx < names.len() {
                        names[idx] = <$type>::ALL[idx].as_str();
                        idx += 1;
                    }
                    names
                };
                &NAMES
            }

            $(fn json_names(&self) -> &'static [&'static str] {
                &$json_names
            })?

            fn selected(&self) -> usize {
                *self as usize
            }

            fn select(&mut self, option_idx: usize) {
                if let Some(option) = <$type>::ALL.get(option_idx) {
                    *self = *option;
                }
            }
        }
    };
}
pub(crate) use impl_choice;

/// A field with its value's place.
#[derive(Debug)]
pub enum FieldMut<'a> {
    /// A number.
    Number(&'static FieldSpec<NumberRange>, &'a mut f64),
    /// A count.
    Count(&'static FieldSpec<CountRange>, &'a mut usize),
    /// A seed.
    Seed(&'static FieldSpec<SeedRange>, &'a mut u64),
    /// Two counts, `[down, across]`, each in the range.
    Pair(&'static FieldSpec<CountRange>, &'a mut [usize; 2]),
    /// One of a few options.
    Choice(&'static FieldSpec<ChoiceRange>, &'a mut dyn Choice),
    /// Yes or no.
    Switch(&'static FieldSpec<()>, &'a mut bool),
}

impl<'a> FieldMut<'a> {
    /// What the field is called.
    #[must_use]
    pub fn words(&self) -> FieldWords {
        match self {
            FieldMut::Number(spec, _) => spec.words,
            FieldMut::Count(spec, _) => spec.words,
            FieldMut::Seed(spec, _) => spec.words,
            FieldMut::Pair(spec, _) => spec.words,
            FieldMut::Choice(spec, _) => spec.words,
            FieldMut::Switch(spec, _) => spec.words,
        }
    }

    /// What was expected and what is there, if the value is out of its range.
    #[must_use]
    pub fn fault(&self) -> Option<(String, String)> {
        match self {
            FieldMut::Number(spec, value) => {
                (!spec.range.contains(**value)).then(|| (spec.range.to_string(), value.to_string()))
            }
            FieldMut::Count(spec, value) => {
                (!spec.range.contains(**value)).then(|| (spec.range.to_string(), thousands(**value)))
            }
            FieldMut::Seed(spec, value) => {
                (**value > spec.range.high).then(|| (spec.range.to_string(), value.to_string()))
            }
            FieldMut::Pair(spec, [down, across]) => {
                let CountRange { low, high } = spec.range;
                let is_right = spec.range.contains(*down) && spec.range.contains(*across);
                let expected = || format!("whole numbers from {} to {}", thousands(low), thousands(high));
                (!is_right).then(|| (expected(), format!("{}×{}", thousands(*down), thousands(*across))))
            }
            FieldMut::Choice(spec, choice) => {
                let name = choice.options()[choice.selected()];
                spec.range.excluded.contains(&name).then(|| (spec.range.expected.to_owned(), name.to_owned()))
            }
            FieldMut::Switch(..) => None,
        }
    }

    /// The number's place, if it is a number.
    #[must_use]
    pub fn number(self) -> Option<&'a mut f64> {
        if let FieldMut::Number(_, value) = self { Some(value) } else { None }
    }

    /// The count's place, if it is a count.
    #[must_use]
    pub fn count(self) -> Option<&'a mut usize> {
        if let FieldMut::Count(_, value) = self { Some(value) } else { None }
    }

    /// The seed's place, if it is a seed.
    #[must_use]
    pub fn seed(self) -> Option<&'a mut u64> {
        if let FieldMut::Seed(_, value) = self { Some(value) } else { None }
    }

    /// The place of two counts, if it is a pair.
    #[must_use]
    pub fn pair(self) -> Option<&'a mut [usize; 2]> {
        if let FieldMut::Pair(_, value) = self { Some(value) } else { None }
    }

    /// The choice, if it is one.
    #[must_use]
    pub fn choice(self) -> Option<&'a mut dyn Choice> {
        if let FieldMut::Choice(_, choice) = self { Some(choice) } else { None }
    }

    /// The switch' place, if it is a switch.
    #[must_use]
    pub fn switch(self) -> Option<&'a mut bool> {
        if let FieldMut::Switch(_, value) = self { Some(value) } else { None }
    }
}

/// One of several kinds, each with fields of its own, such as the optimizers.
pub trait Variants: Sized + Send + 'static {
    /// What the choice itself is called.
    const WORDS: FieldWords;

    /// Each kind with its defaults, in the order of a menu.
    fn all() -> Vec<Self>;

    /// What the kind is called in a menu.
    fn title(&self) -> &'static str;

    /// What the kind is, in a sentence or two; empty where the title says it.
    fn help(&self) -> &'static str {
        ""
    }

    /// The fields of the kind, in the order of their editors.
    fn fields(&mut self) -> Vec<FieldMut<'_>>;

    /// What becomes of `self` when somebody chooses the kind of `chosen`, which has its defaults.
    #[must_use]
    fn switched(&self, chosen: Self) -> Self {
        chosen
    }

    /// Changes to the kind at that place in [`all`](Variants::all), if there is one.
    fn choose(&mut self, kind_idx: usize) {
        if let Some(chosen) = Self::all().into_iter().nth(kind_idx) {
            *self = self.switched(chosen);
        }
    }

    /// Place of the kind in [`all`](Variants::all).
    #[must_use]
    fn kind_idx(&self) -> usize {
        let kind = std::mem::discriminant(self);
        Self::all().iter().position(|other| std::mem::discriminant(other) == kind).unwrap_or_default()
    }
}

/// A word or an explanation for the page; empty in programs without the feature `help`, such as the workers, which are
/// smaller by all of these texts.
#[must_use]
pub const fn help_text(text: &'static str) -> &'static str {
    if cfg!(feature = "help") { text } else { "" }
}

/// `0.5`, `1e-30` or `1,000,000`.
fn short(number: f64) -> String {
    if number >= 1e3 && number.fract() == 0.0 {
        thousands(number as usize)
    } else if number != 0.0 && number.abs() < 1e-6 {
        format!("{number:e}")
    } else {
        number.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(range: NumberRange, words: &str, inside: &[f64], outside: &[f64]) {
        assert_eq!(range.to_string(), words);
        assert!(inside.iter().all(|&number| range.contains(number)), "{words}: {inside:?}");
        assert!(outside.iter().all(|&number| !range.contains(number)), "{words}: {outside:?}");
        assert!(!range.contains(f64::NAN) && !range.contains(f64::INFINITY), "{words}");
    }

    #[test]
    fn ranges_say_what_they_contain() {
        check(NumberRange::closed(1e-30, 1.0), "a number from 1e-30 to 1", &[1e-30, 1.0], &[0.0, 1.1]);
        check(NumberRange::closed(0.0, 1e6), "a number from 0 to 1,000,000", &[0.0, 1e6], &[-1e-9, 1.1e6]);
        check(NumberRange::below(0.0, 1.0), "a number from 0 to below 1", &[0.0, 0.999], &[1.0, -0.1]);
        check(NumberRange::above(0.0, 100.0), "a number above 0 and up to 100", &[1e-9, 100.0], &[0.0, 100.1]);
        check(NumberRange::open(0.0, 1.0), "a number above 0 and below 1", &[0.5], &[0.0, 1.0]);
        check(NumberRange::closed(0.0, f64::INFINITY), "a number of at least 0", &[0.0, 1e300], &[-1.0]);
    }

    #[test]
    fn a_pair_is_named_whole() {
        const SPEC: FieldSpec<CountRange> =
            FieldSpec::new("pool_size", "pool size", "How large.", CountRange { low: 1, high: 28 });
        let fault = |mut pair: [usize; 2]| FieldMut::Pair(&SPEC, &mut pair).fault();
        assert_eq!(fault([1, 28]), None);
        for pair in [[0, 29], [5, 29], [0, 5]] {
            let got = format!("{}×{}", pair[0], pair[1]);
            assert_eq!(fault(pair), Some(("whole numbers from 1 to 28".to_owned(), got)));
        }
    }

    #[test]
    fn a_count_out_of_range_is_named() {
        const SPEC: FieldSpec<CountRange> =
            FieldSpec::new("epochs", "Epochs", "How often.", CountRange { low: 1, high: 1_000 });
        let fault = |mut count: usize| FieldMut::Count(&SPEC, &mut count).fault();
        assert_eq!(fault(1_000), None);
        assert_eq!(fault(1_001), Some(("a whole number from 1 to 1,000".to_owned(), "1,001".to_owned())));
    }
}
