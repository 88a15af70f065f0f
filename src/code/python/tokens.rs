//! Code as tokens: names, numbers, texts, signs and the ends of lines.

use crate::code::error::Fault;
use winnow::ascii::digit1;
use winnow::combinator::{alt, opt, repeat};
use winnow::prelude::*;
use winnow::stream::{LocatingSlice, Location};
use winnow::token::{any, one_of, take_till, take_while};

type Input<'s> = LocatingSlice<&'s str>;

/// A token and the byte of the code where it begins.
#[derive(Debug, Clone, PartialEq)]
pub struct Token {
    pub at: usize,
    pub kind: TokenKind,
}

/// Kinds of tokens.
#[derive(Debug, Clone, PartialEq)]
pub enum TokenKind {
    Name(String),
    Int(i64),
    Float(f64),
    Text(String),
    Sign(&'static str),
    /// The end of a line outside of brackets, with the indentation of the next line.
    Newline {
        indent: usize,
    },
}

/// Longer signs before their beginnings.
const SIGNS: [&str; 43] = [
    "**=", "//=", ">>=", "<<=", "...", "**", "//", "->", ":=", "==", "!=", "<=", ">=", "+=", "-=", "*=", "/=", "%=",
    "@=", "&=", "|=", "^=", "<<", ">>", "(", ")", "[", "]", "{", "}", ",", ":", ".", "=", "+", "-", "*", "/", "%", "@",
    "<", ">", ";",
];
const FURTHER_SIGNS: [&str; 4] = ["&", "|", "^", "~"];

/// All tokens of the code. The first is a [`TokenKind::Newline`] with the first line's indentation.
///
/// # Errors
/// At a sign that Python does not have, or a text without an end.
pub fn tokens(code: &str) -> Result<Vec<Token>, Fault> {
    let mut input = LocatingSlice::new(code);
    let (mut tokens, mut depth) = (vec![], 0_usize);
    tokens.push(Token { at: 0, kind: TokenKind::Newline { indent: indentation(&mut input) } });
    let mut is_at_begin = true;
    loop {
        if is_at_begin && depth == 0 {
            // It can match nothing, and cannot fail.
            let _: winnow::Result<Option<()>> = opt(shell_line).parse_next(&mut input);
        }
        is_at_begin = false;
        // None of these can fail: they may all match nothing.
        let _: winnow::Result<&str> = blanks.parse_next(&mut input);
        let at = input.current_token_start();
        if opt(line_end).parse_next(&mut input).ok().flatten().is_some() {
            let indent = indentation(&mut input);
            is_at_begin = true;
            if depth == 0 {
                push_newline(&mut tokens, at, indent);
            }
            continue;
        }
        if input.is_empty() {
            push_newline(&mut tokens, at, 0);
            return Ok(tokens);
        }
        let kind = token(&mut input).map_err(|_| unreadable(at, &input))?;
        match kind {
            TokenKind::Sign("(" | "[" | "{") => depth += 1,
            TokenKind::Sign(")" | "]" | "}") => depth = depth.saturating_sub(1),
            _ => {}
        }
        tokens.push(Token { at, kind });
    }
}

/// Empty lines leave one end of a line, with the indentation of what follows.
fn push_newline(tokens: &mut Vec<Token>, at: usize, indent: usize) {
    match tokens.last_mut() {
        Some(Token { kind: TokenKind::Newline { indent: last }, .. }) => *last = indent,
        _ => tokens.push(Token { at, kind: TokenKind::Newline { indent } }),
    }
}

fn unreadable(at: usize, rest: &Input<'_>) -> Fault {
    match rest.chars().next() {
        Some(quote @ ('"' | '\'')) => Fault::new(at, format!("this text has no end: close it with {quote}")),
        Some(sign) => Fault::new(at, format!("the sign {sign} is not read here")),
        None => Fault::new(at, "the code ends too soon"),
    }
}

fn indentation(input: &mut Input<'_>) -> usize {
    let spaces: winnow::Result<&str> = take_while(0.., [' ', '\t']).parse_next(input);
    spaces.map_or(0, |spaces| spaces.chars().map(|space| if space == '\t' { 8 } else { 1 }).sum())
}

/// Spaces, comments, and lines that a backslash joins.
fn blanks<'s>(input: &mut Input<'s>) -> winnow::Result<&'s str> {
    let space = take_while(1.., |sign: char| sign.is_whitespace() && sign != '\n').void();
    let comment = ('#', take_till(0.., '\n')).void();
    let joined = ('\\', opt('\r'), '\n').void();
    repeat::<_, _, (), _, _>(0.., alt((space, comment, joined))).take().parse_next(input)
}

/// A notebook's line for the shell, such as `!pip` and `%matplotlib`.
fn shell_line(input: &mut Input<'_>) -> winnow::Result<()> {
    (one_of(['!', '%', '?']), take_till(0.., '\n')).void().parse_next(input)
}

fn line_end(input: &mut Input<'_>) -> winnow::Result<()> {
    '\n'.void().parse_next(input)
}

fn token(input: &mut Input<'_>) -> winnow::Result<TokenKind> {
    alt((text, number, name.map(|name: &str| TokenKind::Name(name.to_owned())), sign)).parse_next(input)
}

fn name<'s>(input: &mut Input<'s>) -> winnow::Result<&'s str> {
    let first = one_of(|sign: char| sign.is_alphabetic() || sign == '_');
    let rest = take_while(0.., |sign: char| sign.is_alphanumeric() || sign == '_');
    (first, rest).take().parse_next(input)
}

fn sign(input: &mut Input<'_>) -> winnow::Result<TokenKind> {
    let found = SIGNS.into_iter().chain(FURTHER_SIGNS).find(|sign| input.starts_with(sign));
    let mut found = found.ok_or_else(winnow::error::ContextError::new)?;
    found.parse_next(input)?;
    Ok(TokenKind::Sign(found))
}

fn digits<'s>(input: &mut Input<'s>) -> winnow::Result<&'s str> {
    (digit1, take_while(0.., ('0'..='9', '_'))).take().parse_next(input)
}

fn exponent<'s>(input: &mut Input<'s>) -> winnow::Result<&'s str> {
    (one_of(['e', 'E']), opt(one_of(['+', '-'])), digits).take().parse_next(input)
}

fn number(input: &mut Input<'_>) -> winnow::Result<TokenKind> {
    let written: &str =
        alt(((digits, opt(('.', opt(digits))), opt(exponent)).take(), ('.', digits, opt(exponent)).take()))
            .parse_next(input)?;
    let plain = written.replace('_', "");
    if let Ok(whole) = plain.parse() {
        return Ok(TokenKind::Int(whole));
    }
    plain.parse().map(TokenKind::Float).map_err(|_| winnow::error::ContextError::new())
}

/// A text in quotes, of one kind or the other, single or three of them, perhaps after letters such as `f`.
fn text(input: &mut Input<'_>) -> winnow::Result<TokenKind> {
    let letters: &str = take_while(0..=2, ['r', 'R', 'b', 'B', 'f', 'F', 'u', 'U']).parse_next(input)?;
    let is_raw = letters.contains(['r', 'R']);
    let quote: &str = alt(("\"\"\"", "'''", "\"", "'")).parse_next(input)?;
    let mut text = String::new();
    while opt(quote).parse_next(input)?.is_none() {
        let sign = any.parse_next(input)?;
        match sign {
            '\n' if quote.len() == 1 => return Err(winnow::error::ContextError::new()),
            '\\' if !is_raw => match any.parse_next(input)? {
                'n' => text.push('\n'),
                't' => text.push('\t'),
                '\n' => {}
                other => text.push(other),
            },
            other => text.push(other),
        }
    }
    Ok(TokenKind::Text(text))
}
