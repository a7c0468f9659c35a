//! Reading typed values from a [`Json`] tree, and writing them back.

use super::deviation::{Deviation, Leniency, Rule};
use super::json::{Json, Object};
use super::number::Number;
use std::borrow::Cow;
use std::fmt;

/// Where one record stands in place of a list (`reg_records`), in the standard's newest text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Alone {
    /// Nowhere: there is a list.
    Nowhere,
    /// In the state of a transaction only.
    InStatus,
    /// In answers to searches too.
    Anywhere,
}

/// A type with a place on the wire: read liberally, written strictly.
///
/// Implemented by every message and record through [`wire_struct!`](crate::wire_struct); a country profile can implement
/// it by hand for a type of its own.
pub trait Wire: Sized {
    /// What a reader expects here, in words: "an object", "a whole number".
    const EXPECTED: &'static str;

    /// Whether it is a list on the wire.
    const IS_LIST: bool = false;

    /// Where one of it stands, in the standard's own text, in place of a list of records.
    const ALONE: Alone = Alone::Nowhere;

    /// Reads `value`; what was forgiven is noted in `reading`.
    fn read(value: &Json, reading: &mut Reading) -> Result<Self, ReadError>;

    /// The strict form of the newest text.
    fn write(&self) -> Json;

    /// What a missing member of this type means; `None` when the member is required.
    fn absent() -> Option<Self> {
        None
    }

    /// Whether the member is left out when written.
    fn is_absent(&self) -> bool {
        false
    }
}

/// Why a value could not be read. Names the member and the rule, never the content.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReadError {
    /// JSON Pointer (RFC 6901) of the member.
    pub pointer: String,
    /// What is wrong with it.
    pub problem: Problem,
}

/// What is wrong with a member.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// It is required and not there.
    Missing,
    /// It is of another kind than expected.
    Kind {
        /// What the standard has here.
        expected: &'static str,
        /// The kind that was found.
        found: &'static str,
    },
    /// It breaks a rule of its type, in words.
    Invalid(Cow<'static, str>),
    /// It deviates in a way this reader does not forgive.
    NotForgiven(Rule),
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = if self.pointer.is_empty() { "/" } else { &self.pointer };
        match &self.problem {
            Problem::Missing => write!(f, "{at} is required and missing"),
            Problem::Kind { expected, found } => write!(f, "{at} must be {expected}, found {found}"),
            Problem::Invalid(rule) => write!(f, "{at} {rule}"),
            Problem::NotForgiven(rule) => write!(f, "{at}: {} ({})", rule.meaning(), rule.id()),
        }
    }
}

impl std::error::Error for ReadError {}

#[derive(Clone, Debug)]
enum Step {
    Name(Cow<'static, str>),
    Index(usize),
}

/// The state of one reading: where it is, and what it forgave so far.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    leniency: Leniency,
    path: Vec<Step>,
    personal: usize,
    deviations: Vec<Deviation>,
}

impl Reading {
    /// A reading that forgives as much as `leniency` says.
    pub fn new(leniency: Leniency) -> Self {
        Self { leniency, ..Self::default() }
    }

    /// Reads `tree` as a `T` below `pointer_prefix` (e.g. `message`).
    pub fn read_at<T: Wire>(&mut self, name: &'static str, tree: &Json) -> Result<T, ReadError> {
        self.within(name, |reading| T::read(tree, reading))
    }

    /// Where the reading is.
    pub fn pointer(&self) -> String {
        let mut out = String::new();
        for step in &self.path {
            out.push('/');
            match step {
                Step::Name(name) => out.push_str(&name.replace('~', "~0").replace('/', "~1")),
                Step::Index(index) => out.push_str(&index.to_string()),
            }
        }
        out
    }

    /// Runs `read` one member deeper.
    pub fn within<T>(&mut self, name: impl Into<Cow<'static, str>>, read: impl FnOnce(&mut Self) -> T) -> T {
        self.path.push(Step::Name(name.into()));
        let out = read(self);
        self.path.pop();
        out
    }

    /// Runs `read` one item deeper.
    pub fn within_item<T>(&mut self, index: usize, read: impl FnOnce(&mut Self) -> T) -> T {
        self.path.push(Step::Index(index));
        let out = read(self);
        self.path.pop();
        out
    }

    /// Runs `read` inside a record of a person: nothing of its content will be noted.
    pub fn personal<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        self.personal += 1;
        let out = read(self);
        self.personal -= 1;
        out
    }

    /// Whether the reading is inside a record of a person.
    pub fn is_personal(&self) -> bool {
        self.personal > 0
    }

    /// Notes that `rule` was forgiven for `seen`, or refuses.
    pub fn forgive(&mut self, rule: Rule, seen: &Json) -> Result<(), ReadError> {
        let text = match (self.is_personal(), seen) {
            (false, Json::String(text)) if text.len() <= 40 => format!("{text:?}"),
            (false, Json::Number(number)) => number.as_str().to_owned(),
            (false, Json::Bool(value)) => value.to_string(),
            _ => seen.kind().to_owned(),
        };
        self.forgive_as(rule, text)
    }

    /// Notes that `rule` was forgiven, or refuses; `seen` must hold no personal data.
    pub fn forgive_as(&mut self, rule: Rule, seen: impl Into<String>) -> Result<(), ReadError> {
        if !self.leniency.forgives(rule) {
            return Err(self.fail(Problem::NotForgiven(rule)));
        }
        self.deviations.push(Deviation { pointer: self.pointer(), rule, seen: seen.into() });
        Ok(())
    }

    /// An error at the current place.
    pub fn fail(&self, problem: Problem) -> ReadError {
        ReadError { pointer: self.pointer(), problem }
    }

    /// An error for a value of the wrong kind.
    pub fn wrong_kind<T: Wire>(&self, found: &Json) -> ReadError {
        self.fail(Problem::Kind { expected: T::EXPECTED, found: found.kind() })
    }

    /// An error in words.
    pub fn invalid(&self, rule: impl Into<Cow<'static, str>>) -> ReadError {
        self.fail(Problem::Invalid(rule.into()))
    }

    /// What was forgiven so far.
    pub fn deviations(&self) -> &[Deviation] {
        &self.deviations
    }

    /// What was forgiven.
    pub fn into_deviations(self) -> Vec<Deviation> {
        self.deviations
    }

    /// A mark to return to with [`Reading::forget_since`].
    pub(crate) fn mark(&self) -> usize {
        self.deviations.len()
    }

    /// Drops what was noted since `mark`: the attempt it belongs to was given up.
    pub(crate) fn forget_since(&mut self, mark: usize) {
        self.deviations.truncate(mark);
    }
}

/// Reads a whole tree, returning the value and what was forgiven.
///
/// ```
/// use dci_core::query::Pagination;
/// use dci_core::wire::{self, Json, Leniency, Rule};
///
/// let tree = Json::parse(br#"{"page_size":"10"}"#)?;
/// let (page, deviations) = wire::read::<Pagination>(&tree, Leniency::Content)?;
/// assert_eq!(page.page_size, Some(10));
/// assert_eq!(deviations[0].rule, Rule::NumberAsText);
/// assert!(wire::read::<Pagination>(&tree, Leniency::Strict).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn read<T: Wire>(tree: &Json, leniency: Leniency) -> Result<(T, Vec<Deviation>), ReadError> {
    let mut reading = Reading::new(leniency);
    let value = T::read(tree, &mut reading)?;
    Ok((value, reading.into_deviations()))
}

impl Wire for Json {
    const EXPECTED: &'static str = "any value";

    fn read(value: &Json, _: &mut Reading) -> Result<Self, ReadError> {
        Ok(value.clone())
    }

    fn write(&self) -> Json {
        self.clone()
    }
}

impl Wire for Object {
    const EXPECTED: &'static str = "an object";

    fn read(value: &Json, reading: &mut Reading) -> Result<Self, ReadError> {
        value.as_object().cloned().ok_or_else(|| reading.wrong_kind::<Self>(value))
    }

    fn write(&self) -> Json {
        Json::Object(self.clone())
    }
}

impl Wire for String {
    const EXPECTED: &'static str = "a string";

    fn read(value: &Json, reading: &mut Reading) -> Result<Self, ReadError> {
        if let Json::String(text) = value {
            return Ok(text.clone());
        }
        let text = value.scalar_text().ok_or_else(|| reading.wrong_kind::<Self>(value))?;
        reading.forgive(Rule::TextAsNumber, value)?;
        Ok(text.into_owned())
    }

    fn write(&self) -> Json {
        Json::from(self.as_str())
    }
}

impl Wire for bool {
    const EXPECTED: &'static str = "true or false";

    fn read(value: &Json, reading: &mut Reading) -> Result<Self, ReadError> {
        if let Json::Bool(flag) = value {
            return Ok(*flag);
        }
        let text = value.scalar_text().ok_or_else(|| reading.wrong_kind::<Self>(value))?;
        let flag = match text.trim().to_ascii_lowercase().as_str() {
            "1" | "true" | "yes" => true,
            "0" | "2" | "false" | "no" => false,
            _ => return Err(reading.wrong_kind::<Self>(value)),
        };
        reading.forgive(Rule::BooleanForm, value)?;
        Ok(flag)
    }

    fn write(&self) -> Json {
        Json::Bool(*self)
    }
}

impl Wire for u64 {
    const EXPECTED: &'static str = "a whole number of 0 or more";

    fn read(value: &Json, reading: &mut Reading) -> Result<Self, ReadError> {
        let whole = i64::read(value, reading)?;
        Self::try_from(whole).map_err(|_| reading.invalid("must not be negative"))
    }

    fn write(&self) -> Json {
        Json::from(*self)
    }
}

impl Wire for i64 {
    const EXPECTED: &'static str = "a whole number";

    fn read(value: &Json, reading: &mut Reading) -> Result<Self, ReadError> {
        let number = Number::read(value, reading)?;
        let whole = number.as_i64().ok_or_else(|| reading.invalid("must be a whole number"))?;
        if number.as_str().bytes().any(|byte| !byte.is_ascii_digit() && byte != b'-') {
            reading.forgive(Rule::WholeNumberForm, value)?;
        }
        Ok(whole)
    }

    fn write(&self) -> Json {
        Json::from(*self)
    }
}

impl Wire for Number {
    const EXPECTED: &'static str = "a number";

    fn read(value: &Json, reading: &mut Reading) -> Result<Self, ReadError> {
        match value {
            Json::Number(number) => Ok(number.clone()),
            Json::String(text) => {
                let number = Self::parse(text.trim()).ok_or_else(|| reading.wrong_kind::<Self>(value))?;
                reading.forgive(Rule::NumberAsText, value)?;
                Ok(number)
            }
            _ => Err(reading.wrong_kind::<Self>(value)),
        }
    }

    fn write(&self) -> Json {
        Json::Number(self.clone())
    }
}

impl<T: Wire> Wire for Option<T> {
    const EXPECTED: &'static str = T::EXPECTED;

    fn read(value: &Json, reading: &mut Reading) -> Result<Self, ReadError> {
        if value.is_blank() {
            reading.forgive(if *value == Json::Null { Rule::NullMember } else { Rule::BlankMember }, value)?;
            return Ok(None);
        }
        T::read(value, reading).map(Some)
    }

    fn write(&self) -> Json {
        self.as_ref().map_or(Json::Null, Wire::write)
    }

    fn absent() -> Option<Self> {
        Some(None)
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: Wire> Wire for Vec<T> {
    const EXPECTED: &'static str = "a list";
    const IS_LIST: bool = true;

    fn read(value: &Json, reading: &mut Reading) -> Result<Self, ReadError> {
        match value {
            Json::Array(items) => {
                let mut out = Self::with_capacity(items.len());
                for (index, item) in items.iter().enumerate() {
                    // A blank item says nothing; a list of texts may hold one.
                    let item = reading.within_item(index, |reading| Option::<T>::read(item, reading))?;
                    out.extend(item);
                }
                Ok(out)
            }
            blank if blank.is_blank() => {
                reading.forgive(if *blank == Json::Null { Rule::NullMember } else { Rule::BlankMember }, blank)?;
                Ok(Self::new())
            }
            one => {
                reading.forgive(Rule::OneForMany, one)?;
                Ok(vec![T::read(one, reading)?])
            }
        }
    }

    fn write(&self) -> Json {
        Json::Array(self.iter().map(Wire::write).collect())
    }

    fn absent() -> Option<Self> {
        Some(Self::new())
    }

    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

impl<T: Wire> Wire for Box<T> {
    const EXPECTED: &'static str = T::EXPECTED;

    fn read(value: &Json, reading: &mut Reading) -> Result<Self, ReadError> {
        T::read(value, reading).map(Self::new)
    }

    fn write(&self) -> Json {
        (**self).write()
    }
}

/// Members a type does not know, kept for the next hop: country profiles and newer texts depend on it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Extra(Object);

impl Extra {
    /// The unknown member called `name`.
    pub fn get(&self, name: &str) -> Option<&Json> {
        self.0.get(name)
    }

    /// Adds a member of a country profile.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<Json>) {
        self.0.insert(name, value);
    }

    /// Takes the unknown member called `name` out.
    pub fn remove(&mut self, name: &str) -> Option<Json> {
        self.0.remove(name)
    }

    /// Whether every member was known.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The unknown members in the order they came.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Json)> {
        self.0.iter()
    }
}

impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter().map(|(name, _)| name)).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lenient<T: Wire>(text: &str) -> Result<(T, Vec<Rule>), ReadError> {
        let (value, deviations) = read(&Json::parse(text.as_bytes()).unwrap(), Leniency::Content)?;
        Ok((value, deviations.into_iter().map(|deviation| deviation.rule).collect()))
    }

    #[test]
    fn counts_are_read_in_every_published_spelling() {
        assert_eq!(lenient::<u64>("1").unwrap(), (1, vec![]));
        assert_eq!(lenient::<u64>("\"21800\"").unwrap(), (21_800, vec![Rule::NumberAsText]));
        assert_eq!(lenient::<u64>("10.0").unwrap(), (10, vec![Rule::WholeNumberForm]));
        assert_eq!(lenient::<Option<u64>>("\"\"").unwrap(), (None, vec![Rule::BlankMember]));
        assert_eq!(lenient::<Option<u64>>("null").unwrap(), (None, vec![Rule::NullMember]));
        for bad in ["10.5", "-1", "true", "\"x\"", "[1]"] {
            assert!(lenient::<u64>(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn one_value_is_a_list_of_one_and_a_blank_one_is_empty() {
        assert_eq!(lenient::<Vec<String>>("\"a\"").unwrap(), (vec!["a".to_owned()], vec![Rule::OneForMany]));
        assert_eq!(lenient::<Vec<String>>("\" \"").unwrap(), (vec![], vec![Rule::BlankMember]));
    }

    #[test]
    fn an_error_names_the_place_and_not_the_content() {
        let tree = Json::parse(br#"[1,"Amina"]"#).unwrap();
        let error = read::<Vec<u64>>(&tree, Leniency::Content).unwrap_err();
        assert_eq!(error.to_string(), "/1 must be a number, found a string");
    }

    #[test]
    fn a_strict_reader_forgives_nothing() {
        let tree = Json::from("1");
        let error = read::<u64>(&tree, Leniency::Strict).unwrap_err();
        assert_eq!(error.problem, Problem::NotForgiven(Rule::NumberAsText));
    }
}
