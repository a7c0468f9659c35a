//! One record of the social registry.

use super::RecordType;
use dci_core::record::{Group, Member, Person};
use dci_core::wire::{Json, ReadError, Reading, Wire};

/// A record: a group with its members, a member with the demographic part, or a plain person. Which one it is shows in
/// its JSON-LD type, and where there is none in its members.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum SocialRecord {
    /// A household or other group.
    Group(Box<Group>),
    /// A member of a group.
    Member(Box<Member>),
    /// A person (`SRPerson`: the core person, nothing added).
    Person(Box<Person>),
}

impl Wire for SocialRecord {
    const EXPECTED: &'static str = "a record (an object)";

    fn read(value: &Json, reading: &mut Reading) -> Result<Self, ReadError> {
        match kind_of(value) {
            RecordType::Group => Group::read(value, reading).map(Box::new).map(Self::Group),
            RecordType::Member => Member::read(value, reading).map(Box::new).map(Self::Member),
            _ => Person::read(value, reading).map(Box::new).map(Self::Person),
        }
    }

    fn write(&self) -> Json {
        let (mut tree, kind) = match self {
            Self::Group(group) => (group.write(), RecordType::Group),
            Self::Member(member) => (member.write(), RecordType::Member),
            Self::Person(person) => (person.write(), RecordType::SrPerson),
        };
        // Without its type a record of few members could be read as another kind.
        if let Some(object) = tree.as_object_mut().filter(|object| object.get("@type").is_none()) {
            object.insert("@type", kind.as_str());
        }
        tree
    }
}

/// What a record is: as its type says, or as its members show.
fn kind_of(value: &Json) -> RecordType {
    let named = value.get("@type").and_then(Json::as_str).map(|text| text.rsplit(':').next().unwrap_or(text));
    if let Some(kind) = named.and_then(RecordType::from_spelling) {
        return kind;
    }
    if has_any(value, &["group_identifier", "member_list", "group_head_info", "group_size"]) {
        RecordType::Group
    } else if has_any(value, &["member_identifier", "demographic_info", "household_member"]) {
        RecordType::Member
    } else {
        RecordType::SrPerson
    }
}

/// Whether a record has one of `names`, itself, inside of a wrapper the examples have, or as the first of a list.
fn has_any(value: &Json, names: &[&str]) -> bool {
    let inner = ["person", "household_member"].iter().filter_map(|wrapper| value.get(wrapper));
    let first = value.as_array().and_then(<[Json]>::first);
    names.iter().any(|name| value.get(name).is_some()) || inner.chain(first).any(|inner| has_any(inner, names))
}

dci_core::wire_serde!(SocialRecord);

#[cfg(feature = "schema")]
impl dci_core::schema::JsonSchema for SocialRecord {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "SocialRecord".into()
    }

    fn json_schema(generator: &mut dci_core::schema::SchemaGenerator) -> dci_core::schema::Schema {
        let kinds = [
            generator.subschema_for::<Group>(),
            generator.subschema_for::<Member>(),
            generator.subschema_for::<Person>(),
        ];
        schemars::json_schema!({"anyOf": kinds})
    }
}
