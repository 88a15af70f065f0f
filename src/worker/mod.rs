//! The training worker: trains in slices, listens in between, and shares the gradient work with helpers.
//!
//! # Layout, in reading order
//! - `session`: routes commands and news to the parts; `context`: what the parts share
//! - `run`, `runs`, `training`, `pace`, `report_pace`, `warm_up`: runs, trained in turn, slice by slice
//! - `data_parallel`, `shared_work`, `worker_choice`, `helper_pool`, `helper`, `helper_protocol`: work shared with helpers
//! - `look`, `known_images`, `inspection`, `questions`, `question_part`, `jobs`: looking inside, and questions about it
//! - `edit_session`, `weight_edits`, `weight_path`: weights that are edited beside training, and those of past epochs
//! - `evaluation`, `bench`, `recording`, `time_kernel`, `time_layers`: the test set, the speed bench (`no_bench` in the
//!   worker of the digits)
//! - `assets`, `fetch`: files beside the page
//! - `channel`, `ticker`, `clock`, `throughput`: the worker's surroundings

mod assets;
#[cfg_attr(not(feature = "bench"), path = "no_bench.rs")]
mod bench;
mod channel;
mod clock;
mod context;
mod data_parallel;
mod edit_session;
mod evaluation;
mod fetch;
mod helper;
mod helper_pool;
mod helper_protocol;
mod inspection;
mod jobs;
mod known_images;
mod look;
mod pace;
mod question_part;
mod questions;
#[cfg(feature = "bench")]
mod recording;
mod report_pace;
mod run;
mod runs;
mod session;
mod shared_work;
mod thinning;
mod throughput;
mod ticker;
#[cfg(feature = "bench")]
mod time_kernel;
#[cfg(feature = "bench")]
mod time_layers;
mod training;
mod warm_up;
mod weight_edits;
#[cfg(feature = "plane")]
mod weight_path;
mod worker_choice;

use crate::protocol::{BUILD_ID, Command, Event, Simd};
use channel::{listen, post, scope};
use session::Session;

/// The device's memory in gigabytes, as a power of two and at most 8; `None` where the browser does not say.
fn memory_gb() -> Option<f64> {
    js_sys::Reflect::get(&scope().navigator(), &"deviceMemory".into()).ok()?.as_f64()
}

/// Runs this worker: as a helper if that is its name, else as the training worker.
pub fn run() {
    console_error_panic_hook::set_once();
    if scope().name() == helper_pool::HELPER_NAME {
        return helper::run();
    }
    let n_cores = scope().navigator().hardware_concurrency().max(1.0) as usize;
    let session = match Session::start(n_cores, memory_gb()) {
        Ok(session) => session,
        Err(error) => wasm_bindgen::throw_str(&error),
    };
    listen(move |command: Command| session.borrow_mut().handle(command));
    let simd = if cfg!(target_feature = "relaxed-simd") { Simd::Relaxed } else { Simd::Simd128 };
    post(Event::Ready { build_id: BUILD_ID.to_owned(), simd, n_cores });
}
