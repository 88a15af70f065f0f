//! `check` and `test`: what a change must pass. `check` needs no browser; `test` is what CI runs.

use crate::process::cargo;
use crate::setup::{self, WASM_TARGET};
use crate::steps::{Counts, Steps};
use crate::{dist, tidy};
use std::process::{Command, ExitCode};

/// All checks that need no browser.
#[must_use]
pub fn check() -> ExitCode {
    let mut steps = Steps::default();
    without_browser(&mut steps);
    steps.finish()
}

/// Everything.
#[must_use]
pub fn test() -> ExitCode {
    let mut steps = Steps::default();
    without_browser(&mut steps);
    with_browser(&mut steps);
    steps.finish()
}

fn without_browser(steps: &mut Steps) {
    let has_target = steps.step("set-up: wasm32 target", || setup::wasm_target().map(|()| Counts::default()));
    steps.step("rules of the house", tidy::check);
    steps.command("format", &mut cargo(&["fmt", "--all", "--check"]));
    let lints = ["--all-targets", "-q"];
    steps.command("clippy, native", denying(cargo(&["clippy", "--workspace", "--features", "xtask/lab"]).args(lints)));
    if has_target {
        // Unit tests run natively, and what they need is not built for the web.
        let web = ["clippy", "-p", "inkling", "-p", "inkling-engine", "--target", WASM_TARGET, "-q"];
        let targets = ["--lib", "--bins", "--test", "browser", "--test", "golden_wasm"];
        steps.command("clippy, web", denying(cargo(&web).args(targets)));
    } else {
        steps.skip("clippy, web", "the target is missing");
    }
    steps.command(
        "documentation",
        cargo(&["doc", "--workspace", "--no-deps", "--document-private-items", "-q"])
            .env("RUSTDOCFLAGS", "-D warnings --allow rustdoc::private_intra_doc_links"),
    );
    let native = ["-p", "inkling", "-p", "inkling-engine", "-p", "xtask", "--features", "xtask/lab"];
    steps.tests("tests, native", cargo(&["test", "--no-fail-fast", "-q"]).args(native));
}

fn with_browser(steps: &mut Steps) {
    let is_ready = steps.step("set-up: wasm-bindgen, Trunk, Chromium", || {
        setup::wasm_target()?;
        setup::tools()?;
        setup::browser()?;
        Ok(Counts::default())
    });
    if !is_ready {
        for name in ["tests, in the browser", "engine in the browser", "page", "end to end"] {
            steps.skip(name, "the set-up failed");
        }
        return;
    }
    steps.tests("tests, in the browser", browser_tests("inkling").args(["--test", "browser"]));
    for (name, flags) in [
        ("engine in the browser, simd", "-C target-feature=+simd128"),
        ("engine in the browser, relaxed simd", "-C target-feature=+simd128,+relaxed-simd"),
    ] {
        steps.tests(name, browser_tests("inkling-engine").args(["--test", "golden_wasm"]).env("RUSTFLAGS", flags));
    }
    let is_built = steps.step("page", || dist::build_and_weigh(dist::Kind::Release).map(|()| Counts::default()));
    if is_built {
        // One browser at a time: a page that trains takes all cores.
        let mut tests = cargo(&["test", "-q", "-p", "inkling-e2e", "--no-fail-fast", "--", "--test-threads", "1"]);
        steps.tests("end to end", &mut tests);
    } else {
        steps.skip("end to end", "the page was not built");
    }
}

/// The tests of a package, compiled to wasm and run in headless Chromium by cargo's runner (see .cargo/config.toml).
fn browser_tests(package: &str) -> Command {
    // Without cargo's -q, which the runner does not know.
    let mut command = cargo(&["test", "--no-fail-fast", "-p", package, "--target", WASM_TARGET]);
    command.env("WASM_BINDGEN_TEST_ONLY_WEB", "1");
    if let Ok(browser) = setup::browser() {
        command.env("CHROMEDRIVER", browser.chromedriver);
    }
    command
}

/// With all warnings as errors.
fn denying(command: &mut Command) -> &mut Command {
    command.args(["--", "-D", "warnings"])
}
