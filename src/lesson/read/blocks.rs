//! What the blocks hold, as TOML. Words that are not known are refused.

use serde::Deserialize;
use toml::{Table, Value};

/// ```` ```bench ````
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawBench {
    pub place: Option<String>,
    pub preset: Option<String>,
    pub change: Option<Table>,
    pub tab: Option<String>,
    #[serde(default)]
    pub highlight: Vec<String>,
    pub image: Option<RawImage>,
    pub complete: Option<Value>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "lowercase")]
pub enum RawImage {
    Train(usize),
    Test(usize),
}

/// ```` ```bet ````
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawBet {
    pub question: String,
    pub measure: String,
    pub number: Option<RawTolerance>,
    #[serde(default)]
    pub best: bool,
    pub curve: Option<RawCurve>,
    pub seeds: Option<usize>,
    pub because: String,
    #[serde(default)]
    pub run: Vec<RawRun>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawTolerance {
    pub tolerance: f64,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawCurve {
    pub x: [f64; 2],
    pub y: [f64; 2],
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawRun {
    pub name: String,
    pub preset: Option<String>,
    pub change: Option<Table>,
}

/// ```` ```question ````
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawQuestion {
    pub text: String,
    pub number: Option<Value>,
    pub tolerance: Option<f64>,
    #[serde(default)]
    pub hints: Vec<String>,
    #[serde(default)]
    pub because: String,
    #[serde(default)]
    pub mistake: Vec<RawMistake>,
    #[serde(default)]
    pub gap: Vec<RawGap>,
    #[serde(default)]
    pub choice: Vec<RawChoice>,
    pub sketch: Option<RawSketch>,
    pub unit: Option<RawUnit>,
    pub essay: Option<RawEssay>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawMistake {
    pub number: Value,
    pub says: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawGap {
    pub label: String,
    pub number: Value,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawChoice {
    pub text: String,
    #[serde(default)]
    pub right: bool,
    #[serde(default)]
    pub says: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawSketch {
    pub function: String,
    pub x: [f64; 2],
    pub y: [f64; 2],
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawUnit {
    pub layer: String,
    pub is: Value,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawEssay {
    pub model: String,
    pub rubric: Vec<String>,
}

/// ```` ```widget ````
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawWidget {
    pub name: String,
}
