//! What a visit costs on this machine: the time until a digit is recognised, and the memory of a tab that trains.

use crate::page::{PATIENCE, Page};
use anyhow::{Context, Result, ensure};
use serde_json::json;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};
use xtask::figures::Row;
use xtask::server::Server;

/// Whether the data set is there: the test set can be run.
pub(crate) const DATA_IS_LOADED: &str = "return [...document.querySelectorAll('button')]
    .some((button) => button.textContent.trim() === 'Evaluate on test set' && !button.disabled)";
/// Time for a fresh browser to come to rest, before it is sent to the page.
const BROWSER_SETTLES: Duration = Duration::from_secs(1);
/// How long the memory is watched while the page trains.
const WATCHED: Duration = Duration::from_secs(15);
/// Between two looks at the memory.
const LOOK: Duration = Duration::from_millis(250);

/// Runs in the page before its own scripts: clears the pad and draws a 1 as soon as the ready-made 3 is read, and notes
/// the frames in which each of them is on the screen, in milliseconds since the navigation began.
const VISITOR: &str = "
    const visit = window.__visit = {};
    const drawOne = () => {
      [...document.querySelectorAll('button')].find((button) => button.textContent.trim() === 'Clear').click();
      const pad = document.querySelector('canvas[aria-label=\"Drawing pad\"]');
      const box = pad.getBoundingClientRect();
      const send = (type, y) => pad.dispatchEvent(new PointerEvent(type, {
        bubbles: true, cancelable: true, pointerId: 1, pointerType: 'mouse', isPrimary: true, button: 0,
        buttons: type === 'pointerup' ? 0 : 1, pressure: 0.5,
        clientX: box.left + box.width / 2, clientY: box.top + box.height * y }));
      send('pointerdown', 0.15);
      for (let y = 0.2; y < 0.85; y += 0.05) send('pointermove', y);
      send('pointerup', 0.85);
    };
    const look = () => {
      const digit = document.querySelector('[data-testid=prediction]')?.dataset.digit;
      if (digit === '3' && !visit.example) {
        visit.example = performance.now();
        drawOne();
      }
      if (digit === '1') visit.own = performance.now();
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);";

/// Measures visits of the page in `folder`, each in a browser of its own.
///
/// # Errors
/// If the page does not do what it should.
pub fn measure(folder: &Path, rounds: usize) -> Result<[Row; 3]> {
    let server = Server::start(folder, "inkling", 0)?;
    let mut example = Row::new("V1", "first visit, until the example is read", "ms");
    let mut own = Row::new("V1", "first visit, until an own digit is read", "ms");
    let mut memory = Row::new("V2", "memory with all of MNIST, CNN training", "MB");
    for round in 0..rounds {
        let (example_ms, own_ms) = first_visit(&server)?;
        example.push(round, example_ms);
        own.push(round, own_ms);
    }
    // Takes half a minute and hardly varies, so it is not measured in each round.
    for round in 0..rounds.min(2) {
        if let Some(n_bytes) = memory_while_training(&server)? {
            memory.push(round, n_bytes as f64 / 1e6);
        }
    }
    Ok([example, own, memory])
}

/// Milliseconds from the start of the navigation to the first frames that show the example's digit and the drawn one.
fn first_visit(server: &Server) -> Result<(f64, f64)> {
    let page = Page::blank()?;
    page.dev_tools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": format!("(() => {{ {VISITOR} }})()") }))?;
    thread::sleep(BROWSER_SETTLES);
    page.goto(&server.url())?;
    page.wait_until("the drawn 1 is read", "return window.__visit.own")?;
    serde_json::from_value(page.js("return [window.__visit.example, window.__visit.own]")?)
        .context("the visitor noted no times")
}

/// The most that the tab's process takes while the lesson's CNN trains on all of MNIST, in bytes; all memory that is
/// its own: of the page, its workers and the browser's machinery for them. `None` where the system does not report it.
fn memory_while_training(server: &Server) -> Result<Option<u64>> {
    let page = Page::open(&server.url())?;
    page.wait_up_to(6 * PATIENCE, "the data set is loaded", DATA_IS_LOADED)?;
    page.find("button", "Train")?.click()?;
    let training = "return document.querySelector('[data-testid=run-status]').dataset.state === 'training'";
    page.wait_until("the run trains", training)?;
    let (begin, mut most) = (Instant::now(), None);
    while begin.elapsed() < WATCHED {
        most = most.max(page.private_bytes());
        thread::sleep(LOOK);
    }
    let is_training = page.js(training)?.as_bool().context("the run has no state")?;
    ensure!(is_training, "the run ended while its memory was watched");
    Ok(most)
}
