//! `predicate`: a list of comparisons (registry standard, `Predicates`).
//!
//! One clause is `expression1`, or `expression1 condition expression2`. The standard does not say how clauses join:
//! they are all required, in the order of `seq_num`. A `not` between two expressions means the first and not the second.

use crate::code::{Condition, Operator};
use crate::wire::{Extra, Json, Object, ReadError, Reading, Rule, Wire};
use crate::wire_struct;

wire_struct! {
    /// One comparison (`expression1`, `expression2`).
    pub struct Comparison {
        /// The attribute.
        pub attribute_name: String [also "attribute"],
        /// How it is compared.
        pub operator: Operator,
        /// With what. Written as text: the published schema refuses whole numbers and lists here.
        pub attribute_value: Json [also "value"],
    }
}

impl Comparison {
    /// Compares `attribute` with `value`, written as text; for [`Operator::In`], values joined by commas.
    pub fn new(attribute: &str, operator: Operator, value: &str) -> Self {
        Self {
            attribute_name: attribute.to_owned(),
            operator,
            attribute_value: Json::from(value),
            extra: Extra::default(),
        }
    }
}

/// One clause of a predicate query.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Predicate {
    /// The place of the clause in the order of evaluation.
    pub seq_num: Option<i64>,
    /// The first comparison.
    pub expression1: Comparison,
    /// The further comparisons, each with how it joins what stands before it. The standard has at most one; two of its
    /// own examples have two.
    pub further: Vec<(Condition, Comparison)>,
    /// Members this version does not know.
    pub extra: Extra,
}

impl Predicate {
    /// A clause of one comparison.
    pub fn new(expression1: Comparison) -> Self {
        Self { seq_num: None, expression1, further: Vec::new(), extra: Extra::default() }
    }

    /// Joins another comparison.
    pub fn and(self, comparison: Comparison) -> Self {
        self.join(Condition::And, comparison)
    }

    /// Joins an alternative.
    pub fn or(self, comparison: Comparison) -> Self {
        self.join(Condition::Or, comparison)
    }

    fn join(mut self, condition: Condition, comparison: Comparison) -> Self {
        self.further.push((condition, comparison));
        self
    }
}

impl Wire for Predicate {
    const EXPECTED: &'static str = "an object with expression1";

    // By hand and not by `wire_struct!`: the member `condition` occurs twice in published examples, and each one counts.
    fn read(value: &Json, reading: &mut Reading) -> Result<Self, ReadError> {
        let object = value.as_object().ok_or_else(|| reading.wrong_kind::<Self>(value))?;
        if object.get("attribute_name").is_some() && object.get("expression1").is_none() {
            reading.forgive_as(Rule::PredicateForm, "a bare comparison")?;
            return Comparison::read(value, reading).map(Self::new);
        }
        let first = object
            .get("expression1")
            .ok_or_else(|| reading.within("expression1", |reading| reading.fail(crate::wire::Problem::Missing)))?;
        let seq_num = object.get("seq_num").map_or(Ok(None), |value| reading.read_at("seq_num", value))?;
        let expression1 = reading.read_at("expression1", first)?;
        let mut conditions = Vec::new();
        let mut comparisons = Vec::new();
        let mut extra = Extra::default();
        for (name, value) in object.iter() {
            match name {
                "seq_num" | "expression1" => {}
                "condition" => conditions.extend(reading.read_at::<Option<Condition>>("condition", value)?),
                name if name.starts_with("expression") => {
                    let read = |reading: &mut Reading| Option::<Comparison>::read(value, reading);
                    comparisons.extend(reading.within(name.to_owned(), read)?);
                }
                _ => extra.insert(name, value.clone()),
            }
        }
        if comparisons.len() > 1 {
            reading.forgive_as(Rule::PredicateForm, format!("{} expressions", comparisons.len() + 1))?;
        }
        let last = conditions.last().cloned().unwrap_or(Condition::And);
        let conditions = conditions.into_iter().chain(std::iter::repeat(last));
        Ok(Self { seq_num, expression1, further: conditions.zip(comparisons).collect(), extra })
    }

    fn write(&self) -> Json {
        let mut out = Object::new();
        if let Some(number) = self.seq_num {
            out.insert("seq_num", number);
        }
        out.insert("expression1", strict(&self.expression1));
        for (index, (condition, comparison)) in self.further.iter().enumerate() {
            out.insert("condition", condition.as_str());
            out.insert(format!("expression{}", index + 2), strict(comparison));
        }
        crate::wire::structs::put_extra(&mut out, &self.extra);
        Json::Object(out)
    }
}

/// The comparison with its literal as text, the only form every published schema accepts.
fn strict(comparison: &Comparison) -> Json {
    let text = match &comparison.attribute_value {
        Json::Array(items) => items.iter().filter_map(Json::scalar_text).collect::<Vec<_>>().join(","),
        value => match value.scalar_text() {
            Some(text) => text.into_owned(),
            None => return comparison.write(),
        },
    };
    let mut tree = comparison.clone();
    tree.attribute_value = Json::String(text);
    tree.write()
}

#[cfg(feature = "schema")]
impl crate::schema::JsonSchema for Predicate {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Predicate".into()
    }

    fn json_schema(generator: &mut crate::schema::SchemaGenerator) -> crate::schema::Schema {
        let comparison = generator.subschema_for::<Comparison>();
        let condition = generator.subschema_for::<Condition>();
        schemars::json_schema!({
            "type": "object",
            "properties": {
                "seq_num": {"type": "integer"},
                "expression1": comparison,
                "condition": condition,
                "expression2": comparison,
            },
            "required": ["expression1"],
        })
    }
}
