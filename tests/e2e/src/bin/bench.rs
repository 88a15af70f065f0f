//! Times the works of `bench.html`, round by round; called by `cargo xtask bench`.

use anyhow::{Context, Result, bail};
use inkling_e2e::page::{PATIENCE, Page};
use inkling_e2e::{strip, visit};
use std::path::Path;
use xtask::figures::{self, Row};
use xtask::server::Server;

/// A row of the table: which work, with which options, and which figure of it.
struct Work {
    id: &'static str,
    title: &'static str,
    options: &'static str,
    figure: &'static str,
    unit: &'static str,
}

const fn work(
    id: &'static str,
    title: &'static str,
    options: &'static str,
    figure: &'static str,
    unit: &'static str,
) -> Work {
    Work { id, title, options, figure, unit }
}

/// Time per work and round.
const WORKS: [Work; 7] = [
    work("W1", "MLP 784-16-16-10", "{ budgetMs: 4000 }", "imagesPerSecond", "images/s"),
    work("W2", "CNN of the lesson", "{ budgetMs: 8000 }", "imagesPerSecond", "images/s"),
    work("W2", "CNN of the lesson, 1 worker", "{ budgetMs: 8000, workers: 1 }", "imagesPerSecond", "images/s"),
    work("W3", "one image, all layers: median", "{ steps: 400 }", "p50", "ms"),
    work("W3", "one image, all layers: 95 %", "{ steps: 400 }", "p95", "ms"),
    work("W4", "MLP 784-40-10", "{ budgetMs: 4000 }", "imagesPerSecond", "images/s"),
    work("W5", "plane 2-8-8-1", "{ budgetMs: 3000 }", "epochsPerSecond", "epochs/s"),
];

fn main() -> Result<()> {
    let arguments = std::env::args().skip(1).collect::<Vec<_>>();
    let [folder, rounds] = arguments.as_slice() else { bail!("use `cargo xtask bench`") };
    let server = Server::start(Path::new(folder), "inkling", 0)?;
    // Isolated pages have a clock of 0.005 ms; others one of 0.1 ms, which is half of what an image takes.
    server.isolate();
    let page = Page::open(&format!("{}bench.html", server.url()))?;
    page.wait_until("the bench is there", "return window.__bench")?;
    let loaded = "return document.body.innerText.includes('MNIST is loaded')";
    page.wait_up_to(6 * PATIENCE, "the data set is loaded", loaded)?;
    println!("{}", page.css(".bench__machine")?.text()?);
    let mut benchmarks: Vec<(Row, &str, &str)> =
        WORKS.iter().map(|work| (Row::new(work.id, work.title, work.unit), work.options, work.figure)).collect();
    for (id, title) in kernels(&page)? {
        benchmarks.push((Row::new(&id, &title, "GFLOP/s"), "{}", "gflops"));
    }
    let rounds: usize = rounds.parse()?;
    for round in 0..rounds {
        for (row, options, figure) in &mut benchmarks {
            let figure =
                page.js(&format!("return (await window.__bench({{ id: '{}' }}, {options})).{figure}", row.id))?;
            row.push(round, figure.as_f64().with_context(|| format!("{} gave no figure", row.id))?);
        }
    }
    let rows: Vec<Row> = benchmarks.into_iter().map(|(row, ..)| row).collect();
    figures::print(&rows);
    figures::print_ratio("W2, all workers against 1", &rows[1], &rows[2]);
    drop(page);
    strip::print(&server, rounds)?;
    figures::print(&visit::measure(Path::new(folder), rounds)?);
    Ok(())
}

/// Ids and titles of the kernels that the page offers.
fn kernels(page: &Page) -> Result<Vec<(String, String)>> {
    let rows = page.js("return [...document.querySelectorAll('.bench__table tbody tr')]
             .map(({ cells }) => [cells[0].textContent, cells[1].textContent]).filter(([id]) => id.startsWith('K'))")?;
    serde_json::from_value(rows).context("the page's table lists the works")
}
