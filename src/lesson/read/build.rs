//! Makes a course from the sections of files.

use super::LessonError;
use super::blocks::{RawBench, RawWidget};
use super::markdown::{self, Rendered};
use super::numbers;
use super::sections::{Block, Section, sections};
use crate::lesson::{Bench, Chapter, Complete, Course, ImageChoice, Spot, Step, Widget};
use crate::link::Place;
use inkling_engine::experiment::{CheckedExperiment, Experiment, PlanePreset, Preset};
use serde::de::DeserializeOwned;
use std::collections::HashSet;
use toml::{Table, Value};

/// Titles of all tabs that a step can open.
pub const TABS: [&str; 16] = [
    "Activations",
    "Weights",
    "Gradients",
    "Evidence",
    "Features",
    "Surgery",
    "Code",
    "Mistakes",
    "Confidence",
    "Robustness",
    "Training data",
    "Curves and runs",
    "Lines",
    "Space",
    "One step",
    "Loss surface",
];
/// Images of MNIST's training and test set.
const N_IMAGES: [usize; 2] = [60_000, 10_000];

/// A course under construction.
#[derive(Default)]
pub struct Builder {
    course: Course,
    faults: Vec<LessonError>,
    ids: HashSet<String>,
    /// Links to steps: file, line and name.
    links: Vec<(String, usize, String)>,
    /// Chapters: place, file and line.
    chapters: Vec<(usize, String, usize)>,
}

/// Where a fault is reported.
pub struct Context<'a> {
    pub builder: &'a mut Builder,
    pub file: &'a str,
    /// The line of the block, from 1.
    pub line: usize,
    /// The experiment whose numbers texts hold.
    pub experiment: Option<CheckedExperiment>,
}

impl Builder {
    /// Adds a file.
    pub fn add(&mut self, file: &str, text: &str) {
        let sections = sections(file, text, &mut self.faults);
        let first_chapter = self.course.chapters.len();
        // A step without a preset goes on with the experiment of the step before.
        let mut experiment = None;
        for section in &sections {
            let id = self.checked_id(file, section);
            if section.is_chapter {
                experiment = None;
                if !section.body.trim().is_empty() {
                    self.fault(
                        file,
                        section.line,
                        "expected a step (`## Title {#name}`) before the text of a chapter".to_owned(),
                    );
                }
                self.chapters.push((self.course.chapters.len(), file.to_owned(), section.line));
                self.course.chapters.push(Chapter { id, title: section.title.clone(), steps: Vec::new() });
            } else if self.course.chapters.len() == first_chapter {
                self.fault(
                    file,
                    section.line,
                    "a step before the first chapter: expected a heading `# Title {#name}`".to_owned(),
                );
            } else {
                self.add_step(file, section, &id, &mut experiment);
            }
        }
        if sections.is_empty() {
            self.fault(file, 1, "expected a chapter (`# Title {#name}`), found none".to_owned());
        }
    }

    /// The course.
    pub fn finish(mut self) -> Result<Course, Vec<LessonError>> {
        for (file, line, step) in std::mem::take(&mut self.links) {
            if self.course.find(&step).is_none() {
                self.fault(&file, line, format!("expected a link to a step, but there is no step `{step}`"));
            }
        }
        let empty: Vec<_> =
            self.chapters.iter().filter(|(idx, ..)| self.course.chapters[*idx].steps.is_empty()).cloned().collect();
        for (_, file, line) in empty {
            self.fault(&file, line, "expected a step (`## Title {#name}`) in this chapter, found none".to_owned());
        }
        if self.faults.is_empty() {
            return Ok(self.course);
        }
        self.faults.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
        Err(self.faults)
    }

    fn fault(&mut self, file: &str, line: usize, message: String) {
        self.faults.push(LessonError { file: file.to_owned(), line, message });
    }

    /// The section's name.
    fn checked_id(&mut self, file: &str, section: &Section) -> String {
        let id = section.id.clone().unwrap_or_default();
        let is_valid =
            !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if !is_valid {
            let message = format!(
                "expected a name of small letters, digits and hyphens at the heading's end, such as {{#count}}, got `{id}`"
            );
            self.fault(file, section.line, message);
        }
        id
    }

    fn add_step(&mut self, file: &str, section: &Section, id: &str, inherited: &mut Option<Experiment>) {
        let Some(chapter) = self.course.chapters.last() else { return };
        let (chapter_idx, id) = (self.course.chapters.len() - 1, format!("{}.{id}", chapter.id));
        if !self.ids.insert(id.clone()) {
            self.fault(file, section.line, format!("expected a name of its own, but there are two steps `{id}`"));
        }
        let (mut bench, complete) = self.bench(file, section, inherited.as_ref());
        if bench.experiment.is_none() {
            bench.experiment.clone_from(inherited);
        } else {
            inherited.clone_from(&bench.experiment);
        }
        let checked = bench.experiment.as_ref().and_then(|experiment| experiment.check().ok());
        let html = self.text(file, section, checked.as_ref());
        let (mut bet, mut questions, mut widget) = (None, Vec::new(), None);
        for block in &section.blocks {
            let mut place = Context { builder: self, file, line: block.line, experiment: checked.clone() };
            match block.kind {
                "bet" if bet.is_some() => place.fault("a step has one bet at most".to_owned()),
                "bet" => bet = place.bet(block, bench.experiment.as_ref()),
                "question" => questions.extend(place.question(block)),
                "widget" => widget = place.widget(block),
                _ => {}
            }
        }
        let is_asking = bet.is_some() || !questions.is_empty();
        let complete = complete.unwrap_or(if is_asking { Complete::Answered } else { Complete::Read });
        let step = Step { id, title: section.title.clone(), html, bench, complete, bet, questions, widget };
        self.course.chapters[chapter_idx].steps.push(step);
    }

    /// The step's text as HTML.
    fn text(&mut self, file: &str, section: &Section, experiment: Option<&CheckedExperiment>) -> String {
        let line_of = |text: &str, at: usize| section.line + 1 + text[..at.min(text.len())].matches('\n').count();
        let filled = match numbers::fill(&section.body, experiment) {
            Ok(filled) => filled,
            Err(faults) => {
                for (at, message) in faults {
                    self.fault(file, line_of(&section.body, at), message);
                }
                return String::new();
            }
        };
        let Rendered { html, faults, links } = markdown::render(&filled);
        for (at, message) in faults {
            self.fault(file, line_of(&filled, at), message);
        }
        for (at, step) in links {
            self.links.push((file.to_owned(), line_of(&filled, at), step));
        }
        html
    }

    fn bench(&mut self, file: &str, section: &Section, inherited: Option<&Experiment>) -> (Bench, Option<Complete>) {
        let mut blocks = section.blocks.iter().filter(|block| block.kind == "bench");
        let Some(block) = blocks.next() else {
            return (Bench { place: place_of(inherited), ..Bench::default() }, None);
        };
        if let Some(second) = blocks.next() {
            self.fault(file, second.line, "a step has one bench block at most".to_owned());
        }
        let mut place = Context { builder: self, file, line: block.line, experiment: None };
        place.bench(block, inherited)
    }
}

/// The place of an experiment.
fn place_of(experiment: Option<&Experiment>) -> Place {
    experiment.map_or(Place::Digits, |experiment| Place::of(&experiment.data))
}

impl Context<'_> {
    pub fn fault(&mut self, message: String) {
        self.builder.fault(self.file, self.line, message);
    }

    /// The inside of a block; a fault is reported at its line.
    pub fn parse<T: DeserializeOwned>(&mut self, block: &Block) -> Option<T> {
        match toml::from_str(&block.text) {
            Ok(raw) => Some(raw),
            Err(error) => {
                let start = error.span().map_or(0, |span| span.start);
                let line_idx = block.text[..start.min(block.text.len())].matches('\n').count();
                self.builder.fault(self.file, block.line + 1 + line_idx, error.message().to_owned());
                None
            }
        }
    }

    /// A text of a block as HTML, with the experiment's numbers.
    pub fn html(&mut self, text: &str) -> String {
        let filled = match numbers::fill(text, self.experiment.as_ref()) {
            Ok(filled) => filled,
            Err(faults) => {
                faults.into_iter().for_each(|(_, message)| self.fault(message));
                return String::new();
            }
        };
        let Rendered { html, faults, links } = markdown::render_inline(&filled);
        faults.into_iter().for_each(|(_, message)| self.fault(message));
        let links = links.into_iter().map(|(_, step)| (self.file.to_owned(), self.line, step));
        self.builder.links.extend(links);
        html
    }

    /// A number, or braces that stand for one.
    pub fn number(&mut self, value: &Value) -> f64 {
        let number = match value {
            Value::Float(number) => Ok(*number),
            Value::Integer(number) => Ok(*number as f64),
            Value::String(text) => match text.trim().strip_prefix('{').and_then(|text| text.strip_suffix('}')) {
                Some(inside) => numbers::value_of(inside, self.experiment.as_ref()),
                None => {
                    Err(format!("expected a number or a word in braces such as \"{{parameters}}\", got \"{text}\""))
                }
            },
            other => Err(format!("expected a number, got {}", shown(other))),
        };
        number.unwrap_or_else(|message| {
            self.fault(message);
            0.0
        })
    }

    /// The experiment of a preset with changes, or of another experiment with changes.
    pub fn experiment(
        &mut self,
        preset: Option<&str>,
        change: Option<&Table>,
        inherited: Option<&Experiment>,
    ) -> Option<Experiment> {
        let base = match preset {
            Some(slug) => {
                let of_digits = || Preset::from_slug(slug).map(Preset::experiment);
                let found = of_digits().or_else(|| PlanePreset::from_slug(slug).map(PlanePreset::experiment));
                if found.is_none() {
                    let names: Vec<_> = Preset::ALL
                        .map(Preset::slug)
                        .into_iter()
                        .chain(PlanePreset::ALL.map(PlanePreset::slug))
                        .collect();
                    self.fault(format!("expected a preset ({}), got `{slug}`", names.join(", ")));
                }
                found?
            }
            None => inherited?.clone(),
        };
        let Some(change) = change else { return Some(base) };
        let changed = serde_json::to_value(&base).and_then(|mut json| {
            merge(&mut json, serde_json::to_value(change)?);
            serde_json::from_value::<Experiment>(json)
        });
        match changed {
            Ok(experiment) => {
                if let Err(errors) = experiment.check() {
                    self.fault(errors.to_string());
                    return None;
                }
                Some(experiment)
            }
            Err(error) => {
                self.fault(format!("the change does not fit the experiment: {error}"));
                None
            }
        }
    }

    fn bench(&mut self, block: &Block, inherited: Option<&Experiment>) -> (Bench, Option<Complete>) {
        let Some(raw) = self.parse::<RawBench>(block) else { return (Bench::default(), None) };
        let asks_experiment = raw.preset.is_some() || raw.change.is_some();
        if raw.change.is_some() && raw.preset.is_none() && inherited.is_none() {
            self.fault("`change` needs a `preset`, here or in a step before".to_owned());
        }
        let experiment =
            if asks_experiment { self.experiment(raw.preset.as_deref(), raw.change.as_ref(), inherited) } else { None };
        let place = match raw.place.as_deref() {
            None => place_of(experiment.as_ref().or(inherited)),
            Some("digits") => Place::Digits,
            Some("plane") => Place::Plane,
            Some(other) => {
                self.fault(format!("expected a place (digits, plane), got `{other}`"));
                Place::Digits
            }
        };
        if let Some(experiment) = &experiment
            && Place::of(&experiment.data) != place
        {
            self.fault(format!("the experiment belongs to the place {}", Place::of(&experiment.data).title()));
        }
        if let Some(tab) = &raw.tab {
            self.tab(tab);
        }
        let highlight = raw.highlight.iter().filter_map(|name| self.spot(name)).collect();
        let image = raw.image.map(|image| self.image(image));
        let known = experiment.as_ref().or(inherited);
        self.experiment = known.and_then(|experiment| experiment.check().ok());
        let complete = raw.complete.as_ref().and_then(|complete| self.complete(complete));
        (Bench { place, experiment, tab: raw.tab, highlight, image }, complete)
    }

    fn tab(&mut self, title: &str) {
        if !TABS.contains(&title) {
            self.fault(format!("expected the title of a tab ({}), got `{title}`", TABS.join(", ")));
        }
    }

    fn spot(&mut self, name: &str) -> Option<Spot> {
        let found = Spot::ALL.into_iter().find(|spot| spot.name() == name);
        if found.is_none() {
            let names = Spot::ALL.map(Spot::name).join(", ");
            self.fault(format!("expected what can be outlined ({names}), got `{name}`"));
        }
        found
    }

    fn image(&mut self, image: super::blocks::RawImage) -> ImageChoice {
        use super::blocks::RawImage;
        let (choice, image_idx, n) = match image {
            RawImage::Train(image_idx) => (ImageChoice::Train(image_idx), image_idx, N_IMAGES[0]),
            RawImage::Test(image_idx) => (ImageChoice::Test(image_idx), image_idx, N_IMAGES[1]),
        };
        if image_idx >= n {
            self.fault(format!("expected the number of an image from 0 to {}, got {image_idx}", n - 1));
        }
        choice
    }

    fn complete(&mut self, value: &Value) -> Option<Complete> {
        let word = |word: &str| {
            Some(match word {
                "read" => Complete::Read,
                "answered" => Complete::Answered,
                "drawn" => Complete::Drawn,
                "image" => Complete::Image,
                "cell" => Complete::Cell,
                "test" => Complete::Test,
                _ => return None,
            })
        };
        let found = match value {
            Value::String(text) => word(text),
            Value::Table(table) if table.len() == 1 => match table.iter().next() {
                Some((key, value)) if key == "epochs" => Some(Complete::Epochs(self.number(value) as usize)),
                Some((key, value)) if key == "parameters" => Some(Complete::Parameters(self.number(value) as usize)),
                Some((key, Value::String(title))) if key == "tab" => {
                    self.tab(title);
                    Some(Complete::Tab(title.clone()))
                }
                _ => None,
            },
            _ => None,
        };
        if found.is_none() {
            let words = "\"read\", \"answered\", \"drawn\", \"image\", \"cell\", \"test\", { epochs = 3 }, { tab = \"Weights\" } or { parameters = 13002 }";
            self.fault(format!("`complete`: expected {words}, got {}", shown(value)));
        }
        found
    }

    fn widget(&mut self, block: &Block) -> Option<Widget> {
        let raw: RawWidget = self.parse(block)?;
        if raw.name == "painted neuron" {
            return Some(Widget::PaintedNeuron);
        }
        self.fault(format!("expected a widget (painted neuron), got `{}`", raw.name));
        None
    }
}

/// Puts a change into JSON: objects field by field, all else as a whole.
fn merge(json: &mut serde_json::Value, change: serde_json::Value) {
    match (json, change) {
        (serde_json::Value::Object(json), serde_json::Value::Object(change)) => {
            for (key, value) in change {
                merge(json.entry(key).or_insert(serde_json::Value::Null), value);
            }
        }
        (json, change) => *json = change,
    }
}

/// A value as it can be written in a message.
pub fn shown(value: &Value) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
