//! How far a network has been trained, in words.

use crate::plot::number::thousands;

/// `before any step`, `after epoch 27`, or within an epoch `after step 12 of epoch 3`.
#[must_use]
pub fn network_age(n_steps: usize, steps_per_epoch: usize) -> String {
    match n_steps {
        0 => "before any step".to_owned(),
        n_steps if steps_per_epoch == 0 => format!("after step {}", thousands(n_steps)),
        n_steps if n_steps.is_multiple_of(steps_per_epoch) => format!("after epoch {}", n_steps / steps_per_epoch),
        n_steps => {
            let (epoch, step) = (n_steps / steps_per_epoch + 1, n_steps % steps_per_epoch);
            format!("after step {} of epoch {epoch}", thousands(step))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::network_age;

    #[test]
    fn whole_epochs_are_named_without_steps() {
        assert_eq!(network_age(0, 270), "before any step");
        assert_eq!(network_age(27 * 270, 270), "after epoch 27");
        assert_eq!(network_age(540 + 12, 270), "after step 12 of epoch 3");
        assert_eq!(network_age(1_200, 0), "after step 1,200");
    }
}
