//! The query form of the domain actions: an operator map alone, `{"person_identifier": {"eq": "ABC451123"}}`.

use super::expression::Expression;
use super::language::Query;
use crate::wire::{Json, Object, ReadError, Reading, Wire};

/// A query that is written as its operator map, without the template around it (`enrolled_criteria.query`,
/// `disabled_criteria.query`). Every other form is read too.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::exhaustive_structs)] // a transparent query
pub struct MapQuery(pub Query);

impl MapQuery {
    /// All of `pairs` of attribute and value hold.
    pub fn equal<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut map = Object::new();
        for (attribute, value) in pairs {
            let mut comparison = Object::new();
            comparison.insert("eq", value);
            map.insert(attribute, comparison);
        }
        Self(Query::Expression(Expression::new(map)))
    }
}

impl Wire for MapQuery {
    const EXPECTED: &'static str = "a query (an object)";

    fn read(value: &Json, reading: &mut Reading) -> Result<Self, ReadError> {
        let is_map = |object: &&Object| {
            let templates = ["type", "value", "expression", "expression1", "attribute_name", "seq", "idValue"];
            !object.is_empty() && templates.iter().all(|name| object.get(name).is_none())
        };
        if let Some(map) = value.as_object().filter(is_map) {
            return Ok(Self(Query::Expression(Expression::new(map.clone()))));
        }
        Query::read(value, reading).map(Self)
    }

    fn write(&self) -> Json {
        match &self.0 {
            Query::Expression(expression) => Json::Object(expression.query.clone()),
            other => other.write(),
        }
    }
}

#[cfg(feature = "schema")]
impl crate::schema::JsonSchema for MapQuery {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "MapQuery".into()
    }

    fn json_schema(_: &mut crate::schema::SchemaGenerator) -> crate::schema::Schema {
        schemars::json_schema!({"type": "object"})
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::{Leniency, read};

    #[test]
    fn the_map_is_written_alone_and_other_forms_are_read() {
        let text = br#"{"person_identifier":{"eq":"ABC451123"}}"#;
        let map = Json::parse(text).unwrap();
        let (query, deviations) = read::<MapQuery>(&map, Leniency::Content).unwrap();
        assert!(deviations.is_empty());
        assert_eq!(query, MapQuery::equal([("person_identifier", "ABC451123")]));
        assert_eq!(query.write(), map);
        let bare = br#"{"attribute_name":"UIN","operator":"eq","attribute_value":"1"}"#;
        let (query, deviations) = read::<MapQuery>(&Json::parse(bare).unwrap(), Leniency::Content).unwrap();
        assert!(matches!(query.0, Query::Predicate(_)) && !deviations.is_empty());
    }
}
