//! A page for this machine, put together without Trunk: whoever wants to see the first page need not wait until Trunk, of
//! all tools the one that takes longest to build, is there. What is published goes through Trunk.

use super::Kind;
use super::bindgen::clear;
use super::pack::Stage;
use crate::paths;
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;

/// Puts the compiled page together in the folder of its kind.
///
/// # Errors
/// If a file can't be written, or a build fails.
pub fn put_together(kind: Kind, build_id: String) -> Result<()> {
    let folder = kind.folder();
    // A page that is being served stays whole until this one is.
    let staged = folder.with_extension("staged");
    clear(&staged)?;
    copy_folder(&paths::root().join("assets"), &staged.join("assets"))?;
    Stage { folder: staged.clone(), kind, build_id: Some(build_id) }.finish()?;
    clear(&folder)?;
    fs::rename(&staged, &folder).with_context(|| format!("cannot rename {}", staged.display()))
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).with_context(|| format!("cannot make {}", to.display()))?;
    for entry in fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))? {
        let entry = entry?;
        let (path, copy) = (entry.path(), to.join(entry.file_name()));
        if entry.file_type()?.is_dir() {
            copy_folder(&path, &copy)?;
        } else {
            fs::copy(&path, &copy).with_context(|| format!("cannot copy {}", path.display()))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;

    #[test]
    fn folders_are_copied_with_all_that_is_in_them() {
        let folder = std::env::temp_dir().join(format!("inkling-copy-{}", std::process::id()));
        let (from, to) = (folder.join("from"), folder.join("to"));
        fs::create_dir_all(from.join("inner")).unwrap();
        fs::write(from.join("inner/file"), "text").unwrap();
        copy_folder(&from, &to).unwrap();
        assert_eq!(fs::read_to_string(to.join("inner/file")).unwrap(), "text");
        fs::remove_dir_all(folder).unwrap();
    }
}
