//! Times networks of many kinds on the built page and beside other libraries; called by `cargo xtask bench --networks`.

use anyhow::{Result, bail};
use inkling_e2e::networks;
use inkling_e2e::page::{PATIENCE, Page};
use inkling_e2e::peers::{Library, Peers};
use std::path::Path;
use xtask::server::Server;

fn main() -> Result<()> {
    let arguments = std::env::args().skip(1).collect::<Vec<_>>();
    let (folder, rounds, words, python) = match arguments.as_slice() {
        [folder, rounds, words] => (folder, rounds, words, None),
        [folder, rounds, words, python] => (folder, rounds, words, Some(python)),
        _ => bail!("use `cargo xtask bench --networks`"),
    };
    let (isolated, server) =
        (Server::start(Path::new(folder), "inkling", 0)?, Server::start(Path::new(folder), "inkling", 0)?);
    // For a fine clock. The page itself is timed as it is on most hosts: not isolated.
    isolated.isolate();
    let bench = Page::open(&format!("{}bench.html", isolated.url()))?;
    bench.wait_until("the bench is there", "return window.__bench")?;
    let loaded = "return document.body.innerText.includes('MNIST is loaded')";
    bench.wait_up_to(6 * PATIENCE, "the data set is loaded", loaded)?;
    println!("{}", bench.css(".bench__machine")?.text()?);
    networks::print(&bench, &server, python.and_then(|python| peers(python)), (rounds.parse()?, words))
}

/// The other libraries; says what is missing, and what to do.
fn peers(python: &str) -> Option<Peers> {
    let peers = match Peers::start(python) {
        Ok(peers) => peers,
        Err(error) => {
            println!(
                "no column of other libraries: {error:#}; --python PATH names another Python, --no-keras leaves them out"
            );
            return None;
        }
    };
    for (library, package) in [(Library::Keras, "tensorflow-cpu"), (Library::ScikitLearn, "scikit-learn")] {
        if peers.has(library) {
            println!("beside {}, 2 threads", peers.version(library));
        } else {
            println!("not beside {}: {}; `{python} -m pip install {package}`", library.name(), peers.version(library));
        }
    }
    Some(peers)
}
