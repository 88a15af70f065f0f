//! Installs what a build or a test needs and this machine lacks: once, in the user's own folders.

use crate::process::{self, find, output, run};
use crate::progress::timed;
use crate::side_by_side::both;
use anyhow::{Context, Result, bail, ensure};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The web's target.
pub const WASM_TARGET: &str = "wasm32-unknown-unknown";
/// Must be the version of the `wasm-bindgen` crate, to the digit.
const WASM_BINDGEN_VERSION: &str = "0.2.130";
const TRUNK_VERSION: &str = "0.21.14";

/// The programs that are installed from their crates, for what is published.
///
/// # Errors
/// If one is missing and can't be installed; the message says what to do.
pub fn tools() -> Result<()> {
    // Two installations at once: where one waits for a single crate, the other compiles.
    both(wasm_bindgen, || TRUNK.ensure()).map(|_| ())
}

/// The target `wasm32-unknown-unknown` of the Rust toolchain.
///
/// # Errors
/// If it is missing and rustup can't bring it.
pub fn wasm_target() -> Result<()> {
    if has_wasm_target() {
        return Ok(());
    }
    timed("installing Rust's target wasm32-unknown-unknown (some seconds)", || {
        run(&mut process::command("rustup", &["target", "add", WASM_TARGET])).with_context(|| {
            format!("without rustup, install your distribution's standard library of Rust for {WASM_TARGET}")
        })
    })
}

fn has_wasm_target() -> bool {
    output(&mut process::command("rustc", &["--print", "target-libdir", "--target", WASM_TARGET]))
        .is_ok_and(|folder| Path::new(folder.trim()).is_dir())
}

/// wasm-bindgen's command line, with its test runner.
///
/// # Errors
/// If it can't be built.
pub fn wasm_bindgen() -> Result<()> {
    WASM_BINDGEN.ensure()
}

/// A program that comes as a crate.
struct Tool {
    program: &'static str,
    package: &'static str,
    /// The one that this project is built with.
    version: &'static str,
    options: &'static [&'static str],
    opt_level: &'static str,
    /// How long the build takes on two cores.
    estimate: &'static str,
}

/// Without `--locked`: the lock file that comes with this version names a crate that was withdrawn.
const WASM_BINDGEN: Tool = Tool {
    program: "wasm-bindgen",
    package: "wasm-bindgen-cli",
    version: WASM_BINDGEN_VERSION,
    options: &[],
    opt_level: "1",
    estimate: "1 to 2 minutes",
};

/// Without its default features, which fetch tools and look for news: it finds what it needs on the PATH.
const TRUNK: Tool = Tool {
    program: "trunk",
    package: "trunk",
    version: TRUNK_VERSION,
    options: &["--locked", "--no-default-features"],
    // What takes long is what it calls.
    opt_level: "0",
    estimate: "3 to 5 minutes",
};

impl Tool {
    /// Installs it, unless the PATH has this very version: as a program where there is cargo-binstall, else from source.
    fn ensure(&self) -> Result<()> {
        let Tool { program, package, version, .. } = self;
        if has_version(program, version) {
            return Ok(());
        }
        let has_binstall = find("cargo-binstall").is_some();
        if has_binstall && timed(&format!("fetching {package} {version}"), || self.fetch()).is_ok() {
            return Ok(());
        }
        timed(&format!("building {package} {version} ({}, once)", self.estimate), || self.build())
    }

    fn fetch(&self) -> Result<()> {
        let mut binstall = process::cargo(&["binstall", "--no-confirm", "--force", "--disable-strategies", "compile"]);
        run(binstall.args(["--version", self.version, self.package]).current_dir(std::env::temp_dir()))?;
        self.check()
    }

    fn build(&self) -> Result<()> {
        let mut install = process::cargo(&["install", self.package, "--version", self.version, "--force", "-q"]);
        // The project's target folder would get a build with other flags.
        run(install
            .args(self.options)
            .env_remove("RUSTFLAGS")
            .env_remove("CARGO_TARGET_DIR")
            // It is built once and runs for seconds: what builds soonest wins.
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", self.opt_level)
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
            .env("CARGO_PROFILE_RELEASE_DEBUG", "0")
            .current_dir(std::env::temp_dir()))?;
        self.check()
    }

    fn check(&self) -> Result<()> {
        let Tool { program, version, .. } = self;
        ensure!(
            has_version(program, version),
            "{program} {version} is installed, but PATH finds none or another: put cargo's bin folder first"
        );
        Ok(())
    }
}

fn has_version(program: &str, version: &str) -> bool {
    output(&mut process::command(program, &["--version"]))
        .is_ok_and(|text| text.split_whitespace().any(|word| word.trim_start_matches('v') == version))
}

/// A browser and its driver.
#[derive(Debug, Clone)]
pub struct Browser {
    /// Chromium or Chrome.
    pub chromium: PathBuf,
    /// ChromeDriver.
    pub chromedriver: PathBuf,
}

/// Chromium and ChromeDriver from PATH; installed with apt-get where that needs no password.
///
/// # Errors
/// If they are missing and can't be installed; the message names the packages.
pub fn browser() -> Result<Browser> {
    if let Some(browser) = find_browser() {
        return Ok(browser);
    }
    install_browser()?;
    find_browser()
        .context("apt-get installed chromium and chromium-driver, but PATH finds no chromium or no chromedriver")
}

fn find_browser() -> Option<Browser> {
    let chromium =
        ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"].iter().find_map(|name| find(name))?;
    Some(Browser { chromium, chromedriver: find("chromedriver")? })
}

fn install_browser() -> Result<()> {
    let Some(mut apt_get) = apt_get() else {
        bail!(
            "the browser tests need Chromium (or Chrome) and ChromeDriver of the same version on PATH.\n\
             Debian, Ubuntu: apt-get install chromium chromium-driver\n\
             Fedora:         dnf install chromium chromedriver\n\
             Arch:           pacman -S chromium\n\
             macOS:          brew install --cask google-chrome chromedriver"
        );
    };
    timed("installing chromium and chromium-driver with apt-get (about a minute)", || {
        run(apt_get().args(["update", "-qq"]))?;
        run(apt_get().args([
            "install",
            "-y",
            "-qq",
            "--no-install-recommends",
            "chromium",
            "chromium-driver",
            "fonts-dejavu-core",
        ]))
    })
}

/// How to call apt-get so that it may install; `None` if it can't be.
fn apt_get() -> Option<impl FnMut() -> Command> {
    find("apt-get")?;
    let is_root = output(&mut process::command("id", &["-u"])).is_ok_and(|id| id.trim() == "0");
    let has_sudo = || output(&mut process::command("sudo", &["-n", "true"])).is_ok();
    if !is_root && !has_sudo() {
        return None;
    }
    Some(move || {
        let mut command = if is_root {
            process::command("apt-get", &[])
        } else {
            process::command("sudo", &["-n", "DEBIAN_FRONTEND=noninteractive", "apt-get"])
        };
        command.env("DEBIAN_FRONTEND", "noninteractive");
        command
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;

    #[test]
    fn command_line_fits_the_locked_crate() {
        let lock = std::fs::read_to_string(crate::paths::root().join("Cargo.lock")).unwrap();
        let entry = format!("name = \"wasm-bindgen\"\nversion = \"{WASM_BINDGEN_VERSION}\"");
        assert!(lock.contains(&entry), "WASM_BINDGEN_VERSION in setup.rs differs from Cargo.lock");
    }
}
