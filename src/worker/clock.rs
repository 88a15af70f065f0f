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

/// A stretch of time for pieces of work of any length. It asks the clock where that matters: asking after each piece
/// would take a tenth of a small network's time.
#[derive(Debug, Clone, Copy)]
pub struct Slice {
    end_ms: f64,
    asked_ms: f64,
    /// Pieces from question to question, and how many are left to the next.
    n_pieces: u32,
    n_left: u32,
}

impl Slice {
    /// Pieces that took less together are doubled to the next question.
    const SHORT_MS: f64 = 0.1;

    /// One that begins now.
    #[must_use]
    pub fn begin(length_ms: f64) -> Slice {
        let asked_ms = now_ms();
        Slice { end_ms: asked_ms + length_ms, asked_ms, n_pieces: 1, n_left: 1 }
    }

    /// Whether it is over; to be asked after each piece of work.
    pub fn is_over(&mut self) -> bool {
        self.n_left -= 1;
        if self.n_left > 0 {
            return false;
        }
        let now = now_ms();
        self.n_pieces = if now - self.asked_ms < Slice::SHORT_MS { 2 * self.n_pieces } else { 1 };
        (self.n_left, self.asked_ms) = (self.n_pieces, now);
        now >= self.end_ms
    }
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
    pub const fn new(period_ms: f64) -> Throttle {
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
