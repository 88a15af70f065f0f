//! A small static file server: for `serve`, and for tests that need a host which fails on demand.

mod answer;

use answer::{Shared, locked};
use anyhow::{Context, Result};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread;

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
    /// Sends nothing for as long as the fault is there, as a slow line would.
    Held,
}

/// A running server; dropping it ends it.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
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
        let shared = Arc::new(Shared::new(root, prefix));
        let address = listener.local_addr()?;
        let listening = shared.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if listening.is_over.load(Ordering::Relaxed) {
                    return;
                }
                let shared = listening.clone();
                // A browser may close a connection early.
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

    /// From now on, files whose path ends in `path_end` have this fault; `None` takes it away.
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

    /// From now on, files whose path ends in `path_end` are sent as this type, as by a host that does not know theirs.
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;
    use std::io::{Read, Write};

    /// A server of this package's folder.
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
        server.set_fault("Cargo.toml", Some(Fault::Held));
        thread::scope(|scope| {
            let held = scope.spawn(|| get(&server, "/Cargo.toml"));
            while server.requests().len() < 5 {
                thread::yield_now();
            }
            server.set_fault("Cargo.toml", None);
            assert_eq!(held.join().unwrap(), whole);
        });
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
