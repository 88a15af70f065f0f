//! What stands in brackets: lists, tuples, dictionaries, arguments.

use super::parser::Parser;
use super::tokens::TokenKind;
use super::{Argument, Expr, ExprKind};
use crate::code::error::Fault;

impl Parser<'_> {
    /// A list, a tuple, or an expression in brackets.
    pub(super) fn bracket(&mut self, open: &str, close: &str) -> Result<Expr, Fault> {
        let (at, begin) = (self.at(), self.place);
        self.advance();
        let (mut items, mut has_comma) = (vec![], false);
        while !self.eat(close) {
            self.eat("*");
            items.push(self.expression()?);
            if self.is_next("for") {
                self.place = begin;
                self.skip_brackets()?;
                return Ok(Expr { at, kind: ExprKind::Unknown });
            }
            if self.eat(",") {
                has_comma = true;
            } else if !self.is_next(close) {
                return Err(self.unclosed(at, open, close));
            }
        }
        match items.pop() {
            Some(alone) if open == "(" && !has_comma && items.is_empty() => Ok(alone),
            last => {
                items.extend(last);
                Ok(Expr { at, kind: ExprKind::List(items) })
            }
        }
    }

    fn unclosed(&self, at: usize, open: &str, close: &str) -> Fault {
        if matches!(self.peek(), None | Some(TokenKind::Newline { .. })) {
            return Fault::new(at, format!("this {open} is never closed: put a {close} where it ends"));
        }
        self.wrong(&format!("a comma or {close}"))
    }

    pub(super) fn dict(&mut self) -> Result<Expr, Fault> {
        let (at, begin) = (self.at(), self.place);
        self.advance();
        let mut pairs = vec![];
        while !self.eat("}") {
            if self.eat("**") {
                self.expression()?;
            } else {
                let key = self.expression()?;
                let is_set = !self.eat(":");
                let value = if is_set { Expr { at, kind: ExprKind::Unknown } } else { self.expression()? };
                pairs.push((key, value));
            }
            if self.is_next("for") {
                self.place = begin;
                self.skip_brackets()?;
                return Ok(Expr { at, kind: ExprKind::Unknown });
            }
            if !self.eat(",") && !self.is_next("}") {
                return Err(self.unclosed(at, "{", "}"));
            }
        }
        Ok(Expr { at, kind: ExprKind::Dict(pairs) })
    }

    /// Arguments up to the closing bracket.
    pub(super) fn arguments(&mut self) -> Result<Vec<Argument>, Fault> {
        let open = self.tokens.get(self.place.wrapping_sub(1)).map_or(self.end, |token| token.at);
        let mut arguments = vec![];
        while !self.eat(")") {
            let at = self.at();
            let is_spread = self.eat("**") || self.eat("*");
            let name = match (self.peek(), self.tokens.get(self.place + 1).map(|token| &token.kind)) {
                (Some(TokenKind::Name(name)), Some(TokenKind::Sign("="))) => {
                    self.advance();
                    self.advance();
                    Some(name.clone())
                }
                _ => None,
            };
            let mut value = self.expression()?;
            if self.is_next("for") {
                while !self.is_next(")") && !matches!(self.peek(), None | Some(TokenKind::Newline { .. })) {
                    if matches!(self.peek(), Some(TokenKind::Sign("(" | "[" | "{"))) {
                        self.skip_brackets()?;
                    } else {
                        self.advance();
                    }
                }
                value.kind = ExprKind::Unknown;
            }
            if is_spread {
                value.kind = ExprKind::Unknown;
            }
            arguments.push(Argument { at, name, value });
            if !self.eat(",") && !self.is_next(")") {
                return Err(self.unclosed(open, "(", ")"));
            }
        }
        Ok(arguments)
    }

    /// Passes an opening bracket over, with all up to the one that closes it.
    pub(super) fn skip_brackets(&mut self) -> Result<(), Fault> {
        let (at, mut depth) = (self.at(), 0);
        while let Some(kind) = self.peek() {
            match kind {
                TokenKind::Sign("(" | "[" | "{") => depth += 1,
                TokenKind::Sign(")" | "]" | "}") => depth -= 1,
                _ => {}
            }
            self.advance();
            if depth == 0 {
                return Ok(());
            }
        }
        Err(Fault::new(at, "this bracket is never closed"))
    }
}
