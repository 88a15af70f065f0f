//! Code as statements.

use super::parser::Parser;
use super::tokens::{Token, TokenKind, tokens};
use super::{Expr, ExprKind};
use crate::code::error::Fault;

/// A statement that can matter.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// The names that it binds, if it is an assignment to names: one, or several for parts of a tuple.
    pub names: Vec<String>,
    /// Its value.
    pub value: Expr,
}

/// Words that begin a block.
const BLOCKS: [&str; 12] =
    ["def", "class", "for", "while", "if", "elif", "else", "with", "try", "except", "finally", "async"];
/// Words that begin a line that does not matter here.
const PASSED_OVER: [&str; 9] = ["import", "from", "pass", "del", "assert", "global", "return", "raise", "break"];
/// What builds or trains a network; in a block it would be lost.
const NETWORK_WORDS: [&str; 6] = ["Sequential", "MLPClassifier", "add", "compile", "fit", "Dense"];

/// All statements of the code that can matter, in order.
///
/// # Errors
/// Where the code is not Python, or has a network inside of a block.
pub fn statements(code: &str) -> Result<Vec<Statement>, Fault> {
    let tokens = tokens(code)?;
    let (mut statements, mut block_indent, mut base) = (vec![], None::<usize>, None::<usize>);
    for line in lines(&tokens) {
        let base = *base.get_or_insert(line.indent);
        if let Some(indent) = block_indent {
            if line.indent > indent {
                check_block(line.tokens)?;
                continue;
            }
            block_indent = None;
        }
        let Some(first) = line.tokens.first() else { continue };
        if line.indent != base {
            return Err(Fault::new(first.at, "this line is indented otherwise than the lines before it"));
        }
        match &first.kind {
            TokenKind::Name(word) if BLOCKS.contains(&word.as_str()) => {
                check_block(&line.tokens[1..])?;
                block_indent = Some(line.indent);
            }
            TokenKind::Name(word) if PASSED_OVER.contains(&word.as_str()) => {}
            TokenKind::Sign("@") => {}
            _ => read_line(line.tokens, code.len(), &mut statements)?,
        }
    }
    Ok(statements)
}

struct LogicalLine<'t> {
    indent: usize,
    tokens: &'t [Token],
}

fn lines(tokens: &[Token]) -> Vec<LogicalLine<'_>> {
    let (mut lines, mut indent) = (vec![], 0);
    for part in tokens.split_inclusive(|token| matches!(token.kind, TokenKind::Newline { .. })) {
        match part.split_last() {
            Some((Token { kind: TokenKind::Newline { indent: next }, .. }, tokens)) => {
                if !tokens.is_empty() {
                    lines.push(LogicalLine { indent, tokens });
                }
                indent = *next;
            }
            // A bracket that stays open takes the last end of a line with it.
            _ => lines.push(LogicalLine { indent, tokens: part }),
        }
    }
    lines
}

fn check_block(tokens: &[Token]) -> Result<(), Fault> {
    for (token, next) in tokens.iter().zip(tokens.iter().skip(1)) {
        if let TokenKind::Name(name) = &token.kind
            && NETWORK_WORDS.contains(&name.as_str())
            && next.kind == TokenKind::Sign("(")
        {
            let message = format!("{name} is not read inside of def, for, if, with: write it out, without a block");
            return Err(Fault::new(token.at, message));
        }
    }
    Ok(())
}

fn read_line(tokens: &[Token], end: usize, statements: &mut Vec<Statement>) -> Result<(), Fault> {
    let mut parser = Parser::new(tokens, tokens.last().map_or(end, |token| token.at + 1).min(end));
    while parser.peek().is_some() {
        let mut names = vec![];
        let mut value = parser.tuple()?;
        if parser.eat(":") {
            // The type of a variable.
            parser.expression()?;
        }
        let mut is_changed = false;
        loop {
            if parser.eat("=") {
                names.extend(names_of(&value));
            } else if ["+=", "-=", "*=", "/="].iter().any(|sign| parser.eat(sign)) {
                names.extend(names_of(&value));
                is_changed = true;
            } else {
                break;
            }
            value = parser.tuple()?;
        }
        if is_changed {
            value.kind = ExprKind::Unknown;
        }
        statements.push(Statement { names, value });
        if !parser.eat(";") && parser.peek().is_some() {
            let message = format!("expected the end of the line, got {}", parser.next_words());
            return Err(Fault::new(parser.at(), message));
        }
    }
    Ok(())
}

fn names_of(target: &Expr) -> Vec<String> {
    match &target.kind {
        ExprKind::Name(name) => vec![name.clone()],
        ExprKind::List(items) => items.iter().flat_map(names_of).collect(),
        _ => vec![],
    }
}
