//! The generated `OpenAPI` documents: complete, and without the defects of the published ones.

use crate::command_line::{status, suite, text};
use dci_conformance::interface::INTERFACES;
use dci_conformance::openapi::document;
use serde_json::Value;
use std::collections::BTreeSet;

/// Every object of `value` with its place.
fn walk<'a>(value: &'a Value, place: &str, seen: &mut dyn FnMut(&str, &'a Value)) {
    seen(place, value);
    match value {
        Value::Object(object) => {
            for (name, inner) in object {
                walk(inner, &format!("{place}/{}", name.replace('~', "~0").replace('/', "~1")), seen);
            }
        }
        Value::Array(items) => {
            for (index, inner) in items.iter().enumerate() {
                walk(inner, &format!("{place}/{index}"), seen);
            }
        }
        _ => {}
    }
}

#[test]
fn every_reference_leads_somewhere_and_every_schema_is_one() {
    for interface in INTERFACES {
        let document = document(interface);
        walk(&document, "", &mut |place, value| {
            if let Some(reference) = value.get("$ref").and_then(Value::as_str) {
                let target = document.pointer(reference.trim_start_matches('#'));
                assert!(target.is_some(), "{}{place}: {reference} leads nowhere", interface.name);
                // References go to whole schemas, never into one.
                assert!(
                    reference.starts_with("#/components/schemas/") && reference.matches('/').count() == 3,
                    "{reference}"
                );
            }
            assert!(value.get("example").is_none(), "{place}: an example nobody checks");
        });
        for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
            assert!(name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_'), "{name}");
            let mut schema = schema.clone();
            schema["components"] = document["components"].clone();
            jsonschema::validator_for(&schema).unwrap_or_else(|error| panic!("{name}: {error}"));
        }
    }
}

#[test]
fn operations_have_names_of_their_own_security_and_an_answer() {
    const METHODS: [&str; 2] = ["get", "post"];
    for interface in INTERFACES {
        let document = document(interface);
        assert!(!document["info"]["version"].as_str().unwrap().is_empty());
        assert!(document["components"]["securitySchemes"]["bearer"].is_object());
        assert_eq!(document["security"][0]["bearer"], serde_json::json!([]));
        let mut names = BTreeSet::new();
        let mut count = 0;
        walk(&document, "", &mut |place, value| {
            let Some(name) = value.get("operationId").and_then(Value::as_str) else { return };
            count += 1;
            assert!(names.insert(name), "{name} twice");
            assert!(METHODS.iter().any(|method| place.ends_with(method)), "{place}: no method");
            assert!(!value["summary"].as_str().unwrap().is_empty());
            assert!(value["responses"].as_object().is_some_and(|responses| !responses.is_empty()), "{place}");
        });
        assert!(count >= 11, "{}: {count}", interface.name);
    }
}

#[test]
fn the_command_prints_a_document_and_names_the_interfaces_it_has() {
    let output = suite(&["openapi", "ibr"]);
    assert_eq!(status(&output), 0);
    let printed: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(printed, document(dci_conformance::interface::find("ibr").unwrap()));
    let output = suite(&["openapi", "tax"]);
    assert_eq!(status(&output), 2);
    assert!(text(&output).contains("social, crvs, ibr, dr, fr, ess"), "{}", text(&output));
}
