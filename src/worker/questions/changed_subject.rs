//! What a network makes of the subject after it was turned, moved and made noisy.

use super::{Answerable, Asked, Outcome};
use crate::protocol::questions::{ChangedSubject, ChangedSubjectAnswer};
use crate::worker::look::nothing_there;
use inkling_engine::explain::ExplainError;

impl Answerable for ChangedSubject {
    fn answer(self, asked: &mut Asked<'_>) -> Result<Outcome<ChangedSubject>, ExplainError> {
        let changed = asked.pixels.as_deref().and_then(|pixels| self.apply(pixels)).ok_or_else(nothing_there)?;
        let changed = match asked.run.checked.pixel_order() {
            Some(order) if order.sources().len() == changed.len() => order.apply(&changed),
            _ => changed,
        };
        let (model, workspace) = asked.run.model_and_workspace();
        if model.layers().is_empty() || model.input_shape().size() != changed.len() {
            return Err(nothing_there());
        }
        let probs = model.predict(workspace, &changed).iter().copied().collect();
        Ok(Outcome::Answer(ChangedSubjectAnswer { probs }))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test says where")]
    use super::*;
    use crate::worker::run::Run;
    use inkling_engine::experiment::Preset;

    fn probs(run: &mut Run, question: ChangedSubject, pixels: Option<Vec<f32>>) -> Option<Vec<f32>> {
        match question.answer(&mut Asked { run, pixels, mnist: None, own_digits: None }) {
            Ok(Outcome::Answer(answer)) => Some(answer.probs),
            _ => None,
        }
    }

    #[test]
    fn the_answer_is_about_the_changed_image() {
        let mut run = Run::new(1, Preset::Softmax.experiment().check().unwrap());
        let mut image = vec![0.0; 28 * 28];
        image[10 * 28 + 10] = 1.0;
        let mut moved = vec![0.0; 28 * 28];
        moved[10 * 28 + 13] = 1.0;
        let by_three = ChangedSubject { dx: 3, ..ChangedSubject::default() };
        let got = probs(&mut run, by_three, Some(image.clone())).unwrap();
        assert_eq!(got, probs(&mut run, ChangedSubject::default(), Some(moved)).unwrap());
        assert_ne!(got, probs(&mut run, ChangedSubject::default(), Some(image)).unwrap());
        assert!((got.iter().sum::<f32>() - 1.0).abs() < 1e-5);
        assert_eq!(probs(&mut run, by_three, None), None);
    }
}
