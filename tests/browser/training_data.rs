//! The training data: images that are browsed, the learning curve, and own digits that are kept, opened and taken back.

use crate::stage::{Stage, frame};
use inkling::digits::{DigitImage, OwnDigit, csv, idx, kept_text, sheet};
use inkling::panels::training_data::{TrainingDataPanel, provide_training_data};
use inkling::protocol::questions::{
    CurvePoint, JudgedSet, LearningCurve, LearningCurveAnswer, OwnReadings, OwnReadingsAnswer, Readings, ReadingsAnswer,
};
use inkling::protocol::{ImageSet, Subject};
use inkling::state::{DataState, Labels, use_app_state};
use inkling_engine::data::{OwnDigits, OwnDigitsConfig};
use inkling_engine::experiment::{DataConfig, Validation};
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, Event, EventInit, HtmlElement, HtmlInputElement, KeyboardEvent, KeyboardEventInit};

const STORAGE_KEY: &str = "inkling-own-digits";

fn storage() -> web_sys::Storage {
    window().local_storage().unwrap().unwrap()
}

/// The tab in a browser that has kept that text of own digits.
async fn open_with(kept: &str) -> Stage {
    storage().set_item(STORAGE_KEY, kept).unwrap();
    let stage = Stage::with(|| {
        provide_training_data(use_app_state());
        view! { <TrainingDataPanel /> }
    })
    .await;
    stage.edit_run(|experiment| {
        experiment.data = DataConfig::mnist(100);
        experiment.training.validation = Validation::Last { validation_split: 0.2 };
    });
    // Image k is a (k mod 10).
    stage.state.labels.set(Arc::new(Labels::new((0..130).map(|idx| idx % 10).collect(), 100)));
    stage.state.data.set(DataState::Loaded { n_train: 100, n_test: 30 });
    frame().await;
    stage
}

async fn open_own() -> Stage {
    let stage = open_with("").await;
    stage.button("Your own digits").click();
    frame().await;
    stage
}

async fn click(stage: &Stage, name: &str) {
    stage.button(name).click();
    frame().await;
}

async fn press(stage: &Stage, label: &str) {
    stage.find::<HtmlElement>(&format!("button[aria-label='{label}']")).click();
    frame().await;
}

fn text(stage: &Stage, test_id: &str) -> String {
    stage.find::<Element>(&format!("[data-testid={test_id}]")).text_content().unwrap_or_default()
}

fn bubbling(name: &str) -> Event {
    let init = EventInit::new();
    init.set_bubbles(true);
    Event::new_with_event_init_dict(name, &init).unwrap()
}

async fn type_into(stage: &Stage, selector: &str, typed: &str, event: &str) {
    let field: HtmlInputElement = stage.find(selector);
    field.set_value(typed);
    field.dispatch_event(&bubbling(event)).unwrap();
    frame().await;
}

/// Labels of the kept digits, in order.
fn labels(stage: &Stage) -> Vec<String> {
    stage.all("[data-testid=own-digit]").iter().map(|digit| digit.get_attribute("data-label").unwrap()).collect()
}

/// Images on the page of the grid.
fn shown_images(stage: &Stage) -> Vec<usize> {
    let tiles = stage.all("[data-testid=training-image]:not([hidden])");
    tiles.iter().filter_map(|tile| tile.get_attribute("data-image")?.parse().ok()).collect()
}

/// Chooses files, as the file dialog does: names and bytes.
async fn open_files(stage: &Stage, files: &[(&str, &[u8])]) {
    let parts = js_sys::Array::new();
    for (name, bytes) in files {
        parts.push(&js_sys::Array::of2(&(*name).into(), &js_sys::Uint8Array::from(*bytes)));
    }
    let choose = js_sys::Function::new_with_args(
        "input, files",
        "const transfer = new DataTransfer();
         for (const [name, bytes] of files) transfer.items.add(new File([bytes], name));
         input.files = transfer.files;
         input.dispatchEvent(new Event('change', { bubbles: true }))",
    );
    let input: HtmlInputElement = stage.find("input[type=file]");
    choose.call2(&JsValue::NULL, &input, &parts).unwrap();
    for _ in 0..200 {
        wait_ms(10).await;
        if text(stage, "own-notice") != "Reading …" {
            break;
        }
    }
    frame().await;
}

async fn wait_ms(ms: i32) {
    let soon = js_sys::Promise::new(&mut |resolve, _| {
        window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, ms).unwrap();
    });
    JsFuture::from(soon).await.unwrap();
}

/// A picture as a PNG file: grey, row by row.
async fn png(width: u32, height: u32, grey: &[u8]) -> Vec<u8> {
    let encode = js_sys::Function::new_with_args(
        "width, height, grey",
        "const canvas = document.createElement('canvas');
         [canvas.width, canvas.height] = [width, height];
         const image = new ImageData(width, height);
         grey.forEach((value, i) => image.data.set([value, value, value, 255], 4 * i));
         canvas.getContext('2d').putImageData(image, 0, 0);
         return new Promise((done) => canvas.toBlob(async (blob) => done(new Uint8Array(await blob.arrayBuffer()))))",
    );
    let grey = js_sys::Uint8Array::from(grey);
    let promise: js_sys::Promise =
        encode.call3(&JsValue::NULL, &width.into(), &height.into(), &grey).unwrap().unchecked_into();
    JsFuture::from(promise).await.unwrap().unchecked_into::<js_sys::Uint8Array>().to_vec()
}

fn digit(label: u8, shade: u8) -> OwnDigit {
    let pixels: Vec<u8> = (0..784).map(|idx| if idx % 28 == usize::from(label) { shade } else { 0 }).collect();
    OwnDigit::new(label, DigitImage::from_bytes(&pixels).unwrap()).unwrap()
}

/// Two upright strokes on paper.
fn two_ones() -> Vec<u8> {
    let is_ink = |x: usize, y: usize| (20..70).contains(&y) && ((30..36).contains(&x) || (110..116).contains(&x));
    (0..160 * 90).map(|idx| if is_ink(idx % 160, idx / 160) { 30 } else { 220 }).collect()
}

#[wasm_bindgen_test]
async fn images_are_filtered_by_part_digit_and_mistake() {
    let stage = open_with("").await;
    assert_eq!(text(&stage, "n-images"), "80 training images");
    assert_eq!(shown_images(&stage), (0..24).collect::<Vec<_>>());
    press(&stage, "Next page").await;
    assert_eq!(shown_images(&stage)[0], 24);
    let three = stage.all(".class-bar").swap_remove(3);
    assert_eq!(three.text_content().unwrap(), "3: 8 images");
    three.unchecked_ref::<HtmlElement>().click();
    frame().await;
    assert_eq!(text(&stage, "n-images"), "8 training images of 3");
    assert_eq!(shown_images(&stage), [3, 13, 23, 33, 43, 53, 63, 73]);
    click(&stage, "Any digit").await;
    let parts = stage.all("[name=training-data-part]");
    parts[1].unchecked_ref::<HtmlElement>().click();
    frame().await;
    assert_eq!((text(&stage, "n-images").as_str(), shown_images(&stage)[0]), ("20 validation images", 80));
    stage.find::<HtmlElement>(".switch-field input").click();
    frame().await;
    assert_eq!(text(&stage, "n-images"), "0 validation images that the network gets wrong");
    // All are read as 0: right for two of twenty.
    let logits: Vec<f32> = (0..20 * 10).map(|idx| f32::from(u8::from(idx % 10 == 0))).collect();
    let idxs: Vec<u32> = (80..100).collect();
    let question = Readings { set: JudgedSet::Validation };
    stage.answer(stage.state.answers.readings, 0, question, ReadingsAnswer::new(0, 20, 10, &logits, &idxs));
    frame().await;
    assert_eq!(text(&stage, "n-images"), "18 validation images that the network gets wrong");
    assert!(stage.count("[aria-label='training image 81, labelled 1, read as 0']") == 1);
    parts[2].unchecked_ref::<HtmlElement>().click();
    frame().await;
    assert!(text(&stage, "wrong-notice").starts_with("Sealed"), "{}", text(&stage, "wrong-notice"));
    assert_eq!(text(&stage, "n-images"), "0 test images that the network gets wrong");
    stage.assert_no_panic();
}

#[wasm_bindgen_test]
async fn an_image_is_chosen_by_click_number_and_keys() {
    let stage = open_with("").await;
    stage.all("[data-testid=training-image]")[5].unchecked_ref::<HtmlElement>().click();
    frame().await;
    assert_eq!(stage.state.subject.get_untracked(), Subject::Train(5));
    stage.all("[data-testid=training-image]")[23].unchecked_ref::<HtmlElement>().focus().unwrap();
    let init = KeyboardEventInit::new();
    init.set_bubbles(true);
    init.set_key("ArrowRight");
    let key = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
    stage.all("[data-testid=training-image]")[23].dispatch_event(&key).unwrap();
    frame().await;
    assert_eq!((stage.state.subject.get_untracked(), shown_images(&stage)[0]), (Subject::Train(24), 24));
    let focused = document().active_element().and_then(|tile| tile.get_attribute("data-image"));
    assert_eq!(focused.as_deref(), Some("24"), "the focus follows to the next page");
    type_into(&stage, ".pager__jump input", "7", "change").await;
    assert_eq!((stage.state.subject.get_untracked(), shown_images(&stage)[0]), (Subject::Train(7), 0));
    type_into(&stage, ".pager__jump input", "100", "change").await;
    let message = stage.find::<Element>("#pager-message").text_content().unwrap();
    assert_eq!(message, "Expected a number from 0 to 99, got “100”");
    assert_eq!(stage.state.subject.get_untracked(), Subject::Train(7));
    stage.assert_no_panic();
}

#[wasm_bindgen_test]
async fn a_learning_curve_shows_what_has_come_and_can_be_cancelled() {
    let stage = open_with("").await;
    stage.state.machine.set(Some(inkling::state::Machine {
        simd: inkling::protocol::Simd::Simd128,
        n_cores: 2,
        n_workers: 1,
    }));
    frame().await;
    click(&stage, "Learning curve").await;
    click(&stage, "Train 1 size").await;
    assert_eq!(text(&stage, "curve-progress"), "The first size is being trained …");
    let point = |n_train, val_accuracy| CurvePoint {
        n_train,
        accuracy: 0.99,
        val_accuracy: Some(val_accuracy),
        epochs: 10,
        n_steps: 300,
    };
    let answer = |points| LearningCurveAnswer { points, sizes: vec![100, 300, 1_000, 3_000], progress: (50, 100) };
    let points = vec![point(100, 0.7), point(1_000, 0.9)];
    stage.answer(stage.state.answers.learning_curve, 0, LearningCurve, answer(points));
    frame().await;
    assert_eq!(stage.count("[data-testid=curve-point]"), 2);
    assert!(text(&stage, "curve-progress").starts_with("Size 3 of 4"), "{}", text(&stage, "curve-progress"));
    assert!(text(&stage, "curve-finding").starts_with("10 times the images: from 70.00 % with 100"));
    click(&stage, "Cancel").await;
    assert!(text(&stage, "curve-finding").starts_with("Cancelled after 2 of 4 sizes."));
    assert_eq!(stage.count("[data-testid=curve-point]"), 2, "what has come stays");
    stage.assert_no_panic();
}

#[wasm_bindgen_test]
async fn a_drawing_is_kept_relabelled_deleted_and_brought_back() {
    let stage = open_own().await;
    assert!(stage.find::<HtmlElement>("[aria-label='Keep as 3']").has_attribute("disabled"), "nothing is drawn");
    let mut drawing = vec![0.0; 784];
    drawing[400] = 1.0;
    stage.state.draw(drawing);
    frame().await;
    press(&stage, "Keep as 3").await;
    press(&stage, "Keep as 5").await;
    assert_eq!(labels(&stage), ["3", "5"]);
    type_into(&stage, "[aria-label='Label of your digit 1']", "8", "input").await;
    assert_eq!(labels(&stage), ["8", "5"]);
    type_into(&stage, "[aria-label='Label of your digit 1']", "x", "input").await;
    assert_eq!(stage.find::<HtmlInputElement>("[aria-label='Label of your digit 1']").value(), "8");
    press(&stage, "Delete your digit 1").await;
    assert_eq!(labels(&stage), ["5"]);
    let kept = kept_text::read(&storage().get_item(STORAGE_KEY).unwrap().unwrap()).0;
    assert_eq!(kept.iter().map(OwnDigit::label).collect::<Vec<_>>(), [5]);
    for expected in [vec!["8", "5"], vec!["3", "5"], vec!["3"], vec![]] {
        click(&stage, "Undo").await;
        assert_eq!(labels(&stage), expected);
    }
    assert!(stage.find::<HtmlElement>(".own__tools button").has_attribute("disabled"), "nothing is left to undo");
    stage.assert_no_panic();
}

#[wasm_bindgen_test]
async fn a_kept_digit_is_looked_at_until_something_is_drawn() {
    let stage = open_with(&kept_text::write(&[digit(4, 200)])).await;
    stage.state.draw(vec![0.5; 784]);
    click(&stage, "Your own digits").await;
    stage.state.look_at(Subject::Test(2));
    press(&stage, "Look at your digit 1, a 4").await;
    assert_eq!(stage.state.subject.get_untracked(), Subject::Drawing);
    let looked_at = || stage.state.own_digits.looked_at.get_untracked().map(|digit| digit.label());
    assert_eq!(looked_at(), Some(4));
    assert_eq!(stage.state.drawing().1, [0.5; 784], "the drawing is still there");
    stage.state.draw(vec![0.25; 784]);
    assert_eq!(looked_at(), None);
}

#[wasm_bindgen_test]
async fn digits_come_back_and_damaged_ones_are_named() {
    let kept = kept_text::write(&[digit(4, 200), digit(7, 100)]) + "rubbish\n";
    let stage = open_with(&kept).await;
    click(&stage, "Your own digits").await;
    assert_eq!(labels(&stage), ["4", "7"]);
    let warning = text(&stage, "own-warning");
    assert_eq!(warning, "1 of the digits that this browser has kept are damaged and were left out.");
    let question = OwnReadings { n_changes: stage.state.own_digits.n_changes.get_untracked() };
    stage.answer(stage.state.answers.own_readings, 0, question, OwnReadingsAnswer { classes: vec![4, 1] });
    frame().await;
    assert_eq!(text(&stage, "own-score"), "1 of 2 of your digits are read correctly (50.00 %).");
    assert_eq!(stage.count(".own-digit--wrong[data-label='7'][data-read='1']"), 1);
}

#[wasm_bindgen_test]
async fn tables_idx_files_and_sheets_are_opened() {
    let stage = open_own().await;
    let digits = [digit(1, 255), digit(2, 100), digit(9, 30)];
    open_files(&stage, &[("digits.csv", csv::write(&digits).as_bytes())]).await;
    assert_eq!(labels(&stage), ["1", "2", "9"]);
    assert_eq!(text(&stage, "own-notice"), "3 digits kept.");
    let (images, of_images) = (idx::write_images(&digits[..1]), idx::write_labels(&digits[..1]));
    open_files(&stage, &[("labels-idx1-ubyte", &of_images), ("images-idx3-ubyte", &images)]).await;
    assert_eq!(labels(&stage), ["1", "2", "9", "1"]);
    let image = sheet::write(&digits[1..]).unwrap();
    let file = png(image.width() as u32, image.height() as u32, image.pixels()).await;
    open_files(&stage, &[("sheet.png", &file)]).await;
    assert_eq!(labels(&stage), ["1", "2", "9", "1", "2", "9"]);
    let list = stage.state.own_digits.list.get_untracked();
    assert_eq!(list[5], digits[2], "to the last pixel");
    stage.assert_no_panic();
}

#[wasm_bindgen_test]
async fn digits_of_a_photo_get_their_labels_before_they_are_kept() {
    let stage = open_own().await;
    open_files(&stage, &[("photo.png", &png(160, 90, &two_ones()).await)]).await;
    assert_eq!(text(&stage, "own-notice"), "2 digits found: give each its label.");
    assert_eq!((stage.count("[data-testid=found-digit]"), labels(&stage).len()), (2, 0));
    type_into(&stage, ".own__row-labels input", "1 7", "input").await;
    click(&stage, "Keep 2 of 2").await;
    assert_eq!(labels(&stage), ["1", "7"]);
    assert_eq!(stage.count("[data-testid=found-digit]"), 0);
    stage.assert_no_panic();
}

#[wasm_bindgen_test]
async fn what_is_wrong_with_files_is_said_and_nothing_is_lost() {
    let stage = open_own().await;
    stage.state.draw(vec![1.0; 784]);
    frame().await;
    press(&stage, "Keep as 6").await;
    let blank = png(120, 90, &[255; 120 * 90]).await;
    open_files(
        &stage,
        &[
            ("blank.png", &blank),
            ("broken.png", b"\x89PNG\r\n\x1a\nrubbish"),
            ("notes.png", b"Dear reader"),
            ("empty.csv", b""),
            ("iris.csv", b"5.1,3.5,1.4\n4.9,3,1.3\n"),
            ("alone-idx3-ubyte", &idx::write_images(&[digit(1, 9)])),
        ],
    )
    .await;
    let faults: Vec<_> =
        stage.all("[data-testid=own-faults] li").iter().map(|fault| fault.text_content().unwrap()).collect();
    let expected = [
        "blank.png: expected dark digits on light paper, or light ones on dark, got a picture in which nothing stands out.",
        "broken.png: expected an image, got one that is damaged or of a kind that this browser cannot show.",
        "notes.png: expected a PNG, JPEG or WebP image, got text.",
        "empty.csv: expected an image, a CSV table or idx files, got an empty file.",
        "iris.csv: line 2, column 1: expected a label from 0 to 9, got “4.9”.",
        "alone-idx3-ubyte: expected its file of labels, opened together with it, got this file alone.",
    ];
    assert_eq!(faults, expected);
    assert_eq!(labels(&stage), ["6"]);
    stage.assert_no_panic();
}

#[wasm_bindgen_test]
async fn training_on_own_digits_follows_them() {
    let stage = open_with(&kept_text::write(&[digit(4, 200)])).await;
    click(&stage, "Your own digits").await;
    let config = || stage.state.experiment.get_untracked().data.digits().unwrap().own_digits;
    assert!(config().is_none());
    stage.find::<HtmlElement>(".own__train input[type=checkbox]").click();
    frame().await;
    let engine = |digits: &[OwnDigit]| {
        let pixels = digits.iter().flat_map(|digit| digit.image().bytes().to_vec()).collect();
        OwnDigits::new(pixels, digits.iter().map(OwnDigit::label).collect()).unwrap()
    };
    assert_eq!(config(), OwnDigitsConfig::of(&engine(&[digit(4, 200)]), 20));
    type_into(&stage, ".own__weight input", "5", "change").await;
    type_into(&stage, ".own__weight input", "0", "change").await;
    assert_eq!(stage.find::<HtmlInputElement>(".own__weight input").value(), "5", "0 is refused");
    type_into(&stage, "[aria-label='Label of your digit 1']", "9", "input").await;
    let relabelled = OwnDigit::new(9, digit(4, 200).image().clone()).unwrap();
    assert_eq!(config(), OwnDigitsConfig::of(&engine(&[relabelled]), 5), "the fingerprint follows");
    assert!(stage.state.checked.get_untracked().is_ok());
    press(&stage, "Delete your digit 1").await;
    assert!(config().is_none());
    stage.assert_no_panic();
}

#[wasm_bindgen_test]
async fn training_images_are_read_only_when_that_is_asked_for() {
    let stage = open_with("").await;
    stage.find::<HtmlElement>(".switch-field input").click();
    frame().await;
    let is_reading = || stage.state.predictions.get_untracked().contains_key(&ImageSet::Train);
    assert!(!is_reading());
    click(&stage, "Read all training images").await;
    assert!(is_reading());
    assert!(text(&stage, "wrong-notice").contains("0 of 100 training images read"));
}
