//! Memory of processes, as Linux reports it; other systems give no figures.

use std::collections::BTreeMap;
use std::fs;

/// Bytes that the greatest of Chromium's page processes below the process `root` has for itself: resident anonymous
/// memory and swap, which is what Chromium's task manager calls a tab's footprint. A spare process for the next tab,
/// which Chromium may keep, is far smaller.
#[must_use]
pub fn of_page_below(root: u32) -> Option<u64> {
    let parents = parents();
    let is_below = |mut pid: u32| {
        while let Some(&parent) = parents.get(&pid) {
            if parent == root {
                return true;
            }
            pid = parent;
        }
        false
    };
    let pages = parents.keys().filter(|&&pid| is_below(pid) && is_page(pid));
    pages.filter_map(|&pid| private_bytes(pid)).max()
}

/// The parent of each process, by their numbers.
fn parents() -> BTreeMap<u32, u32> {
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    let pids = processes.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    pids.filter_map(|pid| Some((pid, field(pid, "PPid:")?.try_into().ok()?))).collect()
}

fn is_page(pid: u32) -> bool {
    fs::read_to_string(format!("/proc/{pid}/cmdline")).is_ok_and(|line| line.contains("--type=renderer"))
}

fn private_bytes(pid: u32) -> Option<u64> {
    let kibibytes = field(pid, "RssAnon:")? + field(pid, "VmSwap:").unwrap_or_default();
    Some(kibibytes * 1024)
}

/// A number of a process' status.
fn field(pid: u32, name: &str) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    status.lines().find_map(|line| line.strip_prefix(name)?.split_whitespace().next()?.parse().ok())
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;

    #[test]
    fn own_memory_is_seen_to_grow() {
        let pid = std::process::id();
        let before = private_bytes(pid).unwrap();
        let block = vec![1_u8; 64 << 20];
        let after = private_bytes(pid).unwrap();
        assert!(after > before + block.len() as u64 / 2, "{before} bytes, then {after}");
        assert!(parents().contains_key(&pid));
        assert_eq!(of_page_below(pid), None, "a test has no page below it");
    }
}
