//! Work on all cores: as many threads as there are cores, results in the order of the items.

use anyhow::{Result, anyhow};
use std::sync::Mutex;
use std::thread;

/// Does `work` for each item. Items are begun in their order: the longest work belongs first.
///
/// # Errors
/// The first error, in the order of the items, once all are done.
pub fn map<T: Send, R: Send>(items: Vec<T>, work: impl Fn(T) -> Result<R> + Sync) -> Result<Vec<R>> {
    let n_threads = thread::available_parallelism().map_or(1, usize::from).min(items.len());
    let queue = Mutex::new(items.into_iter().enumerate());
    let next = || queue.lock().map_or(None, |mut queue| queue.next());
    let done = thread::scope(|scope| {
        let one_by_one = || {
            let items = std::iter::from_fn(next);
            items.map(|(item_idx, item)| (item_idx, work(item))).collect::<Vec<_>>()
        };
        let threads: Vec<_> = (0..n_threads).map(|_| scope.spawn(one_by_one)).collect();
        let results = threads.into_iter().map(|thread| thread.join().map_err(|_| anyhow!("a thread panicked")));
        results.collect::<Result<Vec<_>>>()
    })?;
    let mut done: Vec<_> = done.into_iter().flatten().collect();
    done.sort_by_key(|(item_idx, _)| *item_idx);
    done.into_iter().map(|(_, result)| result).collect()
}

/// Does two works at once.
///
/// # Errors
/// The error of the first, else that of the second, once both are done.
pub fn both<A, B: Send>(
    first: impl FnOnce() -> Result<A>,
    second: impl FnOnce() -> Result<B> + Send,
) -> Result<(A, B)> {
    thread::scope(|scope| {
        let second = scope.spawn(second);
        let first = first();
        let second = second.join().map_err(|_| anyhow!("a thread panicked"));
        Ok((first?, second??))
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;
    use anyhow::bail;

    #[test]
    fn results_have_the_order_of_the_items() {
        assert_eq!(
            map((0..100).collect(), |item| Ok(item * 2)).unwrap(),
            (0..100).map(|item| item * 2).collect::<Vec<_>>()
        );
        assert!(map(Vec::new(), |(): ()| Ok(())).unwrap().is_empty());
    }

    #[test]
    fn first_error_is_told() {
        let result = map(vec![1, 2, 3], |item| if item == 1 { Ok(item) } else { bail!("no {item}") });
        assert_eq!(result.unwrap_err().to_string(), "no 2");
        assert_eq!(both(|| Ok(1), || Ok("a")).unwrap(), (1, "a"));
        let result: Result<((), ())> = both(|| Ok(()), || bail!("second"));
        assert_eq!(result.unwrap_err().to_string(), "second");
    }
}
