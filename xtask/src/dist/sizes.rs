//! What a visit costs: the size of each file, plain and compressed.

use super::build_id::files;
use anyhow::Result;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::fs;
use std::io::Write;
use std::path::Path;

/// Bytes of a file: as it is, and as hosts commonly send it.
#[derive(Debug, Clone, Copy, Default)]
struct Size {
    raw: usize,
    gzip: usize,
    brotli: usize,
}

/// Prints the sizes of all files of the page, and what a first visit takes without the data set.
///
/// # Errors
/// If a file can't be read.
pub fn print(folder: &Path) -> Result<()> {
    let mut first_visit = Size::default();
    println!("{:<44} {:>10} {:>10} {:>10}", "bytes", "raw", "gzip", "brotli");
    for file in files(folder)? {
        let path = file.strip_prefix(folder).unwrap_or(&file).to_string_lossy().replace('\\', "/");
        if path.starts_with("assets/mnist/") {
            continue;
        }
        let size = Size::of(&fs::read(&file)?)?;
        println!("{path:<44} {:>10} {:>10} {:>10}", size.raw, size.gzip, size.brotli);
        if is_in_first_visit(&path) {
            first_visit.add(size);
        }
    }
    println!(
        "{:<44} {:>10} {:>10} {:>10}",
        "first visit, without the data set", first_visit.raw, first_visit.gzip, first_visit.brotli
    );
    Ok(())
}

/// Whether a browser with relaxed SIMD fetches this file to show the page and recognise a drawing.
fn is_in_first_visit(path: &str) -> bool {
    let is_other_page = path == "bench.html" || path.starts_with("worker-simd-");
    !is_other_page && !path.ends_with(".md")
}

impl Size {
    fn of(bytes: &[u8]) -> Result<Size> {
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
