//! A query compiled against declared attributes: the one form all query languages become.

use super::attribute::{Attribute, Comparable, collect};
use super::language::Query;
use super::limits::{QueryLimits, SearchRefusal};
use super::predicate::{Comparison, Predicate};
use crate::code::{Condition, Operator, SearchReason};
use crate::wire::{Json, Object};
use std::cmp::Ordering;

/// What a record must fulfil.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Filter {
    /// All of these.
    All(Vec<Self>),
    /// At least one of these.
    Any(Vec<Self>),
    /// Not this.
    Not(Box<Self>),
    /// An identifier of a type.
    Identifier {
        /// The type, compared without letter case.
        kind: String,
        /// The identifier, letter for letter.
        value: Literal,
        /// Where identifiers lie in a record.
        paths: &'static [&'static str],
    },
    /// A comparison.
    Compare {
        /// The attribute.
        attribute: &'static Attribute,
        /// How it is compared.
        operator: Operator,
        /// With what; several for [`Operator::In`].
        literals: Vec<Literal>,
    },
}

/// A literal in the form its attribute is compared in. `Debug` does not show it.
#[derive(Clone)]
pub struct Literal(Comparable);

impl std::fmt::Debug for Literal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Literal(..)")
    }
}

/// Everything a compilation needs.
struct Compiler<'a> {
    attributes: &'static [Attribute],
    limits: &'a QueryLimits,
    comparisons: usize,
}

fn criteria(message: impl Into<String>) -> SearchRefusal {
    SearchRefusal::new(SearchReason::SearchCriteriaInvalid, message)
}

fn filter(message: impl Into<String>) -> SearchRefusal {
    SearchRefusal::new(SearchReason::FilterInvalid, message)
}

impl Filter {
    /// Compiles `query` against `attributes`; identifiers are looked for at `identifier_paths`.
    ///
    /// Refuses what is not declared, what cannot be compared, and what is beyond `limits`; messages name the member.
    pub fn compile(
        query: &Query,
        attributes: &'static [Attribute],
        identifier_paths: &'static [&'static str],
        limits: &QueryLimits,
    ) -> Result<Self, SearchRefusal> {
        let mut compiler = Compiler { attributes, limits, comparisons: 0 };
        match query {
            Query::IdTypeValue(identifier)
                if identifier.kind.trim().is_empty() || identifier.value.trim().is_empty() =>
            {
                Err(criteria("query.type and query.value must not be blank"))
            }
            Query::IdTypeValue(identifier) => Ok(Self::Identifier {
                kind: identifier.kind.rsplit(':').next().unwrap_or_default().to_owned(),
                value: Literal(Comparable::Text(identifier.value.clone())),
                paths: identifier_paths,
            }),
            Query::Expression(expression) => compiler.map(&expression.query, 1),
            Query::Predicate(clauses) => compiler.predicates(clauses),
            Query::GraphQl(_) => Err(criteria("query_type graphql is not offered by this registry")),
            Query::Other(_) => Err(criteria("query has none of the forms of the standard")),
        }
    }

    /// Whether `record` fulfils the filter.
    pub fn matches(&self, record: &Json) -> bool {
        match self {
            Self::All(filters) => filters.iter().all(|filter| filter.matches(record)),
            Self::Any(filters) => filters.iter().any(|filter| filter.matches(record)),
            Self::Not(filter) => !filter.matches(record),
            Self::Identifier { kind, value, paths } => has_identifier(record, paths, kind, value),
            Self::Compare { attribute, operator, literals } => {
                attribute.values(record).iter().any(|value| holds(value, operator, literals))
            }
        }
    }
}

fn has_identifier(record: &Json, paths: &[&str], kind: &str, value: &Literal) -> bool {
    let mut found = Vec::new();
    for path in paths {
        collect(record, path, &mut found);
    }
    let text = |identifier: &Json, name: &str| identifier.get(name).and_then(Json::as_str).map(str::to_owned);
    found.into_iter().any(|identifier| {
        text(identifier, "identifier_type").is_some_and(|seen| seen.eq_ignore_ascii_case(kind))
            && text(identifier, "identifier_value").is_some_and(|seen| Comparable::Text(seen) == value.0)
    })
}

fn holds(value: &Comparable, operator: &Operator, literals: &[Literal]) -> bool {
    let is = |wanted: &[Ordering]| {
        literals.iter().any(|literal| value.compare(&literal.0).is_some_and(|order| wanted.contains(&order)))
    };
    match operator {
        Operator::Equal | Operator::In => is(&[Ordering::Equal]),
        Operator::Greater => is(&[Ordering::Greater]),
        Operator::Less => is(&[Ordering::Less]),
        Operator::GreaterOrEqual => is(&[Ordering::Greater, Ordering::Equal]),
        Operator::LessOrEqual => is(&[Ordering::Less, Ordering::Equal]),
        Operator::Unlisted(_) => false,
    }
}

impl Compiler<'_> {
    fn attribute(&self, name: &str) -> Result<&'static Attribute, SearchRefusal> {
        let found = self.attributes.iter().find(|attribute| attribute.is_called(name));
        found.ok_or_else(|| filter(format!("attribute {} is not offered by this registry", shown(name))))
    }

    fn compare(&mut self, name: &str, operator: Operator, value: &Json) -> Result<Filter, SearchRefusal> {
        self.comparisons += 1;
        if self.comparisons > self.limits.comparisons {
            return Err(criteria(format!("query has more than {} comparisons", self.limits.comparisons)));
        }
        let attribute = self.attribute(name)?;
        let texts = literal_texts(&operator, value)
            .ok_or_else(|| filter(format!("the value for {} must be a text, a number or a boolean", attribute.name)))?;
        if texts.len() > self.limits.values {
            return Err(criteria(format!("{} names more than {} values", attribute.name, self.limits.values)));
        }
        let literals = texts.iter().map(|text| attribute.literal(text).map(Literal)).collect::<Option<Vec<_>>>();
        let literals =
            literals.ok_or_else(|| filter(format!("the value for {} is of the wrong kind", attribute.name)))?;
        Ok(Filter::Compare { attribute, operator, literals })
    }

    fn predicates(&mut self, clauses: &[Predicate]) -> Result<Filter, SearchRefusal> {
        if clauses.is_empty() {
            return Err(criteria("query must hold at least one predicate"));
        }
        let mut ordered: Vec<_> = clauses.iter().collect();
        ordered.sort_by_key(|clause| clause.seq_num.unwrap_or(i64::MAX));
        ordered.into_iter().map(|clause| self.predicate(clause)).collect::<Result<_, _>>().map(Filter::All)
    }

    fn predicate(&mut self, clause: &Predicate) -> Result<Filter, SearchRefusal> {
        let mut out = self.comparison(&clause.expression1)?;
        for (condition, comparison) in &clause.further {
            let next = self.comparison(comparison)?;
            out = match condition {
                Condition::And => Filter::All(vec![out, next]),
                Condition::Or => Filter::Any(vec![out, next]),
                Condition::Not => Filter::All(vec![out, Filter::Not(Box::new(next))]),
                Condition::Unlisted(_) => return Err(criteria("condition must be and, or, not")),
            };
        }
        Ok(out)
    }

    fn comparison(&mut self, comparison: &Comparison) -> Result<Filter, SearchRefusal> {
        if let Operator::Unlisted(code) = &comparison.operator {
            // Not in the predicate list of the standard, but what callers of expressions are used to.
            if code.as_str().trim_start_matches('$') == "ne" {
                let equal = self.compare(&comparison.attribute_name, Operator::Equal, &comparison.attribute_value)?;
                return Ok(Filter::Not(Box::new(equal)));
            }
            return Err(criteria("operator must be one of gt, lt, eq, ge, le, in"));
        }
        self.compare(&comparison.attribute_name, comparison.operator.clone(), &comparison.attribute_value)
    }

    /// An operator map: several keys mean that all hold.
    fn map(&mut self, map: &Object, depth: usize) -> Result<Filter, SearchRefusal> {
        if depth > self.limits.depth {
            return Err(criteria(format!("query is nested deeper than {} levels", self.limits.depth)));
        }
        if map.is_empty() {
            return Err(criteria("query must hold at least one condition"));
        }
        map.iter().map(|(name, value)| self.entry(name, value, depth)).collect::<Result<_, _>>().map(Filter::All)
    }

    fn entry(&mut self, name: &str, value: &Json, depth: usize) -> Result<Filter, SearchRefusal> {
        let operator = name.strip_prefix('$').unwrap_or(name);
        match (operator, value) {
            ("and", Json::Array(list)) => self.list(list, depth).map(Filter::All),
            ("or", Json::Array(list)) => self.list(list, depth).map(Filter::Any),
            ("nor", Json::Array(list)) => self.list(list, depth).map(|any| Filter::Not(Box::new(Filter::Any(any)))),
            ("not", Json::Object(map)) => self.map(map, depth + 1).map(|inner| Filter::Not(Box::new(inner))),
            _ if name.starts_with('$') => Err(criteria(format!("operator {} is not offered", shown(name)))),
            (_, Json::Object(operators)) if operators.get("values").is_none() => self.operators(name, operators, depth),
            (_, literal) => self.compare(name, Operator::Equal, literal),
        }
    }

    fn list(&mut self, list: &[Json], depth: usize) -> Result<Vec<Filter>, SearchRefusal> {
        if list.is_empty() {
            return Err(criteria("a list of conditions must not be empty"));
        }
        let inner = |item: &Json| match item {
            Json::Object(map) => self.map(map, depth + 1),
            _ => Err(criteria("a list of conditions must hold objects")),
        };
        list.iter().map(inner).collect()
    }

    /// `{"$gte": 1, "$lt": 5}` for one attribute.
    fn operators(&mut self, name: &str, operators: &Object, depth: usize) -> Result<Filter, SearchRefusal> {
        let mut all = Vec::new();
        for (operator, value) in operators.iter() {
            // `{"type": "range", "gte": …, "lte": …}`: says of itself what its operators say.
            if operator == "type" && value.as_str() == Some("range") {
                continue;
            }
            let plain = operator.strip_prefix('$').unwrap_or(operator);
            match (plain, value) {
                // `{"type": "range", "gte": …, "lte": …}`
                ("type", _) if value.as_str() == Some("range") => {}
                ("ne", _) => all.push(Filter::Not(Box::new(self.compare(name, Operator::Equal, value)?))),
                ("not", Json::Object(inner)) if depth < self.limits.depth => {
                    all.push(Filter::Not(Box::new(self.operators(name, inner, depth + 1)?)));
                }
                _ => match Operator::from_spelling(plain) {
                    Some(known) => all.push(self.compare(name, known, value)?),
                    None => return Err(criteria(format!("operator {} is not offered", shown(operator)))),
                },
            }
        }
        if all.is_empty() {
            return Err(criteria(format!("no operator is given for {}", shown(name))));
        }
        Ok(Filter::All(all))
    }
}

/// The literals of a comparison as text: `in` takes a list, a text joined by commas, or `{"values": […]}`.
fn literal_texts(operator: &Operator, value: &Json) -> Option<Vec<String>> {
    let scalar = |value: &Json| value.scalar_text().map(std::borrow::Cow::into_owned);
    if *operator != Operator::In {
        return scalar(value).map(|text| vec![text]);
    }
    match value {
        Json::Array(items) => items.iter().map(scalar).collect(),
        Json::Object(_) => value.get("values")?.as_array()?.iter().map(scalar).collect(),
        _ => Some(scalar(value)?.split(',').map(|part| part.trim().to_owned()).collect()),
    }
}

/// A name from a query as it may stand in a message: short, and without anything that could be a person's data.
fn shown(name: &str) -> String {
    let plain = |character: &char| character.is_ascii_alphanumeric() || "._-$".contains(*character);
    format!("{:?}", name.chars().filter(plain).take(60).collect::<String>())
}
