//! How long the page's thread is busy at a stretch: the longest task while a user does what asks most of it.

use crate::link::link;
use crate::page::{PATIENCE, Page};
use crate::visit::DATA_IS_LOADED;
use anyhow::Result;
use inkling_engine::experiment::{
    Activation, Conv2DConfig, DenseConfig, Experiment, FlattenConfig, Initializer, LayerConfig, MaxPooling2DConfig,
    Padding, Preset, Regularizer, TrainingConfig,
};
use serde_json::json;
use std::thread;
use std::time::Duration;
use xtask::figures::Row;
use xtask::server::Server;

/// The views of a network's inside, by the names of their tabs.
pub const TABS: [&str; 5] = ["Activations", "Weights", "Gradients", "Evidence", "Features"];
/// How long the training of the lesson's CNN is watched.
const WATCHED: Duration = Duration::from_secs(3);
/// Runs in the page before its own scripts. Browsers report tasks from 50 ms on.
const OBSERVE: &str = "
    window.longest = 0;
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
    }).observe({ type: 'longtask', buffered: true });";

/// Measures the longest tasks, in browsers of their own. 0 stands for none above 50 ms.
///
/// # Errors
/// If the page can't be driven.
pub fn measure(server: &Server, rounds: usize) -> Result<[Row; 4]> {
    let row = |title: &str| Row::new("T", &format!("longest task, {title}"), "ms");
    let mut rows = [
        row("CNN training for 3 s"),
        row("tabs of 512 filters"),
        row("the same in training"),
        row("a link of 1,500 layers"),
    ];
    // The views take half a minute: not each round.
    for round in 0..rounds.min(2) {
        let [at_rest, while_training] = longest_in_tabs(server)?;
        let longest = [longest_in_training(server)?, at_rest, while_training, longest_of_many_layers(server)?];
        rows.iter_mut().zip(longest).for_each(|(row, longest_ms)| row.push(round, longest_ms));
    }
    Ok(rows)
}

/// Opens a tab, goes through it from the top to the bottom, and gives it the time to fill.
///
/// # Errors
/// If there is no such tab.
pub fn open_tab(page: &Page, tab: &str) -> Result<()> {
    let script = format!(
        "[...document.querySelectorAll('[role=tab]')].find((it) => it.innerText.trim() === '{tab}').click();
         const rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
         await rest(600);
         const panel = document.querySelector('#inside');
         for (let y = 0; y < panel.offsetHeight; y += innerHeight / 2) {{
           window.scrollTo(0, panel.offsetTop + y);
           await rest(150);
         }}
         window.scrollTo(0, panel.offsetTop);
         await rest(600)"
    );
    page.js(&script).map(drop)
}

fn longest_in_training(server: &Server) -> Result<f64> {
    let page = open(server, &Preset::LessonCnn.experiment())?;
    page.wait_up_to(6 * PATIENCE, "the data set is loaded", DATA_IS_LOADED)?;
    train(&page)?;
    longest(&page)?;
    thread::sleep(WATCHED);
    longest(&page)
}

fn longest_in_tabs(server: &Server) -> Result<[f64; 2]> {
    let conv2d = Conv2DConfig {
        filters: 512,
        kernel_size: [1, 1],
        strides: [1, 1],
        padding: Padding::Valid,
        activation: Activation::Relu,
        kernel_initializer: Initializer::GlorotUniform,
        kernel_regularizer: Regularizer::default(),
    };
    let dense = DenseConfig {
        units: 10,
        activation: Activation::Softmax,
        kernel_initializer: Initializer::GlorotUniform,
        kernel_regularizer: Regularizer::default(),
    };
    let network = vec![
        LayerConfig::Conv2D(conv2d),
        LayerConfig::MaxPooling2D(MaxPooling2DConfig::new([2, 2])),
        LayerConfig::FLATTEN,
        LayerConfig::Dense(dense),
    ];
    let preset = Preset::LessonCnn.experiment();
    let training = TrainingConfig { batch_size: 10, epochs: 1_000, ..preset.training };
    let page = open(server, &Experiment { network, training, ..preset })?;
    page.wait_up_to(6 * PATIENCE, "the data set is loaded", DATA_IS_LOADED)?;
    page.find("button", "Step batch")?.click()?;
    let in_tabs = || {
        longest(&page)?;
        TABS.iter().try_for_each(|tab| open_tab(&page, tab))?;
        longest(&page)
    };
    let at_rest = in_tabs()?;
    train(&page)?;
    Ok([at_rest, in_tabs()?])
}

fn longest_of_many_layers(server: &Server) -> Result<f64> {
    let mut experiment = Preset::Empty.experiment();
    experiment.network = vec![LayerConfig::Flatten(FlattenConfig {}); 1_500];
    let page = open(server, &experiment)?;
    page.wait_until("the check's message", "return document.body.innerText.includes('at most 32 layers')")?;
    longest(&page)
}

fn open(server: &Server, experiment: &Experiment) -> Result<Page> {
    let page = Page::blank()?;
    page.dev_tools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": OBSERVE }))?;
    page.goto(&format!("{}{}", server.url(), link(experiment)?))?;
    Ok(page)
}

fn train(page: &Page) -> Result<()> {
    page.find("button", "Train")?.click()?;
    let training = "return document.querySelector('[data-testid=run-status]').dataset.state === 'training'";
    page.wait_until("the run trains", training)
}

/// The longest task since the last call, in milliseconds.
fn longest(page: &Page) -> Result<f64> {
    let longest_ms = page.js("const longest = window.longest; window.longest = 0; return longest")?;
    Ok(longest_ms.as_f64().unwrap_or_default())
}
