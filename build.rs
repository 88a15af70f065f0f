//! Lets the page's release build be cut into parts: `cargo xtask pack` needs to know which function refers to which.

use std::env;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-check-cfg=cfg(in_parts)");
    let is = |name: &str, value: &str| env::var(name).is_ok_and(|found| found == value);
    let is_page = env::var_os("CARGO_FEATURE_PAGE").is_some();
    if is_page && is("CARGO_CFG_TARGET_ARCH", "wasm32") && is("PROFILE", "release") {
        println!("cargo::rustc-cfg=in_parts");
        println!("cargo::rustc-link-arg-bin=app=--emit-relocs");
    }
}
