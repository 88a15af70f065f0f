//! What answers questions is a part of the worker's program that is fetched after the first look: a first visit does not
//! wait for it.
//!
//! `cargo xtask pack` cuts a release's worker here. All other builds hold everything.

use super::questions::{AnyOutcome, Asked};
use crate::protocol::AnyQuestion;
use inkling_engine::explain::ExplainError;

/// What becomes of a question.
pub type Answered = Result<AnyOutcome, ExplainError>;

/// Fetches the part; whether it is there.
#[cfg(not(worker_in_parts))]
pub async fn fetch_part() -> bool {
    true
}

/// Answers a question; `None` if the part is not there.
#[cfg(not(worker_in_parts))]
pub fn answer_question(question: AnyQuestion, asked: &mut Asked<'_>) -> Option<Answered> {
    Some(super::questions::answer(question, asked))
}

/// Fetches the part; whether it is there.
#[cfg(worker_in_parts)]
pub async fn fetch_part() -> bool {
    cut::bring().await.is_ok()
}

/// Answers a question; `None` if the part is not there.
#[cfg(worker_in_parts)]
pub fn answer_question(question: AnyQuestion, asked: &mut Asked<'_>) -> Option<Answered> {
    futures_util::FutureExt::now_or_never(cut::answer(question, asked))?.ok()
}

#[cfg(worker_in_parts)]
#[allow(
    unsafe_code,
    improper_ctypes,
    improper_ctypes_definitions,
    reason = "a cut is an export and an import of one program"
)]
mod cut {
    use crate::protocol::AnyQuestion;
    use crate::worker::questions::{self, AnyOutcome, Asked};
    use inkling_engine::explain::ExplainError;
    use wasm_split_helpers::{SplitLoaderError, wasm_split};

    #[wasm_split(questions, fallible, preload(bring))]
    pub(super) fn answer(
        question: AnyQuestion,
        asked: &mut Asked<'_>,
    ) -> Result<Result<AnyOutcome, ExplainError>, SplitLoaderError> {
        Ok(questions::answer(question, asked))
    }
}
