//! Runs workloads in the worker, one after the other, and hands out their figures as futures.

use crate::browser;
use crate::client::Client;
use crate::protocol::{
    BUILD_ID, BenchFigures, BenchOptions, Command, DataProgress, Event, FailureKind, Simd, Workload,
};
use futures_channel::oneshot;
use leptos::prelude::*;
use std::cell::RefCell;
use std::rc::Rc;

/// What the page knows of its worker.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct RunnerState {
    /// The worker's build and the cores, once it listens.
    pub machine: Option<(Simd, usize)>,
    /// How much of MNIST is there.
    pub data: Option<DataProgress>,
    /// All of MNIST is there.
    pub is_data_loaded: bool,
}

/// Runs the bench in a worker of its own.
pub struct BenchRunner {
    /// What the page knows of its worker.
    pub state: RwSignal<RunnerState>,
    client: RefCell<Option<Client>>,
    ready: RefCell<Ready>,
    pending: RefCell<Option<oneshot::Sender<Result<BenchFigures, String>>>>,
}

/// Callers that wait until the worker listens; then, whether it does.
enum Ready {
    Waiting(Vec<oneshot::Sender<()>>),
    Yes,
    Failed(String),
}

impl BenchRunner {
    /// A runner with a worker of its own.
    #[must_use]
    pub fn open() -> Rc<BenchRunner> {
        let runner = Rc::new(BenchRunner {
            state: RwSignal::new(RunnerState::default()),
            client: RefCell::new(None),
            ready: RefCell::new(Ready::Waiting(Vec::new())),
            pending: RefCell::new(None),
        });
        let listener = Rc::downgrade(&runner);
        let client = browser::worker_url(browser::Program::Plane).and_then(|url| {
            Client::start(&url, false, move |event| {
                if let Some(runner) = listener.upgrade() {
                    runner.apply(event);
                }
            })
        });
        match client {
            Ok(client) => *runner.client.borrow_mut() = Some(client),
            Err(failure) => runner.fail(failure.message),
        }
        runner
    }

    /// Runs a workload; one at a time.
    ///
    /// # Errors
    /// If another workload is running, or the worker cannot do it.
    pub async fn run(&self, workload: Workload, options: BenchOptions) -> Result<BenchFigures, String> {
        self.wait_until_ready().await?;
        let (sender, receiver) = oneshot::channel();
        if self.pending.borrow().is_some() {
            return Err(format!("{} has to wait: another workload is running", workload.id()));
        }
        *self.pending.borrow_mut() = Some(sender);
        let sent = match self.client.borrow().as_ref() {
            Some(client) => client.send(Command::Bench { workload, options }).map_err(|failure| failure.message),
            None => Err("there is no worker".to_owned()),
        };
        if let Err(error) = sent {
            self.pending.borrow_mut().take();
            return Err(error);
        }
        receiver.await.map_err(|_| "the worker was lost".to_owned())?
    }

    async fn wait_until_ready(&self) -> Result<(), String> {
        let receiver = match &mut *self.ready.borrow_mut() {
            Ready::Yes => return Ok(()),
            Ready::Failed(message) => return Err(message.clone()),
            Ready::Waiting(waiting) => {
                let (sender, receiver) = oneshot::channel();
                waiting.push(sender);
                receiver
            }
        };
        // A dropped sender means that the worker failed; the reason is in `ready`.
        let _ = receiver.await;
        match &*self.ready.borrow() {
            Ready::Yes => Ok(()),
            Ready::Failed(message) => Err(message.clone()),
            Ready::Waiting(_) => Err("the worker did not start".to_owned()),
        }
    }

    fn apply(&self, event: Event) {
        match event {
            Event::Ready { build_id, .. } if build_id != BUILD_ID => {
                self.fail("page and worker are of different builds: reload the page".to_owned());
            }
            Event::Ready { simd, n_cores, .. } => {
                self.state.update(|state| state.machine = Some((simd, n_cores)));
                if let Some(client) = self.client.borrow().as_ref() {
                    for command in [Command::Open { base_url: browser::base_url() }, Command::LoadData] {
                        // A worker that cannot be reached is noticed at the first workload.
                        let _ = client.send(command);
                    }
                }
                if let Ready::Waiting(waiting) = self.ready.replace(Ready::Yes) {
                    for sender in waiting {
                        // Nobody may be waiting any more.
                        let _ = sender.send(());
                    }
                }
            }
            Event::DataLoading(progress) => self.state.update(|state| state.data = Some(progress)),
            Event::DataLoaded { .. } => self.state.update(|state| state.is_data_loaded = true),
            Event::Benched { figures } => self.answer(BenchFigures::unpack(&figures)),
            Event::Failed(failure) if failure.kind == FailureKind::Model => {}
            Event::Failed(failure) if failure.kind == FailureKind::Worker => self.fail(failure.message),
            Event::Failed(failure) => self.answer(Err(failure.message)),
            _ => {}
        }
    }

    fn answer(&self, result: Result<BenchFigures, String>) {
        if let Some(sender) = self.pending.borrow_mut().take() {
            // Nobody may be waiting any more.
            let _ = sender.send(result);
        }
    }

    fn fail(&self, message: String) {
        self.answer(Err(message.clone()));
        // Dropping those who wait wakes them.
        self.ready.replace(Ready::Failed(message));
    }
}
