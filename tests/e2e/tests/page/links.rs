//! Links as they arrive: with what programs added to them, from other versions, broken, and too long.

use super::{host, open_at};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use inkling_e2e::link::link;
use inkling_e2e::page::Page;
use inkling_engine::experiment::{FlattenConfig, LayerConfig, MAX_LAYERS, Preset};
use serde_json::{Value, json};

/// The network's parameters, as the page counts them.
#[track_caller]
fn wait_for_params(page: &Page, n_params: usize) {
    let body = format!("return document.querySelector('[data-testid=param-count]')?.dataset.total === '{n_params}'");
    page.wait_until(&format!("a network of {n_params} parameters"), &body).unwrap();
}

#[track_caller]
fn wait_for_notice(page: &Page, text: &str) {
    let alerts = "[...document.querySelectorAll('.banners [role=alert]')]";
    let body = format!("return {alerts}.some((alert) => alert.innerText.includes('{text}'))");
    page.wait_until(&format!("a notice of {text:?}"), &body).unwrap();
}

fn n_params(preset: Preset) -> usize {
    preset.experiment().check().unwrap().n_params()
}

fn link_of(experiment: &Value) -> String {
    format!("#v1.{}", URL_SAFE_NO_PAD.encode(experiment.to_string()))
}

#[test]
fn signs_at_the_end_of_a_link_are_ignored() {
    let host = host();
    let link = link(&Preset::Mlp40.experiment()).unwrap();
    for end in [").", "?utm_source=chat", "&fbclid=Iw-AR_0"] {
        let page = open_at(&host, &format!("{link}{end}"));
        wait_for_params(&page, n_params(Preset::Mlp40));
        assert_eq!(page.all(".banners [role=alert]").unwrap().len(), 0, "{end}");
    }
}

#[test]
fn link_of_another_version_says_what_was_left_out() {
    let host = host();
    let mut experiment = serde_json::to_value(Preset::Mlp40.experiment()).unwrap();
    experiment["training"]["warmup"] = json!(100);
    let page = open_at(&host, &link_of(&experiment));
    wait_for_params(&page, n_params(Preset::Mlp40));
    wait_for_notice(&page, "left out: training.warmup");
}

#[test]
fn preset_counts_when_the_link_is_newer_than_the_page() {
    let host = host();
    let page = open_at(&host, "?preset=mlp-40#v2.AAAA");
    wait_for_params(&page, n_params(Preset::Mlp40));
    wait_for_notice(&page, "made by a newer version of this page");
}

#[test]
fn experiment_with_faults_comes_with_its_panels() {
    let host = host();
    let page = open_at(&host, "?preset=empty");
    page.wait_until("the check's message", "return document.body.innerText.includes('at least one layer')").unwrap();
}

#[test]
fn too_many_layers_are_said_and_do_not_block_the_page() {
    let host = host();
    let mut experiment = Preset::Empty.experiment();
    experiment.network = vec![LayerConfig::Flatten(FlattenConfig {}); 1_500];
    let page = open_at(&host, &link(&experiment).unwrap());
    wait_for_notice(&page, "1,500 layers");
    page.wait_until("the check's message", "return document.body.innerText.includes('at most 32 layers')").unwrap();
    let n_drawn = page.all("[data-layer-card]").unwrap().len();
    assert!((1..=MAX_LAYERS + 1).contains(&n_drawn), "{n_drawn} layers are drawn");
}
