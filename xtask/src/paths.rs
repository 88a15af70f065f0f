//! Where things are: all paths start at the root of the checkout.

use std::path::{Path, PathBuf};

/// The root of the checkout: the folder above xtask's own.
#[must_use]
pub fn root() -> &'static Path {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask)
}

/// The built page: `dist/`, or the folder that `INKLING_DIST` names.
#[must_use]
pub fn dist() -> PathBuf {
    std::env::var_os("INKLING_DIST").map_or_else(|| root().join("dist"), PathBuf::from)
}

/// Cargo's target folder.
#[must_use]
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |dir| root().join(dir))
}

/// The user's cache folder for tools of this project: `$XDG_CACHE_HOME/inkling` or `~/.cache/inkling`.
#[must_use]
pub fn cache() -> PathBuf {
    let base = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let base = base.or_else(|| std::env::home_dir().map(|home| home.join(".cache")));
    base.unwrap_or_else(std::env::temp_dir).join("inkling")
}
