//! Expressions of Python, with their places.

use std::collections::HashMap;

/// An expression and the byte of the code where it begins.
#[derive(Debug, Clone, PartialEq)]
pub struct Expr {
    pub at: usize,
    pub kind: ExprKind,
}

/// Kinds of expressions.
#[derive(Debug, Clone, PartialEq)]
pub enum ExprKind {
    None,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(String),
    /// A name, with what follows it after points: `keras.layers.Dense`.
    Name(String),
    /// What follows a point after something else than a name: `MLPClassifier().fit`.
    Attribute(Box<Expr>, String),
    Call(Box<Expr>, Vec<Argument>),
    /// A list or a tuple.
    List(Vec<Expr>),
    Dict(Vec<(Expr, Expr)>),
    /// `a + b`, `a - b`, `a * b`, `a / b`, `a // b`, `a ** b`
    Binary(&'static str, Box<Expr>, Box<Expr>),
    /// Something that is read past.
    Unknown,
}

/// An argument of a call.
#[derive(Debug, Clone, PartialEq)]
pub struct Argument {
    /// Where it begins: at its name, if it has one.
    pub at: usize,
    pub name: Option<String>,
    pub value: Expr,
}

impl Expr {
    /// With names replaced by what they were bound to, and sums of numbers computed. What a name stands for is where the
    /// name is.
    pub fn resolved(&self, names: &HashMap<String, Expr>) -> Expr {
        let kind = match &self.kind {
            ExprKind::Name(name) => names.get(name).map_or_else(|| self.kind.clone(), |bound| bound.kind.clone()),
            ExprKind::Attribute(base, name) => ExprKind::Attribute(Box::new(base.resolved(names)), name.clone()),
            ExprKind::Call(callee, arguments) => {
                let arguments = arguments
                    .iter()
                    .map(|argument| Argument { value: argument.value.resolved(names), ..argument.clone() });
                // `model.add` stays a name.
                let callee = match &callee.kind {
                    ExprKind::Name(_) => callee.clone(),
                    _ => Box::new(callee.resolved(names)),
                };
                ExprKind::Call(callee, arguments.collect())
            }
            ExprKind::List(items) => ExprKind::List(items.iter().map(|item| item.resolved(names)).collect()),
            ExprKind::Dict(pairs) => {
                ExprKind::Dict(pairs.iter().map(|(key, value)| (key.resolved(names), value.resolved(names))).collect())
            }
            ExprKind::Binary(operator, left, right) => {
                computed(operator, &left.resolved(names), &right.resolved(names))
            }
            kind => kind.clone(),
        };
        Expr { at: self.at, kind }
    }

    /// The last part of the name that is called, and the arguments: `Dense` of `keras.layers.Dense(16)`.
    pub fn as_call(&self) -> Option<(&str, &[Argument])> {
        let ExprKind::Call(callee, arguments) = &self.kind else { return None };
        Some((callee.last_name()?, arguments))
    }

    /// `Dense` of `keras.layers.Dense`.
    pub fn last_name(&self) -> Option<&str> {
        match &self.kind {
            ExprKind::Name(name) => name.rsplit('.').next(),
            ExprKind::Attribute(_, name) => Some(name),
            _ => None,
        }
    }

    /// How many expressions it is made of.
    pub fn size(&self) -> usize {
        1 + match &self.kind {
            ExprKind::Attribute(base, _) => base.size(),
            ExprKind::Call(callee, arguments) => {
                callee.size() + arguments.iter().map(|argument| argument.value.size()).sum::<usize>()
            }
            ExprKind::List(items) => items.iter().map(Expr::size).sum(),
            ExprKind::Dict(pairs) => pairs.iter().map(|(key, value)| key.size() + value.size()).sum(),
            ExprKind::Binary(_, left, right) => left.size() + right.size(),
            _ => 0,
        }
    }

    /// The number, whole or not.
    pub fn number(&self) -> Option<f64> {
        match self.kind {
            ExprKind::Int(number) => Some(number as f64),
            ExprKind::Float(number) => Some(number),
            _ => None,
        }
    }

    /// What it is, as the end of “got …”.
    pub fn got(&self) -> String {
        match &self.kind {
            ExprKind::None => "None".to_owned(),
            ExprKind::Bool(true) => "True".to_owned(),
            ExprKind::Bool(false) => "False".to_owned(),
            ExprKind::Int(number) => number.to_string(),
            ExprKind::Float(number) => format!("{number:?}"),
            ExprKind::Text(text) => format!("\"{text}\""),
            ExprKind::Name(name) => name.clone(),
            ExprKind::Attribute(_, name) => format!("….{name}"),
            ExprKind::Call(callee, _) => format!("{}(…)", callee.got()),
            ExprKind::List(items) => format!("({})", items.iter().map(Expr::got).collect::<Vec<_>>().join(", ")),
            ExprKind::Dict(_) => "a dictionary".to_owned(),
            ExprKind::Binary(..) | ExprKind::Unknown => "an expression that is not read here".to_owned(),
        }
    }
}

/// The number of a sum, product, …; unknown if it is not of numbers.
fn computed(operator: &'static str, left: &Expr, right: &Expr) -> ExprKind {
    if let (ExprKind::Int(left), ExprKind::Int(right)) = (&left.kind, &right.kind) {
        let whole = match operator {
            "+" => left.checked_add(*right),
            "-" => left.checked_sub(*right),
            "*" => left.checked_mul(*right),
            "//" => left.checked_div_euclid(*right).filter(|_| *right > 0),
            "**" => u32::try_from(*right).ok().and_then(|power| left.checked_pow(power)),
            _ => None,
        };
        if let Some(whole) = whole {
            return ExprKind::Int(whole);
        }
    }
    let (Some(left), Some(right)) = (left.number(), right.number()) else { return ExprKind::Unknown };
    match operator {
        "+" => ExprKind::Float(left + right),
        "-" => ExprKind::Float(left - right),
        "*" => ExprKind::Float(left * right),
        "/" if right != 0.0 => ExprKind::Float(left / right),
        "**" => ExprKind::Float(left.powf(right)),
        _ => ExprKind::Unknown,
    }
}
