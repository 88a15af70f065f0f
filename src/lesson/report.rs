//! The lab report: what was predicted, run, found and answered, as one HTML file and as a notebook.
//!
//! Whoever reads it can check that the runs are real: the link of a run has its experiment with its seed, and the same
//! experiment with the same seed gives the same figures.

use super::{Answer, Course, Given, NO_DIFFERENCE, Prediction, Progress, Question, Step, Task};
use inkling_engine::experiment::{Experiment, thousands};
use inkling_engine::history::EpochRecord;
use serde_json::{Value, json};
use std::fmt::Write;
use std::sync::Arc;

/// What a report is made from.
#[derive(Debug, Clone)]
pub struct Report {
    /// The day, as `2026-11-27`.
    pub date: String,
    /// The lesson.
    pub course: Arc<Course>,
    /// What was done in it.
    pub progress: Progress,
    /// The runs, oldest first.
    pub runs: Vec<ReportRun>,
    /// Pictures of the bench.
    pub pictures: Vec<Picture>,
}

/// A run of the report.
#[derive(Debug, Clone)]
pub struct ReportRun {
    /// What it is called in the run table.
    pub name: String,
    /// What was run.
    pub experiment: Experiment,
    /// Its parameters.
    pub n_params: usize,
    /// The link that restores it; none if it cannot be written.
    pub link: Option<String>,
    /// Whether the experiment alone gives these figures: no edits of weights, no changes midway.
    pub is_repeatable: bool,
    /// Its epochs.
    pub epochs: Vec<EpochRecord>,
    /// Its accuracy on the test set, if that was opened.
    pub test_accuracy: Option<f64>,
}

/// A picture of the bench.
#[derive(Debug, Clone)]
pub struct Picture {
    /// What it shows.
    pub name: String,
    /// Its file as a data address.
    pub data_url: String,
    /// Whether it has few pixels, which are enlarged with sharp edges.
    pub is_small: bool,
}

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1b1c1e;background:#fff}\
h1{font-size:1.6rem}h2{font-size:1.25rem;margin-top:2rem;border-bottom:1px solid #ccc}h3{font-size:1.05rem;margin-bottom:.2rem}\
table{border-collapse:collapse;font-size:.9rem}td,th{border:1px solid #ccc;padding:.15rem .5rem;text-align:right}th:first-child{text-align:left}\
.answer{margin:.3rem 0 .3rem 1rem}.muted{color:#555}svg{width:100%;max-width:32rem;height:auto}figure{display:inline-block;margin:.3rem;text-align:center;font-size:.8rem;max-width:11rem}\
img{width:10rem;max-width:100%;border:1px solid #ccc}img.small{image-rendering:pixelated}@media print{h2{break-after:avoid}section,figure,tr{break-inside:avoid}}";

/// The report as one file that needs nothing else.
#[must_use]
pub fn html(report: &Report) -> String {
    let mut html = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Inkling lab report, {date}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>Lab report</h1>\n<p class=\"muted\">{date} · made with Inkling · {done} of {all} steps done</p>\n",
        date = escape(&report.date),
        done = report.progress.done.len(),
        all = report.course.steps().count(),
    );
    html.push_str("<h2>Predictions and answers</h2>\n");
    let mut is_empty = true;
    for step in report.course.steps() {
        if let Some(done) = step_html(step, &report.progress) {
            html.push_str(&done);
            is_empty = false;
        }
    }
    if is_empty {
        html.push_str("<p>Nothing was predicted or answered yet.</p>\n");
    }
    html.push_str("<h2>Runs</h2>\n<p class=\"muted\">The link of a run opens its experiment with its seed. Train it, and the same figures come again.</p>\n");
    if report.runs.is_empty() {
        html.push_str("<p>Nothing was trained yet.</p>\n");
    }
    report.runs.iter().for_each(|run| html.push_str(&run_html(run)));
    if !report.pictures.is_empty() {
        html.push_str("<h2>Pictures of the bench</h2>\n");
        for Picture { name, data_url, is_small } in &report.pictures {
            let class = if *is_small { " class=\"small\"" } else { "" };
            let name = escape(name);
            let _ = writeln!(
                html,
                "<figure><img{class} src=\"{}\" alt=\"{name}\"><figcaption>{name}</figcaption></figure>",
                escape(data_url)
            );
        }
    }
    html.push_str("</body>\n</html>\n");
    html
}

/// The report as a Jupyter notebook (nbformat 4): text cells, and a code cell with each run's figures.
#[must_use]
pub fn notebook(report: &Report) -> String {
    let mut cells = vec![markdown(format!(
        "# Lab report\n\n{} · made with Inkling · {} of {} steps done",
        report.date,
        report.progress.done.len(),
        report.course.steps().count()
    ))];
    let answers = report.course.steps().filter_map(|step| step_html(step, &report.progress));
    cells.extend(answers.map(markdown));
    for run in &report.runs {
        cells.push(markdown(run_html(run)));
        cells.push(code(figures_code(run)));
    }
    let notebook = json!({
        "cells": cells,
        "metadata": { "kernelspec": { "display_name": "Python 3", "language": "python", "name": "python3" } },
        "nbformat": 4,
        "nbformat_minor": 5,
    });
    format!("{notebook:#}\n")
}

fn markdown(text: String) -> Value {
    json!({ "cell_type": "markdown", "metadata": {}, "source": text })
}

fn code(text: String) -> Value {
    json!({ "cell_type": "code", "metadata": {}, "execution_count": null, "outputs": [], "source": text })
}

/// A run's figures as Python, for plots of one's own.
fn figures_code(run: &ReportRun) -> String {
    let list = |figures: Vec<Option<f64>>| {
        let figures: Vec<_> = figures
            .iter()
            .map(|figure| {
                figure.filter(|figure| figure.is_finite()).map_or("None".to_owned(), |figure| figure.to_string())
            })
            .collect();
        format!("[{}]", figures.join(", "))
    };
    let epochs = &run.epochs;
    format!(
        "history = {{\n    \"loss\": {},\n    \"accuracy\": {},\n    \"val_loss\": {},\n    \"val_accuracy\": {},\n}}",
        list(epochs.iter().map(|epoch| Some(epoch.loss)).collect()),
        list(epochs.iter().map(|epoch| Some(epoch.accuracy)).collect()),
        list(epochs.iter().map(|epoch| epoch.val_loss).collect()),
        list(epochs.iter().map(|epoch| epoch.val_accuracy).collect()),
    )
}

/// What was done in a step; none if it was only read.
fn step_html(step: &Step, progress: &Progress) -> Option<String> {
    let answers = progress.answers.get(&step.id).filter(|answers| !answers.is_empty());
    let prediction = progress.bets.get(&step.id);
    let votes = progress.votes.get(&step.id);
    if answers.is_none() && prediction.is_none() && votes.is_none() {
        return None;
    }
    let mut html =
        format!("<section>\n<h3>{} <span class=\"muted\">({})</span></h3>\n", escape(&step.title), escape(&step.id));
    if let (Some(bet), Some(prediction)) = (&step.bet, prediction) {
        let _ = writeln!(
            html,
            "<div>{}</div>\n<p class=\"answer\">Predicted: {}</p>",
            bet.question,
            escape(&given(bet, &prediction.guess))
        );
        html.push_str(&came_html(bet, prediction));
    }
    for (question_idx, question) in step.questions.iter().enumerate() {
        if let Some(answer) = answers.and_then(|answers| answers.get(&question_idx)) {
            let judged = match question.judge(answer).and_then(|verdict| verdict.is_right) {
                Some(true) => " (right)",
                Some(false) => " (not right)",
                None => "",
            };
            let _ = writeln!(
                html,
                "<div>{}</div>\n<p class=\"answer\">Answered: {}{judged}</p>",
                question.text,
                answer_html(question, answer)
            );
        }
    }
    if let Some(votes) = votes {
        let votes: Vec<_> = votes.iter().map(u32::to_string).collect();
        let _ = writeln!(html, "<p class=\"answer\">Show of hands: {}</p>", votes.join(" · "));
    }
    html.push_str("</section>\n");
    Some(html)
}

fn given(bet: &super::Bet, given: &Given) -> String {
    match given {
        Given::Number(number) => bet.measure.text(*number),
        Given::Best(Some(run_idx)) => bet.runs.get(*run_idx).map(|run| run.name.clone()).unwrap_or_default(),
        Given::Best(None) => NO_DIFFERENCE.to_lowercase(),
        Given::Curve(heights) => heights.iter().map(|height| bet.measure.text(*height)).collect::<Vec<_>>().join(", "),
    }
}

/// What came of a bet, run by run and seed by seed.
fn came_html(bet: &super::Bet, prediction: &Prediction) -> String {
    let mut html = String::new();
    for (run, seeds) in bet.runs.iter().zip(&prediction.outcomes) {
        let figures: Vec<_> = seeds
            .iter()
            .filter_map(|outcome| {
                Some(format!("{} (seed {})", bet.measure.text(bet.measure.of(&outcome.epochs)?), outcome.seed))
            })
            .collect();
        let _ = writeln!(
            html,
            "<p class=\"answer\">{}: {} {}</p>",
            escape(&run.name),
            bet.measure.name(),
            figures.join(", ")
        );
    }
    html
}

fn answer_html(question: &Question, answer: &Answer) -> String {
    match (answer, &question.task) {
        (Answer::Number(text), _) => escape(text),
        (Answer::Gaps(texts), _) => escape(&texts.join(", ")),
        (Answer::Choice(choice), Task::Choice(choices)) => {
            choices.get(*choice).map(|choice| choice.text.clone()).unwrap_or_default()
        }
        (Answer::Choice(choice), _) => (choice + 1).to_string(),
        (Answer::Sketch(_), _) => "a drawn curve".to_owned(),
        (Answer::Unit { unit, .. }, _) => format!("unit {unit}"),
        (Answer::Essay { text, marks }, _) => {
            let n_found = marks.iter().filter(|mark| **mark).count();
            format!("{} <span class=\"muted\">({n_found} of {} points marked)</span>", escape(text), marks.len())
        }
    }
}

fn run_html(run: &ReportRun) -> String {
    let mut html = format!(
        "<section>\n<h3>{}</h3>\n<p>{} parameters, seed {}",
        escape(&run.name),
        thousands(run.n_params),
        run.experiment.seed
    );
    if let Some(accuracy) = run.test_accuracy {
        let _ = write!(html, ", {:.2} % of the test images", 100.0 * accuracy);
    }
    if let Some(link) = &run.link {
        let _ = write!(html, ". <a href=\"{}\">Open it</a>", escape(link));
    }
    if !run.is_repeatable {
        html.push_str(
            ". It was changed midway or its weights were edited, so the link alone does not give these figures",
        );
    }
    html.push_str(".</p>\n");
    html.push_str(&chart(&run.epochs));
    html.push_str("<table><thead><tr><th>epoch</th><th>loss</th><th>accuracy</th><th>val_loss</th><th>val_accuracy</th></tr></thead><tbody>\n");
    let or_dash = |value: Option<f64>| value.map_or("–".to_owned(), |value| format!("{value:.6}"));
    for EpochRecord { epoch, loss, accuracy, val_loss, val_accuracy } in thinned(&run.epochs) {
        let (val_loss, val_accuracy) = (or_dash(*val_loss), or_dash(*val_accuracy));
        let _ = writeln!(
            html,
            "<tr><th>{epoch}</th><td>{loss:.6}</td><td>{accuracy:.6}</td><td>{val_loss}</td><td>{val_accuracy}</td></tr>"
        );
    }
    html.push_str("</tbody></table>\n</section>\n");
    html
}

/// Rows that a table shows at most: of longer runs, evenly spread ones and the last.
const MAX_ROWS: usize = 60;

fn thinned(epochs: &[EpochRecord]) -> impl Iterator<Item = &EpochRecord> {
    let step = epochs.len().div_ceil(MAX_ROWS).max(1);
    epochs.iter().enumerate().filter(move |(idx, _)| idx % step == 0 || idx + 1 == epochs.len()).map(|(_, epoch)| epoch)
}

/// Loss over the epochs: training and validation.
fn chart(epochs: &[EpochRecord]) -> String {
    const WIDTH: f64 = 480.0;
    const HEIGHT: f64 = 160.0;
    let losses =
        epochs.iter().flat_map(|epoch| [Some(epoch.loss), epoch.val_loss]).flatten().filter(|loss| loss.is_finite());
    let high = losses.fold(0.0_f64, f64::max);
    if epochs.len() < 2 || high <= 0.0 {
        return String::new();
    }
    let last = epochs.last().map_or(1, |epoch| epoch.epoch).max(2) as f64;
    let line = |figure: fn(&EpochRecord) -> Option<f64>| {
        let points = epochs.iter().filter_map(|epoch| {
            let value = figure(epoch).filter(|value| value.is_finite())?;
            let x = 36.0 + (WIDTH - 44.0) * (epoch.epoch as f64 - 1.0) / (last - 1.0);
            Some(format!("{x:.1},{:.1}", 8.0 + (HEIGHT - 30.0) * (1.0 - value / high)))
        });
        points.collect::<Vec<_>>().join(" ")
    };
    format!(
        "<svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-label=\"Loss over the epochs\">\
<polyline fill=\"none\" stroke=\"#1f5fd0\" stroke-width=\"2\" points=\"{}\"/><polyline fill=\"none\" stroke=\"#b9540a\" stroke-width=\"2\" stroke-dasharray=\"6 3\" points=\"{}\"/>\
<text x=\"0\" y=\"16\" font-size=\"11\">{high:.2}</text><text x=\"0\" y=\"{}\" font-size=\"11\">0</text><text x=\"36\" y=\"{}\" font-size=\"11\">epoch 1 to {last}: loss (blue), val_loss (orange, broken)</text></svg>\n",
        line(|epoch| Some(epoch.loss)),
        line(|epoch| epoch.val_loss),
        HEIGHT - 22.0,
        HEIGHT - 4.0,
    )
}

/// Text as HTML.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use super::*;
    use crate::lesson::{Chapter, Complete};
    use inkling_engine::experiment::Preset;

    fn report() -> Report {
        let question = Question {
            text: "How many?".into(),
            task: Task::Number { answer: 12_560.0, tolerance: 0.0, mistakes: Vec::new() },
            hints: Vec::new(),
            because: "why".into(),
        };
        let step = Step {
            id: "a.b".into(),
            title: "Count & see".into(),
            html: String::new(),
            bench: crate::lesson::Bench::default(),
            complete: Complete::Answered,
            bet: None,
            questions: vec![question],
            widget: None,
        };
        let chapter = Chapter { id: "a".into(), title: "A".into(), steps: vec![step] };
        let mut progress = Progress::default();
        progress.answers.entry("a.b".into()).or_default().insert(0, Answer::Number("<12544>".into()));
        let epoch = |epoch: usize| EpochRecord {
            epoch,
            loss: 1.0 / epoch as f64,
            accuracy: 0.9,
            val_loss: Some(0.5),
            val_accuracy: None,
        };
        let run = ReportRun {
            name: "MLP 16-16".into(),
            experiment: Preset::Mlp16x16.experiment(),
            n_params: 13_002,
            link: Some("/inkling/#v1.abc".into()),
            is_repeatable: true,
            epochs: (1..=100).map(epoch).collect(),
            test_accuracy: Some(0.9461),
        };
        Report {
            date: "2026-11-27".into(),
            course: Arc::new(Course { chapters: vec![chapter] }),
            progress,
            runs: vec![run],
            pictures: Vec::new(),
        }
    }

    #[test]
    fn a_report_holds_answers_and_runs_and_takes_over_no_html_of_the_learner() {
        let html = html(&report());
        for part in [
            "Count &amp; see",
            "&lt;12544&gt;",
            "13,002 parameters, seed 1",
            "94.61 % of the test images",
            "#v1.abc",
            "<polyline",
            "0.500000",
        ] {
            assert!(html.contains(part), "{part}");
        }
        assert!(!html.contains("<12544>") && !html.contains("<script"));
        assert!(html.matches("<tr>").count() < 70, "long runs are thinned");
    }

    #[test]
    fn a_notebook_is_json_with_cells() {
        let notebook: Value = serde_json::from_str(&notebook(&report())).unwrap();
        assert_eq!(notebook["nbformat"], 4);
        let kinds: Vec<_> =
            notebook["cells"].as_array().unwrap().iter().map(|cell| cell["cell_type"].as_str().unwrap()).collect();
        assert_eq!(kinds, ["markdown", "markdown", "markdown", "code"]);
        assert!(notebook["cells"][3]["source"].as_str().unwrap().contains("\"val_accuracy\": [None,"));
    }
}
