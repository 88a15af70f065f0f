//! A script as a Jupyter notebook (nbformat 4).

use super::Script;
use serde_json::{Value, json};

/// The notebook's file: a cell that says what it is, then a cell for each section. `link` leads to the experiment.
#[must_use]
pub fn notebook(script: &Script, library: &str, link: &str) -> String {
    let about = format!(
        "# An experiment of Inkling in {library}\n\nMade by the page from the experiment behind this link: [{link}]({link})"
    );
    let mut cells = vec![json!({ "cell_type": "markdown", "id": "about", "metadata": {}, "source": lines(&about) })];
    cells.extend(script.sections.iter().enumerate().map(|(section_idx, section)| {
        json!({
            "cell_type": "code",
            "execution_count": null,
            "id": format!("section-{}", section_idx + 1),
            "metadata": {},
            "outputs": [],
            "source": lines(&section.text()),
        })
    }));
    let notebook = json!({
        "cells": cells,
        "metadata": {
            "kernelspec": { "display_name": "Python 3", "language": "python", "name": "python3" },
            "language_info": { "name": "python" },
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    });
    format!("{notebook:#}\n")
}

/// The text as a notebook holds it: a list of lines with their ends.
fn lines(text: &str) -> Value {
    text.split_inclusive('\n').collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;
    use crate::code::keras_script;
    use inkling_engine::experiment::Preset;

    #[test]
    fn the_code_cells_are_the_script() {
        let script = keras_script(&Preset::LessonCnn.experiment().check().unwrap());
        let notebook: Value = serde_json::from_str(&notebook(&script, "Keras", "inkling/#v1.x")).unwrap();
        assert_eq!((&notebook["nbformat"], &notebook["nbformat_minor"]), (&json!(4), &json!(5)));
        let cells = notebook["cells"].as_array().unwrap();
        assert_eq!(cells[0]["cell_type"], "markdown");
        assert!(cells[0]["source"][2].as_str().unwrap().contains("inkling/#v1.x"));
        let source = |cell: &Value| {
            let lines = cell["source"].as_array().unwrap();
            lines.iter().map(|line| line.as_str().unwrap()).collect::<String>()
        };
        let code = cells[1..].iter().map(|cell| source(cell) + "\n").collect::<Vec<_>>().join("\n");
        assert_eq!(code, script.text());
    }
}
