//! Queries in the forms peers read. A query a form cannot say is an error that names the reason; nothing is dropped.

use super::NotSpoken;
use crate::code::{Condition, Operator, QueryType};
use crate::peer::profile::{Profile, QueryForm};
use crate::query::{Comparison, Expression, Predicate, Query};
use crate::wire::{Json, Leniency, Object, Wire as _};

/// One comparison, whatever language it came in.
struct Test {
    attribute: String,
    operator: Operator,
    value: Json,
}

impl Profile {
    pub(super) fn write_query(&self, criteria: &mut Object) -> Result<(), NotSpoken> {
        let Some(tree) = criteria.get("query") else { return Ok(()) };
        if self.query == QueryForm::Standard && self.attributes.is_empty() {
            return Ok(());
        }
        let query = crate::wire::read::<Query>(tree, Leniency::Content).map(|(query, _)| query);
        let query = query.map_err(|error| NotSpoken::new("query", error.to_string()))?;
        let (written, kind) = self
            .query_as_spoken(&query)
            .map_err(|reason| NotSpoken::new("query", format!("{} cannot be asked this: {reason}", self.name)))?;
        criteria.insert("query", written);
        if let Some(kind) = kind {
            criteria.insert("query_type", kind.as_str());
        }
        Ok(())
    }

    fn query_as_spoken(&self, query: &Query) -> Result<(Json, Option<QueryType>), &'static str> {
        if matches!(query, Query::Other(_)) {
            return Ok((query.write(), None));
        }
        if self.query == QueryForm::Named {
            return Err("it answers its own named queries only; give one as it is");
        }
        if matches!(query, Query::IdTypeValue(_)) {
            return match self.query {
                QueryForm::Clauses | QueryForm::Ranges => Err("it finds by comparisons only"),
                _ => Ok((query.write(), None)),
            };
        }
        if self.query == QueryForm::Standard {
            return Ok((renamed(query, self).write(), None));
        }
        let tests = self.tests(query)?;
        let expression = Some(QueryType::Expression);
        let predicate = Some(QueryType::Predicate);
        Ok(match self.query {
            QueryForm::Sequence => (sequence(&tests), expression),
            QueryForm::Clauses => (clauses(tests, 1), predicate),
            QueryForm::Predicates => {
                let known = |test: &Test| self.attributes.iter().any(|(_, theirs)| *theirs == test.attribute);
                if !tests.iter().all(known) {
                    return Err("it compares dates and places of birth only");
                }
                (clauses(tests, 2), predicate)
            }
            QueryForm::Ranges => (ranges(&tests)?, expression),
            QueryForm::Flat => (Json::Object(operators(&tests)), expression),
            _ => (mongo(&tests), expression),
        })
    }

    /// The comparisons of a query that are all required, under the peer's names.
    fn tests(&self, query: &Query) -> Result<Vec<Test>, &'static str> {
        let mut tests = conjunction(query)?;
        for test in &mut tests {
            if let Some((_, theirs)) = self.attributes.iter().find(|(own, _)| *own == test.attribute) {
                test.attribute.clone_from(theirs);
            }
        }
        Ok(tests)
    }

    /// Reads a query in the peer's names. Its form needs nothing: every known form is read.
    pub(super) fn read_query(&self, criteria: &mut Object) {
        if self.attributes.is_empty() {
            return;
        }
        let read = criteria.get("query").and_then(|tree| crate::wire::read::<Query>(tree, Leniency::Content).ok());
        if let Some((Query::Predicate(mut clauses), _)) = read {
            for clause in &mut clauses {
                let further = clause.further.iter_mut().map(|(_, comparison)| comparison);
                for comparison in std::iter::once(&mut clause.expression1).chain(further) {
                    if let Some((own, _)) =
                        self.attributes.iter().find(|(_, theirs)| *theirs == comparison.attribute_name)
                    {
                        comparison.attribute_name.clone_from(own);
                    }
                }
            }
            criteria.insert("query", clauses.write());
        }
    }
}

/// A query under the peer's names, in its own language.
fn renamed(query: &Query, profile: &Profile) -> Query {
    let theirs = |name: &mut String| {
        if let Some((_, theirs)) = profile.attributes.iter().find(|(own, _)| own == name) {
            name.clone_from(theirs);
        }
    };
    let mut query = query.clone();
    if let Query::Predicate(clauses) = &mut query {
        for clause in clauses {
            theirs(&mut clause.expression1.attribute_name);
            clause.further.iter_mut().for_each(|(_, comparison)| theirs(&mut comparison.attribute_name));
        }
    }
    query
}

const ALTERNATIVES: &str = "it knows no alternatives (or, not)";

fn conjunction(query: &Query) -> Result<Vec<Test>, &'static str> {
    match query {
        Query::Predicate(clauses) => {
            let mut tests = Vec::new();
            for clause in clauses {
                if clause.further.iter().any(|(condition, _)| *condition != Condition::And) {
                    return Err(ALTERNATIVES);
                }
                let all = std::iter::once(&clause.expression1).chain(clause.further.iter().map(|(_, it)| it));
                tests.extend(all.map(|it| Test {
                    attribute: it.attribute_name.clone(),
                    operator: it.operator.clone(),
                    value: it.attribute_value.clone(),
                }));
            }
            Ok(tests)
        }
        Query::Expression(expression) => {
            let mut tests = Vec::new();
            collect(&expression.query, &mut tests)?;
            Ok(tests)
        }
        _ => Err("it does not read this query language"),
    }
}

/// The comparisons of an operator map without alternatives.
fn collect(map: &Object, tests: &mut Vec<Test>) -> Result<(), &'static str> {
    for (name, value) in map.iter() {
        if name.trim_start_matches('$') == "and" {
            for inner in value.as_array().ok_or("a list $and is broken")? {
                collect(inner.as_object().ok_or("a list $and is broken")?, tests)?;
            }
        } else if name.starts_with('$') {
            return Err(ALTERNATIVES);
        } else if let Some(comparisons) = value.as_object() {
            for (operator, value) in comparisons.iter() {
                let operator =
                    Operator::from_spelling(operator.trim_start_matches('$')).ok_or("an operator is unknown")?;
                tests.push(Test { attribute: name.to_owned(), operator, value: value.clone() });
            }
        } else {
            tests.push(Test { attribute: name.to_owned(), operator: Operator::Equal, value: value.clone() });
        }
    }
    Ok(())
}

fn sequence(tests: &[Test]) -> Json {
    let step = |test: &Test| {
        let mut out = Object::new();
        out.insert("attribute", test.attribute.as_str());
        out.insert("operator", test.operator.as_str());
        out.insert("value", test.value.clone());
        Json::Object(out)
    };
    let mut out = Object::new();
    out.insert("seq", Json::Array(tests.iter().map(step).collect()));
    Json::Object(out)
}

/// Clauses of at most `size` comparisons, numbered from 1.
fn clauses(tests: Vec<Test>, size: usize) -> Json {
    let mut out: Vec<Predicate> = Vec::new();
    for test in tests {
        let value = test.value.scalar_text().map(std::borrow::Cow::into_owned).unwrap_or_default();
        let comparison = Comparison::new(&test.attribute, test.operator, &value);
        match out.last_mut().filter(|clause| clause.further.len() + 1 < size) {
            Some(clause) => clause.further.push((Condition::And, comparison)),
            None => out.push(Predicate::new(comparison)),
        }
    }
    for (number, clause) in (1..).zip(&mut out) {
        clause.seq_num = Some(number);
    }
    out.write()
}

/// `{ATTRIBUTE: {$OPERATOR: VALUE}}`, the operators as document databases call them.
fn operators(tests: &[Test]) -> Object {
    let mut out = Object::new();
    for test in tests {
        let name = match test.operator {
            Operator::GreaterOrEqual => "$gte".to_owned(),
            Operator::LessOrEqual => "$lte".to_owned(),
            ref other => format!("${other}"),
        };
        let mut inner = out.get(&test.attribute).and_then(Json::as_object).cloned().unwrap_or_default();
        inner.insert(name, test.value.clone());
        out.insert(test.attribute.as_str(), inner);
    }
    out
}

fn mongo(tests: &[Test]) -> Json {
    Query::Expression(Expression::new(operators(tests))).write()
}

fn ranges(tests: &[Test]) -> Result<Json, &'static str> {
    let mut query = Object::new();
    for test in tests {
        let bounds: &[&str] = match test.operator {
            Operator::GreaterOrEqual => &["gte"],
            Operator::LessOrEqual => &["lte"],
            Operator::Equal => &["gte", "lte"],
            _ => return Err("it compares by inclusive ranges only (ge, le, eq)"),
        };
        let mut range = query.get(&test.attribute).and_then(Json::as_object).cloned().unwrap_or_default();
        range.insert("type", "range");
        for bound in bounds {
            range.insert(*bound, test.value.clone());
        }
        query.insert(test.attribute.as_str(), range);
    }
    Ok(Query::Expression(Expression::new(query)).write())
}
