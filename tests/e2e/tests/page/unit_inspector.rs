//! The unit inspector, as a user opens it: a click on a cell of the strip, then the numbers on the page.

use inkling_e2e::page::Page;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A number of a layer's output: layer by name, then row, column and channel from 0.
pub type Place<'a> = (&'a str, [usize; 3]);

/// What the inspector shows, by `data-testid`.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Probe {
    /// The number that is taken apart.
    pub result: f64,
    /// Numbers by `data-testid`, in the order of the page.
    numbers: BTreeMap<String, Vec<f64>>,
    /// Input channel of the patch, for a convolution.
    pub in_channel: Option<usize>,
    /// Value and weight of each input that is told apart, for a Dense layer.
    pub factors: Vec<[f64; 2]>,
    /// What the inspector says of its own sum.
    pub check: Option<String>,
}

/// Waits until the inspector shows a cell, and reads its numbers.
const READ: &str = "
    const probe = () => document.querySelector('[data-testid=probe]');
    const read = async (layer, cell) => {
      const start = performance.now();
      while (probe()?.dataset.layer !== layer || probe().dataset.cell !== cell.join() || !probe().dataset.result) {
        if (performance.now() - start > 20000) throw new Error(`no answer about ${layer} ${cell}: ${probe()?.outerHTML}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      const numbers = {};
      for (const { dataset } of probe().querySelectorAll('[data-testid][data-value]')) {
        (numbers[dataset.testid] ??= []).push(Number(dataset.value));
      }
      const factors = [...probe().querySelectorAll('[data-testid=probe-factors]')];
      const patch = probe().querySelector('[data-in-channel]');
      return {
        result: Number(probe().dataset.result),
        numbers,
        inChannel: patch ? Number(patch.dataset.inChannel) : null,
        factors: factors.map(({ dataset }) => [Number(dataset.x), Number(dataset.weight)]),
        check: probe().querySelector('[data-testid=probe-check]')?.textContent ?? null,
      };
    };";

impl Probe {
    /// Clicks on a cell of a map and reads what the page shows then.
    #[track_caller]
    pub fn of_map(page: &Page, (layer, [row, column, channel]): Place) -> Probe {
        let selector = format!("[data-testid=layer-map][data-layer=\"{layer}\"][data-channel=\"{channel}\"]");
        Probe::after(
            page,
            (layer, [row, column, channel]),
            &format!(
                "const map = document.querySelector('{selector}');
                 map.scrollIntoView({{ block: 'center' }});
                 const box = map.getBoundingClientRect();
                 const [height, width] = map.ariaLabel.match(/(\\d+)×(\\d+)/).slice(1);
                 map.dispatchEvent(new MouseEvent('click', {{
                   bubbles: true, cancelable: true,
                   clientX: box.left + ({column} + 0.5) * box.width / width,
                   clientY: box.top + ({row} + 0.5) * box.height / height }}));"
            ),
        )
    }

    /// Clicks on an output's bar and reads what the page shows then.
    #[track_caller]
    pub fn of_output(page: &Page, layer: &str, unit: usize) -> Probe {
        let selector = format!("ol[data-testid=layer-map][data-layer=\"{layer}\"] [data-row=\"{unit}\"]");
        let click = format!("document.querySelector('{selector}').click();");
        Probe::after(page, (layer, [0, 0, unit]), &click)
    }

    /// Does something that leads to a cell, and reads what the page shows then.
    #[track_caller]
    pub fn after(page: &Page, (layer, [row, column, channel]): Place, action: &str) -> Probe {
        let script = format!("{READ} {action} return await read('{layer}', [{row}, {column}, {channel}])");
        serde_json::from_value(page.js(&script).unwrap()).unwrap()
    }

    /// All numbers of that kind.
    #[track_caller]
    pub fn all(&self, test_id: &str) -> &[f64] {
        self.numbers.get(test_id).unwrap_or_else(|| panic!("no {test_id} in {self:?}"))
    }

    /// The only number of that kind.
    #[track_caller]
    pub fn one(&self, test_id: &str) -> f64 {
        assert_eq!(self.all(test_id).len(), 1, "{test_id} of {self:?}");
        self.all(test_id)[0]
    }
}

/// Fails unless two numbers agree, except for the rounding of sums of `f32`.
#[track_caller]
pub fn assert_close(got: f64, expected: f64, what: &str) {
    assert!((got - expected).abs() <= 4e-6 * expected.abs().max(1.0), "{what}: got {got}, expected {expected}");
}
