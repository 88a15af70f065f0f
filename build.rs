//! Lets release builds of the page and of the workers be cut into parts: `cargo xtask pack` needs to know which function
//! refers to which.

use std::env;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-check-cfg=cfg(in_parts, worker_in_parts)");
    let is = |name: &str, value: &str| env::var(name).is_ok_and(|found| found == value);
    let is_page = env::var_os("CARGO_FEATURE_PAGE").is_some();
    if is("CARGO_CFG_TARGET_ARCH", "wasm32") && is("PROFILE", "release") {
        // The page's build holds the worker's code too, which must not be cut out of it.
        let (cfg, program) = if is_page { ("in_parts", "app") } else { ("worker_in_parts", "worker") };
        println!("cargo::rustc-cfg={cfg}");
        println!("cargo::rustc-link-arg-bin={program}=--emit-relocs");
    }
}
