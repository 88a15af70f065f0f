//! What the page is like for those who read it by other means: axe's rules, other sizes and colours, translation, speech.

use super::{assert_no_console_errors, host, open};
use inkling_e2e::page::Page;
use serde_json::{Value, json};

/// axe-core, which checks a page against the rules of WCAG; run in the test only.
const AXE: &str = include_str!("../../vendor/axe-core/axe.min.js");

/// Sets several media features at once.
fn set_media(page: &Page, features: &[(&str, &str)]) {
    let features = features.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect::<Vec<_>>();
    page.dev_tools("Emulation.setEmulatedMedia", json!({ "features": features })).unwrap();
}

/// Opens each tab of "Inside the network" and returns what the async function body `look` finds there, as texts.
fn in_each_tab(page: &Page, look: &str) -> Vec<String> {
    let script = format!(
        "const look = async () => {{ {look} }};
         const found = [];
         for (const tab of document.querySelectorAll('[role=tab]')) {{
           tab.click();
           await new Promise((resolve) => setTimeout(resolve, 1000));
           for (const text of await look()) found.push(`${{tab.textContent}}: ${{text}}`);
         }}
         return found;"
    );
    let found = page.js(&script).unwrap();
    found.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
}

fn started(host: &xtask::server::Server) -> Page {
    let page = open(host);
    page.wait_until("a prediction", "return document.querySelector('[data-testid=prediction]')?.dataset.digit")
        .unwrap();
    page.wait_until("all tabs", "return document.querySelectorAll('[role=tab]').length === 6").unwrap();
    page
}

#[test]
fn axe_finds_nothing_in_any_tab_light_or_dark_wide_or_narrow() {
    let host = host();
    let page = started(&host);
    page.js(&format!("{AXE}\n;window.axe = axe;")).unwrap();
    for scheme in ["light", "dark"] {
        for width in [1440, 390] {
            page.set_media("prefers-color-scheme", scheme).unwrap();
            page.set_viewport(width, 900).unwrap();
            let violations = in_each_tab(
                &page,
                "const { violations } = await window.axe.run(document, { resultTypes: ['violations'] });
                 return violations.flatMap(({ id, help, nodes }) =>
                   nodes.map(({ target, html }) => `${id} (${help}) ${target.join(' ')} ${html.slice(0, 200)}`));",
            );
            assert_eq!(violations, Vec::<String>::new(), "{scheme}, {width} px wide");
        }
    }
    assert_no_console_errors(&page);
}
