//! How much training slows down while the strip of layers is on the screen.

use crate::link::link;
use crate::page::{PATIENCE, Page};
use crate::visit::DATA_IS_LOADED;
use anyhow::{Result, ensure};
use inkling_engine::experiment::{Experiment, Preset, TrainingConfig, Validation};
use std::thread;
use std::time::Duration;
use xtask::server::Server;

/// What is trained meanwhile: title, experiment.
const WORKLOADS: [(&str, Preset); 2] = [("CNN training", Preset::LessonCnn), ("MLP training", Preset::Mlp16x16)];
/// Time between a change of what is on the screen and the first count.
const SETTLE: Duration = Duration::from_millis(1_000);
/// Time between two counts, in milliseconds.
const WINDOW_MS: u32 = 6_000;

/// Images per second by round, with the strip on the screen and off it in the same run.
#[derive(Debug, Clone, PartialEq)]
pub struct Speeds {
    /// With the strip on the screen.
    pub open: Vec<f64>,
    /// Without.
    pub closed: Vec<f64>,
}

impl Speeds {
    /// By what share of its speed training slows down: medians of the rounds.
    #[must_use]
    pub fn slowdown(&self) -> f64 {
        1.0 - median(&self.open) / median(&self.closed)
    }
}

/// Times each workload, with the strip open and closed by turns, and prints what came out.
///
/// # Errors
/// If the page can't be driven, or the strip goes on changing where it can't be seen.
pub fn print(server: &Server, rounds: usize) -> Result<()> {
    println!("\n{:<26} {:>12} {:>12} {:>10}", "strip of layers", "closed", "open", "slowdown");
    for (title, preset) in WORKLOADS {
        let speeds = measure(server, preset, rounds)?;
        let (closed, open) = (median(&speeds.closed), median(&speeds.open));
        println!("{title:<26} {closed:>12.0} {open:>12.0} {:>8.1} % images/s", 100.0 * speeds.slowdown());
    }
    Ok(())
}

/// Times one workload: one run per round, and in each run with the strip and without.
///
/// # Errors
/// If the page can't be driven, or the strip goes on changing where it can't be seen.
pub fn measure(server: &Server, preset: Preset, rounds: usize) -> Result<Speeds> {
    let experiment = endless(preset);
    let mut speeds = Speeds { open: Vec::new(), closed: Vec::new() };
    for round in 0..rounds {
        let page = begin(server, &experiment)?;
        // A drift over time affects both equally.
        for is_open in if round % 2 == 0 { [false, true] } else { [true, false] } {
            show_strip(&page, is_open)?;
            thread::sleep(SETTLE);
            ensure!(
                is_strip_alive(&page)? == is_open,
                "the strip is alive although it is closed, or still although open"
            );
            let speed = images_per_second(&page, &experiment, WINDOW_MS)?;
            eprintln!(
                "round {}: {preset:?}, strip {}: {speed:.0} images/s",
                round + 1,
                if is_open { "open" } else { "closed" }
            );
            if is_open { &mut speeds.open } else { &mut speeds.closed }.push(speed);
        }
    }
    Ok(speeds)
}

/// The page, training.
pub(crate) fn begin(server: &Server, experiment: &Experiment) -> Result<Page> {
    let page = Page::open(&format!("{}{}", server.url(), link(experiment)?))?;
    page.wait_up_to(6 * PATIENCE, "the data set is loaded", DATA_IS_LOADED)?;
    page.find("button", "Train")?.click()?;
    page.wait_until("the first steps", "return +document.querySelector('[data-testid=run-status]').dataset.step > 2")?;
    Ok(page)
}

/// The preset's experiment with so many epochs that they outlast a round, and no pause for validation.
fn endless(preset: Preset) -> Experiment {
    let experiment = preset.experiment();
    let training = TrainingConfig { epochs: 1_000, validation: Validation::None, ..experiment.training };
    Experiment { training, ..experiment }
}

/// Scrolls to the strip, or makes the window so low that it is out of sight.
pub(crate) fn show_strip(page: &Page, is_open: bool) -> Result<()> {
    page.set_viewport(1440, if is_open { 900 } else { 300 })?;
    let target = if is_open { "#inside" } else { "header" };
    page.js(&format!("document.querySelector('{target}').scrollIntoView({{ block: 'start' }})")).map(drop)
}

/// Whether a map of the strip is repainted while the network trains.
fn is_strip_alive(page: &Page) -> Result<bool> {
    let script = "
        const picture = document.querySelector('[data-layer-idx=\"1\"] canvas');
        const before = picture.toDataURL();
        await new Promise((resolve) => setTimeout(resolve, 1500));
        return picture.toDataURL() !== before";
    Ok(page.js(script)?.as_bool().unwrap_or_default())
}

/// Images trained per second, counted over `window_ms`.
pub(crate) fn images_per_second(page: &Page, experiment: &Experiment, window_ms: u32) -> Result<f64> {
    let steps_per_epoch = experiment.check()?.steps_per_epoch();
    let script = format!(
        "const status = document.querySelector('[data-testid=run-status]').dataset;
         // Counts change at most every 100 ms: begins and ends with a change.
         const count = async () => {{
           const {{ step }} = status;
           for (let ms = 0; status.step === step && ms < 5000; ms += 2) {{
             await new Promise((resolve) => setTimeout(resolve, 2));
           }}
           return [performance.now(), (status.epoch - 1) * {steps_per_epoch} + +status.step];
         }};
         const [start, before] = await count();
         await new Promise((resolve) => setTimeout(resolve, {window_ms}));
         const [end, after] = await count();
         return (after - before) / (end - start) * 1000"
    );
    let steps_per_second = page.js(&script)?.as_f64().unwrap_or_default();
    ensure!(steps_per_second > 0.0, "the run does not go on");
    Ok(steps_per_second * experiment.training.batch_size as f64)
}

fn median(figures: &[f64]) -> f64 {
    let mut figures = figures.to_vec();
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slowdown_is_a_share_of_the_medians() {
        let speeds = Speeds { open: vec![90.0, 10.0, 95.0], closed: vec![100.0, 500.0, 90.0] };
        assert!((speeds.slowdown() - 0.1).abs() < 1e-12);
    }
}
