//! The files of the course that comes with the page.

/// Their names in assets/lessons, in the order of reading.
pub const FILES: &[&str] = &[
    "01-pixels.md",
    "02-neuron.md",
    "03-layers.md",
    "04-learning.md",
    "05-choices.md",
    "06-places.md",
    "07-convolution.md",
    "08-cnn.md",
    "09-inside.md",
    "10-practice.md",
    "11-plane.md",
];

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use super::FILES;
    use crate::lesson::{Course, Question, Step, Task};
    use std::fs;
    use std::path::PathBuf;

    /// Words of a sentence at most.
    const MAX_WORDS: usize = 25;

    fn folder() -> PathBuf {
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("assets/lessons")
    }

    fn course() -> Course {
        let texts: Vec<_> = FILES.iter().map(|name| fs::read_to_string(folder().join(name)).unwrap()).collect();
        let files: Vec<_> = FILES.iter().copied().zip(texts.iter().map(String::as_str)).collect();
        Course::read(&files).unwrap_or_else(|faults| {
            let faults: Vec<_> = faults.iter().map(|fault| format!("assets/lessons/{fault}")).collect();
            panic!("the course has faults:\n{}", faults.join("\n"))
        })
    }

    #[test]
    fn the_course_has_no_faults_and_all_files_are_named() {
        let mut names: Vec<_> = fs::read_dir(folder()).unwrap().map(|file| file.unwrap().file_name()).collect();
        names.sort();
        assert_eq!(names, FILES);
        let n_steps = course().steps().count();
        assert!((40..=60).contains(&n_steps), "{n_steps} steps");
    }

    #[test]
    fn sentences_of_the_course_are_short() {
        let course = course();
        let long: Vec<_> = course
            .steps()
            .flat_map(|step| texts(step).into_iter().flat_map(move |text| long(&step.id, &text)))
            .collect();
        assert!(long.is_empty(), "sentences of more than {MAX_WORDS} words:\n{}", long.join("\n"));
    }

    #[test]
    fn most_steps_have_something_to_do() {
        let course = course();
        let to_do = course.steps().filter(|step| step.complete != crate::lesson::Complete::Read).count();
        assert!(10 * to_do >= 8 * course.steps().count(), "{to_do} of {}", course.steps().count());
    }

    /// All texts of a step, as HTML.
    fn texts(step: &Step) -> Vec<String> {
        let mut texts = vec![step.html.clone()];
        texts.extend(step.bet.iter().flat_map(|bet| [bet.question.clone(), bet.because.clone()]));
        for Question { text, task, hints, because } in &step.questions {
            texts.extend([text.clone(), because.clone()]);
            texts.extend(hints.iter().cloned());
            match task {
                Task::Number { mistakes, .. } => texts.extend(mistakes.iter().map(|mistake| mistake.says.clone())),
                Task::Choice(choices) => {
                    texts.extend(choices.iter().flat_map(|choice| [choice.text.clone(), choice.says.clone()]))
                }
                Task::Essay { model, rubric } => texts.extend(rubric.iter().chain([model]).cloned()),
                Task::Gaps(_) | Task::Sketch { .. } | Task::Unit { .. } => {}
            }
        }
        texts
    }

    /// The sentences of a text that are too long. A formula counts as a word; tables and code do not count.
    fn long(id: &str, html: &str) -> Vec<String> {
        let html = without(&without(&without(html, "<math", "</math>"), "<table", "</table>"), "<pre", "</pre>");
        let html = html.replace("</p>", ".\n").replace("</li>", ".\n").replace("</td>", ".\n");
        let text = without(&html, "<", ">");
        let sentences = text.split(['.', '!', '?', ':', ';']).map(str::trim);
        let is_long = |sentence: &&str| {
            sentence.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).count() > MAX_WORDS
        };
        sentences
            .filter(is_long)
            .map(|sentence| format!("{id}: {}", sentence.split_whitespace().collect::<Vec<_>>().join(" ")))
            .collect()
    }

    /// A text without what lies between two signs.
    fn without(text: &str, from: &str, to: &str) -> String {
        let mut parts = text.split(from);
        let mut rest = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            rest.push_str(part.split_once(to).map_or("", |(_, after)| after));
        }
        rest
    }
}
