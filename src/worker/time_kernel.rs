//! Times a kernel, for the bench.

use super::clock::now_ms;
use crate::protocol::BenchFigures;
use inkling_engine::benchmarks::Kernel;

/// A kernel's calls are timed in groups of this length: browsers give time in steps of up to 0.1 ms.
const KERNEL_GROUP_MS: f64 = 8.0;
/// Groups of a kernel's calls, of which the median counts.
const N_KERNEL_GROUPS: usize = 11;

/// How fast a kernel is, here and at once.
pub fn time_kernel(kernel: Kernel) -> BenchFigures {
    let mut run = kernel.prepare();
    let mut time_calls = |n_calls: usize| {
        let start_ms = now_ms();
        (0..n_calls).for_each(|_| run.call());
        now_ms() - start_ms
    };
    let mut n_calls = 1;
    while time_calls(n_calls) < KERNEL_GROUP_MS {
        n_calls *= 2;
    }
    let mut times: Vec<f64> = (0..N_KERNEL_GROUPS).map(|_| time_calls(n_calls)).collect();
    times.sort_by(f64::total_cmp);
    let median_ms = times[N_KERNEL_GROUPS / 2];
    BenchFigures {
        gflops: Some(run.n_flops() * n_calls as f64 / median_ms / 1e6),
        steps: n_calls * N_KERNEL_GROUPS,
        workers: 1,
        ..BenchFigures::default()
    }
}
