//! All that crosses the thread boundary between the page and the training worker: two closed enums.
//!
//! Commands are orders, events are facts. The first event is [`Event::Ready`]; whatever belongs to a run carries
//! its [`RunId`], and the page drops news of an older run. Bulk numbers travel beside the message as one
//! transferred `Float32Array` or `Uint8Array` (see [`codec`]): the fields marked `bulk`.

pub mod as_bytes;
pub mod as_json;
#[cfg(feature = "bench")]
mod bench;
pub mod codec;
mod command;
mod committed;
mod event;
mod inspection;
pub mod questions;

#[cfg(feature = "bench")]
pub use bench::{BenchFigures, BenchOptions};
pub use command::{Command, ImageSet, Start, Subject, Watch};
pub use committed::without_committed;
pub use event::{
    BatchPoint, DataProgress, Evaluation, Event, Failure, FailureKind, MAX_BATCH_POINTS, Phase, Progress, RateChange,
    Simd, UndoneEdit, batches_per_point,
};
#[cfg(feature = "bench")]
pub use inkling_engine::benchmarks::Workload;
pub use inspection::{Inspection, LayerCell, LayerValues, PinnedCell};
pub use questions::AnyQuestion;

/// Number of a run; each [`Command::Build`] takes the next one.
pub type RunId = u32;

/// Share of the page's thread that painting reports and answers may take while a network trains: both become rarer for it.
pub const PAINT_SHARE: f64 = 0.1;

/// What this build of page and worker is called; both sides compare it, so that a cached worker is noticed.
pub const BUILD_ID: &str = match option_env!("INKLING_BUILD_ID") {
    Some(build_id) => build_id,
    None => "dev",
};
