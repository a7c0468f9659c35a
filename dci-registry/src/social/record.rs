//! One record of the social registry.

use dci_core::record::{Group, Member, Person};
use dci_core::wire::{Json, ReadError, Reading, Wire};

/// A record: a group with its members, a member with the demographic part, or a plain person. Which one it is shows in
/// its members; the JSON-LD type is only a hint.
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
        let has = |names: &[&str]| names.iter().any(|name| value.get(name).is_some());
        if has(&["group_identifier", "member_list", "group_head_info", "group_size"]) {
            Group::read(value, reading).map(Box::new).map(Self::Group)
        } else if has(&["member_identifier", "demographic_info", "household_member"]) {
            Member::read(value, reading).map(Box::new).map(Self::Member)
        } else {
            Person::read(value, reading).map(Box::new).map(Self::Person)
        }
    }

    fn write(&self) -> Json {
        match self {
            Self::Group(group) => group.write(),
            Self::Member(member) => member.write(),
            Self::Person(person) => person.write(),
        }
    }
}

dci_core::wire_serde!(SocialRecord);

#[cfg(feature = "schema")]
impl dci_core::schema::JsonSchema for SocialRecord {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "SocialRecord".into()
    }

    fn json_schema(generator: &mut dci_core::schema::SchemaGenerator) -> dci_core::schema::Schema {
        let kinds =
            [generator.subschema_for::<Group>(), generator.subschema_for::<Member>(), generator.subschema_for::<Person>()];
        schemars::json_schema!({"anyOf": kinds})
    }
}
