//! The speed bench, `bench.html`: how fast is this machine?

mod part_table;
mod runner;
mod script;

use crate::components::part::{Part, part};
use crate::protocol::{BenchFigures, BenchOptions, Simd, Workload};
use leptos::prelude::*;
use leptos::task::spawn_local;
use part_table::PartRow;
use runner::BenchRunner;
use std::rc::Rc;

/// What the row of a workload shows.
#[derive(Debug, Clone, PartialEq)]
enum Outcome {
    NotRun,
    Running,
    Done(BenchFigures),
    Failed(String),
}

/// A group of rows: its title, and which workloads belong to it.
type Group = (&'static str, fn(Workload) -> bool);

/// The groups of the table: title, and what belongs to them. Layers are folded under their network.
const GROUPS: [Group; 3] = [
    ("The works of the page", |workload| {
        !matches!(workload, Workload::Network(_) | Workload::Layers(_) | Workload::Kernel(_))
    }),
    ("Training of many kinds of networks", |workload| matches!(workload, Workload::Network(_))),
    ("Kernels", |workload| matches!(workload, Workload::Kernel(_))),
];

/// Where the times of a network's layers arrive.
fn parts_of(workload: Workload, outcomes: &[(Workload, RwSignal<Outcome>)]) -> Option<RwSignal<Outcome>> {
    let Workload::Network(network) = workload else { return None };
    let layers = outcomes.iter().find(|(other, _)| *other == Workload::Layers(network));
    layers.map(|(_, outcome)| *outcome)
}

/// Twenty workloads belong to networks: each of them gets less time than the others.
fn options(workload: Workload) -> BenchOptions {
    let usual = BenchOptions::default();
    match workload {
        Workload::Network(_) => BenchOptions { budget_ms: 3_000.0, ..usual },
        Workload::Layers(_) => BenchOptions { budget_ms: 1_500.0, ..usual },
        _ => usual,
    }
}

/// The page, once its part of the program is there.
#[component]
pub fn BenchPage() -> impl IntoView {
    let part = Part::new(fetch_bench, || true);
    move || part.show(|| bench(()))
}

part!(later, fetch_bench, bench(_nothing: ()), view! { <Bench /> }.into_any());

/// The page: a table of workloads, a button, and `window.__bench` for scripts.
#[component]
fn Bench() -> impl IntoView {
    let runner = BenchRunner::open();
    script::offer(runner.clone());
    let state = runner.state;
    let outcomes = Workload::all().map(|workload| (workload, RwSignal::new(Outcome::NotRun))).collect::<Vec<_>>();
    let groups = GROUPS.map(|(title, belongs)| {
        let rows = outcomes.iter().filter(|(workload, _)| belongs(*workload));
        let rows = rows
            .map(|&(workload, outcome)| view! { <BenchRow workload outcome parts=parts_of(workload, &outcomes) /> });
        view! {
            <tbody>
                <tr>
                    <th class="bench__group" scope="rowgroup" colspan="6">{title}</th>
                </tr>
                {rows.collect_view()}
            </tbody>
        }
    });
    let is_running = RwSignal::new(false);
    let runner = StoredValue::new_local(runner);
    let run_all = move |_| {
        let runner: Rc<BenchRunner> = runner.get_value();
        let outcomes = outcomes.clone();
        is_running.set(true);
        spawn_local(async move {
            for (workload, outcome) in outcomes {
                outcome.set(Outcome::Running);
                outcome.set(match runner.run(workload, options(workload)).await {
                    Ok(figures) => Outcome::Done(figures),
                    Err(message) => Outcome::Failed(message),
                });
            }
            is_running.set(false);
        });
    };
    view! {
        <main class="bench">
            <h1 class="bench__title">"How fast is this machine?"</h1>
            <p class="bench__lead">
                "Real training on all of MNIST, timed in the worker that trains on the "
                <a href="./">"digits page"</a>
                ". A step: gather a shuffled batch, forward, backward, update, loss. Kernels run on one core; their operations are \
                counted as plain loops have them, so a kernel that skips products whose result is known to be 0 may exceed the peak."
            </p>
            <p class="bench__machine" role="status">
                {move || {
                    let state = state.get();
                    let build = match state.machine {
                        None => "The worker is starting".to_owned(),
                        Some((simd, n_cores)) => {
                            let lanes = match simd {
                                Simd::Simd128 => "128-bit SIMD",
                                Simd::Relaxed => "relaxed SIMD (fused multiply-add)",
                            };
                            format!("{n_cores} cores, {lanes}")
                        }
                    };
                    let data = match (state.is_data_loaded, state.data) {
                        (true, _) => " · MNIST is loaded".to_owned(),
                        (false, Some(progress)) => {
                            format!(" · MNIST: {} of {} kB", progress.n_bytes / 1000, progress.n_bytes_total / 1000)
                        }
                        (false, None) => String::new(),
                    };
                    build + &data
                }}
            </p>
            <button class="bench__run" disabled=is_running on:click=run_all>
                {move || if is_running.get() { "Running…" } else { "Run all" }}
            </button>
            <table class="bench__table">
                <thead>
                    <tr>
                        <th scope="col">"Workload"</th>
                        <th scope="col">"What"</th>
                        <th scope="col">"Speed"</th>
                        <th scope="col">"Steps"</th>
                        <th scope="col">"Loss, first → last"</th>
                        <th scope="col">"Workers"</th>
                    </tr>
                </thead>
                {groups}
            </table>
        </main>
    }
}

/// One workload.
#[component]
fn BenchRow(workload: Workload, outcome: RwSignal<Outcome>, parts: Option<RwSignal<Outcome>>) -> impl IntoView {
    let cell = move |text: fn(&BenchFigures) -> String| {
        move || match outcome.get() {
            Outcome::Done(figures) => text(&figures),
            _ => String::new(),
        }
    };
    view! {
        <tr>
            <th scope="row">{workload.id()}</th>
            <td>{workload.title()}</td>
            <td class="bench__figure">
                {move || match outcome.get() {
                    Outcome::NotRun => "–".to_owned(),
                    Outcome::Running => "…".to_owned(),
                    Outcome::Failed(message) => message,
                    Outcome::Done(figures) => speed(&figures),
                }}
            </td>
            <td class="bench__figure">{cell(|figures| figures.steps.to_string())}</td>
            <td class="bench__figure">{cell(losses)}</td>
            <td class="bench__figure">{cell(|figures| figures.workers.to_string())}</td>
        </tr>
        {parts.map(|outcome| view! { <PartRow outcome /> })}
    }
}

fn speed(figures: &BenchFigures) -> String {
    if let (Some(speed), Some(seconds)) = (figures.images_per_second, figures.epoch_seconds) {
        return format!("{speed:.0} images/s ({seconds:.1} s an epoch)");
    }
    if let Some(speed) = figures.epochs_per_second {
        return format!("{speed:.0} epochs/s");
    }
    if let Some(gflops) = figures.gflops {
        return format!("{gflops:.1} GFLOP/s");
    }
    match (figures.p50, figures.p95) {
        (Some(p50), Some(p95)) => format!("{p50:.2} ms (95 %: {p95:.2} ms)"),
        _ => String::new(),
    }
}

fn losses(figures: &BenchFigures) -> String {
    match (figures.loss_first, figures.loss_last) {
        (Some(first), Some(last)) => format!("{first:.3} → {last:.3}"),
        _ => String::new(),
    }
}
