//! A lossless JSON tree: numbers keep their spelling, members keep their order.
//!
//! `serde_json::Value` cannot serve here: it rewrites `1.0`, its order depends on features other crates turn on, and it
//! silently keeps the last of two members of one name. A signature is checked over what was received, so nothing of that
//! may be lost before the check.

use super::number::Number;
use std::borrow::Cow;
use std::fmt;

/// One JSON value as it came over the wire.
///
/// `Debug` prints the kind of the value only: trees hold personal data.
#[derive(Clone, PartialEq, Eq, Default)]
#[allow(clippy::exhaustive_enums)] // JSON has six kinds and will not get a seventh.
pub enum Json {
    /// `null`
    #[default]
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number with its spelling.
    Number(Number),
    /// A string.
    String(String),
    /// An array.
    Array(Vec<Json>),
    /// An object.
    Object(Object),
}

impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Json({})", self.kind())
    }
}

/// Members of an object in the order they were written. Two members of one name can be present: the parser decides
/// whether that is refused.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Object(pub(super) Vec<(String, Json)>);

impl Object {
    /// An object without members.
    pub fn new() -> Self {
        Self::default()
    }

    /// The member called `name`; of several, the last.
    pub fn get(&self, name: &str) -> Option<&Json> {
        self.0.iter().rev().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// The member called `name`, to change it.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut Json> {
        self.0.iter_mut().rev().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// Sets `name` to `value`, replacing every member of that name.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<Json>) {
        let name = name.into();
        self.0.retain(|(key, _)| *key != name);
        self.0.push((name, value.into()));
    }

    /// Takes every member called `name` out and returns the last.
    pub fn remove(&mut self, name: &str) -> Option<Json> {
        let mut last = None;
        let mut index = 0;
        while index < self.0.len() {
            if self.0.get(index).is_some_and(|(key, _)| key == name) {
                last = Some(self.0.remove(index).1);
            } else {
                index += 1;
            }
        }
        last
    }

    /// The members in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Json)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value))
    }

    /// How many members there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are no members.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<(String, Json)> for Object {
    fn from_iter<I: IntoIterator<Item = (String, Json)>>(members: I) -> Self {
        Self(members.into_iter().collect())
    }
}

impl Extend<(String, Json)> for Object {
    fn extend<I: IntoIterator<Item = (String, Json)>>(&mut self, members: I) {
        self.0.extend(members);
    }
}

impl IntoIterator for Object {
    type Item = (String, Json);
    type IntoIter = std::vec::IntoIter<(String, Json)>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl Json {
    /// The kind in words, for messages: never the content.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Number(_) => "a number",
            Self::String(text) if text.trim().is_empty() => "a blank string",
            Self::String(_) => "a string",
            Self::Array(_) => "an array",
            Self::Object(_) => "an object",
        }
    }

    /// The text of a string.
    pub fn as_str(&self) -> Option<&str> {
        if let Self::String(text) = self { Some(text) } else { None }
    }

    /// The members of an object.
    pub fn as_object(&self) -> Option<&Object> {
        if let Self::Object(object) = self { Some(object) } else { None }
    }

    /// The members of an object, to change them.
    pub fn as_object_mut(&mut self) -> Option<&mut Object> {
        if let Self::Object(object) = self { Some(object) } else { None }
    }

    /// The items of an array.
    pub fn as_array(&self) -> Option<&[Json]> {
        if let Self::Array(items) = self { Some(items) } else { None }
    }

    /// The member `name` of an object.
    pub fn get(&self, name: &str) -> Option<&Json> {
        self.as_object()?.get(name)
    }

    /// The value a JSON Pointer (RFC 6901) names.
    pub fn pointer(&self, pointer: &str) -> Option<&Json> {
        steps(pointer)?.try_fold(self, |value, step| match value {
            Self::Object(object) => object.get(&step),
            Self::Array(items) => items.get(step.parse::<usize>().ok()?),
            _ => None,
        })
    }

    /// The value a JSON Pointer names, to change it.
    pub fn pointer_mut(&mut self, pointer: &str) -> Option<&mut Json> {
        steps(pointer)?.try_fold(self, |value, step| match value {
            Self::Object(object) => object.get_mut(&step),
            Self::Array(items) => items.get_mut(step.parse::<usize>().ok()?),
            _ => None,
        })
    }

    /// Whether both mean the same: members in any order, numbers by value and not by spelling.
    pub fn same_value(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Number(left), Self::Number(right)) => left.same_value(right),
            (Self::Array(left), Self::Array(right)) => {
                left.len() == right.len() && left.iter().zip(right).all(|(left, right)| left.same_value(right))
            }
            (Self::Object(left), Self::Object(right)) => {
                fn sorted(object: &Object) -> Vec<(&str, &Json)> {
                    let mut members: Vec<_> = object.iter().collect();
                    members.sort_by_key(|(name, _)| *name);
                    members
                }
                let (left, right) = (sorted(left), sorted(right));
                left.len() == right.len()
                    && left.iter().zip(&right).all(|(left, right)| left.0 == right.0 && left.1.same_value(right.1))
            }
            _ => self == other,
        }
    }

    /// Whether the value says nothing: `null`, or a string of white space.
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Null => true,
            Self::String(text) => text.trim().is_empty(),
            _ => false,
        }
    }

    /// The text of a scalar: a string as it is, a number or boolean as spelled.
    pub fn scalar_text(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::String(text) => Some(Cow::Borrowed(text)),
            Self::Number(number) => Some(Cow::Borrowed(number.as_str())),
            Self::Bool(value) => Some(Cow::Borrowed(if *value { "true" } else { "false" })),
            _ => None,
        }
    }
}

fn steps(pointer: &str) -> Option<impl Iterator<Item = String>> {
    let rest = if pointer.is_empty() { None } else { Some(pointer.strip_prefix('/')?) };
    let step = |text: &str| text.replace("~1", "/").replace("~0", "~");
    Some(rest.into_iter().flat_map(|rest| rest.split('/')).map(step).collect::<Vec<_>>().into_iter())
}

impl From<bool> for Json {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<&str> for Json {
    fn from(value: &str) -> Self {
        Self::String(value.to_owned())
    }
}

impl From<String> for Json {
    fn from(value: String) -> Self {
        Self::String(value)
    }
}

impl From<i64> for Json {
    fn from(value: i64) -> Self {
        Self::Number(value.into())
    }
}

impl From<u64> for Json {
    fn from(value: u64) -> Self {
        Self::Number(value.into())
    }
}

impl From<Object> for Json {
    fn from(value: Object) -> Self {
        Self::Object(value)
    }
}

impl From<Vec<Json>> for Json {
    fn from(value: Vec<Json>) -> Self {
        Self::Array(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pointer_walks_objects_and_arrays() {
        let tree = Json::parse(br#"{"a/b":[{"c~":1}]}"#).unwrap();
        assert_eq!(tree.pointer("/a~1b/0/c~0").and_then(Json::scalar_text).as_deref(), Some("1"));
        assert!(tree.pointer("/a~1b/1").is_none() && tree.pointer("a").is_none());
        assert_eq!(tree.pointer("").unwrap(), &tree);
    }

    #[test]
    fn debug_shows_no_content() {
        assert_eq!(format!("{:?}", Json::from("Amina")), "Json(a string)");
    }
}
