//! A small static file server: for `serve`, and for tests that need a host which fails on demand.

use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, ErrorKind, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// How long an idle connection is kept.
const IDLE: Duration = Duration::from_secs(30);

/// What makes a page cross-origin isolated.
const ISOLATION: &str = "Cross-Origin-Opener-Policy: same-origin\r\nCross-Origin-Embedder-Policy: require-corp\r\n";

/// A way to fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Answers 404, as if the file were not there.
    Missing,
    /// Closes the connection halfway through the file.
    Broken,
    /// Sends the file with its middle byte turned over.
    Corrupt,
}

/// A running server; dropping it ends it.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    root: PathBuf,
    prefix: String,
    /// By the end of the path.
    faults: Mutex<BTreeMap<String, Fault>>,
    /// Paths asked for, in order.
    requests: Mutex<Vec<String>>,
    is_isolated: AtomicBool,
    is_over: AtomicBool,
}

impl Server {
    /// Serves the folder `root` at `http://localhost:port/prefix/`; port 0 takes a free one, prefix "" the root.
    ///
    /// # Errors
    /// If the port is taken.
    pub fn start(root: &Path, prefix: &str, port: u16) -> Result<Server> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).with_context(|| {
            format!("port {port} is taken: end the program that uses it, or choose another with --port")
        })?;
        let trimmed = prefix.trim_matches('/');
        let prefix = if trimmed.is_empty() { "/".to_owned() } else { format!("/{trimmed}/") };
        let shared = Arc::new(Shared {
            root: root.to_path_buf(),
            prefix,
            faults: Mutex::default(),
            requests: Mutex::default(),
            is_isolated: AtomicBool::new(false),
            is_over: AtomicBool::new(false),
        });
        let address = listener.local_addr()?;
        let listening = shared.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if listening.is_over.load(Ordering::Relaxed) {
                    return;
                }
                let shared = listening.clone();
                // A browser that hangs up early is no news.
                thread::spawn(move || drop(shared.answer_all(&stream)));
            }
        });
        Ok(Server { address, shared })
    }

    /// Address of the folder, ending in `/`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://localhost:{}{}", self.address.port(), self.shared.prefix)
    }

    /// From now on, files whose path ends in `path_end` fail so; `None` heals them.
    pub fn set_fault(&self, path_end: &str, fault: Option<Fault>) {
        let mut faults = self.shared.faults.lock().unwrap_or_else(PoisonError::into_inner);
        match fault {
            Some(fault) => faults.insert(path_end.to_owned(), fault),
            None => faults.remove(path_end),
        };
    }

    /// From now on, pages are cross-origin isolated, for which browsers give a finer clock.
    pub fn isolate(&self) {
        self.shared.is_isolated.store(true, Ordering::Relaxed);
    }

    /// The paths asked for so far, query left off.
    #[must_use]
    pub fn requests(&self) -> Vec<String> {
        self.shared.requests.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Waits until the process is ended from outside.
    pub fn wait(&self) -> ! {
        loop {
            thread::park();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shared.is_over.store(true, Ordering::Relaxed);
        // Wakes the listening thread; it sees the flag and leaves.
        drop(TcpStream::connect(self.address));
    }
}

impl Shared {
    fn answer_all(&self, stream: &TcpStream) -> std::io::Result<()> {
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
        self.requests.lock().unwrap_or_else(PoisonError::into_inner).push(path.to_owned());
        if !matches!(method, "GET" | "HEAD") {
            return self.write(stream, "405 Method Not Allowed", "text/plain", b"only GET and HEAD\n", true);
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
                    mime(&file),
                    bytes.len()
                )?;
                stream.write_all(&bytes[..bytes.len() / 2])?;
                stream.shutdown(std::net::Shutdown::Both)?;
                return Err(ErrorKind::ConnectionAborted.into());
            }
            Some(Fault::Missing) | None => {}
        }
        self.write(stream, "200 OK", mime(&file), &bytes, method == "GET")
    }

    fn fault(&self, path: &str) -> Option<Fault> {
        let faults = self.faults.lock().unwrap_or_else(PoisonError::into_inner);
        faults.iter().find(|(path_end, _)| path.ends_with(path_end.as_str())).map(|(_, &fault)| fault)
    }

    /// The file behind a path of the address; none outside of the folder.
    fn file(&self, path: &str) -> Option<PathBuf> {
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
        let isolation = if self.is_isolated.load(Ordering::Relaxed) { ISOLATION } else { "" };
        // `no-cache` lets the browser keep a file but ask each time: a new build is seen at once.
        let head = format!(
            "HTTP/1.1 {status}\r\nContent-Type: {mime}\r\nContent-Length: {}\r\nCache-Control: no-cache\r\n{isolation}\r\n",
            body.len()
        );
        stream.write_all(head.as_bytes())?;
        if with_body { stream.write_all(body) } else { Ok(()) }
    }
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;
    use std::io::Read;

    /// A server of this very source folder.
    fn server(prefix: &str) -> Server {
        Server::start(Path::new(env!("CARGO_MANIFEST_DIR")), prefix, 0).unwrap()
    }

    fn get(server: &Server, path: &str) -> String {
        let mut stream = TcpStream::connect(server.address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
        stream.shutdown(std::net::Shutdown::Write).unwrap();
        let mut answer = Vec::new();
        // A broken answer ends in an error; what came before it counts.
        drop(stream.read_to_end(&mut answer));
        String::from_utf8_lossy(&answer).into_owned()
    }

    #[test]
    fn files_are_served_below_the_prefix_only() {
        let server = server("/some/sub/path/");
        assert!(server.url().ends_with("/some/sub/path/"), "{}", server.url());
        let answer = get(&server, "/some/sub/path/Cargo.toml?x=1#y");
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.contains("name = \"xtask\""), "{answer}");
        assert!(get(&server, "/Cargo.toml").starts_with("HTTP/1.1 404"));
        assert_eq!(server.requests(), ["/some/sub/path/Cargo.toml", "/Cargo.toml"]);
    }

    #[test]
    fn nothing_outside_of_the_folder_is_served() {
        let server = server("");
        for path in ["/../Cargo.toml", "/src/../../Cargo.toml", "//etc/passwd", "/src/"] {
            assert!(get(&server, path).starts_with("HTTP/1.1 404"), "{path}");
        }
    }

    #[test]
    fn faults_come_and_go() {
        let server = server("");
        let whole = get(&server, "/Cargo.toml");
        server.set_fault("Cargo.toml", Some(Fault::Missing));
        assert!(get(&server, "/Cargo.toml").starts_with("HTTP/1.1 404"));
        server.set_fault("Cargo.toml", Some(Fault::Broken));
        assert!(get(&server, "/Cargo.toml").len() < whole.len());
        server.set_fault("Cargo.toml", Some(Fault::Corrupt));
        assert_ne!(get(&server, "/Cargo.toml"), whole);
        server.set_fault("Cargo.toml", None);
        assert_eq!(get(&server, "/Cargo.toml"), whole);
    }

    #[test]
    fn taken_port_is_named() {
        let server = server("");
        let port = server.address.port();
        let error = Server::start(Path::new("."), "", port).unwrap_err().to_string();
        assert_eq!(error, format!("port {port} is taken: end the program that uses it, or choose another with --port"));
    }
}
