//! Drawing a digit: ink, recognition, maps.

use super::{assert_no_console_errors, host, open};
use xtask::dist::Kind;
use xtask::server::Fault;

/// Moves a pointer over the pad along points given in hundredths of its size.
const STROKE: &str = "
    const pad = document.querySelector('canvas[aria-label=\"Drawing pad\"]');
    const box = pad.getBoundingClientRect();
    const send = (type, [x, y]) => pad.dispatchEvent(new PointerEvent(type, {
      bubbles: true, cancelable: true, pointerId: 1, pointerType: 'mouse', isPrimary: true, button: 0,
      buttons: type === 'pointerup' ? 0 : 1, pressure: 0.5,
      clientX: box.left + box.width * x / 100, clientY: box.top + box.height * y / 100 }));
    const draw = async (points) => {
      send('pointerdown', points[0]);
      for (let i = 1; i < points.length; i++) {
        for (let t = 1; t <= 6; t++) {
          send('pointermove', [0, 1].map((axis) => points[i - 1][axis] + (points[i][axis] - points[i - 1][axis]) * t / 6));
        }
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
      send('pointerup', points[points.length - 1]);
    };";

#[test]
fn example_is_recognised_before_anything_is_done() {
    let host = host();
    let page = open(&host);
    page.wait_until(
        "the example is read as 3",
        "const { digit, probability } = document.querySelector('[data-testid=prediction]').dataset;
         return digit === '3' && probability > 0.9",
    )
    .unwrap();
    // 32 + 32 + 64 + 64 maps, and the layers after them.
    page.wait_until(
        "all maps",
        "return document.querySelectorAll('[data-testid=layer-map][data-layer=conv2d_1]').length === 64",
    )
    .unwrap();
    assert_no_console_errors(&page);
}

#[test]
fn drawn_one_and_seven_are_recognised_and_clear_empties_the_pad() {
    let host = host();
    let page = open(&host);
    page.wait_until("a prediction", "return document.querySelector('[data-testid=prediction]')?.dataset.digit")
        .unwrap();
    for (digit, points) in [("1", "[[50, 15], [50, 50], [50, 85]]"), ("7", "[[25, 20], [75, 20], [60, 50], [45, 85]]")]
    {
        super::story::press(&page, "Clear");
        page.js(&format!("{STROKE} await draw({points});")).unwrap();
        page.wait_until(
            &format!("a {digit} is read"),
            &format!("return document.querySelector('[data-testid=prediction]')?.dataset.digit === '{digit}'"),
        )
        .unwrap();
    }
    super::story::press(&page, "Clear");
    page.wait_until("no prediction", "return !document.querySelector('[data-testid=prediction]').dataset.digit")
        .unwrap();
    assert_no_console_errors(&page);
}

#[test]
fn drawing_made_before_there_is_a_network_is_read_once_there_is_one() {
    let is_worker = |name: &str| name.starts_with("worker-") && name.ends_with(".wasm");
    let files = Kind::Release.folder().read_dir().unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    let workers: Vec<String> = files.filter(|name| is_worker(name)).collect();
    assert!(!workers.is_empty());
    // Before the worker's program is there, and before the network's weights are.
    for late in [workers, vec![".safetensors".to_owned()]] {
        let host = host();
        late.iter().for_each(|file| host.set_fault(file, Some(Fault::Held)));
        let page = open(&host);
        page.wait_until("the pad", "return document.querySelector('canvas[aria-label=\"Drawing pad\"]')").unwrap();
        page.js(&format!("{STROKE} await draw([[25, 20], [75, 20], [60, 50], [45, 85]]);")).unwrap();
        let digit = "document.querySelector('[data-testid=prediction]').dataset.digit";
        assert!(page.js(&format!("return {digit}")).unwrap().is_null(), "no network has read it yet");
        late.iter().for_each(|file| host.set_fault(file, None));
        page.wait_until("a reading", &format!("return {digit}")).unwrap();
        assert_eq!(page.js(&format!("return {digit}")).unwrap(), "7", "the first reading is the drawing's: {late:?}");
        assert_no_console_errors(&page);
    }
}

#[test]
fn pad_and_curves_are_sharp_on_every_screen() {
    let host = host();
    let page = open(&host);
    page.wait_until("a prediction", "return document.querySelector('[data-testid=prediction]')?.dataset.digit")
        .unwrap();
    page.wait_until("the curves", "return document.querySelector('canvas.curve__canvas')").unwrap();
    // The pad keeps its size in CSS pixels. The window does not: Chromium's emulated screens are noticed only with it.
    let side = page.js("return document.querySelector('.drawing-pad__canvas').clientWidth").unwrap();
    for (width, pixel_ratio) in [(1280, 2.0), (1270, 1.25), (1260, 1.0)] {
        page.set_screen(width, 900, pixel_ratio).unwrap();
        page.wait_until(
            &format!("sharp canvases at {pixel_ratio}"),
            "return [...document.querySelectorAll('.drawing-pad__canvas, .curve__canvas')].every(
               (canvas) => Math.abs(canvas.width - canvas.clientWidth * devicePixelRatio) <= 1)",
        )
        .unwrap();
        assert_eq!(page.js("return devicePixelRatio").unwrap().as_f64(), Some(pixel_ratio));
        assert_eq!(page.js("return document.querySelector('.drawing-pad__canvas').clientWidth").unwrap(), side);
        let is_painted = "const pad = document.querySelector('.drawing-pad__canvas');
             return pad.getContext('2d').getImageData(0, 0, pad.width, pad.height).data.some((byte) => byte > 200)";
        assert_eq!(page.js(is_painted).unwrap(), true, "the drawing is painted again");
    }
    assert_no_console_errors(&page);
}
