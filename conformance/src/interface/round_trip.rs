//! Whatever can be written is read back equal: for every message and record of every interface, with trees made from their
//! schemas, and members nobody knows among them.

use super::{INTERFACES, Part};
use dci_core::wire::{Form, Json, Leniency, Limits, Reading};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRng, TestRunner};
use serde_json::{Map, Value, json};

/// Makes trees that fulfil a schema.
struct Grower<'a> {
    root: &'a Value,
    definitions: &'a Map<String, Value>,
    rng: TestRng,
}

/// Deeper than this, only what is required is written.
const DEPTH: usize = 7;

impl Grower<'_> {
    fn below(&mut self, bound: usize) -> usize {
        self.rng.random_range(0..bound.max(1))
    }

    fn text(&mut self) -> String {
        const LETTERS: [&str; 8] = ["a", "Z", "7", " ", "é", "ß", "日", "\u{1f600}"];
        let inner: String = (0..self.below(12)).map(|_| LETTERS[self.below(LETTERS.len())]).collect();
        // Blank text means absent, and space around it is not kept everywhere.
        format!("x{inner}y")
    }

    fn grow(&mut self, schema: &Value, depth: usize) -> Value {
        let Some(schema) = schema.as_object() else { return self.something(depth) };
        if let Some(name) = schema.get("$ref").and_then(Value::as_str) {
            let name = name.rsplit('/').next().unwrap();
            let definition = if name == "#" { self.root } else { &self.definitions[name] }.clone();
            return self.grow(&definition, depth);
        }
        if let Some(choices) = schema.get("anyOf").and_then(Value::as_array) {
            let choices: Vec<&Value> = choices.iter().filter(|choice| choice["type"] != "null").collect();
            let choice = choices[self.below(choices.len())].clone();
            return self.grow(&choice, depth);
        }
        for keyword in ["enum", "examples"] {
            if let Some(values) = schema.get(keyword).and_then(Value::as_array) {
                return values[self.below(values.len())].clone();
            }
        }
        let kind = match schema.get("type") {
            Some(Value::Array(kinds)) => kinds.iter().find(|kind| **kind != "null").and_then(Value::as_str),
            Some(kind) => kind.as_str(),
            None => None,
        };
        match kind {
            Some("object") => self.object(schema, depth),
            Some("array") => {
                let count = 1 + self.below(2);
                let items = schema.get("items").cloned().unwrap_or(json!(true));
                Value::Array((0..count).map(|_| self.grow(&items, depth + 1)).collect())
            }
            Some("boolean") => json!(self.below(2) == 1),
            Some("integer") => json!(1 + self.below(90_000)),
            Some("number") => serde_json::from_str(&format!("{}.{}", self.below(90), 1 + self.below(8))).unwrap(),
            Some("string") => self.string(schema),
            _ => self.something(depth),
        }
    }

    fn string(&mut self, schema: &Map<String, Value>) -> Value {
        if schema.get("format").is_some_and(|format| format == "date-time") {
            return json!(format!(
                "20{:02}-0{}-1{}T0{}:30:00Z",
                self.below(99),
                1 + self.below(9),
                self.below(9),
                self.below(9)
            ));
        }
        if schema.contains_key("pattern") {
            return json!(["eng", "fra", "swa"][self.below(3)]);
        }
        json!(self.text())
    }

    fn object(&mut self, schema: &Map<String, Value>, depth: usize) -> Value {
        let required = schema.get("required").and_then(Value::as_array).cloned().unwrap_or_default();
        let mut out = Map::new();
        for (name, member) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
            let wanted = depth < DEPTH && self.below(3) == 0;
            if required.iter().any(|required| required == name) || wanted {
                let grown = if ["query", "filter"].contains(&&**name) && !out.contains_key("expression1") {
                    self.query(schema)
                } else {
                    self.grow(member, depth + 1)
                };
                out.insert(name.clone(), grown);
            }
        }
        // What a schema cannot say: the language is that of the query.
        for (query, kind) in [("query", "query_type"), ("filter", "filter_type")] {
            let Some(query) = out.get(query) else { continue };
            let language = match query {
                Value::Array(_) => "predicate",
                query if query["value"].is_string() => "idtype-value",
                _ => "expression",
            };
            if out.contains_key(kind) {
                out.insert(kind.to_owned(), json!(language));
            }
        }
        if self.below(3) == 0 {
            let unknown = self.anything(depth);
            out.insert(format!("x_{}", self.below(50)), unknown);
        }
        if out.is_empty() {
            // An empty object is the same as none.
            out.insert("x_only".to_owned(), json!("x"));
        }
        Value::Object(out)
    }

    /// A query in the standard's form: its other forms are read as this one, and have tests of their own.
    fn query(&mut self, criteria: &Map<String, Value>) -> Value {
        let map_only = !criteria["properties"].as_object().unwrap().contains_key("reg_type");
        let (one, other) = (self.text(), self.text());
        match self.below(if map_only { 1 } else { 3 }) {
            0 if map_only => json!({one: {"$eq": other}}),
            0 => {
                json!({"type": "ns:org:QueryType:expression", "value": {"expression": {"collection": "Group", "query": {one: {"$eq": other}}}}})
            }
            1 => json!({"type": one, "value": other}),
            _ => json!([{
                "seq_num": 1 + self.below(9),
                "expression1": {"attribute_name": one, "operator": "eq", "attribute_value": other},
                "condition": "and",
                "expression2": {"attribute_name": other, "operator": "lt", "attribute_value": one},
            }]),
        }
    }

    /// Any JSON that says something: a known member that is blank or null is absent.
    fn something(&mut self, depth: usize) -> Value {
        match self.anything(depth) {
            Value::Null => json!(false),
            Value::String(text) if text.is_empty() => json!("x"),
            value => value,
        }
    }

    /// What nobody knows: any JSON.
    fn anything(&mut self, depth: usize) -> Value {
        match self.below(if depth < DEPTH { 7 } else { 5 }) {
            0 => json!(self.text()),
            1 => serde_json::from_str(["1.0", "-0", "12345678901234567890", "1e400", "0.10"][self.below(5)])
                .unwrap_or(json!(1)),
            2 => json!(true),
            3 => json!(""),
            4 => Value::Null,
            5 => json!([self.anything(depth + 1), self.anything(depth + 1)]),
            _ => json!({"a": self.anything(depth + 1), "é": self.anything(depth + 1)}),
        }
    }
}

/// Whether everything in `tree` is in `written`, equal in value: text, numbers to the letter, and what nobody knows. The place
/// of what is not. A member may be added: the kind of a record says itself.
fn holds(written: &Json, tree: &Json, place: String) -> Result<(), String> {
    match (written, tree) {
        (Json::Object(written), Json::Object(tree)) => tree.iter().try_for_each(|(name, value)| {
            let place = format!("{place}/{name}");
            written.get(name).ok_or_else(|| place.clone()).and_then(|found| holds(found, value, place))
        }),
        (Json::Array(written), Json::Array(tree)) if written.len() == tree.len() => {
            let mut pairs = written.iter().zip(tree).enumerate();
            pairs.try_for_each(|(index, (written, value))| holds(written, value, format!("{place}/{index}")))
        }
        _ if written.print(Form::SortedUtf8) == tree.print(Form::SortedUtf8) => Ok(()),
        _ => Err(place),
    }
}

/// Every message and record.
fn parts() -> Vec<(String, Part)> {
    let mut out = Vec::new();
    for interface in INTERFACES {
        for operation in interface.operations {
            out.push((format!("{} {} request", interface.name, operation.name), operation.request));
            out.extend(
                operation.reply.map(|(_, reply)| (format!("{} {} reply", interface.name, operation.name), reply)),
            );
        }
        let documents = interface.documents.iter().map(|(_, part)| part);
        out.extend(interface.records.iter().chain(documents).map(|part| (part.name.to_owned(), *part)));
    }
    out
}

#[test]
fn every_message_and_record_survives_reading_and_writing() {
    for (name, part) in parts() {
        let schema = (part.schema)();
        let definitions = schema["$defs"].as_object().cloned().unwrap_or_default();
        let tree =
            Just(()).prop_perturb(|(), rng| Grower { root: &schema, definitions: &definitions, rng }.grow(&schema, 0));
        let mut runner = TestRunner::new(Config { cases: 60, failure_persistence: None, ..Config::default() });
        let outcome = runner.run(&tree, |tree| {
            let text = tree.to_string();
            let parsed = Json::parse_within(text.as_bytes(), &Limits::tolerant()).unwrap();
            let mut reading = Reading::new(Leniency::Content);
            let written = (part.rewrite)(&mut reading, "tree", &parsed)
                .map_err(|error| TestCaseError::fail(format!("{error}\n{text}")))?;
            if let Err(place) = holds(&written, &parsed, String::new()) {
                return Err(TestCaseError::fail(format!(
                    "{place} is lost or changed\n{text}\n{}",
                    written.print(Form::SortedUtf8)
                )));
            }
            let again = (part.rewrite)(&mut Reading::new(Leniency::Content), "tree", &written);
            let again = again.map_err(|error| TestCaseError::fail(format!("{error}\n{text}")))?;
            prop_assert_eq!(again.print(Form::SortedUtf8), written.print(Form::SortedUtf8));
            let deviations: Vec<String> = reading.into_deviations().iter().map(ToString::to_string).collect();
            prop_assert_eq!(deviations, Vec::<String>::new(), "{}", text);
            Ok(())
        });
        if let Err(error) = outcome {
            panic!("{name}: {error}");
        }
    }
}
