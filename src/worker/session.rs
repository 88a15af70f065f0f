//! The training worker: routes each command and each piece of news to the part that it is for.

use super::assets;
use super::bench;
use super::channel::post;
use super::context::{Context, DataSlot, News};
use super::data_parallel::DataParallel;
use super::edit_session::EditRequest;
use super::evaluation::TestSetEvaluation;
use super::inspection::InspectionTarget;
use super::jobs::Jobs;
use super::run::{Goal, Run};
use super::runs::Runs;
use super::ticker::Ticker;
use super::training::{Training, Turn};
use super::warm_up::WarmUp;
use super::weight_edits::WeightEditing;
use crate::protocol::questions::Scores;
use crate::protocol::{Command, Event, Failure, FailureKind, Phase, RunId, Start};
use inkling_engine::data::OwnDigits;
use inkling_engine::experiment::{Experiment, ExperimentErrors};
use inkling_engine::model_file;
use std::cell::RefCell;
use std::rc::{Rc, Weak};
use std::sync::Arc;

/// All parts of the worker.
pub struct Session {
    pub(super) context: Context,
    pub(super) training: Training,
    inspection: InspectionTarget,
    jobs: Jobs,
    weight_editing: WeightEditing,
    evaluation: TestSetEvaluation,
    warm_up: WarmUp,
    #[cfg(feature = "bench")]
    pub(super) bench: bench::Bench,
}

impl Session {
    /// A session without a network.
    ///
    /// # Errors
    /// If the browser has no `MessageChannel`.
    pub fn start(n_cores: usize, memory_gb: Option<f64>) -> Result<Rc<RefCell<Session>>, String> {
        let ticker = Ticker::new()?;
        let session = Rc::new_cyclic(|this: &Weak<RefCell<Session>>| {
            let this = this.clone();
            let on_news: Rc<dyn Fn(News)> = Rc::new(move |news| {
                if let Some(session) = this.upgrade() {
                    session.borrow_mut().hear(news);
                }
            });
            let on_helper = on_news.clone();
            let data_parallel = DataParallel::new(n_cores, memory_gb, move |news| on_helper(News::Helper(news)));
            RefCell::new(Session {
                context: Context {
                    runs: Runs::default(),
                    data: DataSlot::Missing,
                    own_digits: None,
                    base_url: String::new(),
                    paint_ms: 0.0,
                    ticker,
                    on_news,
                },
                training: Training::new(data_parallel),
                inspection: InspectionTarget::new(),
                jobs: Jobs::default(),
                weight_editing: WeightEditing::default(),
                evaluation: TestSetEvaluation::default(),
                warm_up: WarmUp::default(),
                #[cfg(feature = "bench")]
                bench: bench::Bench::default(),
            })
        });
        let on_tick = session.borrow().context.on_news.clone();
        session.borrow_mut().context.ticker.listen(move || on_tick(News::Tick));
        Ok(session)
    }

    /// Handles a command of the page.
    pub fn handle(&mut self, command: Command) {
        let context = &mut self.context;
        match command {
            Command::Open { base_url } => context.base_url = base_url,
            Command::Ping => post(Event::Alive),
            Command::LoadData => self.load_data(),
            Command::FetchPart => self.jobs.fetch_part(context),
            Command::Build { run, experiment, start, weights } => self.build(run, &experiment, start, &weights),
            Command::Close { run } => self.close(run),
            Command::Train { run } => self.training.aim(context, run, Goal::All),
            Command::StepBatch { run } => self.training.aim(context, run, Goal::Batch),
            Command::StepEpoch { run } => self.training.aim(context, run, Goal::Epoch),
            Command::Pause { run } => self.training.aim(context, run, Goal::Rest),
            Command::SetLearningRate { run, learning_rate } => {
                self.adjust(run, |run| run.set_learning_rate(learning_rate));
            }
            Command::SetEpochs { run, epochs } => {
                self.adjust(run, |run| run.adjust(|training| training.epochs = epochs));
            }
            Command::SetPace { run, epochs_per_second } => {
                if let Some(run) = context.runs.get_mut(run) {
                    run.pace.set(epochs_per_second);
                    context.ticker.wake();
                }
            }
            Command::Amend { run, experiment } => self.amend(run, &experiment),
            Command::Evaluate { run } => self.evaluation.begin(context, run),
            Command::Watch(watch) => self.inspection.watch(context, watch),
            Command::SetOwnDigits { pixels, labels } => match OwnDigits::new(pixels, labels) {
                Ok(own_digits) => context.own_digits = Some(Arc::new(own_digits)),
                Err(error) => {
                    let message = format!("own digits: {error}");
                    post(Event::Failed(Failure { kind: FailureKind::Experiment, message }));
                }
            },
            Command::Draw { revision, pixels } => self.inspection.draw(context, revision, pixels),
            Command::SetPaintTime { milliseconds } => context.paint_ms = milliseconds,
            Command::SetWorkers { n_workers } => self.training.data_parallel.want(n_workers, context.runs.iter()),
            Command::Ask { run, question } => {
                let pixels = self.inspection.image(context).map(|(pixels, _)| pixels);
                self.jobs.ask(context, run, question, pixels);
            }
            Command::Withdraw { run, question } => self.jobs.withdraw(run, question),
            Command::EditWeights { run, n_committed, edits, frozen } => {
                self.edit_weights(EditRequest { run, n_committed, edits, frozen });
            }
            #[cfg(feature = "bench")]
            Command::Bench { workload, options } => bench::begin(self, workload, options),
        }
    }

    /// Takes up what arrives between commands.
    fn hear(&mut self, news: News) {
        match news {
            News::Tick => {
                self.context.ticker.rang();
                self.tick();
            }
            News::Data(loaded) => self.take_data(loaded),
            News::Model(run, loaded) => self.take_model(run, loaded),
            News::QuestionPart(is_here) => self.jobs.hear_of_part(&mut self.context, is_here),
            News::Helper(news) => {
                if let Some(run) = self.training.data_parallel.hear(&mut self.context.runs, news) {
                    self.finish_shared_step(run);
                }
            }
        }
    }

    /// One slice of whatever is to be done.
    fn tick(&mut self) {
        if self.training.data_parallel.is_waiting() {
            // A helper's response will go on from here.
            return;
        }
        if self.evaluation.tick(&mut self.context) || bench::time_here(self) {
            return;
        }
        self.jobs.tick(&mut self.context);
        self.rest();
        let turn = self.training.tick(&mut self.context);
        if turn != Turn::Idle {
            self.warm_up.end();
        }
        match turn {
            Turn::Idle => {
                if self.context.runs.iter().any(|run| run.phase == Phase::Loading) {
                    self.load_data();
                } else if self.warm_up.tick(&self.context) {
                    self.context.ticker.wake();
                }
                return;
            }
            Turn::Trained(run) => self.report_slice(run),
            Turn::Waits(run, wait_ms) => {
                self.report_slice(run);
                return self.context.ticker.wake_after(wait_ms);
            }
            Turn::Ended(run) => {
                self.inspection.inspect_run(&mut self.context, run);
                self.report_slice(run);
            }
        }
        if !self.training.data_parallel.is_waiting() {
            self.context.ticker.wake();
        }
    }

    /// Runs that no longer want to be trained come to rest.
    fn rest(&mut self) {
        let is_stopping =
            |run: &&mut Run| run.goal == Goal::Rest && matches!(run.phase, Phase::Training | Phase::Loading);
        let mut stopped = Vec::new();
        for run in self.context.runs.iter_mut().filter(is_stopping) {
            run.rest();
            stopped.push(run.id);
        }
        stopped.into_iter().for_each(|run| self.inspection.inspect_run(&mut self.context, run));
    }

    /// What follows a slice, and an update that helpers took part in.
    fn report_slice(&mut self, run: RunId) {
        // Together, so that the page paints them together.
        let paint_ms = self.context.paint_ms;
        if self.context.runs.get_mut(run).is_some_and(|run| run.report_if_due(paint_ms)) {
            self.inspection.tick(&mut self.context);
        }
        bench::tick(self);
    }

    fn finish_shared_step(&mut self, run: RunId) {
        if let Some(request) = self.weight_editing.take_waiting() {
            self.edit_weights(request);
        }
        self.report_slice(run);
        // At once: this is an event of its own, and the next update waits for helpers again. A turn of the ticker would
        // keep them idle.
        self.tick();
    }

    pub(super) fn load_data(&mut self) {
        if !matches!(self.context.data, DataSlot::Missing) {
            return;
        }
        self.context.data = DataSlot::Loading;
        let (on_news, base_url) = (self.context.on_news.clone(), self.context.base_url.clone());
        wasm_bindgen_futures::spawn_local(async move {
            let loaded = assets::load_mnist(&base_url, |progress| post(Event::DataLoading(progress))).await;
            on_news(News::Data(loaded));
        });
    }

    fn take_data(&mut self, loaded: Result<assets::Mnist, String>) {
        match loaded {
            Ok(mnist) => {
                // Before the learner comes to ask.
                self.jobs.fetch_part(&self.context);
                let (n_train, n_test) = (mnist.train.len(), mnist.test.len());
                post(Event::DataLoaded { n_train, n_test, labels: mnist.labels() });
                self.context.data = DataSlot::Loaded(mnist);
                self.inspection.inspect(&mut self.context);
            }
            Err(message) => {
                self.context.data = DataSlot::Missing;
                for run in self.context.runs.iter_mut().filter(|run| run.phase == Phase::Loading) {
                    run.goal = Goal::Rest;
                    run.rest();
                }
                bench::give_up(self);
                post(Event::Failed(Failure { kind: FailureKind::Data, message }));
            }
        }
        self.context.ticker.wake();
    }

    pub(super) fn build(&mut self, id: RunId, experiment: &Experiment, start: Start, weights: &[f32]) {
        self.close(id);
        let checked = match experiment.check() {
            Ok(checked) => checked,
            Err(errors) => {
                let message = errors.to_string();
                return post(Event::Failed(Failure { kind: FailureKind::Experiment, message }));
            }
        };
        let mut run = Run::new(id, checked);
        if let Start::After(n_epochs) = start {
            run.restore(n_epochs, weights);
        }
        self.context.runs.insert(run);
        match start {
            Start::Seed | Start::After(_) => self.announce(id),
            Start::Pretrained => {
                let (on_news, base_url) = (self.context.on_news.clone(), self.context.base_url.clone());
                wasm_bindgen_futures::spawn_local(async move {
                    on_news(News::Model(id, assets::load_model(&base_url).await));
                });
            }
        }
    }

    fn take_model(&mut self, id: RunId, loaded: Result<Vec<u8>, String>) {
        let Some(run) = self.context.runs.get_mut(id) else { return };
        let taken = run.begin_with(|model| model_file::read_into(&loaded?, model).map_err(|error| error.to_string()));
        if let Err(error) = taken {
            let message = format!("the pretrained network is missing: {error}; training works all the same");
            post(Event::Failed(Failure { kind: FailureKind::Model, message }));
        }
        self.announce(id);
    }

    /// Reports to the page that a network is there, and shows it.
    fn announce(&mut self, id: RunId) {
        let Some(run) = self.context.runs.get_mut(id) else { return };
        run.has_weights = true;
        post(Event::Built { run: id });
        run.report();
        self.training.data_parallel.set_up(id, &run.checked);
        self.inspection.inspect_run(&mut self.context, id);
        self.context.ticker.wake();
    }

    fn close(&mut self, id: RunId) {
        if self.context.runs.remove(id) {
            self.training.data_parallel.close(id);
            self.jobs.close(id);
            self.weight_editing.close(id);
            self.evaluation.close(id);
            self.context.ticker.wake();
        }
    }

    /// Has a run go on with another experiment on the same data and network, from its present weights.
    fn amend(&mut self, id: RunId, experiment: &Experiment) {
        if self.training.data_parallel.is_waiting() {
            // Helpers are at work on a step that would not fit any more.
            self.training.data_parallel.close(id);
        }
        let Some(run) = self.context.runs.get_mut(id) else { return };
        match experiment.check() {
            Ok(checked) => {
                run.amend(checked);
                run.report();
                self.training.data_parallel.set_up(id, &run.checked);
            }
            Err(errors) => post(Event::Failed(Failure { kind: FailureKind::Experiment, message: errors.to_string() })),
        }
        self.context.ticker.wake();
    }

    /// Changes what a run under way takes up at once.
    fn adjust(&mut self, id: RunId, change: impl FnOnce(&mut Run) -> Result<(), ExperimentErrors>) {
        let Some(run) = self.context.runs.get_mut(id) else { return };
        if let Err(errors) = change(run) {
            post(Event::Failed(Failure { kind: FailureKind::Experiment, message: errors.to_string() }));
        }
        run.report();
    }

    /// Edits weights; while helpers work on an update, after it.
    fn edit_weights(&mut self, request: EditRequest) {
        if self.training.data_parallel.is_waiting() {
            return self.weight_editing.wait(request);
        }
        let (context, run) = (&mut self.context, request.run);
        if !self.weight_editing.apply(context, request) {
            return;
        }
        self.evaluation.restart(context, run);
        self.inspection.inspect_run(context, run);
        // Without the test images there are no scores yet; the page asks once they are there.
        let pixels = self.inspection.image(context).map(|(pixels, _)| pixels);
        self.jobs.begin(context, run, Scores.into(), pixels);
    }
}
