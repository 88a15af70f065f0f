//! A picture of a built page; called by `cargo xtask shot`, which says what the arguments are.

use anyhow::{Context, Result, bail};
use inkling_e2e::page::Page;
use std::path::{Path, PathBuf};
use std::time::Duration;
use xtask::server::Server;

fn main() -> Result<()> {
    let arguments = std::env::args().skip(1).collect::<Vec<_>>();
    let [folder, out, url_suffix, size, scheme, wait_ms, js @ ..] = arguments.as_slice() else {
        bail!("use `cargo xtask shot`");
    };
    let (width, height) = size.split_once('x').context("a size is WIDTHxHEIGHT")?;
    let server = Server::start(Path::new(folder), "inkling", 0)?;
    let page = Page::blank()?;
    page.set_viewport(width.parse()?, height.parse()?)?;
    page.set_media("prefers-color-scheme", scheme)?;
    page.goto(&format!("{}{url_suffix}", server.url()))?;
    std::thread::sleep(Duration::from_millis(wait_ms.parse()?));
    if let Some(js) = js.first() {
        let value = page.js(&std::fs::read_to_string(js)?)?;
        if !value.is_null() {
            println!("{value:#}");
        }
    }
    page.screenshot(&PathBuf::from(out))?;
    for line in page.console()? {
        eprintln!("{line}");
    }
    Ok(())
}
