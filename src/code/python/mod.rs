//! The part of Python that is read: imports (which are passed over), assignments and calls, with numbers, texts, lists,
//! tuples, dictionaries, names and arithmetic.
//!
//! Blocks (`def`, `for`, `if`, …) are passed over, too, unless something in them builds or trains a network. What is of
//! another kind, such as a comprehension, is read past and stays unknown ([`ExprKind::Unknown`]).

mod brackets;
mod expr;
mod parser;
mod statements;
mod tokens;

pub use expr::{Argument, Expr, ExprKind};
pub use statements::statements;
