//! Markdown as HTML: no raw HTML, no pictures, formulas as MathML, links to steps.

use super::arithmetic;
use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};
use pulldown_latex::config::{DisplayMode, RenderConfig};
use pulldown_latex::{Storage, mathml::push_mathml};

/// What came of a text.
#[derive(Debug, Default)]
pub struct Rendered {
    /// The HTML.
    pub html: String,
    /// Faults: the byte in the text, and what is wrong.
    pub faults: Vec<(usize, String)>,
    /// Steps that are linked to: the byte in the text, and the name.
    pub links: Vec<(usize, String)>,
}

/// Renders a text.
#[must_use]
pub fn render(text: &str) -> Rendered {
    let mut rendered = Rendered::default();
    let options = Options::ENABLE_TABLES | Options::ENABLE_MATH;
    let events: Vec<Event> = Parser::new_ext(text, options)
        .into_offset_iter()
        .map(|(event, range)| turn(event, range.start, &mut rendered))
        .collect();
    html::push_html(&mut rendered.html, events.into_iter());
    rendered
}

/// Renders a text that stands inside of a line: a lone paragraph loses its tags.
#[must_use]
pub fn render_inline(text: &str) -> Rendered {
    let mut rendered = render(text);
    let html = rendered.html.trim();
    let inside = html.strip_prefix("<p>").and_then(|html| html.strip_suffix("</p>"));
    if let Some(inside) = inside.filter(|inside| !inside.contains("<p>")) {
        rendered.html = inside.to_owned();
    }
    rendered
}

fn turn<'a>(event: Event<'a>, at: usize, rendered: &mut Rendered) -> Event<'a> {
    match event {
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        Event::Text(text) => {
            rendered.faults.extend(arithmetic::faults(&text).into_iter().map(|(_, message)| (at, message)));
            Event::Text(text)
        }
        Event::InlineMath(latex) => formula(&latex, DisplayMode::Inline, at, rendered),
        Event::DisplayMath(latex) => formula(&latex, DisplayMode::Block, at, rendered),
        Event::Start(Tag::Link { dest_url, .. }) => link(&dest_url, at, rendered),
        Event::End(TagEnd::Link) => Event::Html("</a>".into()),
        Event::Start(Tag::Image { .. }) => {
            rendered.faults.push((at, "expected text, got a picture: pictures are those of the bench".to_owned()));
            Event::Text(CowStr::from(""))
        }
        Event::End(TagEnd::Image) => Event::Text(CowStr::from("")),
        // The step's own heading is of the third level.
        Event::Start(Tag::Heading { id, classes, attrs, .. }) => {
            Event::Start(Tag::Heading { level: HeadingLevel::H4, id, classes, attrs })
        }
        Event::End(TagEnd::Heading(_)) => Event::End(TagEnd::Heading(HeadingLevel::H4)),
        // A word after the fence would become a class.
        Event::Start(Tag::CodeBlock(_)) => Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)),
        other => other,
    }
}

fn formula<'a>(latex: &str, display_mode: DisplayMode, at: usize, rendered: &mut Rendered) -> Event<'a> {
    rendered.faults.extend(arithmetic::faults(&arithmetic::plain(latex)).into_iter().map(|(_, message)| (at, message)));
    let storage = Storage::new();
    let events: Result<Vec<_>, _> = pulldown_latex::Parser::new(latex, &storage).collect();
    let mut mathml = String::new();
    let fault = match events {
        Err(error) => Some(error.to_string()),
        Ok(events) => {
            let config = RenderConfig { display_mode, ..RenderConfig::default() };
            let events = events.into_iter().map(Ok::<_, std::convert::Infallible>);
            push_mathml(&mut mathml, events, config).err().map(|error| error.to_string())
        }
    };
    if let Some(fault) = fault {
        let fault = fault.lines().next().unwrap_or_default().to_owned();
        rendered.faults.push((at, format!("expected a formula in LaTeX, got `{latex}`: {fault}")));
    }
    Event::Html(mathml.into())
}

fn link<'a>(target: &str, at: usize, rendered: &mut Rendered) -> Event<'a> {
    let escaped = target.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
    let html = if let Some(step) = target.strip_prefix("?step=") {
        rendered.links.push((at, step.to_owned()));
        format!("<a href=\"?place=lesson&amp;step={}\" data-step=\"{0}\">", escaped.trim_start_matches("?step="))
    } else if matches!(target.split_once("://"), Some(("https" | "http", _))) {
        format!("<a href=\"{escaped}\" target=\"_blank\" rel=\"noopener\">")
    } else {
        rendered
            .faults
            .push((at, format!("expected a link to a step (?step=chapter.step) or to an address that begins with https:, got `{target}`")));
        "<a>".to_owned()
    };
    Event::Html(html.into())
}
