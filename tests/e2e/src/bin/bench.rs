//! Times the works of `bench.html`, round by round; called by `cargo xtask bench`.

use anyhow::{Result, bail};
use inkling_e2e::page::{PATIENCE, Page};
use serde_json::Value;
use std::path::Path;
use xtask::server::Server;

/// A row of the table: what is timed, with which options, and which figure counts.
struct Row {
    title: &'static str,
    work: &'static str,
    options: &'static str,
    figure: &'static str,
    unit: &'static str,
}

const fn row(
    title: &'static str,
    work: &'static str,
    options: &'static str,
    figure: &'static str,
    unit: &'static str,
) -> Row {
    Row { title, work, options, figure, unit }
}

/// Time per work and round.
const ROWS: [Row; 7] = [
    row("MLP 784-16-16-10", "W1", "{ budgetMs: 4000 }", "imagesPerSecond", "images/s"),
    row("CNN of the lesson", "W2", "{ budgetMs: 8000 }", "imagesPerSecond", "images/s"),
    row("CNN of the lesson, 1 worker", "W2", "{ budgetMs: 8000, workers: 1 }", "imagesPerSecond", "images/s"),
    row("one image, all layers: median", "W3", "{ steps: 400 }", "p50", "ms"),
    row("one image, all layers: 95 %", "W3", "{ steps: 400 }", "p95", "ms"),
    row("MLP 784-40-10", "W4", "{ budgetMs: 4000 }", "imagesPerSecond", "images/s"),
    row("plane 2-8-8-1", "W5", "{ budgetMs: 3000 }", "epochsPerSecond", "epochs/s"),
];

fn main() -> Result<()> {
    let arguments = std::env::args().skip(1).collect::<Vec<_>>();
    let [folder, rounds] = arguments.as_slice() else { bail!("use `cargo xtask bench`") };
    let server = Server::start(Path::new(folder), "inkling", 0)?;
    let page = Page::open(&format!("{}bench.html", server.url()))?;
    page.wait_until("the bench is there", "return window.__bench")?;
    let loaded = "return document.body.innerText.includes('MNIST is loaded')";
    page.wait_up_to(6 * PATIENCE, "the data set is loaded", loaded)?;
    println!("{}", page.css(".bench__machine")?.text()?);
    let mut figures: [Vec<f64>; ROWS.len()] = Default::default();
    for round in 0..rounds.parse()? {
        for (row, figures) in ROWS.iter().zip(&mut figures) {
            let script =
                format!("return (await window.__bench({{ id: '{}' }}, {})).{}", row.work, row.options, row.figure);
            let figure = page.js(&script)?;
            figures.extend(figure.as_f64());
            eprintln!("round {}: {:<32} {:>12} {}", round + 1, row.title, short(&figure), row.unit);
        }
    }
    println!("\n{:<4} {:<32} {:>12} {:>12} {:>12}", "", "work", "median", "least", "most");
    for (row, mut figures) in ROWS.iter().zip(figures) {
        figures.sort_by(f64::total_cmp);
        let (Some(least), Some(most)) = (figures.first(), figures.last()) else { continue };
        let median = figures[figures.len() / 2];
        println!("{:<4} {:<32} {median:>12.2} {least:>12.2} {most:>12.2} {}", row.work, row.title, row.unit);
    }
    Ok(())
}

fn short(figure: &Value) -> String {
    figure.as_f64().map_or_else(|| figure.to_string(), |figure| format!("{figure:.2}"))
}
