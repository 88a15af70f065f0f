//! Requests to edit weights: carried out at once, or after the update that helpers work on.

use super::channel::post;
use super::context::Context;
use super::edit_session::EditRequest;
use crate::protocol::{Event, RunId};

/// The newest request that waits for an update to be finished.
#[derive(Default)]
pub struct WeightEditing {
    waiting: Option<EditRequest>,
}

impl WeightEditing {
    /// Keeps a request until the update under way is finished, in the place of an older one.
    pub fn wait(&mut self, request: EditRequest) {
        self.waiting = Some(request);
    }

    /// The request that has waited for an update.
    pub fn take_waiting(&mut self) -> Option<EditRequest> {
        self.waiting.take()
    }

    /// Forgets a waiting request for a run that is closed.
    pub fn close(&mut self, run: RunId) {
        self.waiting.take_if(|request| request.run == run);
    }

    /// Edits the weights; `false` if there is no such run.
    pub fn apply(&mut self, context: &mut Context, request: EditRequest) -> bool {
        let Some(run) = context.runs.get_mut(request.run) else { return false };
        if let Err(error) = run.edit(request) {
            post(Event::EditsRefused { run: run.id, message: error.to_string() });
        }
        true
    }
}
