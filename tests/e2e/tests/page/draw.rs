//! Drawing a digit: ink, recognition, maps.

use super::{assert_no_console_errors, host, open};

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
    // 32 + 32 + 64 + 64 maps, and the layers behind them.
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
