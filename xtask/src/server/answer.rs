//! How the server answers a request: with a file, or with the fault that was set for it.

use super::Fault;
use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, ErrorKind, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// Between two looks whether an answer is still held back.
const POLL: Duration = Duration::from_millis(10);

/// How long an idle connection is kept.
const IDLE: Duration = Duration::from_secs(30);

/// What the threads of a server share.
#[derive(Debug)]
pub struct Shared {
    root: PathBuf,
    /// Begins and ends in `/`.
    pub prefix: String,
    /// By the end of the path.
    pub faults: Mutex<BTreeMap<String, Fault>>,
    /// Paths asked for, in order.
    pub requests: Mutex<Vec<String>>,
    /// Sent with every answer, by their names.
    pub headers: Mutex<BTreeMap<String, String>>,
    /// The types that files are sent as instead of their own, by the end of the path.
    pub types: Mutex<BTreeMap<String, String>>,
    /// Whether the folder's page is also served at the address without the last slash.
    pub serves_without_slash: AtomicBool,
    /// Whether the server has ended.
    pub is_over: AtomicBool,
}

impl Shared {
    /// Serves the folder `root` below `prefix`, without faults.
    pub fn new(root: &Path, prefix: &str) -> Shared {
        let trimmed = prefix.trim_matches('/');
        Shared {
            root: root.to_path_buf(),
            prefix: if trimmed.is_empty() { "/".to_owned() } else { format!("/{trimmed}/") },
            faults: Mutex::default(),
            requests: Mutex::default(),
            headers: Mutex::default(),
            types: Mutex::default(),
            serves_without_slash: AtomicBool::new(false),
            is_over: AtomicBool::new(false),
        }
    }

    /// Answers the requests of a connection, one after the other, until the browser closes it.
    ///
    /// # Errors
    /// If the connection breaks, or a fault breaks it.
    pub fn answer_all(&self, stream: &TcpStream) -> std::io::Result<()> {
        stream.set_read_timeout(Some(IDLE))?;
        stream.set_nodelay(true)?;
        let mut reader = BufReader::new(stream.try_clone()?);
        loop {
            let mut request = String::new();
            if reader.read_line(&mut request)? == 0 {
                return Ok(());
            }
            let mut header = String::new();
            while reader.read_line(&mut header)? > 2 {
                header.clear();
            }
            let mut words = request.split_whitespace();
            let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
            self.answer(stream, method, target)?;
        }
    }

    fn answer(&self, mut stream: &TcpStream, method: &str, target: &str) -> std::io::Result<()> {
        let path = target.split(['?', '#']).next().unwrap_or_default();
        locked(&self.requests).push(path.to_owned());
        if !matches!(method, "GET" | "HEAD") {
            return self.write(stream, "405 Method Not Allowed", "text/plain", b"only GET and HEAD\n", true);
        }
        while self.fault(path) == Some(Fault::Held) && !self.is_over.load(Ordering::Relaxed) {
            thread::sleep(POLL);
        }
        let fault = self.fault(path);
        let file = if fault == Some(Fault::Missing) { None } else { self.file(path) };
        let Some((file, mut bytes)) = file.and_then(|file| fs::read(&file).ok().map(|bytes| (file, bytes))) else {
            return self.write(stream, "404 Not Found", "text/plain", b"not here\n", method == "GET");
        };
        match fault {
            Some(Fault::Corrupt) => {
                let middle = bytes.len() / 2;
                if let Some(byte) = bytes.get_mut(middle) {
                    *byte = !*byte;
                }
            }
            Some(Fault::Broken) => {
                write!(
                    stream,
                    "HTTP/1.1 200 OK\r\nContent-Type: {}\r\nContent-Length: {}\r\n\r\n",
                    self.mime(path, &file),
                    bytes.len()
                )?;
                stream.write_all(&bytes[..bytes.len() / 2])?;
                stream.shutdown(std::net::Shutdown::Both)?;
                return Err(ErrorKind::ConnectionAborted.into());
            }
            Some(Fault::Missing | Fault::Held) | None => {}
        }
        self.write(stream, "200 OK", &self.mime(path, &file), &bytes, method == "GET")
    }

    fn fault(&self, path: &str) -> Option<Fault> {
        let faults = locked(&self.faults);
        faults.iter().find(|(path_end, _)| path.ends_with(path_end.as_str())).map(|(_, &fault)| fault)
    }

    /// The type that a file is sent as.
    fn mime(&self, path: &str, file: &Path) -> String {
        let types = locked(&self.types);
        let other =
            types.iter().find(|(path_end, _)| path.ends_with(path_end.as_str())).map(|(_, other)| other.clone());
        other.unwrap_or_else(|| mime(file).to_owned())
    }

    /// The file that a path of the address names; none outside of the folder.
    fn file(&self, path: &str) -> Option<PathBuf> {
        let is_without_slash = path == self.prefix.trim_end_matches('/');
        if is_without_slash && self.serves_without_slash.load(Ordering::Relaxed) {
            return Some(self.root.join("index.html"));
        }
        let path = path.strip_prefix(&self.prefix)?;
        if path.split('/').any(|part| part == ".." || part.contains(['\\', '\0'])) || path.starts_with('/') {
            return None;
        }
        let path = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
        Some(self.root.join(path))
    }

    fn write(
        &self,
        mut stream: &TcpStream,
        status: &str,
        mime: &str,
        body: &[u8],
        with_body: bool,
    ) -> std::io::Result<()> {
        let headers =
            locked(&self.headers).iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect::<String>();
        // `no-cache` lets the browser keep a file but ask each time: a new build is seen at once.
        let head = format!(
            "HTTP/1.1 {status}\r\nContent-Type: {mime}\r\nContent-Length: {}\r\nCache-Control: no-cache\r\n{headers}\r\n",
            body.len()
        );
        stream.write_all(head.as_bytes())?;
        if with_body { stream.write_all(body) } else { Ok(()) }
    }
}

/// The locked value, even if a thread that held the lock panicked.
pub fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn mime(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("json" | "webmanifest") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("md" | "txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
