//! `window.__bench(workload, opts)`: the bench for scripts to call.

use super::runner::BenchRunner;
use crate::protocol::{BenchOptions, Workload};
use js_sys::{Error, Promise, Reflect};
use std::rc::Rc;
use wasm_bindgen::{JsValue, closure::Closure};
use wasm_bindgen_futures::future_to_promise;

/// Puts `__bench` on the window: `workload` is `{id: "W1"}` … `{id: "W5"}`, `{id: "N1"}` … `{id: "N10"}` (networks),
/// `{id: "L1"}` … `{id: "L10"}` (their layers), `{id: "K0"}` … `{id: "K8"}` (kernels), `opts` holds `steps`, `warmup`,
/// `budgetMs` and `workers`, all optional; the promise gives the figures or is rejected with what is wrong.
pub fn offer(runner: Rc<BenchRunner>) {
    let bench = Closure::<dyn Fn(JsValue, JsValue) -> Promise>::new(move |workload: JsValue, options: JsValue| {
        let runner = runner.clone();
        future_to_promise(async move {
            let (workload, options) = parse(&workload, options).map_err(|error| JsValue::from(Error::new(&error)))?;
            let figures = runner.run(workload, options).await.map_err(|error| JsValue::from(Error::new(&error)))?;
            serde_wasm_bindgen::to_value(&figures).map_err(JsValue::from)
        })
    });
    // A window takes any property; the function lives as long as the page.
    let _ = Reflect::set(&leptos::prelude::window(), &JsValue::from_str("__bench"), &bench.into_js_value());
}

fn parse(workload: &JsValue, options: JsValue) -> Result<(Workload, BenchOptions), String> {
    let id = workload
        .as_string()
        .or_else(|| Reflect::get(workload, &JsValue::from_str("id")).ok().and_then(|id| id.as_string()))
        .ok_or("work: expected {id: \"W1\"} to {id: \"K8\"}, got no id")?;
    let workload = Workload::from_id(&id)
        .ok_or_else(|| format!("work.id: expected W1 to W5, N1 to N10, L1 to L10 or K0 to K8, got {id}"))?;
    let options = if options.is_undefined() || options.is_null() {
        BenchOptions::default()
    } else {
        serde_wasm_bindgen::from_value(options).map_err(|error| format!("opts: {error}"))?
    };
    if !(options.budget_ms > 0.0 && options.budget_ms <= 3_600_000.0) {
        return Err(format!("opts.budgetMs: expected more than 0, at most 3,600,000, got {}", options.budget_ms));
    }
    if options.steps == Some(0) || options.workers == Some(0) {
        return Err("opts.steps and opts.workers: expected at least 1, got 0".to_owned());
    }
    Ok((workload, options))
}
