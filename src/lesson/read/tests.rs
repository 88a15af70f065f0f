//! Lesson files that can be read, and each kind of fault with its line.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use super::super::*;
use crate::link::Place;

const HEAD: &str = "# Counting {#count}\n\n## Dense {#dense}\n";

fn faults(text: &str) -> Vec<String> {
    Course::read(&[("a.md", text)]).unwrap_err().iter().map(ToString::to_string).collect()
}

#[track_caller]
fn assert_fault(text: &str, line: usize, part: &str) {
    let faults = faults(text);
    let is_there = |fault: &String| fault.starts_with(&format!("a.md:{line}: ")) && fault.contains(part);
    assert!(faults.iter().any(is_there), "{part} at line {line}: {faults:#?}");
}

#[test]
fn a_step_has_text_with_numbers_of_its_experiment() {
    let text = format!(
        "{HEAD}```bench\npreset = \"mlp-16-16\"\nhighlight = [\"summary\"]\n```\nIt has {{parameters dense}} of {{parameters}}, and `{{code}}` stays. $784 \\cdot 16 + 16 = 12{{,}}560$.\n"
    );
    let course = Course::read(&[("a.md", &text)]).unwrap();
    let step = course.find("count.dense").unwrap();
    assert!(step.html.contains("It has 12,560 of 13,002, and <code>{code}</code> stays. <math"), "{}", step.html);
    assert_eq!((step.bench.place, step.bench.highlight.as_slice()), (Place::Digits, [Spot::Summary].as_slice()));
    assert_eq!(step.complete, Complete::Read);
}

#[test]
fn a_step_goes_on_with_the_experiment_of_the_one_before() {
    let text = format!(
        "{HEAD}```bench\npreset = \"mlp-16-16\"\nchange = {{ training = {{ epochs = 3 }} }}\n```\n## Next {{#next}}\n{{epochs}} epochs\n# Other {{#other}}\n## First {{#first}}\nno number\n"
    );
    let course = Course::read(&[("a.md", &text)]).unwrap();
    assert!(course.find("count.next").unwrap().html.contains("3 epochs"));
    assert_eq!(course.find("other.first").unwrap().bench.experiment, None, "a chapter begins without one");
}

#[test]
fn bets_and_questions_are_read() {
    let text = format!(
        "{HEAD}```bench\npreset = \"mlp-16-16\"\n```\n```bet\nquestion = \"Which?\"\nmeasure = \"val_accuracy\"\nbest = true\nseeds = 3\nbecause = \"*why*\"\n[[run]]\nname = \"a\"\nchange = {{ training = {{ epochs = 1 }} }}\n[[run]]\nname = \"b\"\npreset = \"mlp-40\"\n```\n```question\ntext = \"How many?\"\nnumber = \"{{parameters dense}}\"\n[[mistake]]\nnumber = \"{{weights dense}}\"\nsays = \"no biases\"\n```\n"
    );
    let course = Course::read(&[("a.md", &text)]).unwrap();
    let step = course.find("count.dense").unwrap();
    let bet = step.bet.as_ref().unwrap();
    assert_eq!((bet.runs.len(), bet.n_seeds, bet.because.as_str()), (2, 3, "<em>why</em>"));
    assert_eq!(bet.runs[0].experiment.training.epochs, 1);
    let Task::Number { answer, mistakes, .. } = &step.questions[0].task else { panic!() };
    assert_eq!((*answer, mistakes[0].number), (12_560.0, 12_544.0));
    assert_eq!(step.complete, Complete::Answered);
}

#[test]
fn html_of_a_file_is_shown_and_not_taken_over() {
    let text = format!("{HEAD}With <b>this</b>, [a link](javascript:alert(1))\n");
    assert_fault(&text, 4, "expected a link to a step");
    let course = Course::read(&[("a.md", &format!("{HEAD}<script>alert(1)</script> <b>x</b>\n"))]).unwrap();
    assert!(
        !course.find("count.dense").unwrap().html.contains("<script")
            && !course.find("count.dense").unwrap().html.contains("<b>")
    );
}

#[test]
fn faults_have_their_lines() {
    let with = |rest: &str| format!("{HEAD}{rest}");
    let bench = |rest: &str| with(&format!("```bench\npreset = \"mlp-16-16\"\n{rest}\n```\n"));
    assert_fault("words\n", 1, "text before the first chapter");
    assert_fault("", 1, "expected a chapter");
    assert_fault("## Step {#a}\n", 1, "a step before the first chapter");
    assert_fault("# Chapter\n", 1, "expected a name");
    assert_fault("# A {#a}\n# B {#b}\n## C {#c}\n", 1, "in this chapter, found none");
    assert_fault("# Chapter {#A b}\n", 1, "got `A b`");
    assert_fault("# A {#a}\nwords\n", 1, "before the text of a chapter");
    assert_fault(&with("## Again {#dense}\n"), 4, "two steps `count.dense`");
    assert_fault(&with("line\n[x](?step=no.where)\n"), 5, "no step `no.where`");
    assert_fault(&with("![x](y.png)\n"), 4, "got a picture");
    assert_fault(&with("\n{parameters}\n"), 5, "the step has none");
    assert_fault(&bench("place = \"moon\""), 4, "expected a place");
    assert_fault(&with("```bench\npreset = \"mlp\"\n```\n"), 4, "expected a preset");
    assert_fault(&bench("colour = 1"), 6, "unknown field `colour`");
    assert_fault(&bench("highlight = ["), 6, "");
    assert_fault(&bench("highlight = [\"door\"]"), 4, "got `door`");
    assert_fault(&bench("tab = \"Door\""), 4, "title of a tab");
    assert_fault(&bench("image = { test = 10000 }"), 4, "from 0 to 9999, got 10000");
    assert_fault(&bench("complete = \"soon\""), 4, "`complete`: expected");
    assert_fault(&bench("change = { training = { epochs = 0 } }"), 4, "epochs: expected");
    assert_fault(&bench("change = { training = { epoch = 1 } }"), 4, "does not fit");
    assert_fault(&(bench("") + "\nIt has {parameters dense_7}.\n"), 9, "dense, dense_1, dense_2), got `dense_7`");
    assert_fault(&(bench("") + "$784 \\cdot 16 = 12$\n"), 8, "arithmetic is wrong");
    assert_fault(&(bench("") + "$\\nosuch{1}$\n"), 8, "expected a formula");
    assert_fault(&with("```question\ntext = \"?\"\n```\n"), 4, "a question needs one of");
    assert_fault(
        &with("```question\ntext = \"?\"\n[[choice]]\ntext = \"a\"\n```\n"),
        4,
        "one choice with `right = true`, got 0",
    );
    assert_fault(
        &with("```question\ntext = \"?\"\nnumber = 1\n[[mistake]]\nnumber = 1\nsays = \"\"\n```\n"),
        4,
        "the right number, 1",
    );
    assert_fault(
        &with("```bet\nquestion = \"?\"\nmeasure = \"luck\"\nbest = true\nbecause = \"\"\n```\n"),
        4,
        "expected a measure",
    );
    assert_fault(
        &(bench("") + "```bet\nquestion = \"?\"\nmeasure = \"loss\"\nbest = true\nbecause = \"\"\n```\n"),
        8,
        "two runs or more",
    );
    assert_fault(&with("```widget\nname = \"lamp\"\n```\n"), 4, "expected a widget");
    assert_fault(&with("```bench\n"), 4, "no end");
}

#[test]
fn all_faults_are_told_in_the_order_of_lines() {
    let text = format!("{HEAD}[x](?step=no.where)\n```widget\nname = \"lamp\"\n```\n{{parameters}}\n");
    let lines: Vec<_> = Course::read(&[("a.md", &text)]).unwrap_err().iter().map(|fault| fault.line).collect();
    assert_eq!(lines, [5, 8], "the text with an unknown number is not rendered, so its links are not checked");
}
