//! The project's automation: `cargo xtask serve | test | check | dist | bench | mnist | pretrain | reproduce | shot`.
//!
//! # Layout, in reading order
//! - [`command`]: what can be asked for
//! - [`paths`], [`process`]: where things lie, and how other programs are run
//! - [`setup`]: installs what is missing
//! - [`dist`]: the release build
//! - [`server`], [`serve`]: a static file server
//! - [`check`], [`steps`], [`tidy`]: what a change must pass
//! - [`shot`]: a picture of the page
//! - [`lab`]: what needs the engine itself, and is built with it only when asked for
//! - `mnist` (lab): the data set, from idx files to shards and back

pub mod check;
pub mod command;
pub mod dist;
pub mod lab;
#[cfg(feature = "lab")]
pub mod mnist;
pub mod paths;
pub mod process;
pub mod serve;
pub mod server;
pub mod setup;
pub mod shot;
pub mod steps;
pub mod tidy;

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
