//! Tokens as expressions.

use super::tokens::{Token, TokenKind};
use super::{Expr, ExprKind};
use crate::code::error::Fault;

/// Brackets and operators inside of each other: deeper ones would overflow the stack.
const MAX_DEPTH: usize = 50;

/// Signs between two values, of any rank.
const LOGIC: [&str; 17] =
    ["==", "!=", "<", ">", "<=", ">=", "%", "@", "&", "|", "^", "<<", ">>", "and", "or", "in", "is"];

/// Reads tokens one after the other.
pub struct Parser<'t> {
    pub(super) tokens: &'t [Token],
    pub(super) place: usize,
    depth: usize,
    pub(super) end: usize,
}

impl<'t> Parser<'t> {
    /// At the first of these tokens; `end` is the code's length.
    pub fn new(tokens: &'t [Token], end: usize) -> Parser<'t> {
        Parser { tokens, place: 0, depth: 0, end }
    }

    /// The next token, if there is one.
    pub fn peek(&self) -> Option<&'t TokenKind> {
        self.tokens.get(self.place).map(|token| &token.kind)
    }

    /// The next token's byte.
    pub fn at(&self) -> usize {
        self.tokens.get(self.place).map_or(self.end, |token| token.at)
    }

    /// Passes the next token over.
    pub fn advance(&mut self) {
        self.place += 1;
    }

    pub(super) fn is_next(&self, sign: &str) -> bool {
        match self.peek() {
            Some(TokenKind::Sign(next)) => *next == sign,
            Some(TokenKind::Name(next)) => next == sign,
            _ => false,
        }
    }

    /// Passes that sign or word over, if it is next.
    pub fn eat(&mut self, sign: &str) -> bool {
        let is_next = self.is_next(sign);
        if is_next {
            self.advance();
        }
        is_next
    }

    /// What is next, as the end of “got …”.
    pub fn next_words(&self) -> String {
        match self.peek() {
            Some(TokenKind::Name(name)) => name.clone(),
            Some(TokenKind::Int(number)) => number.to_string(),
            Some(TokenKind::Float(number)) => format!("{number:?}"),
            Some(TokenKind::Text(text)) => format!("\"{text}\""),
            Some(TokenKind::Sign(sign)) => (*sign).to_owned(),
            Some(TokenKind::Newline { .. }) => "the end of the line".to_owned(),
            None => "the end of the code".to_owned(),
        }
    }

    pub(super) fn wrong(&self, expected: &str) -> Fault {
        Fault::new(self.at(), format!("expected {expected}, got {}", self.next_words()))
    }

    /// An expression, or several with commas between, which are a tuple.
    pub fn tuple(&mut self) -> Result<Expr, Fault> {
        let first = self.expression()?;
        if !self.is_next(",") {
            return Ok(first);
        }
        let (at, mut items) = (first.at, vec![first]);
        while self.eat(",") {
            if matches!(self.peek(), None | Some(TokenKind::Newline { .. } | TokenKind::Sign("=" | ")" | ";"))) {
                break;
            }
            items.push(self.expression()?);
        }
        Ok(Expr { at, kind: ExprKind::List(items) })
    }

    /// One expression.
    pub fn expression(&mut self) -> Result<Expr, Fault> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(Fault::new(self.at(), format!("expected at most {MAX_DEPTH} brackets inside of each other")));
        }
        let read = self.any_expression();
        self.depth -= 1;
        read
    }

    fn any_expression(&mut self) -> Result<Expr, Fault> {
        let at = self.at();
        if self.eat("lambda") {
            while !self.is_next(":") && self.peek().is_some() {
                self.advance();
            }
            self.eat(":");
            self.expression()?;
            return Ok(Expr { at, kind: ExprKind::Unknown });
        }
        let mut value = self.sum()?;
        while self.is_logic() {
            while self.is_logic() || self.is_next("not") {
                self.advance();
            }
            self.sum()?;
            value = Expr { at, kind: ExprKind::Unknown };
        }
        if self.eat("if") {
            self.expression()?;
            if !self.eat("else") {
                return Err(self.wrong("else"));
            }
            self.expression()?;
            value = Expr { at, kind: ExprKind::Unknown };
        }
        Ok(value)
    }

    fn is_logic(&self) -> bool {
        LOGIC.iter().any(|sign| self.is_next(sign)) || self.is_next("not")
    }

    fn sum(&mut self) -> Result<Expr, Fault> {
        let mut left = self.product()?;
        for _ in 0..MAX_DEPTH {
            let Some(operator) = self.eat_one_of(&["+", "-"]) else { return Ok(left) };
            left = binary(operator, left, self.product()?);
        }
        Err(self.wrong("a shorter expression"))
    }

    fn product(&mut self) -> Result<Expr, Fault> {
        let mut left = self.signed()?;
        for _ in 0..MAX_DEPTH {
            let Some(operator) = self.eat_one_of(&["*", "//", "/"]) else { return Ok(left) };
            left = binary(operator, left, self.signed()?);
        }
        Err(self.wrong("a shorter expression"))
    }

    fn eat_one_of(&mut self, signs: &[&'static str]) -> Option<&'static str> {
        signs.iter().copied().find(|sign| self.eat(sign))
    }

    /// A value with its sign in front.
    fn signed(&mut self) -> Result<Expr, Fault> {
        let at = self.at();
        let mut is_negative = false;
        let mut is_unknown = false;
        while let Some(sign) = self.eat_one_of(&["-", "+", "~", "not"]) {
            is_negative ^= sign == "-";
            is_unknown |= sign == "~" || sign == "not";
        }
        let value = self.power()?;
        let kind = match value.kind {
            _ if is_unknown => ExprKind::Unknown,
            ExprKind::Int(number) if is_negative => ExprKind::Int(-number),
            ExprKind::Float(number) if is_negative => ExprKind::Float(-number),
            other if is_negative => {
                let zero = Expr { at, kind: ExprKind::Int(0) };
                ExprKind::Binary("-", Box::new(zero), Box::new(Expr { at: value.at, kind: other }))
            }
            other => other,
        };
        Ok(Expr { at, kind })
    }

    fn power(&mut self) -> Result<Expr, Fault> {
        let base = self.postfix()?;
        if !self.eat("**") {
            return Ok(base);
        }
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self.wrong("a shorter expression"));
        }
        let exponent = self.signed()?;
        self.depth -= 1;
        Ok(binary("**", base, exponent))
    }

    /// A value with points, calls and brackets after it.
    fn postfix(&mut self) -> Result<Expr, Fault> {
        let mut value = self.atom()?;
        // Each makes the value one level deeper.
        for _ in 0..MAX_DEPTH {
            let at = value.at;
            let kind = if self.eat(".") {
                let Some(TokenKind::Name(name)) = self.peek() else { return Err(self.wrong("a name")) };
                self.advance();
                match value.kind {
                    ExprKind::Name(before) => ExprKind::Name(format!("{before}.{name}")),
                    other => ExprKind::Attribute(Box::new(Expr { at, kind: other }), name.clone()),
                }
            } else if self.eat("(") {
                ExprKind::Call(Box::new(value), self.arguments()?)
            } else if self.is_next("[") {
                self.skip_brackets()?;
                ExprKind::Unknown
            } else {
                return Ok(value);
            };
            value = Expr { at, kind };
        }
        Err(self.wrong("a shorter expression"))
    }

    fn atom(&mut self) -> Result<Expr, Fault> {
        let at = self.at();
        let kind = match self.peek() {
            Some(TokenKind::Name(name)) => match name.as_str() {
                "None" => ExprKind::None,
                "True" => ExprKind::Bool(true),
                "False" => ExprKind::Bool(false),
                name => ExprKind::Name(name.to_owned()),
            },
            Some(TokenKind::Int(number)) => ExprKind::Int(*number),
            Some(TokenKind::Float(number)) => ExprKind::Float(*number),
            Some(TokenKind::Sign("...")) => ExprKind::Unknown,
            Some(TokenKind::Text(_)) => return Ok(self.text()),
            Some(TokenKind::Sign("(")) => return self.bracket("(", ")"),
            Some(TokenKind::Sign("[")) => return self.bracket("[", "]"),
            Some(TokenKind::Sign("{")) => return self.dict(),
            _ => return Err(self.wrong("a value")),
        };
        self.advance();
        Ok(Expr { at, kind })
    }

    /// Texts that follow each other are one.
    fn text(&mut self) -> Expr {
        let (at, mut text) = (self.at(), String::new());
        while let Some(TokenKind::Text(part)) = self.peek() {
            text += part;
            self.advance();
        }
        Expr { at, kind: ExprKind::Text(text) }
    }
}

fn binary(operator: &'static str, left: Expr, right: Expr) -> Expr {
    Expr { at: left.at, kind: ExprKind::Binary(operator, Box::new(left), Box::new(right)) }
}
