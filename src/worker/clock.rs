//! Time as the worker measures it.

use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Performance;

/// Milliseconds since the worker began.
#[must_use]
pub fn now_ms() -> f64 {
    thread_local! {
        static PERFORMANCE: Option<Performance> =
            Reflect::get(&js_sys::global(), &JsValue::from_str("performance")).ok().and_then(|it| it.dyn_into().ok());
    }
    PERFORMANCE.with(|performance| performance.as_ref().map_or_else(js_sys::Date::now, Performance::now))
}

/// Says yes at most once per period.
#[derive(Debug, Clone, Copy)]
pub struct Throttle {
    period_ms: f64,
    last_ms: f64,
}

impl Throttle {
    /// One that says yes at its first asking.
    #[must_use]
    pub fn new(period_ms: f64) -> Throttle {
        Throttle { period_ms, last_ms: f64::NEG_INFINITY }
    }

    /// Changes the period.
    pub fn set_period(&mut self, period_ms: f64) {
        self.period_ms = period_ms;
    }

    /// Whether a period has passed since the last yes.
    pub fn is_due(&mut self) -> bool {
        let now = now_ms();
        let is_due = now - self.last_ms >= self.period_ms;
        if is_due {
            self.last_ms = now;
        }
        is_due
    }
}
