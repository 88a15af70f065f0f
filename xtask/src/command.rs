//! What can be asked for on the command line.

use crate::mnist;
use anyhow::{Result, bail};
use std::path::PathBuf;
use std::process::ExitCode;

const USAGE: &str = "usage: cargo xtask COMMAND

  mnist IDX_DIR            make assets/mnist from MNIST's four idx files";

/// One order.
pub enum Command {
    /// Make the shards of MNIST from the idx files in this folder.
    Mnist(PathBuf),
}

impl Command {
    /// Reads the command line.
    ///
    /// # Errors
    /// If it asks for nothing that xtask can do; the message says what it can.
    pub fn parse(arguments: Vec<String>) -> Result<Command> {
        match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            ["mnist", idx_dir] => Ok(Command::Mnist(PathBuf::from(idx_dir))),
            _ => bail!("{USAGE}"),
        }
    }

    /// Carries it out.
    ///
    /// # Errors
    /// If anything goes wrong.
    pub fn run(self) -> Result<ExitCode> {
        match self {
            Command::Mnist(idx_dir) => mnist::make(&idx_dir)?,
        }
        Ok(ExitCode::SUCCESS)
    }
}
