//! Edits that are committed while a command is on its way.

use inkling_engine::explain::Edit;

/// `edits` without those at their beginning that have settled since they were written down: what can still be taken
/// back. Both sides leave out the same, so they agree whatever crossed on the way.
#[must_use]
pub fn without_committed(mut edits: Vec<Edit>, committed_since: &[Edit]) -> Vec<Edit> {
    let n_common = edits.iter().zip(committed_since).take_while(|(edit, committed)| edit == committed).count();
    edits.drain(..n_common);
    edits
}

#[cfg(test)]
mod tests {
    use super::*;

    fn silence(unit: usize) -> Edit {
        Edit::SilenceUnit { layer_idx: 0, unit }
    }

    #[test]
    fn only_what_is_newer_stays_open() {
        let committed = [silence(1), silence(2)];
        assert_eq!(without_committed(vec![silence(1), silence(2), silence(3)], &committed), [silence(3)]);
        assert_eq!(without_committed(vec![silence(3)], &[]), [silence(3)]);
    }

    #[test]
    fn undone_too_late_is_not_undone() {
        assert_eq!(without_committed(vec![silence(1)], &[silence(1), silence(2)]), []);
        assert_eq!(without_committed(vec![silence(4)], &[silence(1)]), [silence(4)], "another one in its place is new");
    }
}
