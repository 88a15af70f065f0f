//! The speed bench, `bench.html`.

use super::{assert_no_console_errors, host, open};
use inkling_e2e::page::Page;
use serde_json::{Value, json};
use xtask::server::Server;

fn open_bench(host: &Server) -> Page {
    let page = open(host);
    page.goto(&format!("{}bench.html", host.url())).unwrap();
    page.wait_until("the bench is there", "return window.__bench").unwrap();
    page
}

#[test]
fn networks_are_listed_once_and_their_layers_are_no_rows_of_their_own() {
    let host = host();
    let page = open_bench(&host);
    let ids = "return [...document.querySelectorAll('.bench__table > tbody > tr')]
        .filter(({ cells }) => cells.length > 1).map(({ cells }) => cells[0].textContent)";
    let count = |letter: char, range: std::ops::RangeInclusive<usize>| range.map(move |idx| format!("{letter}{idx}"));
    let wanted: Vec<String> = count('W', 1..=5).chain(count('N', 1..=10)).chain(count('K', 0..=8)).collect();
    assert_eq!(page.js(ids).unwrap(), json!(wanted));
    assert_no_console_errors(&page);
}

#[test]
fn a_network_is_timed_and_so_is_each_part_of_its_updates() {
    let host = host();
    let page = open_bench(&host);
    let speed = page.js("return (await window.__bench({ id: 'N10' }, { steps: 40 })).imagesPerSecond").unwrap();
    assert!(speed.as_f64().unwrap() > 0.0, "{speed}");
    let figures = page.js("return window.__bench({ id: 'L10' }, { budgetMs: 300 })").unwrap();
    assert!(figures["gflops"].as_f64().unwrap() > 0.0, "the peak: {figures}");
    let parts = figures["parts"].as_array().unwrap();
    let titles: Vec<&str> = parts.iter().filter_map(|part| part["title"].as_str()).collect();
    let wanted = [
        "gather the batch",
        "pack the weights",
        "flatten + dense → 10, forward",
        "loss",
        "flatten + dense → 10, backward",
        "add the shards",
        "optimizer",
    ];
    assert_eq!(titles, wanted);
    let shares: f64 = parts.iter().filter_map(|part| part["share"].as_f64()).sum();
    assert!((shares - 1.0).abs() < 1e-6, "{shares}");
    let has_gflops = |part: &Value| part["gflops"].as_f64().is_some_and(|gflops| gflops > 0.0);
    assert_eq!(parts.iter().filter(|part| has_gflops(part)).count(), 2, "{figures}");
}
