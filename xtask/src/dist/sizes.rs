//! What a visit costs: the size of each file, plain and compressed.

use super::build_id::files;
use crate::side_by_side;
use anyhow::Result;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// The most that a first visit may transfer with brotli, without the data set, in bytes. Lower it when something was
/// saved; raise it only if visitors gain something.
pub const FIRST_VISIT_LIMIT: usize = 600_000;

/// Bytes of a file: as it is, and as hosts commonly send it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Size {
    /// As it is.
    pub raw: usize,
    /// With gzip.
    pub gzip: usize,
    /// With brotli.
    pub brotli: usize,
}

/// Prints the sizes of all files of the page, and what a first visit takes without the data set.
///
/// # Errors
/// If a file can't be read.
pub fn print(folder: &Path) -> Result<()> {
    let [mut first_visit, mut parts, mut plane] = [Size::default(); 3];
    println!("{:<44} {:>10} {:>10} {:>10}", "bytes", "raw", "gzip", "brotli");
    let path_of = |file: &Path| file.strip_prefix(folder).unwrap_or(file).to_string_lossy().replace('\\', "/");
    let paths = files(folder)?.into_iter().map(|file| (path_of(&file), file));
    let weigh = |(path, file): (String, PathBuf)| Ok((path, Size::of(&fs::read(file)?)?));
    for (path, size) in side_by_side::map(paths.filter(|(path, _)| !is_data_set(path)).collect(), weigh)? {
        print_row(&path, size);
        if is_in_first_visit(&path) {
            first_visit.add(size);
        } else if is_of_plane(&path) {
            plane.add(size);
        } else if is_part(&path) {
            parts.add(size);
        }
    }
    print_row("first visit, without the data set", first_visit);
    print_row("what follows: the other parts of the page", parts);
    print_row("what the plane needs beside them", plane);
    Ok(())
}

fn print_row(name: &str, size: Size) {
    println!("{name:<44} {:>10} {:>10} {:>10}", size.raw, size.gzip, size.brotli);
}

/// Whether a path within the page's folder is a part of MNIST.
#[must_use]
pub fn is_data_set(path: &str) -> bool {
    path.starts_with("assets/mnist/")
}

/// Whether a path within the page's folder is a file that the plane alone needs.
#[must_use]
pub fn is_of_plane(path: &str) -> bool {
    ["part-plane-", "worker-plane-relaxed-", "part-worker-plane-relaxed-"].iter().any(|start| path.starts_with(start))
}

/// Whether a path within the page's folder is a part of its programs that a browser with relaxed SIMD fetches when the
/// network has read the example.
#[must_use]
pub fn is_part(path: &str) -> bool {
    path.starts_with("part-") && !path.starts_with("part-worker-simd-") && !path.starts_with("part-worker-plane-")
}

/// Whether a browser with relaxed SIMD fetches this file to show the page and recognise a drawing.
#[must_use]
pub fn is_in_first_visit(path: &str) -> bool {
    let is_other_page = path == "bench.html" || path.starts_with("worker-simd-");
    !is_other_page
        && !path.starts_with("worker-plane-")
        && !path.starts_with("part-")
        && !is_data_set(path)
        && !is_about_assets(path)
}

/// Whether a path is that of a file for maintainers of the assets, which no browser fetches.
fn is_about_assets(path: &str) -> bool {
    path.ends_with(".md") || path.ends_with(".sha256")
}

impl Size {
    /// Of a file with this content.
    ///
    /// # Errors
    /// If a compressor fails.
    pub fn of(bytes: &[u8]) -> Result<Size> {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(bytes)?;
        let mut brotli = Vec::new();
        let params = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
        brotli::BrotliCompress(&mut &bytes[..], &mut brotli, &params)?;
        Ok(Size { raw: bytes.len(), gzip: gzip.finish()?.len(), brotli: brotli.len() })
    }

    fn add(&mut self, other: Size) {
        self.raw += other.raw;
        self.gzip += other.gzip;
        self.brotli += other.brotli;
    }
}
