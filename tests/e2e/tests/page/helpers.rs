//! The helpers that share an update: when they start, and what becomes of one that never answers.

use super::story::{press, wait_for_data};
use inkling_e2e::page::{PATIENCE, Page};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use tempfile::TempDir;
use xtask::dist::{Kind, build_id};
use xtask::server::Server;

/// Stands before the worker's own script: tells of helpers and of the work that they are given, and loses a piece of it.
const SPY: &str = "
    if (self.name !== 'helper') {
      const channel = new BroadcastChannel('helpers');
      const Native = self.Worker;
      let [nStarted, nGiven] = [0, 0];
      self.Worker = class extends Native {
        constructor(...how) {
          super(...how);
          channel.postMessage({ nStarted: ++nStarted });
        }
        postMessage(message, transfer) {
          // Samples travel beside the head.
          if (message[2]) {
            channel.postMessage({ nGiven: ++nGiven });
            if (nGiven === 4) return;
          }
          super.postMessage(message, transfer);
        }
      };
    }
";
/// Runs in the page before its own scripts: keeps what the spy tells.
const LISTEN: &str = "
    window.told = { nStarted: 0, nGiven: 0 };
    window.spy = new BroadcastChannel('helpers');
    spy.onmessage = ({ data }) => Object.assign(told, data);";

/// The built page with a spy in its workers, and the folder that it is in.
fn host() -> (Server, TempDir) {
    let (built, folder) = (Kind::Release.folder(), tempfile::tempdir().unwrap());
    for file in build_id::files(&built).unwrap() {
        let copy = folder.path().join(file.strip_prefix(&built).unwrap());
        fs::create_dir_all(copy.parent().unwrap()).unwrap();
        fs::copy(&file, &copy).unwrap();
        if is_worker_script(&copy) {
            fs::write(&copy, [SPY, &fs::read_to_string(&file).unwrap()].concat()).unwrap();
        }
    }
    (Server::start(folder.path(), "some/sub/path", 0).unwrap(), folder)
}

fn is_worker_script(file: &Path) -> bool {
    let name = file.file_name().unwrap().to_string_lossy();
    name.starts_with("worker-") && name.ends_with(".js")
}

fn open_at(host: &Server, address_end: &str) -> Page {
    let page = Page::blank().unwrap();
    page.dev_tools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": LISTEN })).unwrap();
    page.goto(&format!("{}{address_end}", host.url())).unwrap();
    page
}

fn told(page: &Page, name: &str) -> Value {
    page.js(&format!("return told.{name}")).unwrap()
}

#[test]
fn helpers_start_with_training_and_not_before() {
    let (host, _folder) = host();
    let page = open_at(&host, "?preset=lesson-cnn");
    wait_for_data(&page);
    assert_eq!(told(&page, "nStarted"), 0, "a network that is only looked at needs none");
    press(&page, "Train");
    page.wait_until("a helper", "return told.nStarted > 0").unwrap();
}

#[test]
fn shards_that_never_come_back_are_computed_by_the_training_worker() {
    let (host, _folder) = host();
    let page = open_at(&host, "bench.html");
    page.wait_until("the bench is there", "return window.__bench").unwrap();
    let losses = |workers: usize| {
        let begin = format!(
            "window.figures = null;
             const options = {{ steps: 60, warmup: 0, budgetMs: 600000, workers: {workers} }};
             window.__bench({{ id: 'W2' }}, options).then((figures) => {{ window.figures = figures; }})"
        );
        page.js(&begin).unwrap();
        page.wait_up_to(6 * PATIENCE, "the bench's figures", "return window.figures").unwrap();
        page.js("return [figures.lossFirst, figures.lossLast, figures.steps]").unwrap()
    };
    let shared = losses(2);
    assert!(told(&page, "nGiven").as_u64() > Some(4), "another helper goes on: {}", told(&page, "nGiven"));
    assert!(told(&page, "nStarted").as_u64() > Some(1), "it has taken the place of the first");
    assert_eq!(shared, losses(1));
}
