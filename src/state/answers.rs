//! The newest answers about the inside of the network, typed by their questions.

use crate::protocol::questions::*;
use leptos::prelude::*;
use std::cell::{OnceCell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

/// An answer with its question, and how many updates the network had seen.
#[derive(Debug, Clone, PartialEq)]
pub struct Answered<Q: Question> {
    /// Updates that the network had seen.
    pub n_steps: usize,
    /// What was asked.
    pub question: Q,
    /// The answer.
    pub answer: Q::Answer,
}

/// An answer that is read when it is shown first.
#[derive(Debug)]
struct Kept<Q: Question> {
    question: Q,
    n_steps: usize,
    packed: RefCell<Option<PackedAnswer>>,
    read: OnceCell<Option<Arc<Answered<Q>>>>,
}

impl<Q: Question> Kept<Q> {
    fn read(&self) -> Option<Arc<Answered<Q>>> {
        let Kept { question, n_steps, packed, read } = self;
        let unpack = || {
            let answer = packed.take()?.unpack()?;
            Some(Arc::new(Answered { n_steps: *n_steps, question: *question, answer }))
        };
        read.get_or_init(unpack).clone()
    }
}

/// The answers to one kind of question: the newest of all, or of each question if the kind [is
/// kept](Question::IS_KEPT).
#[derive(Debug)]
pub struct AnswersTo<Q: Question>(RwSignal<Vec<Rc<Kept<Q>>>, LocalStorage>);

impl<Q: Question> Clone for AnswersTo<Q> {
    fn clone(&self) -> AnswersTo<Q> {
        *self
    }
}

impl<Q: Question> Copy for AnswersTo<Q> {}

impl<Q: Question> AnswersTo<Q> {
    fn new() -> AnswersTo<Q> {
        AnswersTo(RwSignal::new_local(Vec::new()))
    }

    /// The newest answer to any question of this kind. Reactive.
    #[must_use]
    pub fn newest(&self) -> Option<Arc<Answered<Q>>> {
        self.0.read().last()?.read()
    }

    /// The newest answer to that question. Reactive.
    #[must_use]
    pub fn to(&self, question: Q) -> Option<Arc<Answered<Q>>> {
        self.0.read().iter().find(|kept| kept.question == question)?.read()
    }

    /// Takes up an answer.
    pub fn take(&self, answered: Answered<Q>) {
        let Answered { question, n_steps, .. } = answered;
        let read = OnceCell::from(Some(Arc::new(answered)));
        self.keep(Kept { question, n_steps, packed: RefCell::new(None), read });
    }

    fn take_packed(&self, n_steps: usize, question: Q, answer: PackedAnswer) {
        self.keep(Kept { question, n_steps, packed: RefCell::new(Some(answer)), read: OnceCell::new() });
    }

    fn keep(&self, newest: Kept<Q>) {
        self.0.update(|answers| {
            // A handful of answers: a list is searched sooner than a map, and takes a fraction of its program.
            answers.retain(|former| Q::IS_KEPT && former.question != newest.question);
            answers.push(Rc::new(newest));
        });
    }

    /// Forgets all answers.
    pub fn clear(&self) {
        self.0.set(Vec::new());
    }
}

macro_rules! define_answers {
    ($($(#[$cfg:meta])* $name:ident: $kind:ident,)*) => {
        /// The newest answers of each kind; empty after each new run.
        #[derive(Clone, Copy)]
        #[allow(missing_docs, reason = "each is named after its question")]
        pub struct Answers {
            $($(#[$cfg])* pub $name: AnswersTo<$kind>,)*
            /// The newest message about a question or an edit that does not fit the network.
            pub refused: RwSignal<Option<String>>,
        }

        impl Answers {
            pub(super) fn new() -> Answers {
                Answers { $($(#[$cfg])* $name: AnswersTo::new(),)* refused: RwSignal::new(None) }
            }

            /// Takes up an answer.
            pub(super) fn take(&self, n_steps: usize, question: AnyQuestion, answer: PackedAnswer) {
                match question {
                    $($(#[$cfg])* AnyQuestion::$kind(question) => self.$name.take_packed(n_steps, question, answer),)*
                }
            }

            /// Forgets all: another network is there.
            pub(super) fn clear(&self) {
                $($(#[$cfg])* self.$name.clear();)*
                self.refused.set(None);
            }
        }
    };
}
for_each_question!(define_answers);
