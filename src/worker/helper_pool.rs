//! The helpers of the training worker: started when they are wanted, replaced when they die.
//!
//! The pool hands out contiguous runs of shards. Whatever does not come back (a helper is still starting, or died)
//! is simply done by the training worker itself: the result is the same, bit for bit. A helper that has not answered in
//! time is taken for dead, whatever it sends later.

use super::channel::scope;
use super::helper_protocol::{HelperRequest, HelperResponse};
use crate::client::describe;
use crate::protocol::codec::Parcel;
use inkling_engine::experiment::Experiment;
use inkling_engine::losses::ShardResult;
use js_sys::{Float32Array, Uint8Array};
use std::ops::Range;
use std::rc::Rc;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{ErrorEvent, MessageEvent, Worker, WorkerOptions, WorkerType};

/// Name that makes a worker a helper.
pub const HELPER_NAME: &str = "helper";

/// What the pool reports to its owner.
#[derive(Debug)]
pub enum PoolNews {
    /// A helper listens.
    Ready,
    /// Shards came back.
    Done(FinishedShards),
    /// A helper could not do its shards of the present job: they are the owner's again.
    Failed(Range<usize>),
    /// A helper died.
    Died {
        /// Its shards of the present job: the owner's again.
        lost: Option<Range<usize>>,
    },
}

/// What a helper has made of a run of shards.
#[derive(Debug)]
pub struct FinishedShards {
    /// Which helper.
    pub helper_id: u32,
    /// Which shards of the job.
    pub shards: Range<usize>,
    /// Per shard.
    pub results: Vec<ShardResult>,
    /// Which shards each sum of gradients is over.
    pub sums: Vec<Range<usize>>,
    /// The sums one after the other, or the logits.
    pub numbers: Float32Array,
}

/// What is heard of the helpers.
pub enum HelperNews {
    /// The helper of that number responds.
    Said(u32, Parcel<HelperResponse>),
    /// It has died.
    Died(u32),
    /// The [alarm](HelperPool::set_alarm) goes off.
    Alarm,
}

/// All helpers.
pub struct HelperPool {
    helpers: Vec<Helper>,
    next_id: u32,
    setups: Vec<(u32, Experiment)>,
    on_news: Rc<dyn Fn(HelperNews)>,
    alarm: Closure<dyn FnMut()>,
}

struct Helper {
    id: u32,
    worker: Worker,
    is_ready: bool,
    has_worked: bool,
    task: Option<(u32, Range<usize>)>,
    /// Which weights it has.
    version: Option<u64>,
    /// Memory that has come back from it.
    memory: Option<Float32Array>,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(ErrorEvent)>,
}

impl HelperPool {
    /// An empty pool whose helpers' news go to `on_news`, and from there to [`HelperPool::hear`].
    pub fn new(on_news: impl Fn(HelperNews) + 'static) -> HelperPool {
        let on_news: Rc<dyn Fn(HelperNews)> = Rc::new(on_news);
        let ring = on_news.clone();
        let alarm = Closure::new(move || ring(HelperNews::Alarm));
        HelperPool { helpers: Vec::new(), next_id: 0, setups: Vec::new(), on_news, alarm }
    }

    /// Has `n_helpers` run, starting or ending as many as needed. A browser that refuses one leaves the pool smaller.
    pub fn resize(&mut self, n_helpers: usize) {
        while self.helpers.len() > n_helpers {
            self.helpers.pop();
        }
        while self.helpers.len() < n_helpers {
            match self.start() {
                Ok(helper) => self.helpers.push(helper),
                Err(error) => {
                    web_sys::console::warn_1(&format!("no helper: {error}").into());
                    return;
                }
            }
        }
    }

    /// Helpers, the starting ones included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.helpers.len()
    }

    /// Gives all helpers a network, beside those that they have.
    pub fn set_up(&mut self, setup: u32, experiment: &Experiment) {
        self.setups.push((setup, experiment.clone()));
        for helper in self.helpers.iter().filter(|helper| helper.is_ready) {
            send_setup(helper, setup, experiment);
        }
    }

    /// Has all helpers forget a network.
    pub fn forget(&mut self, setup: u32) {
        let n_before = self.setups.len();
        self.setups.retain(|(other, _)| *other != setup);
        if self.setups.len() < n_before {
            for helper in self.helpers.iter().filter(|helper| helper.is_ready) {
                send(&helper.worker, &HelperRequest::Forget { setup }.into());
            }
        }
    }

    /// Numbers of the helpers that could be given work now.
    #[must_use]
    pub fn idle(&self) -> Vec<u32> {
        self.helpers.iter().filter(|it| it.is_ready && it.task.is_none()).map(|it| it.id).collect()
    }

    /// Numbers of the helpers that have not answered yet.
    #[must_use]
    pub fn busy(&self) -> Vec<u32> {
        self.helpers.iter().filter(|it| it.task.is_some()).map(|it| it.id).collect()
    }

    /// Has [`HelperNews::Alarm`] come after a pause.
    pub fn set_alarm(&self, pause_ms: f64) {
        let act = self.alarm.as_ref().unchecked_ref();
        // A browser takes any function.
        let _ = scope().set_timeout_with_callback_and_timeout_and_arguments_0(act, pause_ms as i32);
    }

    /// Gives a helper the shards `shards` of a job, `head` says what they are; `false` if it could not be reached. The
    /// weights go with them unless it has this `version`.
    pub fn give(
        &mut self,
        helper_id: u32,
        (job, shards): (u32, Range<usize>),
        head: HelperRequest,
        (version, weights): (u64, &[f32]),
        samples: &[u8],
    ) -> bool {
        let Some(helper) = self.helpers.iter_mut().find(|helper| helper.id == helper_id) else { return false };
        let numbers = (helper.version != Some(version)).then(|| {
            let memory = helper.memory.take().filter(|memory| memory.length() as usize == weights.len());
            let numbers = memory.unwrap_or_else(|| Float32Array::new_with_length(weights.len() as u32));
            numbers.copy_from(weights);
            numbers
        });
        let is_sent = send(&helper.worker, &Parcel { head, numbers, bytes: Some(Uint8Array::from(samples)) });
        if is_sent {
            helper.task = Some((job, shards));
            helper.version = Some(version);
        }
        is_sent
    }

    /// Keeps memory that has come from a helper for what is sent to it next.
    pub fn keep_memory(&mut self, helper_id: u32, memory: Float32Array) {
        if let Some(helper) = self.helpers.iter_mut().find(|helper| helper.id == helper_id) {
            helper.memory = Some(memory);
        }
    }

    /// Takes up the news of a helper; `job` is the present job, and what belongs to an older one is dropped.
    pub fn hear(&mut self, news: HelperNews, job: u32) -> Option<PoolNews> {
        let (helper_id, report) = match news {
            HelperNews::Said(helper_id, report) => (helper_id, Some(report)),
            HelperNews::Died(helper_id) => (helper_id, None),
            HelperNews::Alarm => return None,
        };
        let helper_idx = self.helpers.iter().position(|helper| helper.id == helper_id)?;
        match report {
            Some(Parcel { head: HelperResponse::Ready, .. }) => {
                self.helpers[helper_idx].is_ready = true;
                for (setup, experiment) in &self.setups {
                    send_setup(&self.helpers[helper_idx], *setup, experiment);
                }
                Some(PoolNews::Ready)
            }
            Some(Parcel { head: HelperResponse::Done { job: done, results, sums }, numbers, .. }) => {
                self.helpers[helper_idx].has_worked = true;
                let (_, shards) = self.helpers[helper_idx].task.take()?;
                (done == job).then(|| match numbers {
                    Some(numbers) => PoolNews::Done(FinishedShards { helper_id, shards, results, sums, numbers }),
                    None => PoolNews::Failed(shards),
                })
            }
            Some(Parcel { head: HelperResponse::Failed { job: failed }, .. }) => {
                self.helpers[helper_idx].version = None;
                let (_, shards) = self.helpers[helper_idx].task.take()?;
                (failed == job).then_some(PoolNews::Failed(shards))
            }
            None => {
                let dead = self.helpers.remove(helper_idx);
                // One that has never done its work would only die again.
                if dead.has_worked
                    && let Ok(helper) = self.start()
                {
                    self.helpers.push(helper);
                }
                let lost = dead.task.as_ref().filter(|(of, _)| *of == job).map(|(_, shards)| shards.clone());
                Some(PoolNews::Died { lost })
            }
        }
    }

    fn start(&mut self) -> Result<Helper, String> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        options.set_name(HELPER_NAME);
        let worker =
            Worker::new_with_options(&scope().location().href(), &options).map_err(|error| describe(&error))?;
        let id = self.next_id;
        self.next_id += 1;
        let on_message = Closure::new({
            let on_news = self.on_news.clone();
            move |event: MessageEvent| match Parcel::decode(&event.data()) {
                Ok(report) => on_news(HelperNews::Said(id, report)),
                Err(error) => {
                    // It is replaced like one that has died; what was wrong is for the console.
                    web_sys::console::warn_1(&format!("a helper sent something unreadable: {error}").into());
                    on_news(HelperNews::Died(id));
                }
            }
        });
        let on_error = Closure::new({
            let on_news = self.on_news.clone();
            move |error: ErrorEvent| {
                error.prevent_default();
                on_news(HelperNews::Died(id));
            }
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        Ok(Helper {
            id,
            worker,
            is_ready: false,
            has_worked: false,
            task: None,
            version: None,
            memory: None,
            _on_message: on_message,
            _on_error: on_error,
        })
    }
}

impl Drop for Helper {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

fn send_setup(helper: &Helper, setup: u32, experiment: &Experiment) {
    send(&helper.worker, &HelperRequest::Setup { setup, experiment: Box::new(experiment.clone()) }.into());
}

fn send(worker: &Worker, parcel: &Parcel<HelperRequest>) -> bool {
    parcel.encode().is_ok_and(|(message, transfer)| worker.post_message_with_transfer(&message, &transfer).is_ok())
}
