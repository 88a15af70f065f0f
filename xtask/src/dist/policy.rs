//! The page's Content-Security-Policy: it runs its own files and nothing else.

/// What the page may load and run. Its scripts and styles are all in files; `wasm-unsafe-eval` allows WebAssembly alone.
pub const POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' data:; connect-src 'self'; worker-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'";

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;

    #[test]
    fn guide_for_hosts_gives_this_policy_everywhere() {
        let guide = std::fs::read_to_string(crate::paths::root().join("docs/deploy.md")).unwrap();
        let n_given = guide.matches("default-src").count();
        assert!(n_given >= 4, "the policy itself, nginx, Apache, Netlify and Cloudflare");
        assert_eq!(guide.matches(POLICY).count(), n_given);
    }
}
