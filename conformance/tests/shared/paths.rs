//! The generated `OpenAPI` documents beside the published ones: every published path is an operation of ours.

use crate::material::text;
use dci_conformance::interface::INTERFACES;
use dci_conformance::openapi::document;
use serde_json::Value;
use std::collections::BTreeSet;

/// Every path of a generated document: requests, callbacks by their action, webhooks.
fn ours(document: &Value) -> BTreeSet<String> {
    let mut out: BTreeSet<String> = document["paths"].as_object().unwrap().keys().cloned().collect();
    let operations = document["paths"].as_object().unwrap().values().filter_map(|item| item.get("post"));
    for operation in operations {
        for action in operation["callbacks"].as_object().into_iter().flat_map(serde_json::Map::keys) {
            out.insert(match action.as_str() {
                "txn-on-status" => "/registry/txn/on-status".to_owned(),
                action => format!("/registry/{action}"),
            });
        }
    }
    out.extend(document["webhooks"].as_object().unwrap().keys().map(|name| format!("/registry/{name}")));
    out
}

pub(crate) fn every_published_path_is_an_operation() {
    // Ours beyond the documents: the keys and locations have documents of their own, the disability registry's lacks the
    // transaction status every other has, and of the employment service only a mock is published.
    let beyond = |name: &str, path: &str| path.starts_with("/.well-known/") || name == "dr" && path.contains("/txn/");
    for interface in INTERFACES.into_iter().filter(|interface| interface.name != "ess") {
        let file = text(&format!("official/openapi/{}_api_v1.0.0.yaml", interface.name));
        let published: Value = serde_yaml_ng::from_str(&file).unwrap();
        let published: BTreeSet<String> = published["paths"].as_object().unwrap().keys().cloned().collect();
        let ours: BTreeSet<String> =
            ours(&document(interface)).into_iter().filter(|path| !beyond(interface.name, path)).collect();
        assert_eq!(ours, published, "{}", interface.name);
        assert!(published.len() >= 11);
    }
}
