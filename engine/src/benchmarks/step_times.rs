//! How long each part of a network's updates takes, on one core.

use crate::data::{Dataset, DatasetError};
use crate::experiment::CheckedExperiment;
use crate::model::{Model, StepPart, Workspace};
use crate::trainer::{Stage, Trainer};
use serde::{Deserialize, Serialize};
use std::ops::Range;
use std::sync::Arc;

/// Updates before the clock counts.
const N_WARM_UP: usize = 10;
/// Updates are timed in groups of at least this length, in milliseconds, of which the median counts.
const GROUP_MS: f64 = 60.0;

/// One part of an update.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PartTime {
    /// What is done: `conv2d + max_pooling2d → 13×13×32, forward`.
    pub title: String,
    /// Microseconds for one image.
    pub us_per_image: f64,
    /// Share of the whole update.
    pub share: f64,
    /// Billions of operations per second as the plain loops have them, a multiply-add being two: those that are left out,
    /// exactly, count. `None` where there are no multiply-adds.
    pub gflops: Option<f64>,
}

/// A part of an update and its work.
#[derive(Debug, Clone, PartialEq)]
struct PlannedPart {
    part: StepPart,
    title: String,
    /// Operations for one image.
    n_flops: usize,
}

/// Trains for about `budget_ms` of the caller's clock, which `now_ms` reads; all parts of an update, in order.
///
/// # Errors
/// If the data set is not what the experiment needs.
pub fn time_parts(
    checked: &CheckedExperiment,
    dataset: &Arc<Dataset>,
    budget_ms: f64,
    mut now_ms: impl FnMut() -> f64,
) -> Result<Vec<PartTime>, DatasetError> {
    let begin = || Trainer::new(checked.clone(), dataset.clone());
    let mut trainer = begin()?;
    let parts = plan(trainer.model());
    let mut groups = Vec::new();
    let start_ms = now_ms();
    for _ in 0..N_WARM_UP {
        time_update(&mut trainer, &parts, &mut vec![0.0; parts.len()], &mut now_ms);
        end_epoch(&mut trainer);
    }
    while groups.is_empty() || now_ms() - start_ms < budget_ms {
        let mut times_ms = vec![0.0; parts.len()];
        let mut n_images = 0;
        while times_ms.iter().sum::<f64>() < GROUP_MS {
            n_images += time_update(&mut trainer, &parts, &mut times_ms, &mut now_ms);
            end_epoch(&mut trainer);
            if matches!(trainer.stage(), Stage::Finished(_)) {
                trainer = begin()?;
            }
        }
        groups.push(times_ms.iter().map(|ms| ms * 1e3 / n_images as f64).collect::<Vec<f64>>());
    }
    Ok(part_times(&parts, &groups))
}

/// Adds the milliseconds of each part of an update; returns its number of images.
fn time_update(
    trainer: &mut Trainer,
    parts: &[PlannedPart],
    times_ms: &mut [f64],
    now_ms: &mut impl FnMut() -> f64,
) -> usize {
    let mut last_ms = now_ms();
    let report = trainer.step_in_parts(&mut |part| {
        let end_ms = now_ms();
        if let Some(part_idx) = parts.iter().position(|planned| planned.part == part) {
            times_ms[part_idx] += end_ms - last_ms;
        }
        last_ms = end_ms;
    });
    report.n_samples
}

/// Validates, if the epoch is over; that is not timed.
fn end_epoch(trainer: &mut Trainer) {
    while trainer.stage() == Stage::Validation {
        trainer.validate_chunk();
    }
}

/// Medians of the groups' microseconds per image.
fn part_times(parts: &[PlannedPart], groups: &[Vec<f64>]) -> Vec<PartTime> {
    let median = |part_idx: usize| {
        let mut times: Vec<f64> = groups.iter().map(|times| times[part_idx]).collect();
        times.sort_by(f64::total_cmp);
        times[times.len() / 2]
    };
    let times: Vec<f64> = (0..parts.len()).map(median).collect();
    let total: f64 = times.iter().sum();
    let part_time = |(part, us_per_image): (&PlannedPart, f64)| PartTime {
        title: part.title.clone(),
        us_per_image,
        share: us_per_image / total,
        gflops: (part.n_flops > 0 && us_per_image > 0.0).then(|| part.n_flops as f64 / us_per_image / 1e3),
    };
    parts.iter().zip(times).map(part_time).collect()
}

/// All parts of an update, in order.
fn plan(model: &Model) -> Vec<PlannedPart> {
    let workspace = Workspace::new(model);
    let (stages, first) = (workspace.stages(model), workspace.first_stage_with_params());
    let other = |part, title: &str| PlannedPart { part, title: title.to_owned(), n_flops: 0 };
    let mut parts = vec![other(StepPart::Gather, "gather the batch"), other(StepPart::Pack, "pack the weights")];
    parts.extend(stages.iter().enumerate().map(|(stage_idx, layers)| {
        let title = format!("{}, forward", stage_title(model, layers));
        PlannedPart { part: StepPart::Forward(stage_idx), title, n_flops: stage_flops(model, layers) }
    }));
    parts.push(other(StepPart::Loss, "loss"));
    parts.extend((first..stages.len()).rev().map(|stage_idx| {
        let layers = &stages[stage_idx];
        let title = format!("{}, backward", stage_title(model, layers));
        // The gradient of the kernel, and that of the input where it is needed.
        let n_products = if stage_idx == first { 1 } else { 2 };
        let n_flops = n_products * stage_flops(model, layers);
        PlannedPart { part: StepPart::Backward(stage_idx), title, n_flops }
    }));
    parts.push(other(StepPart::Sum, "add the shards"));
    parts.push(other(StepPart::Update, "optimizer"));
    parts
}

/// The names of its layers, and the shape of what the last one gives.
fn stage_title(model: &Model, layers: &Range<usize>) -> String {
    let layers = &model.layers()[layers.clone()];
    let names: Vec<&str> = layers.iter().map(|layer| layer.name.as_str()).collect();
    let shape = layers.last().map(|layer| format!(" → {}", layer.output_shape)).unwrap_or_default();
    names.join(" + ") + &shape
}

/// Operations of the forward pass on one image, a multiply-add being two.
fn stage_flops(model: &Model, layers: &Range<usize>) -> usize {
    model.layers()[layers.clone()].iter().map(|layer| 2 * layer.n_multiply_adds()).sum()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test says where")]
    use super::*;
    use crate::benchmarks::Network;
    use crate::experiment::{DataConfig, Validation};

    fn digits() -> Arc<Dataset> {
        let pixels = (0..300 * 784).map(|idx: usize| if idx.is_multiple_of(5) { (idx % 251) as u8 } else { 0 });
        Dataset::digits(pixels.collect(), (0..300).map(|label: usize| (label % 10) as u8).collect()).unwrap().into()
    }

    fn small(network: Network) -> CheckedExperiment {
        let mut experiment = network.experiment();
        experiment.data = DataConfig::mnist(300);
        experiment.training.validation = Validation::None;
        experiment.check().unwrap()
    }

    #[test]
    fn stages_are_all_layers_in_order() {
        for network in Network::ALL {
            let model = Model::new(&network.experiment().check().unwrap());
            let stages = Workspace::new(&model).stages(&model);
            let layers: Vec<usize> = stages.into_iter().flatten().collect();
            assert_eq!(layers, (0..model.layers().len()).collect::<Vec<_>>(), "{network:?}");
        }
    }

    #[test]
    fn the_first_layer_needs_no_gradient_of_its_input() {
        let parts = plan(&Model::new(&small(Network::LessonCnn)));
        let flops = |wanted: StepPart| parts.iter().find(|planned| planned.part == wanted).unwrap().n_flops;
        assert_eq!(flops(StepPart::Backward(0)), flops(StepPart::Forward(0)));
        assert_eq!(flops(StepPart::Backward(1)), 2 * flops(StepPart::Forward(1)));
    }

    #[test]
    fn an_update_in_parts_is_the_same_update_and_every_part_is_planned() {
        for network in Network::ALL {
            let (checked, dataset) = (small(network), digits());
            let mut whole = Trainer::new(checked.clone(), dataset.clone()).unwrap();
            let mut in_parts = Trainer::new(checked, dataset).unwrap();
            let parts = plan(whole.model());
            for _ in 0..2 {
                let mut seen = Vec::new();
                let report = in_parts.step_in_parts(&mut |part| seen.push(part));
                assert_eq!(report, whole.step(), "{network:?}");
                assert!(parts.iter().all(|planned| seen.contains(&planned.part)), "{network:?}: {seen:?}");
                assert!(seen.iter().all(|part| parts.iter().any(|planned| planned.part == *part)), "{network:?}");
            }
            assert_eq!(in_parts.model().weights(), whole.model().weights(), "{network:?}");
        }
    }

    #[test]
    fn times_are_those_of_the_clock() {
        let mut ms = 0.0;
        let clock = || {
            ms += 1.0;
            ms
        };
        let times = time_parts(&small(Network::SoftmaxRegression), &digits(), 200.0, clock).unwrap();
        let titles: Vec<&str> = times.iter().map(|time| time.title.as_str()).collect();
        let dense = ["flatten + dense → 10, forward", "loss", "flatten + dense → 10, backward"];
        assert_eq!(titles[2..5], dense);
        assert!((times.iter().map(|time| time.share).sum::<f64>() - 1.0).abs() < 1e-9);
        // Each part of each of the shards takes one tick of that clock.
        let forward = &times[2];
        assert!((forward.us_per_image - times[4].us_per_image).abs() < 1e-9);
        assert!((forward.gflops.unwrap() - 15_680.0 / forward.us_per_image / 1e3).abs() < 1e-9);
    }
}
