//! From the compiled page to what is published or shown: workers, optimized modules, names by content.

use super::bindgen::{bind, init_of};
use super::boot;
use super::build_id::of_content;
use super::html::{self, Names};
use super::parts::{self, LOADER, Program, SCRIPT, imports};
use super::wasm_opt::{Goal, WasmOpt};
use super::worker::Made;
use super::worker::{BUILDS, Build, WASM_FILE};
use super::{BUILD_ID, Kind, style};
use crate::progress::timed;
use crate::side_by_side::{self, both};
use crate::{paths, setup};
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};

/// Finishes the page that Trunk has staged; Trunk names the folder in `TRUNK_STAGING_DIR`.
///
/// # Errors
/// If Trunk did not call, or a build fails.
pub fn pack() -> Result<()> {
    let folder = std::env::var_os("TRUNK_STAGING_DIR").context("`pack` is called by Trunk: use `cargo xtask dist`")?;
    let build_id = std::env::var(BUILD_ID).ok();
    let stage = Stage { folder: PathBuf::from(folder), kind: Kind::of_hook(), build_id };
    // Trunk's own bindings of the program, and its style sheet.
    for file in [html::SCRIPT, html::WASM, html::STYLE] {
        fs::remove_file(stage.folder.join(file)).with_context(|| format!("Trunk staged no {file}"))?;
    }
    stage.finish()
}

/// A folder that holds the page's assets and gets everything else.
pub struct Stage {
    /// The folder.
    pub folder: PathBuf,
    /// Which build it is for.
    pub kind: Kind,
    /// The build's name, if it has one.
    pub build_id: Option<String>,
}

impl Stage {
    /// Adds the page's program and style sheets, the workers, and the shells that name them.
    ///
    /// # Errors
    /// If a build fails, or a file can't be written.
    pub fn finish(&self) -> Result<()> {
        let wasm_opt = if self.kind == Kind::Quick { None } else { WasmOpt::find() };
        let mut names = Names { build_id: self.build_id.as_deref().unwrap_or("dev").to_owned(), ..Names::default() };
        let pack_page = || self.pack_page(wasm_opt.as_ref(), &mut names);
        let ((), workers) = both(pack_page, || self.pack_workers(wasm_opt.as_ref()))?;
        names.workers.extend(workers);
        let index = html::index(&fs::read_to_string(paths::root().join("index.html"))?, &names)?;
        self.write("bench.html", html::bench(&index)?.as_bytes())?;
        self.write("index.html", index.as_bytes())
    }

    fn pack_page(&self, wasm_opt: Option<&WasmOpt>, names: &mut Names) -> Result<()> {
        let css = style::bundle(&paths::root().join("style/main.css"))?;
        let css_name = self.write_named("main", "css", css.as_bytes())?;
        names.renamed.push((html::STYLE.to_owned(), css_name));
        let later = style::bundle(&paths::root().join("style/later.css"))?;
        names.later_style = self.write_named("part-style", "css", later.as_bytes())?;

        let (wasm_name, script_name) = match self.kind {
            Kind::Release => self.pack_parts("release", wasm_opt, names)?,
            // Not made small.
            Kind::Local => self.pack_parts("local", None, names)?,
            Kind::Quick => {
                let bound = bind(&compiled_page("debug"), "app", &paths::target().join("bound-app"), &[])?;
                let wasm_name = self.write_named("app", "wasm", &bound.wasm)?;
                let script = bound.script.replace(html::WASM, &wasm_name);
                (wasm_name, self.write_named("app", "js", starting(script)?.as_bytes())?)
            }
        };
        names.renamed.extend([(html::WASM.to_owned(), wasm_name), (html::SCRIPT.to_owned(), script_name)]);

        let boot_name = self.write_named("boot", "js", boot::script()?.as_bytes())?;
        names.renamed.push((boot::FILE.to_owned(), boot_name));
        Ok(())
    }

    /// Writes the program in parts; returns the names of the first one's module and script.
    fn pack_parts(&self, profile: &str, wasm_opt: Option<&WasmOpt>, names: &mut Names) -> Result<(String, String)> {
        let (built, folder) = (compiled_page(profile), paths::target().join("cut-app"));
        let program = timed("cutting the page's program (some seconds)", || parts::cut(&built, "app", &folder))?;
        let Program { first: app, mut loader, parts } = program;
        // The first is the largest.
        let first = std::iter::once((app.wasm, Goal::Smallest));
        let modules: Vec<_> = first.chain(parts.iter().map(|(_, _, wasm)| (wasm.clone(), Goal::Size))).collect();
        let n_modules = modules.len();
        let mut optimized = match wasm_opt {
            Some(_) => timed(&format!("optimizing its {n_modules} modules (half a minute, the first time)"), || {
                side_by_side::map(modules, |(wasm, goal)| self.optimize(wasm_opt, wasm, goal))
            })?,
            None => modules.into_iter().map(|(wasm, _)| wasm).collect(),
        };
        let wasm_name = self.write_named("app", "wasm", &optimized.remove(0))?;
        for ((file, stem, _), wasm) in parts.iter().zip(optimized) {
            let name = self.write_named(stem, "wasm", &wasm)?;
            loader = loader.replace(file, &name);
        }
        let script = starting(app.script.replace(html::WASM, &wasm_name))?;
        // The two files refer to each other by name, so both names have the hash of the two.
        let content = of_content(format!("{script}{loader}").as_bytes());
        let (script_name, loader_name) = (format!("app-{content}.js"), format!("parts-{content}.js"));
        self.write(&script_name, script.replace(&imports(LOADER), &imports(&format!("./{loader_name}"))).as_bytes())?;
        self.write(&loader_name, loader.replace(&imports(SCRIPT), &imports(&format!("./{script_name}"))).as_bytes())?;
        names.loader = Some(loader_name);
        Ok((wasm_name, script_name))
    }

    fn pack_workers(&self, wasm_opt: Option<&WasmOpt>) -> Result<Vec<(&'static str, String)>> {
        match self.kind {
            // The quick build has one worker for all browsers and places.
            Kind::Quick => {
                let file = self.pack_worker(wasm_opt, BUILDS[0][1])?;
                Ok(BUILDS.iter().flatten().map(|build| (build.name, file.clone())).collect())
            }
            Kind::Release | Kind::Local => timed("packing the workers (half a minute, once they are compiled)", || {
                let groups = side_by_side::map(BUILDS.to_vec(), |group| self.pack_group(wasm_opt, group))?;
                Ok(groups.concat())
            }),
        }
    }

    /// Packs builds that share a target folder.
    fn pack_group(&self, wasm_opt: Option<&WasmOpt>, group: [Build; 2]) -> Result<Vec<(&'static str, String)>> {
        group.into_iter().map(|build| Ok((build.name, self.pack_worker(wasm_opt, build)?))).collect()
    }

    fn pack_worker(&self, wasm_opt: Option<&WasmOpt>, build: Build) -> Result<String> {
        let Made { mut script, wasm, parts } = build.make(self.kind, self.build_id.as_deref())?;
        let stem = format!("worker-{}", build.name);
        let files = parts.into_iter().map(|(file, wasm)| (file, format!("part-{stem}"), wasm));
        for (file, stem, wasm) in files.chain([(WASM_FILE.to_owned(), stem.clone(), wasm)]) {
            let name = self.write_named(&stem, "wasm", &self.optimize(wasm_opt, wasm, build.goal)?)?;
            script = script.replace(&file, &name);
        }
        self.write_named(&stem, "js", script.as_bytes())
    }

    fn optimize(&self, wasm_opt: Option<&WasmOpt>, wasm: Vec<u8>, goal: Goal) -> Result<Vec<u8>> {
        wasm_opt.map_or(Ok(wasm.clone()), |wasm_opt| wasm_opt.optimize(&wasm, goal, &paths::target().join("wasm-opt")))
    }

    /// Writes a file named by its content; returns the name.
    fn write_named(&self, stem: &str, extension: &str, bytes: &[u8]) -> Result<String> {
        let name = format!("{stem}-{}.{extension}", of_content(bytes));
        self.write(&name, bytes)?;
        Ok(name)
    }

    fn write(&self, name: &str, bytes: &[u8]) -> Result<()> {
        let path: &Path = &self.folder.join(name);
        fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
    }
}

/// The page's program as cargo leaves it.
fn compiled_page(profile: &str) -> PathBuf {
    paths::target().join(setup::WASM_TARGET).join(profile).join("app.wasm")
}

/// What a page's script ends with: it starts its program and says how that went. `boot.js` listens.
const START: &str = r#"().then(
    () => {
        document.getElementById("boot")?.remove();
        dispatchEvent(new Event("inkling-started"));
    },
    (detail) => dispatchEvent(new CustomEvent("inkling-failed", { detail })));
"#;

/// The page's script so that it starts its program: the page's policy allows no script outside of files.
fn starting(script: String) -> Result<String> {
    let init = init_of(&script)?.to_owned();
    Ok(script + "\n" + &init + START)
}
