//! The lesson: the course from end to end, bets and questions, what is kept, files of teachers, the report, any size.

use super::story::press;
use super::{assert_no_console_errors, host, open_at};
use inkling_e2e::link::link;
use inkling_e2e::page::Page;
use inkling_engine::experiment::Preset;
use serde_json::{Value, json};
use std::time::Duration;

/// Time for the runs of a bet on a slow machine.
const LONG: Duration = Duration::from_secs(120);

/// A lesson of two steps with one of each kind of question.
const LESSON: &str = r#"# Trial {#trial}

## Ask {#ask}

```bench
preset = "mlp-16-16"
highlight = ["summary"]
```

It has {parameters} parameters, and $784 \cdot 16 + 16 = 12{,}560$ are in one layer. See [the bet](?step=trial.bet).

```question
text = "How many parameters does dense have?"
number = "{parameters dense}"
hints = ["784 weights a unit."]
because = "Weights and biases."
[[mistake]]
number = "{weights dense}"
says = "No biases."
```

```question
text = "Which is a parameter?"
[[choice]]
text = "a weight"
right = true
says = "Training finds it."
[[choice]]
text = "the learning rate"
says = "You choose it."
```

## Bet {#bet}

```bet
question = "Which one is better?"
measure = "val_accuracy"
best = true
seeds = 2
because = "More images tell more."
[[run]]
name = "200 images"
preset = "softmax"
change = { data = { n_samples = 200 }, training = { epochs = 1 } }
[[run]]
name = "6,000 images"
preset = "softmax"
change = { data = { n_samples = 6000 }, training = { epochs = 1 } }
```
"#;

/// Opens the lesson, at that end of an address.
#[track_caller]
fn open_lesson(host: &xtask::server::Server, address_end: &str) -> Page {
    let page = open_at(host, address_end);
    page.wait_until("a step", "return document.querySelector('[data-testid=lesson-step]')").unwrap();
    page
}

/// Drops a lesson file on the book.
#[track_caller]
fn drop_file(page: &Page, name: &str, text: &str) {
    page.js(&format!(
        "const data = new DataTransfer();
         data.items.add(new File([{}], {}, {{ type: 'text/markdown' }}));
         document.querySelector('.book').dispatchEvent(new DragEvent('drop', {{ bubbles: true, dataTransfer: data }}));",
        json!(text),
        json!(name),
    ))
    .unwrap();
}

#[track_caller]
fn wait_for_step(page: &Page, id: &str) {
    page.wait_until(
        id,
        &format!("return document.querySelector('[data-testid=lesson-step]')?.dataset.step === '{id}'"),
    )
    .unwrap();
}

/// Types into the field of that label and checks the answer.
#[track_caller]
fn answer(page: &Page, question: usize, text: &str) {
    page.js(&format!(
        "const question = document.querySelector('[data-question=\"{question}\"]');
         const field = question.querySelector('.book-field');
         field.value = {};
         field.dispatchEvent(new Event('input', {{ bubbles: true }}));
         [...question.querySelectorAll('button')].find(({{ textContent }}) => textContent.trim() === 'Check answer').click();",
        json!(text),
    ))
    .unwrap();
}

#[track_caller]
fn verdict(page: &Page, question: usize) -> (String, String) {
    let verdict = format!("document.querySelector('[data-question=\"{question}\"] .verdict')");
    page.wait_until("a verdict", &format!("return {verdict}")).unwrap();
    let said = page.js(&format!("return [{verdict}.dataset.right, {verdict}.innerText]")).unwrap();
    (said[0].as_str().unwrap_or_default().to_owned(), said[1].as_str().unwrap_or_default().to_owned())
}

#[test]
fn every_step_of_the_course_opens() {
    let host = host();
    let page = open_lesson(&host, "?place=lesson");
    let mut steps = Vec::<String>::new();
    loop {
        let step = page.js("return document.querySelector('[data-testid=lesson-step]').dataset.step").unwrap();
        let step = step.as_str().unwrap().to_owned();
        assert!(!steps.contains(&step), "{step} again");
        steps.push(step);
        let is_last = page
            .js("return [...document.querySelectorAll('button')].find(({ textContent }) => textContent.trim() === 'Next step').disabled")
            .unwrap();
        if is_last == Value::Bool(true) {
            break;
        }
        press(&page, "Next step");
        page.wait_until(
            "the next step",
            &format!(
                "return document.querySelector('[data-testid=lesson-step]').dataset.step !== '{}'",
                steps.last().unwrap()
            ),
        )
        .unwrap();
    }
    assert!(steps.len() >= 40, "{} steps", steps.len());
    assert!(steps.iter().any(|step| step == "conv.count"));
    assert_no_console_errors(&page);
}

#[test]
fn a_step_has_a_link_and_answers_are_explained_and_kept() {
    let host = host();
    let page = open_lesson(&host, "?place=lesson");
    drop_file(&page, "trial.md", LESSON);
    wait_for_step(&page, "trial.ask");
    assert!(page.js("return location.search").unwrap().as_str().unwrap().contains("step=trial.ask"));
    let total = "return document.querySelector('[data-testid=param-count]')?.dataset.total";
    page.wait_until("the step's experiment", &format!("{total} === '13002'")).unwrap();
    assert_eq!(page.js("return document.documentElement.dataset.outlined").unwrap(), json!("summary"));
    answer(&page, 0, "12,544");
    assert_eq!(verdict(&page, 0).0, "false");
    assert!(verdict(&page, 0).1.contains("No biases."));
    answer(&page, 0, "12.560");
    page.wait_until(
        "right",
        "return document.querySelector('[data-question=\"0\"] .verdict').dataset.right === 'true'",
    )
    .unwrap();
    assert_eq!(
        page.js("return document.querySelector('[data-testid=lesson-step]').dataset.complete").unwrap(),
        json!("false")
    );
    page.js("document.querySelectorAll('[data-question=\"1\"] input')[1].click();
             [...document.querySelectorAll('[data-question=\"1\"] button')].find(({ textContent }) => textContent.trim() === 'Check answer').click()")
        .unwrap();
    assert!(verdict(&page, 1).1.contains("You choose it."));
    page.wait_until(
        "complete",
        "return document.querySelector('[data-testid=lesson-step]').dataset.complete === 'true'",
    )
    .unwrap();
    // After a reload the file is dropped again, and the answers are there.
    page.reload().unwrap();
    page.wait_until("a step", "return document.querySelector('[data-testid=lesson-step]')").unwrap();
    drop_file(&page, "trial.md", LESSON);
    wait_for_step(&page, "trial.ask");
    assert_eq!(verdict(&page, 0).0, "true");
    assert_no_console_errors(&page);
}

#[test]
fn a_bet_is_run_after_it_was_committed_and_both_are_shown() {
    let host = host();
    let page = open_lesson(&host, "?place=lesson");
    drop_file(&page, "trial.md", LESSON);
    wait_for_step(&page, "trial.ask");
    press(&page, "Next step");
    wait_for_step(&page, "trial.bet");
    let names = "return [...document.querySelectorAll('.bet button')].map(({ textContent }) => textContent.trim())";
    assert_eq!(page.js(names).unwrap(), json!(["Commit prediction"]), "nothing can be run before");
    press(&page, "Commit prediction");
    page.wait_until(
        "what is missing",
        "return document.querySelector('.bet .message').innerText === 'Choose one of them.'",
    )
    .unwrap();
    page.js("document.querySelectorAll('.bet input[type=radio]')[0].click()").unwrap();
    press(&page, "Commit prediction");
    press(&page, "Run them");
    page.wait_up_to(LONG, "the result", "return document.querySelector('.bet__result')?.dataset.right").unwrap();
    assert_eq!(page.js("return document.querySelector('.bet__result').dataset.right").unwrap(), json!("false"));
    let text = page.js("return document.querySelector('.bet__result').innerText").unwrap();
    let text = text.as_str().unwrap();
    assert!(text.contains("You predicted: 200 images.") && text.contains("More images tell more."), "{text}");
    assert_eq!(page.js("return document.querySelectorAll('.bet__table tbody tr').length").unwrap(), json!(2));
    assert_no_console_errors(&page);
}

#[test]
fn an_own_experiment_can_be_taken_back() {
    let host = host();
    let page = open_at(&host, &link(&Preset::Softmax.experiment()).unwrap());
    let total = "return document.querySelector('[data-testid=param-count]')?.dataset.total";
    page.wait_until("the own experiment", &format!("{total} === '7850'")).unwrap();
    page.js("[...document.querySelectorAll('.place-links__link')].find(({ textContent }) => textContent === 'Lesson').click()")
        .unwrap();
    page.wait_until("a step", "return document.querySelector('[data-testid=lesson-step]')").unwrap();
    drop_file(&page, "trial.md", LESSON);
    wait_for_step(&page, "trial.ask");
    page.wait_until("the step's experiment", &format!("{total} === '13002'")).unwrap();
    press(&page, "Take back my own experiment");
    page.wait_until("the own experiment", &format!("{total} === '7850'")).unwrap();
    press(&page, "Put the bench back");
    page.wait_until("the step's experiment", &format!("{total} === '13002'")).unwrap();
    assert_no_console_errors(&page);
}

#[test]
fn an_address_with_step_and_experiment_shows_both() {
    let host = host();
    let fragment = link(&Preset::Softmax.experiment()).unwrap();
    let page = open_lesson(&host, &format!("?place=lesson&step=conv.count{fragment}"));
    wait_for_step(&page, "conv.count");
    let total = "return document.querySelector('[data-testid=param-count]')?.dataset.total";
    page.wait_until("the experiment of the address", &format!("{total} === '7850'")).unwrap();
    press(&page, "Put the bench back");
    page.wait_until("the step's experiment", &format!("{total} === '34826'")).unwrap();
    press(&page, "Take back my own experiment");
    page.wait_until("the experiment of the address", &format!("{total} === '7850'")).unwrap();
    assert_no_console_errors(&page);
}

#[test]
fn faults_of_a_lesson_file_are_named_with_their_lines_and_the_open_one_stays() {
    let host = host();
    let page = open_lesson(&host, "?place=lesson");
    let step = page.js("return document.querySelector('[data-testid=lesson-step]').dataset.step").unwrap();
    drop_file(&page, "bad.md", "# A {#a}\n\n## B {#b}\n```bench\npreset = \"lenet\"\n```\n\n2 + 2 = 5\n");
    page.wait_until("the faults", "return document.querySelector('[data-testid=lesson-faults]')").unwrap();
    let text = page.js("return document.querySelector('[data-testid=lesson-faults]').innerText").unwrap();
    let text = text.as_str().unwrap();
    assert!(
        text.contains("bad.md:4: expected a preset") && text.contains("bad.md:8: the arithmetic is wrong"),
        "{text}"
    );
    assert_eq!(page.js("return document.querySelector('[data-testid=lesson-step]').dataset.step").unwrap(), step);
    page.goto(&format!("{}?place=lesson&step=no.where", host.url())).unwrap();
    page.wait_until(
        "a notice",
        "return document.querySelector('[data-testid=lesson-faults]')?.innerText.includes('no.where')",
    )
    .unwrap();
    assert_no_console_errors(&page);
}

#[test]
fn a_report_holds_answers_and_runs() {
    let host = host();
    let page = open_lesson(&host, "?place=lesson");
    drop_file(&page, "trial.md", LESSON);
    wait_for_step(&page, "trial.ask");
    answer(&page, 0, "12,544");
    page.js("window.__saved = []; const make = URL.createObjectURL;
             URL.createObjectURL = (blob) => { blob.text().then((text) => window.__saved.push(text)); return make(blob); };")
        .unwrap();
    press(&page, "Save lab report");
    press(&page, ".ipynb");
    page.wait_until("two files", "return window.__saved.length === 2").unwrap();
    let saved = page.js("return window.__saved").unwrap();
    let html = saved[0].as_str().unwrap();
    assert!(html.starts_with("<!doctype html>") && html.contains("12,544 (not right)"), "{html}");
    let notebook: Value = serde_json::from_str(saved[1].as_str().unwrap()).unwrap();
    assert_eq!(notebook["nbformat"], 4);
    assert_no_console_errors(&page);
}

#[test]
fn tabs_are_opened_by_their_titles_and_every_spot_is_on_the_page() {
    let host = host();
    let page = open_lesson(&host, "?place=lesson");
    let digits =
        "Weights Gradients Evidence Features Surgery Code Mistakes Confidence Robustness Training+data Activations";
    let plane = "Curves+and+runs Lines Space One+step Loss+surface";
    let digit_spots =
        "pad prediction image experiment data layers summary training run curves runs test activations doubt";
    for (preset, tabs, spots) in [("mlp-16-16", digits, digit_spots), ("circle", plane, "output points")] {
        for tab in tabs.split(' ').map(|tab| tab.replace('+', " ")) {
            let step =
                format!("# T {{#t}}\n## S {{#s}}\n```bench\npreset = \"{preset}\"\ntab = \"{tab}\"\n```\n{tab}\n");
            drop_file(&page, "tab.md", &step);
            let open = "[...document.querySelectorAll('[role=tab][aria-selected=true]')].map(({ textContent }) => textContent.trim())";
            page.wait_until(&format!("the tab {tab}"), &format!("return {open}.includes('{tab}')")).unwrap();
        }
        for spot in spots.split(' ') {
            page.js(&format!("document.documentElement.dataset.outlined = '{spot}'")).unwrap();
            let outlined = "return [...document.querySelectorAll('.desk__bench *')].some((element) =>
                element.checkVisibility() && getComputedStyle(element).outlineStyle === 'solid' && getComputedStyle(element).outlineWidth === '3px')";
            page.wait_until(&format!("{spot} outlined"), outlined).unwrap();
        }
    }
    assert_no_console_errors(&page);
}

#[test]
fn a_closed_book_is_taken_out_of_the_address() {
    let host = host();
    let page = open_lesson(&host, "?place=lesson&step=conv.count");
    wait_for_step(&page, "conv.count");
    press(&page, "Close");
    page.wait_until("an address without it", "return location.search === ''").unwrap();
    assert_no_console_errors(&page);
}

#[test]
fn in_a_lecture_hall_keys_turn_the_steps_and_hands_are_counted() {
    let host = host();
    let page = open_lesson(&host, "?place=lesson&present");
    drop_file(&page, "trial.md", LESSON);
    wait_for_step(&page, "trial.ask");
    assert_eq!(
        page.js("return document.querySelectorAll('.votes__row').length").unwrap(),
        json!(0),
        "a number is asked first"
    );
    let key = |key: &str| {
        page.js(&format!("document.body.dispatchEvent(new KeyboardEvent('keydown', {{ key: '{key}', bubbles: true, cancelable: true }}))"))
            .unwrap()
    };
    key("PageDown");
    wait_for_step(&page, "trial.bet");
    page.wait_until("counts of hands", "return document.querySelectorAll('.votes__row').length === 3").unwrap();
    key("ArrowLeft");
    wait_for_step(&page, "trial.ask");
    assert_no_console_errors(&page);
}

#[test]
fn the_book_fits_beside_or_above_the_bench_at_any_size() {
    let host = host();
    let page = open_lesson(&host, "?place=lesson");
    drop_file(&page, "trial.md", LESSON);
    wait_for_step(&page, "trial.ask");
    for (width, height) in [(360, 640), (390, 844), (768, 1024), (1024, 768), (1280, 800), (1440, 900), (1920, 1080)] {
        page.set_viewport(width, height).unwrap();
        let over = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
        page.wait_until(&format!("no scrolling across at {width} px"), &format!("{over} <= 0")).unwrap();
        let inside = "const book = document.querySelector('.book__inside');
            return book.clientHeight >= 120 && book.scrollWidth <= book.clientWidth";
        page.wait_until(&format!("room for the text at {width}×{height}"), inside).unwrap();
    }
}
