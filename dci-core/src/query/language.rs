//! The query languages. Which one a query is written in shows in its form; `query_type` is checked against it.

use super::expression::Expression;
use super::predicate::Predicate;
use crate::code::QueryType;
use crate::wire::{Extra, Json, Object, ReadError, Reading, Rule, Wire};
use crate::wire_struct;
use std::fmt;

/// `search_criteria.query` (registry standard, `SearchRequest`, `query`).
///
/// `Debug` prints the kind of query only: what is looked for is personal data too.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum Query {
    /// One identifier.
    IdTypeValue(IdTypeValue),
    /// A tree of operators.
    Expression(Expression),
    /// Comparisons, joined in order.
    Predicate(Vec<Predicate>),
    /// A GraphQL document, as it came.
    GraphQl(String),
    /// Anything else, as it came. Reading it is no error: the item is rejected, not the batch.
    Other(Json),
}

wire_struct! {
    personal
    /// One identifier (`IdTypeValue`).
    pub struct IdTypeValue {
        /// The kind of identifier: UIN, BRN, or what the registry defines.
        pub kind: String [also "identifier_type", "id_type", "attribute"],
        /// The identifier.
        pub value: String [also "identifier_value", "id_value"],
    }
}

impl fmt::Debug for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = self.query_type();
        write!(f, "Query({})", kind.as_ref().map_or("another form", |kind| kind.as_str()))
    }
}

impl Query {
    /// A query for one identifier.
    pub fn identifier(kind: &str, value: &str) -> Self {
        Self::IdTypeValue(IdTypeValue { kind: kind.to_owned(), value: value.to_owned(), extra: Extra::default() })
    }

    /// The query type the form belongs to.
    pub fn query_type(&self) -> Option<QueryType> {
        match self {
            Self::IdTypeValue(_) => Some(QueryType::IdTypeValue),
            Self::Expression(_) => Some(QueryType::Expression),
            Self::Predicate(_) => Some(QueryType::Predicate),
            Self::GraphQl(_) => Some(QueryType::GraphQl),
            Self::Other(_) => None,
        }
    }

    fn read_object(value: &Json, object: &Object, reading: &mut Reading) -> Result<Self, ReadError> {
        let has = |name: &str| object.get(name).is_some();
        let text_expression = value.pointer("/value/expression").and_then(Json::as_str);
        if let Some(document) = text_expression {
            return Ok(Self::GraphQl(document.to_owned()));
        }
        // A single clause or comparison outside of its list.
        if has("expression1") || (has("attribute_name") && has("operator")) {
            reading.forgive(Rule::OneForMany, value)?;
            return Ok(Self::Predicate(vec![Predicate::read(value, reading)?]));
        }
        if has("type") && object.get("value").is_some_and(|value| value.scalar_text().is_some()) {
            return IdTypeValue::read(value, reading).map(Self::IdTypeValue);
        }
        if let Some(pair) = object.get("value").filter(|pair| pair.get("id_type").is_some()) {
            reading.forgive_as(Rule::Wrapper, "value")?;
            return reading.read_at("value", pair).map(Self::IdTypeValue);
        }
        if let Some(pair) = value.pointer("/identifier/0").or_else(|| object.get("identifier"))
            && pair.get("identifier_type").is_some()
        {
            reading.forgive_as(Rule::Wrapper, "identifier")?;
            return reading.read_at("identifier", pair).map(Self::IdTypeValue);
        }
        // The vocabulary's own form, in camelCase: `{"queryType", "idValue": {"attribute", "value"}, …}`.
        if let Some(pair) = object.get("idValue").filter(|pair| pair.get("attribute").is_some()) {
            reading.forgive_as(Rule::QueryForm, "idValue")?;
            return reading.read_at("idValue", pair).map(Self::IdTypeValue);
        }
        if let Some(document) = object.get("graphql").and_then(Json::as_str).filter(|_| !has("expression")) {
            reading.forgive_as(Rule::QueryForm, "graphql")?;
            return Ok(Self::GraphQl(document.to_owned()));
        }
        Ok(Expression::recognise(object, reading)?.map_or_else(|| Self::Other(value.clone()), Self::Expression))
    }
}

impl Wire for Query {
    const EXPECTED: &'static str = "a query (an object or a list)";

    fn read(value: &Json, reading: &mut Reading) -> Result<Self, ReadError> {
        match value {
            Json::Array(_) => Vec::read(value, reading).map(Self::Predicate),
            Json::Object(object) => Self::read_object(value, object, reading),
            // A bare GraphQL document.
            Json::String(text) if text.trim_end().ends_with('}') => {
                reading.forgive_as(Rule::QueryForm, "a text")?;
                Ok(Self::GraphQl(text.clone()))
            }
            _ => Err(reading.wrong_kind::<Self>(value)),
        }
    }

    fn write(&self) -> Json {
        match self {
            Self::IdTypeValue(identifier) => identifier.write(),
            Self::Expression(expression) => expression.write(),
            Self::Predicate(clauses) => clauses.write(),
            Self::GraphQl(document) => {
                super::expression::template("ns:org:QueryType:graphql", Json::from(document.as_str()))
            }
            Self::Other(tree) => tree.clone(),
        }
    }
}

#[cfg(feature = "schema")]
impl crate::schema::JsonSchema for Query {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Query".into()
    }

    fn json_schema(generator: &mut crate::schema::SchemaGenerator) -> crate::schema::Schema {
        let identifier = generator.subschema_for::<IdTypeValue>();
        let expression = generator.subschema_for::<Expression>();
        let predicates = generator.subschema_for::<Vec<Predicate>>();
        schemars::json_schema!({"anyOf": [identifier, expression, predicates]})
    }
}
