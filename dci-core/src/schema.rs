//! JSON Schemas (2020-12) of wire types, through schemars. Types accept what the field sends; schemas judge: they show
//! the strict form only.

pub use schemars::{JsonSchema, Schema, SchemaGenerator};

use crate::wire::structs::Flag;
use crate::wire::{Extra, Json, Number, Object, Wire};
use serde_json::{Map, Value, json};
use std::borrow::Cow;

/// The schema of one struct while its members are added.
#[doc(hidden)]
pub struct ObjectSchema {
    description: &'static str,
    properties: Map<String, Value>,
    required: Vec<Value>,
}

impl ObjectSchema {
    /// Starts with the documentation of the struct.
    pub fn new(description: &'static str) -> Self {
        Self { description, properties: Map::new(), required: Vec::new() }
    }

    /// Adds a member.
    pub fn member<T: Wire + JsonSchema>(
        &mut self,
        generator: &mut SchemaGenerator,
        name: &'static str,
        flag: Flag,
        description: &'static str,
    ) {
        let mut schema: Value = generator.subschema_for::<T>().into();
        if let (Some(object), false) = (schema.as_object_mut(), description.is_empty()) {
            object.insert("description".to_owned(), one_line(description).into());
        }
        self.properties.insert(name.to_owned(), schema);
        if T::absent().is_none() || flag != Flag::Plain {
            self.required.push(name.into());
        }
    }

    /// The finished schema.
    pub fn finish(self) -> Schema {
        let mut out = Map::new();
        out.insert("type".to_owned(), "object".into());
        if !self.description.is_empty() {
            out.insert("description".to_owned(), one_line(self.description).into());
        }
        out.insert("properties".to_owned(), Value::Object(self.properties));
        if !self.required.is_empty() {
            out.insert("required".to_owned(), Value::Array(self.required));
        }
        Schema::from(out)
    }
}

fn one_line(doc: &str) -> String {
    doc.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A string whose values are given under `keyword` (`enum`, `examples`, `format` or `pattern`).
#[doc(hidden)]
pub fn text_schema(keyword: &str, values: &[&str]) -> Schema {
    let value = match (keyword, values) {
        ("format" | "pattern", [one]) => json!(one),
        _ => json!(values),
    };
    let mut out = Map::new();
    out.insert("type".to_owned(), "string".into());
    out.insert(keyword.to_owned(), value);
    Schema::from(out)
}

macro_rules! plain {
    ($($ty:ty, $name:literal, $schema:expr;)*) => {$(
        impl JsonSchema for $ty {
            fn schema_name() -> Cow<'static, str> {
                $name.into()
            }

            fn inline_schema() -> bool {
                true
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                Schema::try_from($schema).unwrap_or_default()
            }
        }
    )*};
}

plain! {
    Json, "Json", json!(true);
    Object, "Object", json!({"type": "object"});
    Extra, "Extra", json!({"type": "object"});
    Number, "Number", json!({"type": "number"});
}

/// The schema of `T`, with its definitions.
pub fn of<T: JsonSchema>() -> Value {
    schemars::schema_for!(T).into()
}
