//! The page's shell: the names of the built files put in, and the same page once more as the bench.

use anyhow::{Result, ensure};

/// What the shell has to name.
#[derive(Debug, Default)]
pub struct Names {
    /// File names as Trunk wrote them, and what they are called now.
    pub renamed: Vec<(String, String)>,
    /// Worker builds and their scripts.
    pub workers: Vec<(&'static str, String)>,
    /// The module that fetches the parts of the page's program, if it has parts.
    pub loader: Option<String>,
    /// The build's name.
    pub build_id: String,
}

/// The shell with its files' final names, and what the page wants to know of its build.
///
/// # Errors
/// If the shell does not name a file that was renamed, or has no head.
pub fn index(shell: &str, names: &Names) -> Result<String> {
    let mut html = shell.to_owned();
    for (old, new) in &names.renamed {
        ensure!(html.contains(old.as_str()), "index.html does not name {old}");
        html = html.replace(old.as_str(), new);
    }
    let workers = names.workers.iter().map(|(name, script)| format!(" data-{name}=\"./{script}\"")).collect::<String>();
    let loader = names.loader.as_ref().map(|name| format!("<link rel=\"modulepreload\" href=\"./{name}\">\n"));
    let metas = format!(
        "{}<meta name=\"inkling-worker\"{workers}>\n<meta name=\"inkling-build\" content=\"{}\">\n</head>",
        loader.unwrap_or_default(),
        names.build_id
    );
    ensure!(html.contains("</head>"), "index.html has no </head>");
    Ok(html.replacen("</head>", &metas, 1))
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

    const SHELL: &str = "<head><title>Inkling</title><link href=\"./app.js\"></head><body class=\"x\"></body>";

    #[test]
    fn shell_names_its_files() {
        let names = Names {
            renamed: vec![("app.js".to_owned(), "app-1.js".to_owned())],
            workers: vec![("simd", "worker-simd-2.js".to_owned())],
            loader: Some("parts-3.js".to_owned()),
            build_id: "abc".to_owned(),
        };
        let html = index(SHELL, &names).unwrap();
        assert!(html.contains("<link href=\"./app-1.js\">"), "{html}");
        assert!(html.contains("<meta name=\"inkling-worker\" data-simd=\"./worker-simd-2.js\">"), "{html}");
        assert!(html.contains("<link rel=\"modulepreload\" href=\"./parts-3.js\">"), "{html}");
        assert!(html.contains("<meta name=\"inkling-build\" content=\"abc\">"), "{html}");
    }

    #[test]
    fn file_that_is_not_named_is_noticed() {
        let names = Names { renamed: vec![("main.css".to_owned(), "x.css".to_owned())], ..Names::default() };
        assert_eq!(index(SHELL, &names).unwrap_err().to_string(), "index.html does not name main.css");
    }

    #[test]
    fn bench_is_the_same_page_with_a_mark() {
        let html = bench(SHELL).unwrap();
        assert!(html.contains("<title>Bench – Inkling</title>"), "{html}");
        assert!(html.contains("<body data-page=\"bench\" class=\"x\">"), "{html}");
    }
}
