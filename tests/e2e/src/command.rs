//! WebDriver commands that the client crate does not have: accessible names, Chromium's log, DevTools.

use fantoccini::wd::WebDriverCompatibleCommand;
use serde_json::{Value, json};

/// One command of a session.
#[derive(Debug)]
pub enum Command {
    /// The accessible name of an element, by its id.
    ComputedLabel(String),
    /// The accessible role of an element, by its id.
    ComputedRole(String),
    /// What Chromium wrote to its console since the last call.
    BrowserLog,
    /// A DevTools command and its parameters.
    DevTools(&'static str, Value),
}

type Url = url::Url;

impl WebDriverCompatibleCommand for Command {
    fn endpoint(&self, base_url: &Url, session_id: Option<&str>) -> Result<Url, url::ParseError> {
        let session = base_url.join(&format!("session/{}/", session_id.unwrap_or_default()))?;
        match self {
            Command::ComputedLabel(element) => session.join(&format!("element/{element}/computedlabel")),
            Command::ComputedRole(element) => session.join(&format!("element/{element}/computedrole")),
            Command::BrowserLog => session.join("se/log"),
            Command::DevTools(..) => session.join("goog/cdp/execute"),
        }
    }

    fn method_and_body(&self, _url: &Url) -> (http::Method, Option<String>) {
        match self {
            Command::ComputedLabel(_) | Command::ComputedRole(_) => (http::Method::GET, None),
            Command::BrowserLog => (http::Method::POST, Some(json!({ "type": "browser" }).to_string())),
            Command::DevTools(name, params) => {
                (http::Method::POST, Some(json!({ "cmd": name, "params": params }).to_string()))
            }
        }
    }
}
