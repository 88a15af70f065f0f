//! Which step runs, for how long it has been, and how long each took: steps may run side by side and in programs that
//! xtask calls.

use anyhow::{Context, Result};
use std::process::Command;
use std::sync::OnceLock;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// When the command began, in seconds since 1970: what Trunk calls goes on counting from there.
const START: &str = "INKLING_STARTED";

/// Says at once what is done, does it, says how long it took.
///
/// # Errors
/// Those of `work`.
pub fn timed<T>(what: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    eprintln!("{:>6}  {what} …", shown(since_start()));
    let start = Instant::now();
    let result = work().with_context(|| what.to_owned())?;
    // An estimate in parentheses has done its work.
    let name = what.split(" (").next().unwrap_or(what);
    eprintln!("{:>6}  done: {name} ({} s)", shown(since_start()), start.elapsed().as_secs_f64().round());
    Ok(result)
}

/// Makes a program which calls xtask count from where this one began.
pub fn pass_on(command: &mut Command) -> &mut Command {
    command.env(START, start().as_secs().to_string())
}

/// How long this command has been running.
#[must_use]
pub fn since_start() -> Duration {
    since_1970().saturating_sub(start())
}

/// Minutes and seconds, as in `5:02`.
#[must_use]
pub fn shown(duration: Duration) -> String {
    format!("{}:{:02}", duration.as_secs() / 60, duration.as_secs() % 60)
}

/// The first call is the start, unless xtask was called by one that had begun before.
fn start() -> Duration {
    static CALLED: OnceLock<Duration> = OnceLock::new();
    *CALLED.get_or_init(|| {
        let passed_on = std::env::var(START).ok().and_then(|seconds| seconds.parse().ok());
        passed_on.map_or_else(since_1970, Duration::from_secs)
    })
}

fn since_1970() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_minutes_and_seconds() {
        assert_eq!(shown(Duration::from_secs(302)), "5:02");
        assert_eq!(shown(Duration::from_millis(59_900)), "0:59");
    }
}
