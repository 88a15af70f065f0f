//! Formulas against trees that are worked out by themselves.

use super::*;
use proptest::prelude::*;

/// An expression as a tree: written with all its brackets, and worked out by itself.
#[derive(Debug, Clone)]
enum Tree {
    Number(f64),
    X,
    Y,
    Minus(Box<Tree>),
    Two(char, Box<Tree>, Box<Tree>),
    Call(&'static str, Box<Tree>),
    Least(Box<Tree>, Box<Tree>),
}

impl Tree {
    fn written(&self) -> String {
        match self {
            Tree::Number(number) => number.to_string(),
            Tree::X => "x".to_owned(),
            Tree::Y => "y".to_owned(),
            Tree::Minus(a) => format!("(-{})", a.written()),
            Tree::Two(sign, a, b) => format!("({}{sign}{})", a.written(), b.written()),
            Tree::Call(name, a) => format!("{name}({})", a.written()),
            Tree::Least(a, b) => format!("min({}, {})", a.written(), b.written()),
        }
    }

    fn value(&self, x: f64, y: f64) -> f64 {
        let at = |tree: &Tree| tree.value(x, y);
        match self {
            Tree::Number(number) => *number,
            Tree::X => x,
            Tree::Y => y,
            Tree::Minus(a) => -at(a),
            Tree::Two('+', a, b) => at(a) + at(b),
            Tree::Two('-', a, b) => at(a) - at(b),
            Tree::Two('*', a, b) => at(a) * at(b),
            Tree::Two('/', a, b) => at(a) / at(b),
            Tree::Two(_, a, b) => at(a).powf(at(b)),
            Tree::Call("sin", a) => at(a).sin(),
            Tree::Call("abs", a) => at(a).abs(),
            Tree::Call(_, a) => at(a).sqrt(),
            Tree::Least(a, b) => {
                let (a, b) = (at(a), at(b));
                if a.is_nan() || b.is_nan() { f64::NAN } else { a.min(b) }
            }
        }
    }
}

fn tree() -> impl Strategy<Value = Tree> {
    let leaf = prop_oneof![(0..9_000_000).prop_map(|n| Tree::Number(f64::from(n) / 1e6)), Just(Tree::X), Just(Tree::Y)];
    leaf.prop_recursive(4, 12, 2, |inner| {
        let two = (inner.clone(), inner.clone());
        prop_oneof![
            inner.clone().prop_map(|a| Tree::Minus(a.into())),
            (prop::sample::select(vec!['+', '-', '*', '/', '^']), two.clone()).prop_map(|(sign, (a, b))| Tree::Two(
                sign,
                a.into(),
                b.into()
            )),
            (prop::sample::select(vec!["sin", "abs", "sqrt"]), inner).prop_map(|(name, a)| Tree::Call(name, a.into())),
            two.prop_map(|(a, b)| Tree::Least(a.into(), b.into())),
        ]
    })
}

proptest! {
    #[test]
    fn value_is_that_of_the_tree(tree in tree(), x in -6.0..6.0, y in -6.0..6.0) {
        let written = tree.written();
        prop_assume!(written.chars().count() <= Formula::MAX_LEN);
        let steps = Formula::parse(&written).map(|formula| formula.right);
        let found = steps.map(|steps| value(&steps, x, y).to_bits());
        let expected = tree.value(x, y);
        // All that is no number is one and the same.
        let is_same = |found: u64| found == expected.to_bits() || f64::from_bits(found).is_nan() && expected.is_nan();
        prop_assert!(found.clone().is_ok_and(is_same), "{written}: {found:?}, {expected}");
    }

    #[test]
    fn any_text_is_a_formula_or_names_a_column_of_it(text in "[-+*/^()<>=xye0-9., a-z²☃]{0,30}") {
        if let Err(error) = Formula::parse(&text) {
            prop_assert!((1..=text.chars().count() + 1).contains(&error.column), "{text}: {error}");
        }
    }
}
