//! The training worker's state, and what each command does to it.

use super::assets::{self, Mnist};
use super::bench_job::BenchJob;
use super::channel::post;
use super::edit_session::EditRequest;
use super::evaluation::EvaluationJob;
use super::gradient_work::GradientWork;
use super::inspection::InspectionTarget;
use super::jobs::Jobs;
use super::run::{Goal, Run};
use super::ticker::Ticker;
use crate::protocol::{Command, Event, Failure, FailureKind, Phase, RunId, Start};
use inkling_engine::data::Dataset;
use inkling_engine::experiment::{DataConfig, Experiment, TrainingConfig};
use inkling_engine::model_file;
use std::cell::RefCell;
use std::rc::{Rc, Weak};
use std::sync::Arc;

/// How much of MNIST is there.
pub enum DataSlot {
    /// Not asked for, or failed.
    Missing,
    /// On its way.
    Loading,
    /// All there.
    Loaded(Mnist),
}

/// All that the worker holds.
pub struct Session {
    pub(super) this: Weak<RefCell<Session>>,
    pub(super) base_url: String,
    pub(super) data: DataSlot,
    pub(super) run: Option<Run>,
    pub(super) work: GradientWork,
    pub(super) evaluation: Option<EvaluationJob>,
    pub(super) bench: Option<BenchJob>,
    pub(super) inspection_target: InspectionTarget,
    pub(super) jobs: Jobs,
    /// Changes by hand that wait for an update to be finished.
    pub(super) order_after_update: Option<EditRequest>,
    pub(super) ticker: Ticker,
}

impl Session {
    /// A session without a network.
    ///
    /// # Errors
    /// If the browser has no `MessageChannel`.
    pub fn start(n_cores: usize) -> Result<Rc<RefCell<Session>>, String> {
        let ticker = Ticker::new()?;
        let session = Rc::new_cyclic(|this: &Weak<RefCell<Session>>| {
            let owner = this.clone();
            let hear = move |news| {
                if let Some(session) = owner.upgrade() {
                    session.borrow_mut().hear_helper(news);
                }
            };
            RefCell::new(Session {
                this: this.clone(),
                base_url: String::new(),
                data: DataSlot::Missing,
                run: None,
                work: GradientWork::new(n_cores, hear),
                evaluation: None,
                bench: None,
                inspection_target: InspectionTarget::new(),
                jobs: Jobs::default(),
                order_after_update: None,
                ticker,
            })
        });
        let ticking = Rc::downgrade(&session);
        session.borrow_mut().ticker.listen(move || {
            if let Some(session) = ticking.upgrade() {
                session.borrow_mut().tick();
            }
        });
        Ok(session)
    }

    /// Does what the page orders.
    pub fn handle(&mut self, command: Command) {
        match command {
            Command::Open { base_url } => self.base_url = base_url,
            Command::LoadData => self.load_data(),
            Command::Build { run, experiment, start } => self.build(run, &experiment, start),
            Command::Train { run } => self.aim(run, Goal::All),
            Command::StepBatch { run } => self.aim(run, Goal::Batch),
            Command::StepEpoch { run } => self.aim(run, Goal::Epoch),
            Command::Pause { run } => self.aim(run, Goal::Rest),
            Command::SetLearningRate { run, learning_rate } => {
                self.adjust(run, |training| training.learning_rate = learning_rate);
            }
            Command::SetEpochs { run, epochs } => self.adjust(run, |training| training.epochs = epochs),
            Command::Evaluate { run } => self.begin_evaluation(run),
            Command::Watch(watch) => {
                self.inspection_target.watch(watch);
                self.inspect();
            }
            Command::Draw { revision, pixels } => {
                self.inspection_target.draw(revision, pixels);
                self.inspect();
            }
            Command::SetWorkers { n_workers } => {
                self.work.want(n_workers);
                self.set_up_helpers();
            }
            Command::Ask { run, question } => self.answer(run, question),
            Command::Withdraw { run, question } => self.withdraw(run, question),
            Command::EditWeights { run, n_committed, edits, frozen } => {
                self.operate(EditRequest { run, n_committed, edits, frozen });
            }
            Command::Bench { work, options } => self.begin_bench(work, options),
        }
    }

    /// The present run, if that is its number.
    pub(super) fn run_of(&mut self, run: RunId) -> Option<&mut Run> {
        self.run.as_mut().filter(|present| present.id == run)
    }

    pub(super) fn load_data(&mut self) {
        if !matches!(self.data, DataSlot::Missing) {
            return;
        }
        self.data = DataSlot::Loading;
        let (this, base_url) = (self.this.clone(), self.base_url.clone());
        wasm_bindgen_futures::spawn_local(async move {
            let loaded = assets::load_mnist(&base_url, |progress| post(Event::DataLoading(progress))).await;
            if let Some(this) = this.upgrade() {
                this.borrow_mut().take_data(loaded);
            }
        });
    }

    fn take_data(&mut self, loaded: Result<Mnist, String>) {
        match loaded {
            Ok(mnist) => {
                let (n_train, n_test) = (mnist.train.len(), mnist.test.len());
                post(Event::DataLoaded { n_train, n_test, labels: mnist.labels() });
                self.data = DataSlot::Loaded(mnist);
                self.inspect();
            }
            Err(message) => {
                self.data = DataSlot::Missing;
                if let Some(run) = self.run.as_mut().filter(|run| run.phase == Phase::Loading) {
                    run.goal = Goal::Rest;
                    run.enter(Phase::Idle);
                    run.report();
                }
                self.bench = None;
                post(Event::Failed(Failure { kind: FailureKind::Data, message }));
            }
        }
        self.ticker.wake();
    }

    pub(super) fn build(&mut self, id: RunId, experiment: &Experiment, start: Start) {
        self.work.abandon();
        self.evaluation = None;
        self.order_after_update = None;
        self.jobs.clear();
        let checked = match experiment.check() {
            Ok(checked) => checked,
            Err(errors) => {
                self.run = None;
                let message = errors.to_string();
                return post(Event::Failed(Failure { kind: FailureKind::Experiment, message }));
            }
        };
        self.run = Some(Run::new(id, checked));
        match start {
            Start::Seed => self.announce(),
            Start::Pretrained => self.load_model(id),
        }
    }

    fn load_model(&self, id: RunId) {
        let (this, base_url) = (self.this.clone(), self.base_url.clone());
        wasm_bindgen_futures::spawn_local(async move {
            let loaded = assets::load_model(&base_url).await;
            if let Some(this) = this.upgrade() {
                this.borrow_mut().take_model(id, loaded);
            }
        });
    }

    fn take_model(&mut self, id: RunId, loaded: Result<Vec<u8>, String>) {
        let Some(run) = self.run_of(id) else { return };
        let taken = run.begin_with(|model| model_file::read_into(&loaded?, model).map_err(|error| error.to_string()));
        if let Err(error) = taken {
            let message = format!("the pretrained network is missing: {error}; training works all the same");
            post(Event::Failed(Failure { kind: FailureKind::Model, message }));
        }
        self.announce();
    }

    /// Changes what a run under way takes up at once.
    fn adjust(&mut self, id: RunId, change: impl FnOnce(&mut TrainingConfig)) {
        let Some(run) = self.run_of(id) else { return };
        if let Err(errors) = run.adjust(change) {
            post(Event::Failed(Failure { kind: FailureKind::Experiment, message: errors.to_string() }));
        }
        run.report();
    }

    /// Has as many helpers as the present network calls for.
    pub(super) fn set_up_helpers(&mut self) {
        if let Some(run) = &self.run {
            self.work.set_up(&run.checked);
        }
    }

    /// Tells the page that a network stands, and shows it.
    fn announce(&mut self) {
        if let Some(run) = &mut self.run {
            post(Event::Built { run: run.id });
            run.report();
        }
        self.inspect();
        self.set_up_helpers();
    }

    /// Takes up a goal; what it needs and is not there is waited for.
    fn aim(&mut self, id: RunId, goal: Goal) {
        let Some(run) = self.run_of(id) else { return };
        if matches!(run.phase, Phase::Failed) {
            return;
        }
        run.goal = goal;
        self.ticker.wake();
    }

    /// Makes sure that the run has its trainer; `false` while its data are on their way.
    pub(super) fn begin_run(&mut self) -> bool {
        let Some(run) = &mut self.run else { return false };
        if run.has_begun() {
            return true;
        }
        let train = match (&self.data, &run.checked.experiment().data) {
            (_, DataConfig::Plane { .. }) => {
                Dataset::plane(&run.checked).map(Arc::new).map_err(|error| error.to_string())
            }
            (DataSlot::Loaded(mnist), DataConfig::Mnist { .. }) => Ok(mnist.train.clone()),
            (DataSlot::Missing | DataSlot::Loading, DataConfig::Mnist { .. }) => {
                if run.phase != Phase::Loading {
                    run.enter(Phase::Loading);
                    run.report();
                }
                self.load_data();
                return false;
            }
        };
        if let Err(message) = train.and_then(|train| run.begin(train)) {
            run.goal = Goal::Rest;
            post(Event::Failed(Failure { kind: FailureKind::Experiment, message }));
            return false;
        }
        true
    }
}
