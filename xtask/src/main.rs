//! `cargo xtask`: the one door to all of the project's automation.

use std::process::ExitCode;

fn main() -> ExitCode {
    xtask::run(std::env::args().skip(1).collect())
}
