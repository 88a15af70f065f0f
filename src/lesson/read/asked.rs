//! Bets and questions from their blocks.

use super::blocks::{RawBet, RawQuestion, RawUnit};
use super::build::{Context, shown};
use super::sections::Block;
use crate::lesson::{Bet, BetRun, Choice, Curve, Function, Gap, Guess, Measure, Mistake, Question, Task, UnitRule};
use inkling_engine::experiment::Experiment;
use toml::Value;

/// Seeds that a bet may ask for.
const MAX_SEEDS: usize = 10;

impl Context<'_> {
    /// The bet of a block.
    pub fn bet(&mut self, block: &Block, experiment: Option<&Experiment>) -> Option<Bet> {
        let raw: RawBet = self.parse(block)?;
        let measure = match raw.measure.as_str() {
            "loss" => Measure::Loss,
            "accuracy" => Measure::Accuracy,
            "val_loss" => Measure::ValLoss,
            "val_accuracy" => Measure::ValAccuracy,
            "epochs" => Measure::Epochs,
            other => {
                self.fault(format!(
                    "expected a measure (loss, accuracy, val_loss, val_accuracy, epochs), got `{other}`"
                ));
                return None;
            }
        };
        let mut runs = Vec::new();
        for run in &raw.run {
            let found = self.experiment(run.preset.as_deref(), run.change.as_ref(), experiment);
            runs.extend(found.map(|experiment| BetRun { name: run.name.clone(), experiment }));
        }
        if raw.run.is_empty() {
            match experiment {
                Some(experiment) => {
                    runs.push(BetRun { name: "the step's experiment".to_owned(), experiment: experiment.clone() })
                }
                None => self.fault("a bet needs a run, or an experiment of its step".to_owned()),
            }
        }
        let n_seeds = raw.seeds.unwrap_or(1);
        if !(1..=MAX_SEEDS).contains(&n_seeds) {
            self.fault(format!("`seeds`: expected 1 to {MAX_SEEDS}, got {n_seeds}"));
        }
        let guess = match (raw.number, raw.best, raw.curve) {
            (Some(number), false, None) => Guess::Number { tolerance: number.tolerance },
            (None, true, None) => Guess::Best,
            (None, false, Some(curve)) => Guess::Curve(self.field(curve.x, curve.y)),
            _ => {
                self.fault("a bet needs one of `number`, `best = true` and `curve`".to_owned());
                return None;
            }
        };
        let n_runs = runs.len();
        match guess {
            Guess::Best if n_runs < 2 && raw.run.len() < 2 => self.fault("`best` needs two runs or more".to_owned()),
            Guess::Number { .. } | Guess::Curve(_) if n_runs > 1 => {
                self.fault(format!("`number` and `curve` are about one run, got {n_runs}"));
            }
            _ => {}
        }
        let (question, because) = (self.html(&raw.question), self.html(&raw.because));
        Some(Bet { question, guess, measure, runs, n_seeds, because })
    }

    /// The question of a block.
    pub fn question(&mut self, block: &Block) -> Option<Question> {
        let raw: RawQuestion = self.parse(block)?;
        let n_tasks = [
            raw.number.is_some(),
            !raw.gap.is_empty(),
            !raw.choice.is_empty(),
            raw.sketch.is_some(),
            raw.unit.is_some(),
            raw.essay.is_some(),
        ];
        let n_tasks = n_tasks.into_iter().filter(|is_there| *is_there).count();
        if n_tasks != 1 {
            self.fault(format!(
                "a question needs one of `number`, `gap`, `choice`, `sketch`, `unit` and `essay`, got {n_tasks}"
            ));
            return None;
        }
        let task = self.task(&raw)?;
        let (text, because) = (self.html(&raw.text), self.html(&raw.because));
        let hints = raw.hints.iter().map(|hint| self.html(hint)).collect();
        Some(Question { text, task, hints, because })
    }

    fn task(&mut self, raw: &RawQuestion) -> Option<Task> {
        if let Some(number) = &raw.number {
            let answer = self.number(number);
            let mistakes = raw
                .mistake
                .iter()
                .map(|mistake| Mistake { number: self.number(&mistake.number), says: self.html(&mistake.says) });
            let mistakes: Vec<_> = mistakes.collect();
            let tolerance = raw.tolerance.unwrap_or(0.0);
            if mistakes.iter().any(|mistake| (mistake.number - answer).abs() <= tolerance) {
                self.fault(format!("a mistake has the right number, {answer}"));
            }
            return Some(Task::Number { answer, tolerance, mistakes });
        }
        if !raw.mistake.is_empty() || raw.tolerance.is_some() {
            self.fault("`mistake` and `tolerance` belong to a question with `number`".to_owned());
        }
        if !raw.gap.is_empty() {
            let gaps = raw.gap.iter().map(|gap| Gap { label: gap.label.clone(), answer: self.number(&gap.number) });
            return Some(Task::Gaps(gaps.collect()));
        }
        if !raw.choice.is_empty() {
            let n_right = raw.choice.iter().filter(|choice| choice.right).count();
            if n_right != 1 {
                self.fault(format!("expected one choice with `right = true`, got {n_right}"));
            }
            let choice = |choice: &super::blocks::RawChoice, context: &mut Self| Choice {
                text: context.html(&choice.text),
                is_right: choice.right,
                says: context.html(&choice.says),
            };
            return Some(Task::Choice(raw.choice.iter().map(|raw| choice(raw, self)).collect()));
        }
        if let Some(sketch) = &raw.sketch {
            let function = match sketch.function.as_str() {
                "relu" => Function::Relu,
                "sigmoid" => Function::Sigmoid,
                "tanh" => Function::Tanh,
                other => {
                    self.fault(format!("expected a function (relu, sigmoid, tanh), got `{other}`"));
                    return None;
                }
            };
            return Some(Task::Sketch { field: self.field(sketch.x, sketch.y), function });
        }
        if let Some(unit) = &raw.unit {
            return self.unit(unit);
        }
        let essay = raw.essay.as_ref()?;
        let rubric = essay.rubric.iter().map(|point| self.html(point)).collect();
        Some(Task::Essay { model: self.html(&essay.model), rubric })
    }

    fn unit(&mut self, raw: &RawUnit) -> Option<Task> {
        let layers = self.experiment.as_ref().map(|experiment| experiment.layers().to_vec()).unwrap_or_default();
        let Some(layer) = layers.iter().find(|layer| layer.name == raw.layer) else {
            let names: Vec<_> = layers.iter().map(|layer| layer.name.as_str()).collect();
            self.fault(format!("expected a layer of the experiment ({}), got `{}`", names.join(", "), raw.layer));
            return None;
        };
        let n_units = layer.output_shape.dims()[2];
        let rule = match &raw.is {
            Value::String(rule) if rule == "largest output" => UnitRule::LargestOutput,
            Value::Integer(unit) if usize::try_from(*unit).is_ok_and(|unit| unit < n_units) => {
                UnitRule::Index(*unit as usize)
            }
            other => {
                self.fault(format!(
                    "`is`: expected \"largest output\" or a unit from 0 to {}, got {}",
                    n_units - 1,
                    shown(other)
                ));
                return None;
            }
        };
        Some(Task::Unit { layer: raw.layer.clone(), rule })
    }

    /// The field of a drawn curve.
    fn field(&mut self, x: [f64; 2], y: [f64; 2]) -> Curve {
        let grows = |[low, high]: [f64; 2]| low.is_finite() && high.is_finite() && low <= high;
        if !grows(x) || !grows(y) || y[0] == y[1] {
            self.fault(format!("expected ranges from low to high, got x = {x:?}, y = {y:?}"));
        }
        Curve { x, y }
    }
}
