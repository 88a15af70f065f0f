//! A small static file server: for `serve`, and for tests that need a host which fails on demand.

use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, ErrorKind, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// How long an idle connection is kept.
const IDLE: Duration = Duration::from_secs(30);

/// What makes a page cross-origin isolated.
const ISOLATION: [(&str, &str); 2] =
    [("Cross-Origin-Opener-Policy", "same-origin"), ("Cross-Origin-Embedder-Policy", "require-corp")];

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
    /// Sent with every answer, by their names.
    headers: Mutex<BTreeMap<String, String>>,
    /// What is sent as other than its own type, by the end of the path.
    types: Mutex<BTreeMap<String, String>>,
    serves_without_slash: AtomicBool,
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
            headers: Mutex::default(),
            types: Mutex::default(),
            serves_without_slash: AtomicBool::new(false),
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
        let mut faults = locked(&self.shared.faults);
        match fault {
            Some(fault) => faults.insert(path_end.to_owned(), fault),
            None => faults.remove(path_end),
        };
    }

    /// From now on, pages are cross-origin isolated, for which browsers give a finer clock.
    pub fn isolate(&self) {
        for (name, value) in ISOLATION {
            self.set_header(name, value);
        }
    }

    /// From now on, this header goes with every answer.
    pub fn set_header(&self, name: &str, value: &str) {
        locked(&self.shared.headers).insert(name.to_owned(), value.to_owned());
    }

    /// From now on, files whose path ends in `path_end` are sent as this type, as hosts do that do not know a file's own.
    pub fn set_type(&self, path_end: &str, mime: &str) {
        locked(&self.shared.types).insert(path_end.to_owned(), mime.to_owned());
    }

    /// From now on, the folder's page is also served at the folder's address without its last slash, where other hosts
    /// send the browser on to the address with it.
    pub fn serve_without_slash(&self) {
        self.shared.serves_without_slash.store(true, Ordering::Relaxed);
    }

    /// The paths asked for so far, query left off.
    #[must_use]
    pub fn requests(&self) -> Vec<String> {
        locked(&self.shared.requests).clone()
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
        locked(&self.requests).push(path.to_owned());
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
                    self.mime(path, &file),
                    bytes.len()
                )?;
                stream.write_all(&bytes[..bytes.len() / 2])?;
                stream.shutdown(std::net::Shutdown::Both)?;
                return Err(ErrorKind::ConnectionAborted.into());
            }
            Some(Fault::Missing) | None => {}
        }
        self.write(stream, "200 OK", &self.mime(path, &file), &bytes, method == "GET")
    }

    fn fault(&self, path: &str) -> Option<Fault> {
        let faults = locked(&self.faults);
        faults.iter().find(|(path_end, _)| path.ends_with(path_end.as_str())).map(|(_, &fault)| fault)
    }

    /// The type as which a file is sent.
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

/// What a lock holds; an answer that panicked has left nothing half done.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
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
    fn headers_and_types_are_sent_as_set() {
        let server = server("");
        assert!(get(&server, "/Cargo.toml").contains("Content-Type: application/octet-stream\r\n"));
        server.set_header("X-Test", "1");
        server.set_type(".toml", "text/x-toml");
        let answer = get(&server, "/Cargo.toml");
        assert!(answer.contains("X-Test: 1\r\n") && answer.contains("Content-Type: text/x-toml\r\n"), "{answer}");
    }

    #[test]
    fn folder_is_served_without_its_slash_when_asked_to() {
        let server = Server::start(crate::paths::root(), "a/b", 0).unwrap();
        assert!(get(&server, "/a/b").starts_with("HTTP/1.1 404"));
        server.serve_without_slash();
        assert!(get(&server, "/a/b").contains("<title>Inkling"));
        assert!(get(&server, "/a").starts_with("HTTP/1.1 404"));
    }

    #[test]
    fn taken_port_is_named() {
        let server = server("");
        let port = server.address.port();
        let error = Server::start(Path::new("."), "", port).unwrap_err().to_string();
        assert_eq!(error, format!("port {port} is taken: end the program that uses it, or choose another with --port"));
    }
}
