//! Inside the network that was trained on the page: the numbers there are recomputed, from the pixels to the
//! probabilities.

use super::story::{press, step_batches, wait_for_data};
use super::unit_inspector::{Probe, assert_close};
use super::{assert_no_console_errors, host, open_at};
use inkling_e2e::page::Page;
use serde_json::Value;

/// The test image that is looked at.
const IMAGE_IDX: usize = 1_234;

/// Rows and columns of MNIST's images.
const SIDE: usize = 28;

#[test]
fn numbers_of_a_trained_cnn_agree_from_pixels_to_probabilities() {
    let host = host();
    let page = open_at(&host, "?preset=lesson-cnn");
    wait_for_data(&page);
    step_batches(&page, 12);
    check_network(&page, None);
    look_at_test_image(&page);
    let pixels = pixels_of_test_image(&page);
    assert!(pixels.iter().any(|&pixel| pixel > 0.5), "an image with ink");
    check_network(&page, Some(&pixels));
    assert_no_console_errors(&page);
}

/// Recomputes numbers of every layer of the lesson's CNN; with `pixels`, those of the first layer from the image
/// itself.
#[track_caller]
fn check_network(page: &Page, pixels: Option<&[f64]>) {
    let mut n_firing = 0;
    for [row, column, channel] in [[11, 13, 4], [0, 25, 31], [25, 0, 0], [7, 12, 17]] {
        let conv2d = Probe::of_map(page, ("conv2d", [row, column, channel]));
        check_convolution(&conv2d);
        n_firing += usize::from(conv2d.result > 0.0);
        if let Some(pixels) = pixels {
            let patch = (0..9).map(|place| pixels[(row + place / 3) * SIDE + column + place % 3]);
            assert_eq!(conv2d.all("probe-value"), patch.collect::<Vec<_>>(), "the image itself");
        }
    }
    assert!(n_firing > 0, "at least one of the cells lets something through");

    for [row, column, channel] in [[5, 6, 4], [12, 0, 31]] {
        let pooled = Probe::of_map(page, ("max_pooling2d", [row, column, channel]));
        check_pooling(page, &pooled, "conv2d", [row, column, channel]);
    }

    let deep = Probe::of_map(page, ("conv2d_1", [4, 5, 9]));
    check_convolution(&deep);
    assert_eq!(deep.all("probe-term").len(), 9, "eight channels and the others");
    let whole = Probe::after(
        page,
        ("conv2d_1", [4, 5, 9]),
        "[...probe().querySelectorAll('button')].find((button) => button.innerText === 'show all 32').click();
         await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));",
    );
    assert_eq!(whole.all("probe-term").len(), 32);
    check_convolution(&whole);
    // A channel other than the first: its products add up to its part of the sum, and its patch is part of the map.
    let chosen = Probe::after(
        page,
        ("conv2d_1", [4, 5, 9]),
        "probe().querySelectorAll('.sum-line button')[5].click();
         await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));",
    );
    check_products(&chosen);
    assert_close(chosen.one("probe-channel-sum"), whole.all("probe-term")[5], "the sixth largest channel's sum");
    let in_channel = chosen.in_channel.unwrap();
    assert_ne!(in_channel, deep.in_channel.unwrap());
    for place in [0, 4, 8] {
        let below = Probe::of_map(page, ("max_pooling2d", [4 + place / 3, 5 + place % 3, in_channel]));
        assert_eq!(below.result, chosen.all("probe-value")[place], "place {place} of the patch");
    }

    let pooled = Probe::of_map(page, ("max_pooling2d_1", [2, 3, 9]));
    check_pooling(page, &pooled, "conv2d_1", [2, 3, 9]);

    check_output(page);
}

/// Patch × kernel, channel by channel, + bias → relu = the map's cell.
#[track_caller]
fn check_convolution(probe: &Probe) {
    check_products(probe);
    let terms = probe.all("probe-term");
    if let [only] = terms {
        assert_close(probe.one("probe-channel-sum"), *only, "the only channel's sum");
    }
    assert_close(terms.iter().sum::<f64>() + probe.one("probe-bias"), probe.one("probe-sum"), "channels and bias");
    // The layer adds its products in another order than the page, so the last bit may differ.
    assert_close(probe.result, probe.one("probe-sum").max(0.0), "relu");
    assert_eq!(probe.result, probe.one("probe-result"));
    assert!(probe.check.as_ref().unwrap().starts_with('✓'), "{:?}", probe.check);
}

#[track_caller]
fn check_products(probe: &Probe) {
    let (values, weights, products) = (probe.all("probe-value"), probe.all("probe-weight"), probe.all("probe-product"));
    assert_eq!([values.len(), weights.len(), products.len()], [9; 3]);
    for ((value, weight), product) in values.iter().zip(weights).zip(products) {
        assert_close(value * weight, *product, "value × weight");
    }
    assert_close(products.iter().sum(), probe.one("probe-channel-sum"), "nine products");
}

/// The largest of the window = the pooled cell, and each value of the window is that of a cell of the layer before.
#[track_caller]
fn check_pooling(page: &Page, pooled: &Probe, layer_before: &str, [row, column, channel]: [usize; 3]) {
    let window = pooled.all("probe-value").to_vec();
    assert_eq!(window.len(), 4);
    assert_eq!(pooled.result, window.iter().copied().fold(f64::MIN, f64::max));
    for (place, expected) in window.into_iter().enumerate() {
        let cell = [2 * row + place / 2, 2 * column + place % 2, channel];
        assert_eq!(Probe::of_map(page, (layer_before, cell)).result, expected, "{layer_before} {cell:?}");
    }
}

/// Inputs × weights + bias = logit, softmax of the ten, and the pad's reading.
#[track_caller]
fn check_output(page: &Page) {
    let outputs: Vec<Probe> = (0..10).map(|unit| Probe::of_output(page, "dense", unit)).collect();
    for (unit, probe) in outputs.iter().enumerate() {
        let terms: f64 = probe.all("probe-term").iter().sum();
        assert_close(terms + probe.one("probe-bias"), probe.one("probe-sum"), "inputs and bias");
        let products = probe.all("probe-term");
        assert_eq!(probe.factors.len() + 1, products.len(), "the last line is all the others");
        for ([x, weight], product) in probe.factors.iter().zip(products) {
            assert_close(x * weight, *product, "input × weight");
        }
        let (logits, exponentials) = (probe.all("probe-logit"), probe.all("probe-exponential"));
        let probs = probe.all("probe-probability");
        assert_eq!(logits[unit], probe.one("probe-sum"));
        let max = logits.iter().copied().fold(f64::MIN, f64::max);
        let sum: f64 = exponentials.iter().sum();
        assert_close(sum, probe.one("probe-exponential-sum"), "the sum of the exponentials");
        assert_close(probs.iter().sum(), 1.0, "the sum of the probabilities");
        for class in 0..10 {
            assert_close((logits[class] - max).exp(), exponentials[class], "e to the power of the logit");
            assert_close(exponentials[class] / sum, probs[class], "the exponential's share");
            assert_eq!(outputs[class].one("probe-sum"), logits[class], "the logit that unit {class} has of its own");
            assert_eq!(outputs[class].result, probs[class], "the probability that unit {class} has of its own");
        }
    }
    let reading = page.js("return { ...document.querySelector('[data-testid=prediction]').dataset }").unwrap();
    let probs: Vec<f64> = outputs.iter().map(|probe| probe.result).collect();
    let digit: usize = text(&reading["digit"]).parse().unwrap();
    assert!(probs.iter().all(|prob| *prob <= probs[digit]), "{digit} is the most probable of {probs:?}");
    assert_eq!(text(&reading["probability"]).parse::<f64>().unwrap(), probs[digit]);
    // The first input of the last unit leads to the map that it comes from.
    let [x, _] = outputs[9].factors[0];
    page.js("document.querySelector('[data-testid=probe] .sum-line button').click()").unwrap();
    page.wait_until(
        "the input's own arithmetic",
        &format!(
            "const {{ layer, result }} = document.querySelector('[data-testid=probe]').dataset;
                  return layer === 'max_pooling2d_1' && Number(result) === {x:?}"
        ),
    )
    .unwrap();
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

#[track_caller]
fn look_at_test_image(page: &Page) {
    super::image_browser::choose(page, "Source of the image", "test image");
    super::image_browser::type_number(page, IMAGE_IDX);
    page.wait_until(
        "the image is looked at",
        &format!(
            "return document.querySelector('.prediction__subject')?.innerText.includes('test image {IMAGE_IDX},')"
        ),
    )
    .unwrap();
}

/// The image's pixels from the data set's own file, as the network takes them.
#[track_caller]
fn pixels_of_test_image(page: &Page) -> Vec<f64> {
    let script = format!(
        "const shard = await fetch('assets/mnist/test-0.bin');
         const inflated = shard.body.pipeThrough(new DecompressionStream('gzip'));
         const bytes = new Uint8Array(await new Response(inflated).arrayBuffer());
         // As the page writes 32-bit numbers: with the fewest digits that tell them apart.
         const shortest = (number) => {{
           for (let digits = 1; digits < 10; digits++) {{
             const rounded = Number(number.toPrecision(digits));
             if (Math.fround(rounded) === number) return rounded;
           }}
           return number;
         }};
         return [...bytes.slice({start}, {end})].map((byte) => shortest(Math.fround(byte / 255)))",
        start = IMAGE_IDX * SIDE * SIDE,
        end = (IMAGE_IDX + 1) * SIDE * SIDE,
    );
    serde_json::from_value(page.js(&script).unwrap()).unwrap()
}

#[test]
fn one_training_step_can_be_walked_with_the_networks_numbers() {
    let host = host();
    let page = open_at(&host, "?preset=lesson-cnn");
    wait_for_data(&page);
    step_batches(&page, 3);
    look_at_test_image(&page);
    page.find("tab", "Gradients").unwrap().click().unwrap();
    let station = |name: &str| {
        page.wait_until(
            name,
            &format!("return document.querySelector('[data-testid=walk]')?.dataset.station === '{name}'"),
        )
        .unwrap();
    };
    let cells = |column: usize| -> Vec<f64> {
        let script = format!(
            "const rows = document.querySelectorAll('[data-testid=walk-outputs] tbody tr');
             return [...rows].map((row) => Number(row.querySelectorAll('td')[{column}].dataset.value))"
        );
        let has_numbers = format!(
            "const {{ value }} = document.querySelectorAll('[data-testid=walk-outputs] td')[{column}].dataset; return value"
        );
        page.wait_until("the numbers", &has_numbers).unwrap();
        serde_json::from_value(page.js(&script).unwrap()).unwrap()
    };
    station("Forward");
    let (logits, probs) = (cells(0), cells(1));
    let max = logits.iter().copied().fold(f64::MIN, f64::max);
    let sum: f64 = logits.iter().map(|logit| (logit - max).exp()).sum();
    for digit in 0..10 {
        assert_close((logits[digit] - max).exp() / sum, probs[digit], "softmax");
    }
    press(&page, "Next");
    station("Loss");
    let label: usize =
        text(&page.js("return document.querySelector('[data-testid=subject-truth]').dataset.label").unwrap())
            .parse()
            .unwrap();
    let loss =
        page.js("return Number(document.querySelector('.walk__formula').dataset.value)").unwrap().as_f64().unwrap();
    assert_close(loss, -probs[label].ln(), "−ln of the label's probability");
    press(&page, "Next");
    station("Backward");
    let dlogits = cells(2);
    for digit in 0..10 {
        let target = f64::from(u8::from(digit == label));
        assert_close(dlogits[digit], probs[digit] - target, "p − t");
    }
    press(&page, "Next");
    station("Update");
    assert!(!page.find("button", "Next").unwrap().is_enabled().unwrap(), "the walk ends here");
    page.wait_until("the step tried out", "return document.querySelector('[data-testid=tried-step]')").unwrap();
    let tried = page.js("return { ...document.querySelector('[data-testid=tried-step]').dataset }").unwrap();
    let [before, after] = ["before", "after"].map(|name| text(&tried[name]).parse::<f64>().unwrap());
    assert_close(before, loss, "the loss before the step");
    assert!(after < before, "the step lowers the loss: {before} → {after}");
    let biases: Vec<[f64; 4]> = serde_json::from_value(
        page.js("const rows = document.querySelectorAll('[data-testid=tried-biases] tbody tr');
             return [...rows].map((row) => [...row.querySelectorAll('td')].map((cell) => Number(cell.dataset.value)))")
            .unwrap(),
    )
    .unwrap();
    for (digit, [bias, gradient, change, bias_after]) in biases.into_iter().enumerate() {
        assert_close(gradient, dlogits[digit], "a bias has the gradient of its logit");
        assert_close(bias + change, bias_after, "bias and change");
    }
    assert_no_console_errors(&page);
}
