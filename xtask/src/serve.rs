//! `serve`: builds the page and serves it to this machine.

use crate::dist::{self, Kind};
use crate::process::{command, find};
use crate::progress::{shown, since_start};
use crate::server::Server;
use anyhow::Result;
use std::path::Path;

/// Builds the page, serves it, and returns only on an error.
///
/// # Errors
/// If the port is taken or the build fails.
pub fn serve(kind: Kind, open: bool, port: u16) -> Result<()> {
    // Checks the port before the build, which takes a while.
    drop(Server::start(Path::new("."), "", port)?);
    let folder = dist::build(kind)?;
    let server = Server::start(&folder, "", port)?;
    let after = shown(since_start());
    println!("\nInkling is at {}   (first page after {after} min; Ctrl+C ends it)", server.url());
    if open {
        open_browser(&server.url());
    }
    server.wait()
}

/// Opens the address in the user's browser, if the system has a command for that.
fn open_browser(url: &str) {
    let opener = match std::env::consts::OS {
        "windows" => "explorer",
        "macos" => "open",
        _ => "xdg-open",
    };
    if find(opener).is_none() || command(opener, &[url]).spawn().is_err() {
        eprintln!("no browser could be opened from here: open the address yourself");
    }
}
