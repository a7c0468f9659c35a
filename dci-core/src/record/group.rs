//! Groups (households, families) and their members.

use super::person::{Identifier, Person};
use super::place::{Address, Place};
use crate::code::{
    AssistanceUnit, DisabilityType, EducationLevel, EmploymentStatus, FunctionalLimitation, FunctionalSeverity,
    IncomeLevel, MaritalStatus, Occupation, Relationship,
};
use crate::time::RecordDate;
use crate::wire::{Json, Number, ReadError, Reading, Wire};
use crate::wire_struct;

wire_struct! {
    personal
    /// A household, family or other group (`Group`).
    pub struct Group {
        /// JSON-LD context, as it came.
        pub at_context: Option<Json>,
        /// JSON-LD id.
        pub at_id: Option<String>,
        /// JSON-LD type.
        pub at_type: Option<String>,
        /// Identifiers of the group.
        pub group_identifier: Vec<Identifier>,
        /// Kind of group.
        pub group_type: Option<AssistanceUnit>,
        /// Where the group lives, as a place.
        pub geographical_location: Option<Place> [also "place"],
        /// Where the group lives, as addresses.
        pub address: Vec<Address>,
        /// Whether the place counts, and not the address.
        pub place_address: Option<bool>,
        /// Poverty score.
        pub poverty_score: Option<Number>,
        /// How the score was made.
        pub poverty_score_type: Option<String>,
        /// The head of the group.
        pub group_head_info: Option<Box<Member>>,
        /// How many members the group has.
        pub group_size: Option<u64>,
        /// The members.
        pub member_list: Vec<Member>,
        /// When the record was made.
        pub registration_date: Option<RecordDate> [also "sregistration_date"],
        /// When the record was changed last.
        pub last_updated: Option<RecordDate> [also "last_update"],
        /// What a registry adds.
        pub additional_attributes: Vec<Json>,
    }
}

wire_struct! {
    personal
    /// A member of a group (`Member`).
    pub struct Member {
        /// JSON-LD context, as it came.
        pub at_context: Option<Json>,
        /// JSON-LD id.
        pub at_id: Option<String>,
        /// JSON-LD type.
        pub at_type: Option<String>,
        /// Identifiers as a member.
        pub member_identifier: Vec<Identifier> [also "spdci:member_identifier"],
        /// The person.
        pub demographic_info: Option<Person> [also "person"],
        /// Relatives.
        pub related_person: Vec<RelatedPerson>,
        /// Whether the person lives with a disability.
        pub is_disabled: Option<bool>,
        /// The disabilities.
        pub disability_info: Vec<DisabilityInfo>,
        /// Marital status.
        pub marital_status: Option<MaritalStatus>,
        /// Employment status.
        pub employment_status: Option<EmploymentStatus>,
        /// Occupation.
        pub occupation: Option<Occupation>,
        /// Income level.
        pub income_level: Option<IncomeLevel>,
        /// Languages spoken.
        pub language_code: Vec<String>,
        /// Highest education.
        pub education_level: Option<EducationLevel>,
        /// What a registry adds.
        pub additional_attributes: Vec<Json>,
        /// When the record was made.
        pub registration_date: Option<RecordDate> [also "sregistration_date"],
        /// When the record was changed last.
        pub last_updated: Option<RecordDate> [also "last_update"],
    } unwrap "household_member";
}

wire_struct! {
    personal
    /// A relative (`RelatedPerson`).
    pub struct RelatedPerson {
        /// How they are related.
        pub relationship_type: Option<Relationship>,
        /// The relative.
        pub related_member: Option<Relative>,
    }
}

/// The relative in a [`RelatedPerson`]: a person by the vocabulary, a member in the published examples.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Relative {
    /// A person.
    Person(Box<Person>),
    /// A member of a group.
    Member(Box<Member>),
}

impl Wire for Relative {
    const EXPECTED: &'static str = "a person (an object)";

    fn read(value: &Json, reading: &mut Reading) -> Result<Self, ReadError> {
        if value.get("demographic_info").is_some() || value.get("member_identifier").is_some() {
            return Member::read(value, reading).map(Box::new).map(Self::Member);
        }
        Person::read(value, reading).map(Box::new).map(Self::Person)
    }

    fn write(&self) -> Json {
        match self {
            Self::Person(person) => person.write(),
            Self::Member(member) => member.write(),
        }
    }
}

#[cfg(feature = "schema")]
impl crate::schema::JsonSchema for Relative {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Relative".into()
    }

    fn json_schema(generator: &mut crate::schema::SchemaGenerator) -> crate::schema::Schema {
        let kinds = [generator.subschema_for::<Person>(), generator.subschema_for::<Member>()];
        schemars::json_schema!({"anyOf": kinds})
    }
}

wire_struct! {
    personal
    /// One disability (`DisabilityInfo`).
    pub struct DisabilityInfo {
        /// Kind of disability.
        pub disability_type: Vec<DisabilityType>,
        /// Domain of the limitation.
        pub functional_limitation_type: Vec<FunctionalLimitation> [also "disability_limitation_type"],
        /// How severe it is.
        pub functional_severity: Vec<FunctionalSeverity>,
    }
}
