//! The project's automation: `cargo xtask serve | test | check | dist | bench | mnist | pretrain | reproduce | shot`.
//!
//! # Layout, in reading order
//! - [`command`]: what can be asked for
//! - [`paths`], [`process`]: where things are, and how other programs are run
//! - [`progress`], [`side_by_side`]: how long steps take, and those that run at once
//! - [`setup`]: installs what is missing
//! - [`dist`]: the release build
//! - [`server`], [`serve`]: a static file server
//! - [`check`], [`steps`], [`tidy`]: what a change must pass
//! - [`shot`]: a picture of the page
//! - [`lab`]: what needs the engine itself, and is built with it only when asked for
//! - `mnist` (lab): the data set, from idx files to shards and back
//! - `pretrain` (lab): trains the network that ships with the page
//! - `reproduce` (lab): trains the networks of the lesson and of the peers, and prints their tables
//! - `native_bench`, `native_networks` (lab): the bench's workloads without a browser; `figures`, `network_figures`: the tables of either bench
//! - `parallel` (lab): training on all cores

pub mod bench;
pub mod check;
pub mod command;
pub mod dist;
#[cfg(feature = "lab")]
mod doubt;
pub mod figures;
pub mod lab;
#[cfg(feature = "lab")]
pub mod mnist;
#[cfg(feature = "lab")]
pub mod native_bench;
#[cfg(feature = "lab")]
mod native_networks;
pub mod network_figures;
#[cfg(feature = "lab")]
pub mod parallel;
pub mod paths;
#[cfg(feature = "lab")]
pub mod pretrain;
pub mod process;
pub mod progress;
#[cfg(feature = "lab")]
pub mod reproduce;
#[cfg(feature = "lab")]
pub mod reproduce_robustness;
pub mod serve;
pub mod server;
pub mod setup;
pub mod shot;
pub mod side_by_side;
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
