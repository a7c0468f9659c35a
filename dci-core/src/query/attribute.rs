//! Attributes: what a query or a sort may name, and where in a record they lie.

use crate::time::day_of;
use crate::wire::Json;
use chrono::{Datelike as _, NaiveDate, Utc};
use std::borrow::Cow;
use std::cmp::Ordering;

/// One attribute of a registry's records. Only declared attributes can be asked for: anything else would let a caller
/// reach into records by guessing.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::exhaustive_structs)] // written as constants by every registry
pub struct Attribute {
    /// The name in queries.
    pub name: &'static str,
    /// Other names under which it is asked for.
    pub also: &'static [&'static str],
    /// Where it lies: dotted paths into the record; lists on the way are searched.
    pub paths: &'static [&'static str],
    /// How values are compared.
    pub kind: Kind,
}

/// How the values of an attribute are compared.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Kind {
    /// As text, letter for letter.
    Text,
    /// As numbers.
    Number,
    /// As calendar days.
    Date,
    /// As codes: the function gives the published code for any spelling.
    Code(fn(&str) -> Option<String>),
    /// As full years since the date in the record.
    Age,
    /// As the value of an identifier of this type; the path leads to identifiers.
    Identifier(&'static str),
    /// As the value of an identifier of any type; the path leads to identifiers.
    AnyIdentifier,
}

/// A value brought into the form its attribute is compared in.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Comparable {
    Text(String),
    Number(f64),
    Day(NaiveDate),
}

impl Comparable {
    pub(super) fn compare(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Text(left), Self::Text(right)) => Some(left.cmp(right)),
            (Self::Number(left), Self::Number(right)) => left.partial_cmp(right),
            (Self::Day(left), Self::Day(right)) => Some(left.cmp(right)),
            _ => None,
        }
    }
}

impl Attribute {
    /// Whether `name` names this attribute.
    pub fn is_called(&self, name: &str) -> bool {
        self.name == name || self.also.contains(&name)
    }

    /// A literal of a query, in comparable form; `None` when it cannot be compared with this attribute.
    pub(super) fn literal(&self, text: &str) -> Option<Comparable> {
        match self.kind {
            Kind::Text | Kind::Identifier(_) | Kind::AnyIdentifier => Some(Comparable::Text(text.to_owned())),
            Kind::Number | Kind::Age => {
                text.trim().parse().ok().filter(|value: &f64| value.is_finite()).map(Comparable::Number)
            }
            Kind::Date => day_of(text).map(Comparable::Day),
            Kind::Code(code) => Some(Comparable::Text(code(text).unwrap_or_else(|| text.to_owned()))),
        }
    }

    /// The values of this attribute in `record`, in comparable form.
    pub(super) fn values(&self, record: &Json) -> Vec<Comparable> {
        let mut found = Vec::new();
        for path in self.paths {
            collect(record, path, &mut found);
        }
        found.into_iter().filter_map(|value| self.value(value)).collect()
    }

    fn value(&self, value: &Json) -> Option<Comparable> {
        match self.kind {
            Kind::Identifier(kind) => {
                let same = value.get("identifier_type")?.as_str()?.eq_ignore_ascii_case(kind);
                same.then(|| value.get("identifier_value")?.as_str().map(str::to_owned).map(Comparable::Text))?
            }
            Kind::AnyIdentifier => value.get("identifier_value")?.as_str().map(str::to_owned).map(Comparable::Text),
            Kind::Age => age_on(day_of(value.as_str()?)?, Utc::now().date_naive()).map(Comparable::Number),
            _ => value.scalar_text().and_then(|text: Cow<'_, str>| self.literal(&text)),
        }
    }
}

fn age_on(birth: NaiveDate, today: NaiveDate) -> Option<f64> {
    let had_birthday = (today.month(), today.day()) >= (birth.month(), birth.day());
    let years = today.year() - birth.year() - i32::from(!had_birthday);
    (years >= 0).then(|| f64::from(years))
}

/// Every value below `path`, lists on the way walked item by item.
pub(super) fn collect<'a>(value: &'a Json, path: &str, found: &mut Vec<&'a Json>) {
    if let Json::Array(items) = value {
        for item in items {
            collect(item, path, found);
        }
        return;
    }
    match (path.split_once('.'), path) {
        (_, "") => found.push(value),
        (None, last) => {
            if let Some(inner) = value.get(last) {
                collect(inner, "", found);
            }
        }
        (Some((head, rest)), _) => {
            if let Some(inner) = value.get(head) {
                collect(inner, rest, found);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_count_birthdays() {
        let day = |text| NaiveDate::parse_from_str(text, "%Y-%m-%d").unwrap();
        assert_eq!(age_on(day("2000-06-15"), day("2026-06-14")), Some(25.0));
        assert_eq!(age_on(day("2000-06-15"), day("2026-06-15")), Some(26.0));
        assert_eq!(age_on(day("2027-01-01"), day("2026-06-15")), None);
    }

    #[test]
    fn paths_go_through_lists() {
        let record = Json::parse(br#"{"a":[{"b":["x","y"]},{"b":"z"}]}"#).unwrap();
        let mut found = Vec::new();
        collect(&record, "a.b", &mut found);
        assert_eq!(found.iter().filter_map(|value| value.as_str()).collect::<Vec<_>>(), ["x", "y", "z"]);
    }
}
