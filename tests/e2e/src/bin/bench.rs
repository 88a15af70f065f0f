//! Times the workloads of `bench.html`, round by round; called by `cargo xtask bench`.

use anyhow::{Context, Result, bail};
use inkling_e2e::page::{PATIENCE, Page};
use inkling_e2e::{networks, smooth, strip, visit};
use inkling_engine::benchmarks::Workload as Timed;
use std::path::Path;
use xtask::figures::{self, Row};
use xtask::server::Server;

/// A row of the table: which workload, with which options, and which figure of it.
struct Workload {
    id: &'static str,
    /// What follows the workload's name.
    variant: &'static str,
    options: &'static str,
    figure: &'static str,
    unit: &'static str,
}

const fn workload(
    id: &'static str,
    variant: &'static str,
    options: &'static str,
    figure: &'static str,
    unit: &'static str,
) -> Workload {
    Workload { id, variant, options, figure, unit }
}

/// The rows of networks, each with its time per round.
const WORKLOADS: [Workload; 7] = [
    workload("W1", "", "{ budgetMs: 4000 }", "imagesPerSecond", "images/s"),
    workload("W2", "", "{ budgetMs: 8000 }", "imagesPerSecond", "images/s"),
    workload("W2", ", 1 worker", "{ budgetMs: 8000, workers: 1 }", "imagesPerSecond", "images/s"),
    workload("W3", ": median", "{ steps: 400 }", "p50", "ms"),
    workload("W3", ": 95 %", "{ steps: 400 }", "p95", "ms"),
    workload("W4", "", "{ budgetMs: 4000 }", "imagesPerSecond", "images/s"),
    workload("W5", "", "{ budgetMs: 3000 }", "epochsPerSecond", "epochs/s"),
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
    let row = |work: &Workload| {
        let title = format!("{}{}", figures::workload_name(work.id), work.variant);
        (Row::new(work.id, &title, work.unit), work.options, work.figure)
    };
    let mut benchmarks: Vec<(Row, &str, &str)> = WORKLOADS.iter().map(row).collect();
    for (id, title) in kernels(&page)? {
        benchmarks.push((Row::new(&id, &title, "GFLOP/s"), "{}", "gflops"));
    }
    let rounds: usize = rounds.parse()?;
    let cnn = Timed::CnnTraining.experiment().context("the CNN has an experiment")?;
    let page_server = Server::start(Path::new(folder), "inkling", 0)?;
    let mut cnn_on_page = Row::new("P", "CNN training, the page itself", "images/s");
    for round in 0..rounds {
        for (row, options, figure) in &mut benchmarks {
            let figure =
                page.js(&format!("return (await window.__bench({{ id: '{}' }}, {options})).{figure}", row.id))?;
            row.push(round, figure.as_f64().with_context(|| format!("{} gave no figure", row.id))?);
        }
        cnn_on_page.push(round, networks::page_speed(&page_server, &cnn)?);
    }
    let rows: Vec<Row> = benchmarks.into_iter().map(|(row, ..)| row).collect();
    figures::print(&rows);
    figures::print_ratio("CNN training, all workers against 1", &rows[1], &rows[2]);
    figures::print(std::slice::from_ref(&cnn_on_page));
    figures::print_share("the page trains the CNN at", &cnn_on_page, &rows[1], "of the speed of bench.html");
    drop(page);
    strip::print(&server, rounds)?;
    figures::print(&smooth::measure(&server, rounds)?);
    figures::print(&visit::measure(Path::new(folder), rounds)?);
    Ok(())
}

/// Ids and titles of the kernels that the page offers.
fn kernels(page: &Page) -> Result<Vec<(String, String)>> {
    let rows = page
        .js("return [...document.querySelectorAll('.bench__table tbody tr')].filter(({ cells }) => cells.length > 1)
             .map(({ cells }) => [cells[0].textContent, cells[1].textContent]).filter(([id]) => id.startsWith('K'))")?;
    serde_json::from_value(rows).context("the page's table lists the workloads")
}
