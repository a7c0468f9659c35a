//! `expression`: a tree of operators in the manner of document databases.
//!
//! The standard wraps it in a template, `{"type": …, "value": {"expression": {"collection": …, "query": {…}}}}`
//! (`ExpTemplate`); the field also sends the bare map, the operators without `$`, and lists of its own. All are kept as
//! the operator map, which [`super::Filter`] compiles.

use crate::wire::{Json, Object, ReadError, Reading, Rule, Wire};

/// An operator map and the collection it is meant for.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Expression {
    /// The kind of record, where one is named: `Group`.
    pub collection: Option<String>,
    /// `{"poverty_score": {"$lt": 5}}`, `{"$and": […]}` and so on.
    pub query: Object,
}

/// The form the standard gives expressions and GraphQL documents.
pub(super) fn template(kind: &str, expression: Json) -> Json {
    let mut value = Object::new();
    value.insert("expression", expression);
    let mut out = Object::new();
    out.insert("type", kind);
    out.insert("value", value);
    Json::Object(out)
}

impl Expression {
    /// An expression over `query`.
    pub fn new(query: Object) -> Self {
        Self { collection: None, query }
    }

    /// Finds the operator map in any of the forms that are sent; `None` when there is none.
    pub(super) fn recognise(object: &Object, reading: &mut Reading) -> Result<Option<Self>, ReadError> {
        let tree = Json::Object(object.clone());
        if let Some(expression) = tree.pointer("/value/expression").and_then(Json::as_object) {
            return Self::inner(expression, reading);
        }
        if let Some(expression) = object.get("expression").and_then(Json::as_object) {
            reading.forgive_as(Rule::Wrapper, "expression without value")?;
            return Self::inner(expression, reading);
        }
        if object.get("seq").is_some() {
            reading.forgive_as(Rule::QueryForm, "seq")?;
            return Ok(Self::from_sequence(object));
        }
        if let Some(map) = object.get("value").and_then(Json::as_object).filter(|_| object.get("type").is_some()) {
            reading.forgive_as(Rule::Wrapper, "value without expression")?;
            return Ok(Some(Self::new(map.clone())));
        }
        if object.is_empty() || object.get("type").is_some() || object.get("value").is_some() {
            return Ok(None);
        }
        reading.forgive_as(Rule::QueryForm, "a bare map")?;
        Ok(Some(Self::new(object.clone())))
    }

    fn inner(expression: &Object, reading: &mut Reading) -> Result<Option<Self>, ReadError> {
        let collection = expression.get("collection").and_then(Json::as_str).map(str::to_owned);
        if let Some(query) = expression.get("query").and_then(Json::as_object) {
            return Ok(Some(Self { collection, query: query.clone() }));
        }
        if expression.get("query").is_some() {
            return Ok(None);
        }
        if collection.is_some() {
            reading.forgive_as(Rule::QueryForm, "collection beside the map")?;
        }
        let mut query = expression.clone();
        query.remove("collection");
        Ok(Some(Self { collection, query }))
    }

    /// `{"seq": [{attribute, operator, value}], "or": […]}`: all of `seq`, and one of `or` where there is an `or`.
    fn from_sequence(object: &Object) -> Option<Self> {
        let comparisons = |name: &str| -> Option<Vec<Json>> {
            let Some(list) = object.get(name) else { return Some(Vec::new()) };
            list.as_array()?.iter().map(comparison_of_sequence).collect()
        };
        let (mut all, any) = (comparisons("seq")?, comparisons("or")?);
        if !any.is_empty() {
            all.push(Json::Object(std::iter::once(("$or".to_owned(), Json::Array(any))).collect()));
        }
        Some(Self::new(std::iter::once(("$and".to_owned(), Json::Array(all))).collect()))
    }
}

fn comparison_of_sequence(step: &Json) -> Option<Json> {
    let name = step.get("attribute")?.as_str()?;
    let operator = crate::code::Operator::from_spelling(step.get("operator")?.as_str()?)?;
    let mut inner = Object::new();
    inner.insert(format!("${operator}"), step.get("value")?.clone());
    let mut out = Object::new();
    out.insert(name, inner);
    Some(Json::Object(out))
}

impl Wire for Expression {
    const EXPECTED: &'static str = "an expression (an object)";

    fn read(value: &Json, reading: &mut Reading) -> Result<Self, ReadError> {
        let object = value.as_object().ok_or_else(|| reading.wrong_kind::<Self>(value))?;
        Self::recognise(object, reading)?.ok_or_else(|| reading.invalid("must hold value.expression.query"))
    }

    fn write(&self) -> Json {
        let mut expression = Object::new();
        if let Some(collection) = &self.collection {
            expression.insert("collection", collection.as_str());
        }
        expression.insert("query", self.query.clone());
        template("ns:org:QueryType:expression", Json::Object(expression))
    }
}

#[cfg(feature = "schema")]
impl crate::schema::JsonSchema for Expression {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Expression".into()
    }

    fn json_schema(_: &mut crate::schema::SchemaGenerator) -> crate::schema::Schema {
        schemars::json_schema!({
            "type": "object",
            "properties": {
                "type": {"type": "string"},
                "value": {"type": "object", "properties": {"expression": {"type": "object"}}, "required": ["expression"]},
            },
            "required": ["type", "value"],
        })
    }
}
