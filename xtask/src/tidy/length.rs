//! How long files may be: one concept each.

use super::Source;

/// A file that needs more lines than this has more than one concept.
const MAX_LINES: usize = 500;
/// What half of the Rust files must not exceed.
const MAX_MEDIAN: usize = 120;

/// The fault of a file that is too long.
pub fn fault(Source { path, text }: &Source) -> Option<String> {
    let n_lines = text.lines().count();
    (n_lines > MAX_LINES).then(|| {
        format!("{path}: {n_lines} lines; split it into files of one concept each (at most {MAX_LINES} lines)")
    })
}

/// The fault of Rust files whose median length is too large. Names the files just above the limit, which are the
/// easiest to split.
pub fn median_fault(sources: &[Source]) -> Option<String> {
    let rust = sources.iter().filter(|source| source.path.ends_with(".rs"));
    let mut lengths: Vec<(usize, &str)> =
        rust.map(|source| (source.text.lines().count(), source.path.as_str())).collect();
    lengths.sort_unstable();
    let (median, _) = lengths.get(lengths.len() / 2).copied()?;
    let longer = lengths.iter().filter(|(n_lines, _)| *n_lines > MAX_MEDIAN);
    (median > MAX_MEDIAN).then(|| {
        let candidates: Vec<&str> = longer.map(|(_, path)| *path).take(5).collect();
        format!(
            "half of the Rust files have {median} lines or more (at most {MAX_MEDIAN}): split some by concept, for \
             example {}",
            candidates.join(", ")
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, n_lines: usize) -> Source {
        Source::new(name, &"//! a\n".repeat(n_lines))
    }

    #[test]
    fn long_file_is_named() {
        assert_eq!(
            fault(&file("src/a.rs", 501)).as_deref(),
            Some("src/a.rs: 501 lines; split it into files of one concept each (at most 500 lines)")
        );
        assert_eq!(fault(&file("src/a.rs", 500)), None);
    }

    #[test]
    fn long_median_names_what_to_split() {
        let sources = [file("a.rs", 10), file("b.rs", 130), file("c.rs", 121), file("d.css", 1)];
        assert_eq!(
            median_fault(&sources).as_deref(),
            Some(
                "half of the Rust files have 121 lines or more (at most 120): split some by concept, for example c.rs, b.rs"
            )
        );
        assert_eq!(median_fault(&[file("a.rs", 10), file("b.rs", 120), file("c.rs", 400)]), None);
        assert_eq!(median_fault(&[]), None);
    }
}
