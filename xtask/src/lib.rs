//! The project's automation: `cargo xtask serve | test | check | dist | bench | mnist | pretrain | reproduce | shot`.
//!
//! # Layout, in reading order
//! - [`command`]: what can be asked for
//! - [`mnist`]: the data set, from idx files to shards and back
//! - [`paths`]: where things lie

pub mod command;
pub mod mnist;
pub mod paths;

use command::Command;
use std::process::ExitCode;

/// Does what the arguments (without the program's name) ask for; errors go to the terminal.
#[must_use]
pub fn run(arguments: Vec<String>) -> ExitCode {
    match Command::parse(arguments).and_then(Command::run) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}
