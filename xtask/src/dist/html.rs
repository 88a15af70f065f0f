//! The page's shell: the names of the built files put in, and the same page once more as the bench.

use super::policy::POLICY;
use anyhow::{Result, bail, ensure};

/// What the shell has to name.
#[derive(Debug, Default)]
pub struct Names {
    /// File names as the shell has them, and what they are called now.
    pub renamed: Vec<(String, String)>,
    /// Worker builds and their scripts.
    pub workers: Vec<(&'static str, String)>,
    /// The module that fetches the parts of the page's program, if it has parts.
    pub loader: Option<String>,
    /// The style sheet that comes with the parts.
    pub later_style: String,
    /// The build's name.
    pub build_id: String,
}

/// The page's script, as Trunk calls it.
pub const SCRIPT: &str = "app.js";
/// The page's program, as Trunk calls it.
pub const WASM: &str = "app_bg.wasm";
/// The page's style sheet, as Trunk calls it.
pub const STYLE: &str = "main.css";
const CHARSET: &str = "<meta charset=\"utf-8\">\n";

/// The shell with its files' final names, what the page wants to know of its build, and the policy.
///
/// # Errors
/// If the shell does not name a file that was renamed, has no head, asks Trunk for something new, or holds what the
/// policy forbids.
pub fn index(shell: &str, names: &Names) -> Result<String> {
    let mut html = with_links(shell)?;
    for (old, new) in &names.renamed {
        ensure!(html.contains(old.as_str()), "index.html does not name {old}");
        html = html.replace(old.as_str(), new);
    }
    let workers = names.workers.iter().map(|(name, script)| format!(" data-{name}=\"./{script}\"")).collect::<String>();
    let loader = names.loader.as_ref().map(|name| format!("<link rel=\"modulepreload\" href=\"./{name}\">\n"));
    let metas = format!(
        "{}<meta name=\"inkling-worker\"{workers}>\n<meta name=\"inkling-style\" content=\"./{}\">\n\
         <meta name=\"inkling-build\" content=\"{}\">\n</head>",
        loader.unwrap_or_default(),
        names.later_style,
        names.build_id
    );
    ensure!(html.contains("</head>"), "index.html has no </head>");
    html = html.replacen("</head>", &metas, 1);
    // It applies only to what comes after it.
    ensure!(html.contains(CHARSET), "index.html has no line {CHARSET}");
    let policy = format!("{CHARSET}<meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n");
    html = html.replacen(CHARSET, &policy, 1);
    check_policy(&html)?;
    Ok(html)
}

/// The shell with the links that its lines ask Trunk for. Trunk's own would start the program by a script that is in no
/// file; the page's script starts itself.
fn with_links(shell: &str) -> Result<String> {
    let mut html = String::with_capacity(shell.len());
    for line in shell.split_inclusive('\n') {
        match line.strip_prefix("<link data-trunk rel=\"").and_then(|rest| rest.split('"').next()) {
            None => html.push_str(line),
            Some("css") => html.push_str(&format!("<link rel=\"stylesheet\" href=\"./{STYLE}\">\n")),
            Some("rust") => html.push_str(&format!(
                "<script type=\"module\" src=\"./{SCRIPT}\"></script>\n\
                 <link rel=\"modulepreload\" href=\"./{SCRIPT}\" crossorigin=\"anonymous\">\n\
                 <link rel=\"preload\" href=\"./{WASM}\" crossorigin=\"anonymous\" as=\"fetch\" type=\"application/wasm\">\n"
            )),
            Some("copy-dir") => {}
            Some(other) => bail!("index.html asks Trunk for {other}"),
        }
    }
    ensure!(!html.contains("data-trunk"), "index.html asks Trunk for something within a line");
    Ok(html)
}

/// Checks what the policy forbids, which would otherwise fail only in the browser.
fn check_policy(html: &str) -> Result<()> {
    for (opening, _) in html.match_indices("<script") {
        let tag = html[opening..].split('>').next().unwrap_or_default();
        ensure!(
            tag.contains(" src="),
            "index.html has a script that is not in a file, which its policy forbids: {tag}>"
        );
    }
    for forbidden in ["<style", " style=", " onload=", " onerror=", " onclick="] {
        ensure!(!html.contains(forbidden), "index.html has {forbidden:?}, which its policy forbids");
    }
    Ok(())
}

/// The finished page as the bench's: another title, and a mark on its body.
///
/// # Errors
/// If the page has no title or no body.
pub fn bench(index: &str) -> Result<String> {
    let title = index.split_once("<title>").and_then(|(_, rest)| rest.split_once("</title>")).map(|(title, _)| title);
    let Some(title) = title else { anyhow::bail!("index.html has no title") };
    ensure!(index.contains("<body"), "index.html has no body");
    let old_title = format!("<title>{title}</title>");
    Ok(index.replacen(&old_title, "<title>Bench – Inkling</title>", 1).replacen(
        "<body",
        "<body data-page=\"bench\"",
        1,
    ))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;

    const SHELL: &str = "<head>\n<meta charset=\"utf-8\">\n<title>Inkling</title>\n\
        <link data-trunk rel=\"css\" href=\"style/main.css\">\n<link data-trunk rel=\"rust\" data-bin=\"app\">\n\
        <link data-trunk rel=\"copy-dir\" href=\"assets\">\n</head><body class=\"x\"></body>";

    fn names() -> Names {
        Names {
            renamed: vec![("app.js".to_owned(), "app-1.js".to_owned())],
            workers: vec![("simd", "worker-simd-2.js".to_owned())],
            loader: Some("parts-3.js".to_owned()),
            later_style: "part-style-4.css".to_owned(),
            build_id: "abc".to_owned(),
        }
    }

    #[test]
    fn shell_names_its_files() {
        let html = index(SHELL, &names()).unwrap();
        assert!(html.contains("<link rel=\"modulepreload\" href=\"./app-1.js\""), "{html}");
        assert!(html.contains("<link rel=\"stylesheet\" href=\"./main.css\">"), "{html}");
        assert!(html.contains("<meta name=\"inkling-worker\" data-simd=\"./worker-simd-2.js\">"), "{html}");
        assert!(html.contains("<link rel=\"modulepreload\" href=\"./parts-3.js\">"), "{html}");
        assert!(html.contains("<meta name=\"inkling-style\" content=\"./part-style-4.css\">"), "{html}");
        assert!(html.contains("<meta name=\"inkling-build\" content=\"abc\">"), "{html}");
    }

    #[test]
    fn program_is_started_by_its_own_file() {
        let html = index(SHELL, &names()).unwrap();
        assert!(html.contains("<script type=\"module\" src=\"./app-1.js\"></script>\n"), "{html}");
        assert_eq!(html.matches("<script").count(), 1, "{html}");
    }

    #[test]
    fn nothing_is_left_for_trunk() {
        assert!(!index(SHELL, &names()).unwrap().contains("trunk"));
        let shell = SHELL.replace("rel=\"css\"", "rel=\"sass\"");
        assert_eq!(index(&shell, &names()).unwrap_err().to_string(), "index.html asks Trunk for sass");
    }

    #[test]
    fn policy_comes_before_all_that_it_is_about() {
        let html = index(SHELL, &names()).unwrap();
        let policy = html.find("<meta http-equiv=\"Content-Security-Policy\"").unwrap();
        assert!(policy < html.find("<script").unwrap() && policy < html.find("<link").unwrap(), "{html}");
    }

    #[test]
    fn what_the_policy_forbids_is_noticed() {
        for (forbidden, word) in [("<script>a()</script>", "not in a file"), ("<p style=\"color:red\">", " style=")] {
            let shell = SHELL.replace("<body class", &format!("<body>{forbidden}<p class"));
            let error = index(&shell, &names()).unwrap_err().to_string();
            assert!(error.contains(word), "{error}");
        }
    }

    #[test]
    fn file_that_is_not_named_is_noticed() {
        let names = Names { renamed: vec![("other.css".to_owned(), "x.css".to_owned())], ..Names::default() };
        assert_eq!(index(SHELL, &names).unwrap_err().to_string(), "index.html does not name other.css");
    }

    #[test]
    fn bench_is_the_same_page_with_a_mark() {
        let html = bench(SHELL).unwrap();
        assert!(html.contains("<title>Bench – Inkling</title>"), "{html}");
        assert!(html.contains("<body data-page=\"bench\" class=\"x\">"), "{html}");
    }
}
