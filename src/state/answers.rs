//! The newest answers about the inside of the network, typed by their questions.

use crate::protocol::questions::*;
use leptos::prelude::*;
use std::collections::HashMap;
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

/// The answers to one kind of question: the newest of all, or of each question if the kind [is kept](Question::IS_KEPT).
#[derive(Debug)]
pub struct AnswersTo<Q: Question>(RwSignal<HashMap<Option<Q>, Arc<Answered<Q>>>>);

impl<Q: Question> Clone for AnswersTo<Q> {
    fn clone(&self) -> AnswersTo<Q> {
        *self
    }
}

impl<Q: Question> Copy for AnswersTo<Q> {}

impl<Q: Question> AnswersTo<Q> {
    fn new() -> AnswersTo<Q> {
        AnswersTo(RwSignal::new(HashMap::new()))
    }

    /// The newest answer to any question of this kind; never there for a kind that is kept. Reactive.
    #[must_use]
    pub fn newest(&self) -> Option<Arc<Answered<Q>>> {
        self.0.read().get(&None).cloned()
    }

    /// The newest answer to that question. Reactive.
    #[must_use]
    pub fn to(&self, question: Q) -> Option<Arc<Answered<Q>>> {
        let answers = self.0.read();
        answers.get(&Q::IS_KEPT.then_some(question)).filter(|answered| answered.question == question).cloned()
    }

    /// Takes up an answer.
    pub fn take(&self, answered: Answered<Q>) {
        let key = Q::IS_KEPT.then_some(answered.question);
        self.0.update(|answers| drop(answers.insert(key, Arc::new(answered))));
    }

    /// Forgets all answers.
    pub fn clear(&self) {
        self.0.set(HashMap::new());
    }
}

macro_rules! define_answers {
    ($($name:ident: $kind:ident,)*) => {
        /// The newest answers of each kind; empty after each new run.
        #[derive(Clone, Copy)]
        #[allow(missing_docs, reason = "each is named after its question")]
        pub struct Answers {
            $(pub $name: AnswersTo<$kind>,)*
            /// The newest message about a question or an edit that does not fit the network.
            pub refused: RwSignal<Option<String>>,
        }

        impl Answers {
            pub(super) fn new() -> Answers {
                Answers { $($name: AnswersTo::new(),)* refused: RwSignal::new(None) }
            }

            /// Takes up an answer.
            pub(super) fn take(&self, n_steps: usize, answer: AnyAnswer) {
                match answer {
                    $(AnyAnswer::$kind(question, answer) => self.$name.take(Answered { n_steps, question, answer }),)*
                }
            }

            /// Forgets all: another network is there.
            pub(super) fn clear(&self) {
                $(self.$name.clear();)*
                self.refused.set(None);
            }
        }
    };
}
for_each_question!(define_answers);
