//! The page in its browser. All calls wait until they are done.

use crate::chromedriver::ChromeDriver;
use crate::command::Command;
use crate::memory;
use anyhow::{Context, Result, bail, ensure};
use fantoccini::wd::TimeoutConfiguration;
use fantoccini::{Client, ClientBuilder, Locator, elements};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tokio::runtime::Runtime;
use xtask::setup::{self, Browser};

/// How long the page gets for what should be quick.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// A page in a browser of its own, with a fresh profile.
#[derive(Debug)]
pub struct Page {
    client: Client,
    runtime: Runtime,
    chromedriver: ChromeDriver,
    _profile: TempDir,
}

/// Something on the page.
#[derive(Debug)]
pub struct Element<'a> {
    page: &'a Page,
    element: elements::Element,
}

impl Page {
    /// Opens the address in a viewport of 1440×900.
    ///
    /// # Errors
    /// If there is no Chromium or it can't be driven.
    pub fn open(url: &str) -> Result<Page> {
        let page = Page::blank()?;
        page.goto(url)?;
        Ok(page)
    }

    /// Opens a browser and no address yet.
    ///
    /// # Errors
    /// If there is no Chromium or it can't be driven.
    pub fn blank() -> Result<Page> {
        let browser = setup::browser()?;
        let chromedriver = ChromeDriver::start(&browser)?;
        let profile = tempfile::tempdir()?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let mut builder = ClientBuilder::new(HttpConnector::new());
        if let Value::Object(capabilities) = capabilities(&browser, profile.path()) {
            builder.capabilities(capabilities);
        }
        let client = runtime.block_on(builder.connect(&chromedriver.url())).context("no session with Chromium")?;
        let page = Page { client, runtime, chromedriver, _profile: profile };
        let long = Some(Duration::from_secs(3600));
        page.runtime.block_on(page.client.update_timeouts(TimeoutConfiguration::new(long, long, None)))?;
        page.set_viewport(1440, 900)?;
        Ok(page)
    }

    /// Goes to an address and waits until it is loaded.
    ///
    /// # Errors
    /// If the browser refuses.
    pub fn goto(&self, url: &str) -> Result<()> {
        Ok(self.runtime.block_on(self.client.goto(url))?)
    }

    /// Loads the page again.
    ///
    /// # Errors
    /// If the browser refuses.
    pub fn reload(&self) -> Result<()> {
        Ok(self.runtime.block_on(self.client.refresh())?)
    }

    /// Sets the size of the viewport in CSS pixels.
    ///
    /// # Errors
    /// If the browser refuses.
    pub fn set_viewport(&self, width: u32, height: u32) -> Result<()> {
        self.set_screen(width, height, 1.0)
    }

    /// Sets the size of the viewport in CSS pixels, and how many pixels of the screen each of them has.
    ///
    /// # Errors
    /// If the browser refuses.
    pub fn set_screen(&self, width: u32, height: u32, pixel_ratio: f64) -> Result<()> {
        let params = json!({ "width": width, "height": height, "deviceScaleFactor": pixel_ratio, "mobile": false });
        self.dev_tools("Emulation.setDeviceMetricsOverride", params).map(drop)
    }

    /// Sets a media feature, such as `prefers-color-scheme`, `prefers-reduced-motion`.
    ///
    /// # Errors
    /// If the browser refuses.
    pub fn set_media(&self, feature: &str, value: &str) -> Result<()> {
        let params = json!({ "features": [{ "name": feature, "value": value }] });
        self.dev_tools("Emulation.setEmulatedMedia", params).map(drop)
    }

    /// Sends a command of Chromium's DevTools protocol.
    ///
    /// # Errors
    /// If Chromium does not know it.
    pub fn dev_tools(&self, name: &'static str, params: Value) -> Result<Value> {
        self.issue(Command::DevTools(name, params))
    }

    /// Runs the body of an async function in the page; takes what it returns.
    ///
    /// # Errors
    /// What it throws.
    pub fn js(&self, body: &str) -> Result<Value> {
        let script = format!(
            "const done = arguments[arguments.length - 1];
             (async () => {{ {body}\n }})().then(
               (value) => done({{ value: value ?? null }}),
               (error) => done({{ error: String(error?.stack ?? error) }}));"
        );
        let mut answer = self.runtime.block_on(self.client.execute_async(&script, Vec::new()))?;
        if let Some(error) = answer.get("error") {
            bail!("in the page: {}", error.as_str().unwrap_or_default());
        }
        Ok(answer.get_mut("value").map(Value::take).unwrap_or_default())
    }

    /// Waits until the body of an async function returns something true.
    ///
    /// # Errors
    /// If that takes longer than [`PATIENCE`]; `what` says in the message what was waited for.
    pub fn wait_until(&self, what: &str, body: &str) -> Result<()> {
        self.wait_up_to(PATIENCE, what, body)
    }

    /// The same with another patience.
    ///
    /// # Errors
    /// If it takes longer.
    pub fn wait_up_to(&self, patience: Duration, what: &str, body: &str) -> Result<()> {
        wait_for(patience, what, || {
            let value = self.js(body)?;
            let is_true = !matches!(value, Value::Null | Value::Bool(false)) && value != json!(0) && value != json!("");
            Ok(is_true.then_some(()))
        })
    }

    /// The visible element with this accessible role and name, as assistive technology has them. Waits for it.
    ///
    /// # Errors
    /// If it does not come.
    pub fn find(&self, role: &str, name: &str) -> Result<Element<'_>> {
        wait_for(PATIENCE, &format!("{role} {name:?}"), || self.find_now(role, name))
    }

    fn find_now(&self, role: &str, name: &str) -> Result<Option<Element<'_>>> {
        for element in self.all(candidates(role))? {
            let is_it = element.label().is_ok_and(|label| label == name)
                && element.role().is_ok_and(|found| found == role)
                && element.is_visible().unwrap_or(false);
            if is_it {
                return Ok(Some(element));
            }
        }
        Ok(None)
    }

    /// The first element that fits a CSS selector. Waits for it.
    ///
    /// # Errors
    /// If it does not come.
    pub fn css(&self, selector: &str) -> Result<Element<'_>> {
        wait_for(PATIENCE, &format!("an element {selector}"), || Ok(self.all(selector)?.into_iter().next()))
    }

    /// The element with this `data-testid`. Waits for it.
    ///
    /// # Errors
    /// If it does not come.
    pub fn test_id(&self, test_id: &str) -> Result<Element<'_>> {
        self.css(&format!("[data-testid=\"{test_id}\"]"))
    }

    /// All elements that fit a CSS selector now.
    ///
    /// # Errors
    /// If the selector is none.
    pub fn all(&self, selector: &str) -> Result<Vec<Element<'_>>> {
        let elements = self.runtime.block_on(self.client.find_all(Locator::Css(selector)))?;
        Ok(elements.into_iter().map(|element| Element { page: self, element }).collect())
    }

    /// The visible text of the whole page.
    ///
    /// # Errors
    /// If the browser does not answer.
    pub fn text(&self) -> Result<String> {
        Ok(self.js("return document.body.innerText")?.as_str().unwrap_or_default().to_owned())
    }

    /// Errors in the console since the last call: the page's, and the browser's about the page.
    ///
    /// # Errors
    /// If the browser does not answer.
    pub fn console_errors(&self) -> Result<Vec<String>> {
        Ok(self.console()?.into_iter().filter_map(|line| line.strip_prefix("SEVERE ").map(str::to_owned)).collect())
    }

    /// All lines of the console since the last call of this or `console_errors`: level and text.
    ///
    /// # Errors
    /// If the browser does not answer.
    pub fn console(&self) -> Result<Vec<String>> {
        let log = self.issue(Command::BrowserLog)?;
        let entries = log.as_array().cloned().unwrap_or_default();
        let text = |entry: &Value, field: &str| entry[field].as_str().unwrap_or_default().to_owned();
        Ok(entries.iter().map(|entry| format!("{} {}", text(entry, "level"), text(entry, "message"))).collect())
    }

    /// Bytes that the page's process has for itself, workers included; see [`memory::of_page_below`].
    #[must_use]
    pub fn private_bytes(&self) -> Option<u64> {
        memory::of_page_below(self.chromedriver.pid())
    }

    /// Writes a PNG of the viewport.
    ///
    /// # Errors
    /// If the file can't be written.
    pub fn screenshot(&self, file: &Path) -> Result<()> {
        let png = self.runtime.block_on(self.client.screenshot())?;
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(file, png).with_context(|| format!("cannot write {}", file.display()))
    }

    fn issue(&self, command: Command) -> Result<Value> {
        Ok(self.runtime.block_on(self.client.issue_cmd(command))?)
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        if thread::panicking() {
            let name = thread::current().name().unwrap_or("test").replace("::", "-");
            let file = xtask::paths::target().join("e2e").join(format!("{name}.png"));
            if self.screenshot(&file).is_ok() {
                eprintln!("the page at that moment: {}", file.display());
            }
            eprintln!("its console: {:#?}", self.console().unwrap_or_default());
        }
        // Chromium ends with its session; a browser that is gone already needs no end.
        drop(self.runtime.block_on(self.client.clone().close()));
    }
}

impl Element<'_> {
    /// Clicks its middle, as a mouse does.
    ///
    /// # Errors
    /// If it is covered or gone.
    pub fn click(&self) -> Result<()> {
        Ok(self.page.runtime.block_on(self.element.click())?)
    }

    /// Goes into it, a frame: from now on the page is what the frame shows.
    ///
    /// # Errors
    /// If it is not a frame.
    pub fn enter_frame(self) -> Result<()> {
        Ok(self.page.runtime.block_on(self.element.enter_frame())?)
    }

    /// Types into it.
    ///
    /// # Errors
    /// If it takes no keys.
    pub fn keys(&self, keys: &str) -> Result<()> {
        Ok(self.page.runtime.block_on(self.element.send_keys(keys))?)
    }

    /// Its visible text.
    ///
    /// # Errors
    /// If it is gone.
    pub fn text(&self) -> Result<String> {
        Ok(self.page.runtime.block_on(self.element.text())?)
    }

    /// A property, as script sees it.
    ///
    /// # Errors
    /// If it is gone.
    pub fn property(&self, name: &str) -> Result<Option<String>> {
        Ok(self.page.runtime.block_on(self.element.prop(name))?)
    }

    /// An attribute.
    ///
    /// # Errors
    /// If it is gone.
    pub fn attribute(&self, name: &str) -> Result<Option<String>> {
        Ok(self.page.runtime.block_on(self.element.attr(name))?)
    }

    /// Whether it is shown.
    ///
    /// # Errors
    /// If it is gone.
    pub fn is_visible(&self) -> Result<bool> {
        Ok(self.page.runtime.block_on(self.element.is_displayed())?)
    }

    /// Whether it can be used.
    ///
    /// # Errors
    /// If it is gone.
    pub fn is_enabled(&self) -> Result<bool> {
        Ok(self.page.runtime.block_on(self.element.is_enabled())?)
    }

    /// Left, top, width and height in CSS pixels.
    ///
    /// # Errors
    /// If it is gone.
    pub fn rectangle(&self) -> Result<(f64, f64, f64, f64)> {
        Ok(self.page.runtime.block_on(self.element.rectangle())?)
    }

    /// Its accessible name.
    ///
    /// # Errors
    /// If it is gone.
    pub fn label(&self) -> Result<String> {
        self.computed(Command::ComputedLabel)
    }

    /// Its accessible role.
    ///
    /// # Errors
    /// If it is gone.
    pub fn role(&self) -> Result<String> {
        self.computed(Command::ComputedRole)
    }

    fn computed(&self, command: fn(String) -> Command) -> Result<String> {
        let value = self.page.issue(command(self.element.element_id().to_string()))?;
        Ok(value.as_str().unwrap_or_default().trim().to_owned())
    }
}

/// Calls `poll` until it has something.
fn wait_for<T>(patience: Duration, what: &str, mut poll: impl FnMut() -> Result<Option<T>>) -> Result<T> {
    let start = Instant::now();
    loop {
        if let Some(found) = poll()? {
            return Ok(found);
        }
        ensure!(start.elapsed() < patience, "waited {} s in vain for {what}", patience.as_secs());
        thread::sleep(Duration::from_millis(50));
    }
}

/// Elements that may have this role.
fn candidates(role: &str) -> &'static str {
    match role {
        "button" => "button, summary, input[type=button], input[type=submit], [role=button]",
        "link" => "a[href], [role=link]",
        "checkbox" => "input[type=checkbox], [role=checkbox]",
        "radio" => "input[type=radio], [role=radio]",
        "switch" => "[role=switch]",
        "tab" => "[role=tab]",
        "slider" => "input[type=range], [role=slider]",
        "spinbutton" => "input[type=number], [role=spinbutton]",
        "textbox" => "input, textarea, [role=textbox]",
        "combobox" => "select, input[list], [role=combobox]",
        "heading" => "h1, h2, h3, h4, h5, h6, [role=heading]",
        "img" | "image" => "img, svg, canvas, [role=img]",
        "dialog" => "dialog, [role=dialog]",
        "region" => "section, [role=region]",
        "group" => "fieldset, details, [role=group]",
        "table" => "table, [role=table]",
        _ => "*",
    }
}

fn capabilities(browser: &Browser, profile: &Path) -> Value {
    json!({
        "browserName": "chrome",
        "goog:loggingPrefs": { "browser": "ALL" },
        "goog:chromeOptions": {
            "binary": browser.chromium,
            "args": [
                "--headless=new",
                // Chromium refuses its sandbox to root, and in most containers.
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--force-color-profile=srgb",
                format!("--user-data-dir={}", profile.display()),
            ],
        },
    })
}
