//! Lists the vocabulary has as single values.

use super::deviation::Rule;
use super::json::Json;
use super::read::{ReadError, Reading, Wire};

/// A member that is one value by the vocabulary and a list in published messages. One value is written as itself; several
/// are written as a list, because nothing may be lost.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs)] // a transparent list
pub struct Few<T>(pub Vec<T>);

impl<T> Default for Few<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> From<T> for Few<T> {
    fn from(one: T) -> Self {
        Self(vec![one])
    }
}

impl<T> Few<T> {
    /// The values.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.0.iter()
    }
}

impl<'a, T> IntoIterator for &'a Few<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T: Wire> Wire for Few<T> {
    const EXPECTED: &'static str = T::EXPECTED;

    fn read(value: &Json, reading: &mut Reading) -> Result<Self, ReadError> {
        if let Json::Array(items) = value {
            if !items.is_empty() {
                reading.forgive(Rule::ManyForOne, value)?;
            }
            return Vec::read(value, reading).map(Self);
        }
        Option::read(value, reading).map(|one: Option<T>| Self(one.into_iter().collect()))
    }

    fn write(&self) -> Json {
        match self.0.as_slice() {
            [one] => one.write(),
            several => several.iter().map(Wire::write).collect::<Vec<_>>().into(),
        }
    }

    fn absent() -> Option<Self> {
        Some(Self::default())
    }

    fn is_absent(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(feature = "schema")]
impl<T: Wire + crate::schema::JsonSchema> crate::schema::JsonSchema for Few<T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("Few_of_{}", T::schema_name()).into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut crate::schema::SchemaGenerator) -> crate::schema::Schema {
        generator.subschema_for::<T>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::{Leniency, read};

    #[test]
    fn one_is_written_as_itself_and_several_as_a_list() {
        let read = |text: &[u8]| read::<Few<String>>(&Json::parse(text).unwrap(), Leniency::Content).unwrap();
        let (one, deviations) = read(b"\"a\"");
        assert!(deviations.is_empty());
        assert_eq!(one.write(), Json::from("a"));
        let (two, deviations) = read(br#"["a","b"]"#);
        assert_eq!(deviations[0].rule, Rule::ManyForOne);
        assert_eq!(two.write(), Json::parse(br#"["a","b"]"#).unwrap());
        assert!(read(b"\"\"").0.is_absent());
    }
}
