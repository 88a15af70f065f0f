//! Training on all of MNIST: the lesson's accuracies, Pause, and any number of workers.

use super::story::{figure, press, test_accuracy, wait_for_data, wait_for_epoch, wait_for_state};
use super::{assert_no_console_errors, host, open, open_at};

#[test]
fn mlp_reaches_the_lessons_accuracy() {
    let host = host();
    let page = open_at(&host, "?preset=mlp-16-16");
    press(&page, "Train");
    wait_for_state(&page, "finished");
    assert_eq!(figure(&page, "epoch"), 10.0);
    assert_eq!(figure(&page, "step"), 270.0);
    assert!(figure(&page, "valAccuracy") >= 0.935, "val_accuracy {}", figure(&page, "valAccuracy"));
    let accuracy = test_accuracy(&page);
    assert!(accuracy >= 0.935, "test accuracy {accuracy}");
    assert_no_console_errors(&page);
}

#[test]
fn cnn_reaches_the_lessons_accuracy_and_can_be_held() {
    let host = host();
    let page = open_at(&host, "?preset=lesson-cnn");
    wait_for_data(&page);
    press(&page, "Train");
    wait_for_state(&page, "training");
    wait_for_epoch(&page, 4);
    press(&page, "Pause");
    wait_for_state(&page, "paused");
    let step = figure(&page, "step");
    let accuracy = test_accuracy(&page);
    assert!(accuracy >= 0.98, "test accuracy {accuracy} after 3 epochs");
    assert_eq!(figure(&page, "step"), step, "a paused run stays where it is");
    press(&page, "Step batch");
    page.wait_until(
        "one step more",
        &format!("return +document.querySelector('[data-testid=run-status]').dataset.step === {}", step + 1.0),
    )
    .unwrap();
    wait_for_state(&page, "paused");
    press(&page, "Reset");
    wait_for_state(&page, "idle");
    assert_no_console_errors(&page);
}

#[test]
fn history_does_not_depend_on_the_number_of_workers() {
    let host = host();
    let page = open(&host);
    page.goto(&format!("{}bench.html", host.url())).unwrap();
    page.wait_until("the bench is there", "return window.__bench").unwrap();
    let last_loss = |workers: usize| {
        let body = format!(
            "const figures = await window.__bench({{ id: 'W2' }}, {{ steps: 60, warmup: 0, budgetMs: 600000, workers: {workers} }});
             return [figures.lossFirst, figures.lossLast, figures.steps]"
        );
        page.js(&body).unwrap()
    };
    let alone = last_loss(1);
    assert_eq!(alone, last_loss(2));
    assert_eq!(alone, last_loss(1));
}
