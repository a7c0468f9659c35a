//! The published JSON-LD vocabulary, walked: every property of every class is a member of a record type, every code of every
//! list is a code of ours, in its wire value and by its label. What is not is named with its reason.

use crate::material::path;
use crate::vocabulary_table::{EXCEPTIONS, Subject, TABLE};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

/// The part of a name behind its prefix.
fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// Everything inside of `value` that is an object.
fn objects<'a>(value: &'a Value, found: &mut Vec<&'a serde_json::Map<String, Value>>) {
    match value {
        Value::Object(object) => {
            found.push(object);
            object.values().for_each(|value| objects(value, found));
        }
        Value::Array(list) => list.iter().for_each(|value| objects(value, found)),
        _ => {}
    }
}

/// The properties of the classes in a file.
fn properties(file: &Value) -> BTreeSet<String> {
    let mut found = Vec::new();
    objects(file, &mut found);
    let lists = found.into_iter().filter_map(|object| object.get("rdfs:property")?.as_array());
    lists.flatten().filter_map(|property| property["@id"].as_str().map(|id| local(id).to_owned())).collect()
}

/// The codes of the list in a file, each with its label.
fn codes(file: &Value) -> BTreeSet<(String, Option<String>)> {
    let nodes = file["@graph"].as_array().into_iter().flatten();
    let is_code = |node: &&Value| {
        let class = node["@type"].as_str().unwrap_or_default();
        node["@id"].as_str().is_some() && !matches!(local(class), "Class" | "Property" | "Datatype")
    };
    nodes
        .filter(is_code)
        .map(|node| {
            let id = node["@id"].as_str().unwrap();
            let code = id.split_once(':').map_or(id, |(_, code)| code);
            (code.to_owned(), node["rdfs:label"].as_str().map(str::to_owned))
        })
        .collect()
}

/// Every member a schema names, in the type itself and in the types inside of it that are no types of their own.
fn members(schema: &Value) -> BTreeSet<String> {
    schema["properties"].as_object().into_iter().flatten().map(|(name, _)| name.clone()).collect()
}

fn files(folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "jsonld") {
            found.push(path.to_string_lossy().into_owned());
        }
    }
}

pub(crate) fn every_property_and_every_code_of_the_vocabulary_has_its_place() {
    let root = path("official/jsonld");
    let mut found = Vec::new();
    files(&root, &mut found);
    assert_eq!(found.len(), 209);
    let mut missing = Vec::new();
    let mut excused = BTreeSet::new();
    let mut seen = BTreeSet::new();
    let (mut property_count, mut code_count) = (0, 0);
    for file in &found {
        let name = file.trim_start_matches(root.to_str().unwrap()).trim_start_matches('/').trim_end_matches(".jsonld");
        // The older folder has the files of the newer one again, under other words in the comments.
        let place = TABLE.iter().find(|(place, _)| {
            *place == name
                || name.strip_prefix("common/v1/").is_some_and(|rest| {
                    ["core/v1/", "core/v1/data/", "core/v1/code/"]
                        .iter()
                        .any(|newer| *place == format!("{newer}{rest}"))
                })
        });
        let Some((place, subject)) = place else {
            missing.push(format!("{name}: not in the table"));
            continue;
        };
        seen.insert(*place);
        // Some files have a comma too many, which YAML, of which JSON is a part, allows.
        let tree: Value = serde_yaml_ng::from_str(&std::fs::read_to_string(file).unwrap().replace('\t', " ")).unwrap();
        let (properties, codes) = (properties(&tree), codes(&tree));
        let mut lacks = |what: &str, is_there: bool| {
            if is_there {
                return;
            }
            let at = |file: &str| file == name || file == *place;
            match EXCEPTIONS.iter().find(|(file, excepted, _)| at(file) && *excepted == what) {
                Some((file, excepted, _)) => drop(excused.insert((*file, *excepted))),
                None => missing.push(format!("{name}: {what:?}")),
            }
        };
        match subject {
            Subject::Class(schemas) => {
                let members: BTreeSet<String> = schemas.iter().flat_map(|schema| members(&schema())).collect();
                assert!(!properties.is_empty(), "{name} has no properties and is no class");
                for property in &properties {
                    property_count += 1;
                    lacks(property, members.contains(property));
                }
            }
            Subject::Codes(knows) => {
                assert!(!codes.is_empty(), "{name} has no codes and is no list");
                for (code, label) in &codes {
                    code_count += 1;
                    lacks(code, knows(code));
                    if let Some(label) = label {
                        lacks(label, knows(label));
                    }
                }
            }
            Subject::Both(schemas, knows) => {
                let members: BTreeSet<String> = schemas.iter().flat_map(|schema| members(&schema())).collect();
                assert!(!properties.is_empty() && !codes.is_empty(), "{name} is not both");
                for property in &properties {
                    lacks(property, members.contains(property));
                }
                for (code, _) in &codes {
                    lacks(code, knows(code));
                }
                property_count += properties.len();
                code_count += codes.len();
            }
            Subject::Nothing(_) => {
                assert!(
                    properties.is_empty() && codes.is_empty(),
                    "{name} has properties {properties:?} or codes {codes:?}"
                );
            }
            Subject::Elsewhere(_) => {}
        }
    }
    assert!(missing.is_empty(), "{} without a place:\n{}", missing.len(), missing.join("\n"));
    let stale: Vec<_> = EXCEPTIONS.iter().filter(|(file, what, _)| !excused.contains(&(*file, *what))).collect();
    assert!(stale.is_empty(), "exceptions that are none: {stale:#?}");
    let unused: Vec<_> = TABLE.iter().map(|(place, _)| place).filter(|place| !seen.contains(*place)).collect();
    assert!(unused.is_empty(), "in the table and not in the vocabulary: {unused:?}");
    assert_eq!((property_count, code_count), (372, 579), "the vocabulary has grown or the walk sees less of it");
}
