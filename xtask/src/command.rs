//! What can be asked for on the command line.

use crate::dist::{self, Kind, pack};
use crate::lab::{self, Work};
use crate::{bench, check, progress, serve, shot};
use anyhow::{Context, Result, bail, ensure};
use std::path::PathBuf;
use std::process::ExitCode;

const USAGE: &str = "usage: cargo xtask COMMAND

  serve [OPTIONS]               build the page and serve it at http://localhost:8080
       --release                the build that is published, which takes longer to make and is smaller
       --quick                  a build to look at: done soonest, neither small nor fast
       --open                   open the browser at it
       --port 8080              another port
  test                          everything that a change must pass; what CI runs
  check                         the same without a browser
  dist [--quick]                build the page into dist/; --quick: to look at, into the target folder
  bench [OPTIONS]               time workloads and kernels in headless Chromium and print the table
       --rounds 5               how often each workload is timed
       --native                 the same without a browser
       --networks               networks of many kinds instead, with each layer's time, beside Keras and scikit-learn
       --only WORDS             those networks with these words in their name, as in 'mlp'
       --python PATH            the Python that has these two (default python3)
       --no-keras               without them
       --no-build               take the last build
  mnist IDX_DIR                 make assets/mnist from MNIST's four idx files
  pretrain                      train the network that ships with the page, into assets/models
  reproduce [OPTIONS]           train the lesson's networks with several seeds and print the tables
       --seeds N                with as many seeds each
       --only WORDS             those with these words in their title, as in 'shuffled pixels'
       --robustness             the networks on moved, turned and noisy images instead
       --doubt                  how often networks refuse letters, scribbles and digits instead
  shot [OPTIONS] OUT.png        picture of the page in headless Chromium
       --url-suffix S           what follows the page's address, as in '#lesson' or 'bench.html'
       --size 1440x900          the viewport
       --dark                   prefers-color-scheme: dark
       --js FILE                script to run before the picture is taken; may use await
       --wait MS                milliseconds between the page's start and the script (default 1000)
       --no-build               take the last build
       --release                build and show dist/, not the quick build";

/// What xtask is to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Build and serve the page.
    Serve {
        /// Which build.
        kind: Kind,
        /// Open the user's browser at it.
        open: bool,
        /// The port; 0 takes a free one.
        port: u16,
    },
    /// Build the page.
    Dist(Kind),
    /// Check without a browser.
    Check,
    /// Check everything.
    Test,
    /// Finish what Trunk has staged.
    Pack,
    /// Something that needs the engine itself.
    Lab(Work),
    /// Time the workloads.
    Bench(bench::Options),
    /// Take a picture of the page.
    Shot(shot::Options),
}

impl Command {
    /// Reads the command line.
    ///
    /// # Errors
    /// If it asks for nothing that xtask can do; the message says what it can.
    pub fn parse(arguments: Vec<String>) -> Result<Command> {
        let mut arguments = Arguments(arguments);
        if arguments.0.is_empty() {
            bail!("{USAGE}");
        }
        let name = arguments.0.remove(0);
        let command = match name.as_str() {
            "serve" => Command::Serve {
                kind: arguments.kind(Kind::Local),
                open: arguments.flag("--open"),
                port: arguments.value("--port")?.unwrap_or(8080),
            },
            "dist" => Command::Dist(arguments.kind(Kind::Release)),
            "check" => Command::Check,
            "test" => Command::Test,
            "pack" => Command::Pack,
            "mnist" => Command::Lab(Work::Mnist(std::path::absolute(arguments.file("IDX_DIR")?)?)),
            "pretrain" => Command::Lab(Work::Pretrain),
            "reproduce" => {
                let (is_robustness, is_doubt) = (arguments.flag("--robustness"), arguments.flag("--doubt"));
                let n_seeds = arguments.value("--seeds")?;
                let only = arguments.value("--only")?;
                Command::Lab(match (is_robustness, is_doubt) {
                    (true, _) => Work::Robustness(n_seeds),
                    (false, true) => Work::Doubt,
                    (false, false) => Work::Reproduce { n_seeds, only },
                })
            }
            "bench" => Command::Bench(bench::Options {
                native: arguments.flag("--native"),
                networks: arguments.flag("--networks"),
                only: arguments.value("--only")?,
                python: {
                    let python = arguments.value("--python")?.unwrap_or_else(|| "python3".to_owned());
                    (!arguments.flag("--no-keras")).then_some(python)
                },
                rounds: arguments.value("--rounds")?.unwrap_or(5),
                build: !arguments.flag("--no-build"),
            }),
            "shot" => Command::Shot(shot::Options {
                kind: arguments.kind(Kind::Quick),
                build: !arguments.flag("--no-build"),
                url_suffix: arguments.value("--url-suffix")?.unwrap_or_default(),
                size: arguments.value("--size")?.unwrap_or_else(|| "1440x900".to_owned()),
                dark: arguments.flag("--dark"),
                js: arguments.value("--js")?,
                wait_ms: arguments.value("--wait")?.unwrap_or(1000),
                out: arguments.file("OUT.png")?,
            }),
            "help" | "--help" | "-h" => {
                println!("{USAGE}");
                std::process::exit(0)
            }
            _ => bail!("no command {name}\n{USAGE}"),
        };
        ensure!(arguments.0.is_empty(), "{name} does not know {}\n{USAGE}", arguments.0.join(" "));
        Ok(command)
    }

    /// Runs it.
    ///
    /// # Errors
    /// If anything goes wrong.
    pub fn run(self) -> Result<ExitCode> {
        // The clock of the steps starts here.
        let _started = progress::since_start();
        match self {
            Command::Serve { kind, open, port } => serve::serve(kind, open, port)?,
            Command::Dist(kind) => dist::build_and_weigh(kind)?,
            Command::Check => return Ok(check::check()),
            Command::Test => return Ok(check::test()),
            Command::Pack => pack::pack()?,
            Command::Lab(work) => lab::run(&work)?,
            Command::Bench(options) => bench::bench(options)?,
            Command::Shot(options) => shot::shot(&options)?,
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// The arguments that are not used yet.
struct Arguments(Vec<String>);

impl Arguments {
    /// Whether the flag is given.
    fn flag(&mut self, name: &str) -> bool {
        let place = self.0.iter().position(|argument| argument == name);
        place.map(|argument_idx| self.0.remove(argument_idx)).is_some()
    }

    /// The build that is asked for, or that of the command.
    fn kind(&mut self, default: Kind) -> Kind {
        match (self.flag("--release"), self.flag("--quick")) {
            (true, _) => Kind::Release,
            (false, true) => Kind::Quick,
            (false, false) => default,
        }
    }

    /// The value that follows `name`.
    fn value<T: std::str::FromStr>(&mut self, name: &str) -> Result<Option<T>> {
        let Some(argument_idx) = self.0.iter().position(|argument| argument == name) else { return Ok(None) };
        self.0.remove(argument_idx);
        ensure!(argument_idx < self.0.len(), "{name} needs a value");
        let value = self.0.remove(argument_idx);
        value.parse().map(Some).ok().with_context(|| format!("{name} cannot be {value}"))
    }

    /// The one argument that is not an option.
    fn file(&mut self, name: &str) -> Result<PathBuf> {
        ensure!(self.0.len() == 1 && !self.0[0].starts_with('-'), "{name} is missing\n{USAGE}");
        Ok(PathBuf::from(self.0.remove(0)))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;

    fn parse(line: &str) -> Result<Command> {
        Command::parse(line.split_whitespace().map(str::to_owned).collect())
    }

    #[test]
    fn options_have_defaults() {
        let kind = Kind::Local;
        assert_eq!(parse("serve").unwrap(), Command::Serve { kind, open: false, port: 8080 });
        assert_eq!(parse("serve --port 9000 --open").unwrap(), Command::Serve { kind, open: true, port: 9000 });
        let kind = Kind::Release;
        assert_eq!(parse("serve --release").unwrap(), Command::Serve { kind, open: false, port: 8080 });
        assert_eq!(parse("dist").unwrap(), Command::Dist(kind));
        let kind = Kind::Quick;
        assert_eq!(parse("serve --quick").unwrap(), Command::Serve { kind, open: false, port: 8080 });
        assert_eq!(parse("mnist /idx").unwrap(), Command::Lab(Work::Mnist(PathBuf::from("/idx"))));
    }

    #[test]
    fn networks_are_timed_beside_other_libraries_unless_these_are_left_out() {
        let options = |line: &str| match parse(line).unwrap() {
            Command::Bench(options) => options,
            other => panic!("{other:?}"),
        };
        assert!(!options("bench").networks);
        assert_eq!(options("bench --networks").python.as_deref(), Some("python3"));
        assert_eq!(options("bench --networks --python /venv/bin/python").python.as_deref(), Some("/venv/bin/python"));
        assert_eq!(options("bench --networks --no-keras").python, None);
    }

    #[test]
    fn what_is_not_understood_is_named() {
        for (line, start) in [
            ("", "usage: cargo xtask"),
            ("fly", "no command fly\n"),
            ("serve --fast", "serve does not know --fast\n"),
            ("serve --port", "--port needs a value"),
            ("serve --port high", "--port cannot be high"),
            ("mnist", "IDX_DIR is missing\n"),
        ] {
            let message = parse(line).unwrap_err().to_string();
            assert!(message.starts_with(start), "{line}: {message}");
        }
    }
}
