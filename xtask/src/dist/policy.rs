//! The page's Content-Security-Policy: it runs its own files and nothing else.

/// What the page may load and run. Its scripts and styles are all in files; `wasm-unsafe-eval` allows WebAssembly
/// alone.
pub const POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' data:; connect-src 'self'; worker-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'";

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;
    use crate::dist::build_id::files;

    #[test]
    fn guide_for_hosts_gives_this_policy_everywhere() {
        let guide = std::fs::read_to_string(crate::paths::root().join("docs/deploy.md")).unwrap();
        let n_given = guide.matches("default-src").count();
        assert!(n_given >= 4, "the policy itself, nginx, Apache, Netlify and Cloudflare");
        assert_eq!(guide.matches(POLICY).count(), n_given);
    }

    #[test]
    fn views_set_styles_by_script() {
        let mut faults = Vec::new();
        for file in files(&crate::paths::root().join("src")).unwrap() {
            let text = std::fs::read_to_string(&file).unwrap();
            for (line_idx, line) in text.lines().enumerate() {
                if sets_attribute(line) {
                    faults.push(format!("{}:{}: {}", file.display(), line_idx + 1, line.trim()));
                }
            }
        }
        assert!(
            faults.is_empty(),
            "the policy forbids style attributes: use style:property= or prop:style=: {faults:#?}"
        );
    }

    /// Whether a view's line sets the attribute `style` as a whole; `style=("--name", value)` sets one property.
    fn sets_attribute(line: &str) -> bool {
        let starts = line.match_indices("style=").map(|(start, _)| start);
        let is_attribute = |start: usize| {
            let (before, after) = (&line[..start], &line[start + "style=".len()..]);
            (before.is_empty() || before.ends_with([' ', '"'])) && !after.starts_with('(')
        };
        !line.trim_start().starts_with("//") && starts.filter(|&start| is_attribute(start)).count() > 0
    }

    #[test]
    fn attributes_are_told_from_properties() {
        for attribute in ["    style=style", "<p class=\"a\" style=format!(\"b\")>", "style=\"color: red\""] {
            assert!(sets_attribute(attribute), "{attribute}");
        }
        for other in
            ["prop:style=style", "style=(\"--share\", share)", "style:width=width", "// style=a", "let style = a;"]
        {
            assert!(!sets_attribute(other), "{other}");
        }
    }
}
