//! ChromeDriver as a child process; it ends with its owner.

use anyhow::{Context, Result};
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::thread;
use xtask::setup::Browser;

/// A running ChromeDriver.
#[derive(Debug)]
pub struct ChromeDriver {
    process: Child,
    port: u16,
}

impl ChromeDriver {
    /// Starts it on a free port.
    ///
    /// # Errors
    /// If it can't be started or does not say its port.
    pub fn start(browser: &Browser) -> Result<ChromeDriver> {
        let mut process = Command::new(&browser.chromedriver)
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("cannot start {}", browser.chromedriver.display()))?;
        let mut lines = BufReader::new(process.stdout.take().context("ChromeDriver has no output")?).lines();
        // "ChromeDriver was started successfully on port 41234."
        let port = lines.by_ref().map_while(Result::ok).find_map(|line| {
            let (_, port) = line.split_once("successfully on port ")?;
            port.trim_end_matches('.').parse().ok()
        });
        // Its further output is read, so that it never blocks on a full pipe.
        thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
        let port = port.context("ChromeDriver did not start");
        if port.is_err() {
            drop(process.kill());
        }
        Ok(ChromeDriver { port: port?, process })
    }

    /// Its process id; the browser's processes are its descendants.
    #[must_use]
    pub fn pid(&self) -> u32 {
        self.process.id()
    }

    /// Its address.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://localhost:{}", self.port)
    }
}

impl Drop for ChromeDriver {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}
