//! Disabled persons, their impairments, and the support they need (`extensions/dr/v1/data` of the vocabulary).

use super::code::{
    AgeOnSet, AnimalAssistanceType, AssistiveTechnologyType, DisabilityLevel, DisabilityStatus, HousingSupportType,
    HousingType, HumanAssistanceType, ImpairmentCause, ImpairmentLevel, ImpairmentType, MedicalCareType,
    SupportFrequency, SupportStatus, TransportRequirement,
};
use crate::ibr::Programme;
use dci_core::code::Relationship;
use dci_core::record::{Member, Person};
use dci_core::time::RecordDate;
use dci_core::wire::{Json, ReadError, Reading, Rule, Wire};
use dci_core::wire_struct;

wire_struct! {
    personal
    /// A person with a registered disability (`PWD_Person`).
    pub struct DisabledPerson {
        /// JSON-LD context, as it came.
        pub at_context: Option<Json>,
        /// JSON-LD id.
        pub at_id: Option<String>,
        /// JSON-LD type.
        pub at_type: Option<String>,
        /// Who it is.
        pub personal_details: Option<PersonalDetails>,
        /// Whether the disability is recognised.
        pub disability_status: Option<DisabilityStatus>,
        /// How much support it asks for.
        pub disability_status_level: Option<DisabilityLevel> [also "disability_level"],
        /// The impairments.
        pub disability_details: Vec<DisabilityDetails>,
        /// The support that is needed or given.
        pub disability_support: Vec<DisabilitySupport>,
        /// The transport that is needed.
        pub transport_requirement: Option<TransportRequirement>,
        /// How the person lives.
        pub housing_type: Option<HousingType>,
        /// The programmes the person is in.
        pub programs_enrolments: Vec<Programme> [also "programs_enrollments"],
        /// When the record was made.
        pub registration_date: Option<RecordDate>,
        /// When the record was changed last.
        pub last_updated: Option<RecordDate> [also "last_update"],
    } stands alone;
}

/// Who a disabled person is: a member by the vocabulary; the published examples have the person's own members in its place.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum PersonalDetails {
    /// A member.
    Member(Box<Member>),
    /// A person.
    Person(Box<Person>),
}

impl Wire for PersonalDetails {
    const EXPECTED: &'static str = "a member (an object)";

    fn read(value: &Json, reading: &mut Reading) -> Result<Self, ReadError> {
        let is_person =
            ["identifier", "name", "birth_date", "date_of_birth"].iter().any(|name| value.get(name).is_some());
        if is_person {
            reading.forgive_as(Rule::Wrapper, "a person for a member")?;
            return Person::read(value, reading).map(Box::new).map(Self::Person);
        }
        Member::read(value, reading).map(Box::new).map(Self::Member)
    }

    fn write(&self) -> Json {
        match self {
            Self::Member(member) => member.write(),
            Self::Person(person) => person.write(),
        }
    }
}

#[cfg(feature = "schema")]
impl dci_core::schema::JsonSchema for PersonalDetails {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        Member::schema_name()
    }

    fn json_schema(generator: &mut dci_core::schema::SchemaGenerator) -> dci_core::schema::Schema {
        // A person in its place is read, and is not the standard's form.
        Member::json_schema(generator)
    }
}

wire_struct! {
    personal
    /// One impairment (`DisabilityDetails`).
    pub struct DisabilityDetails {
        /// What is impaired.
        pub impairment_type: Option<ImpairmentType>,
        /// How severely.
        pub impairment_level: Option<ImpairmentLevel>,
        /// By what.
        pub impairment_cause: Option<ImpairmentCause>,
        /// Since when.
        pub age_on_set: Option<AgeOnSet>,
    }
}

wire_struct! {
    personal
    /// The impairments of one person: a record of `get-disability-details`.
    pub struct DisabilityDetailsRecord {
        /// The impairments.
        pub disability_details: Vec<DisabilityDetails> [required],
    }
}

wire_struct! {
    personal
    /// Support of every kind (`DisabilitySupport`).
    pub struct DisabilitySupport {
        /// Help by people.
        pub human_assistance: Vec<HumanAssistance>,
        /// Technical aids.
        pub assistive_technology: Vec<AssistiveTechnology>,
        /// Support for housing.
        pub housing_support: Vec<HousingSupport>,
        /// Medical care.
        pub medical_care: Vec<MedicalCare>,
        /// Help by animals.
        pub animal_assistance: Vec<AnimalAssistance>,
        /// When the record was made.
        pub registration_date: Option<RecordDate>,
        /// When the record was changed last.
        pub last_updated: Option<RecordDate> [also "last_update"],
    }
}

wire_struct! {
    personal
    /// Help by a person (`HumanAssistance`).
    pub struct HumanAssistance {
        /// With what.
        pub kind: Option<HumanAssistanceType>,
        /// How often.
        pub intensity: Option<SupportFrequency> [also "frequency"],
        /// Whether it is given.
        pub support: Option<SupportStatus> [also "support_status"],
        /// By whom.
        pub caregiver: Option<Person>,
        /// What the caregiver is to the person.
        pub relationship: Option<Relationship>,
        /// When the record was made.
        pub registration_date: Option<RecordDate>,
        /// When the record was changed last.
        pub last_updated: Option<RecordDate> [also "last_update"],
    }
}

/// The kinds of support that differ in nothing but the list their type is of.
macro_rules! support {
    ($(#[doc = $doc:literal] $name:ident of $kind:ident)+) => {
        $(wire_struct! {
            personal
            #[doc = $doc]
            pub struct $name {
                /// What it is.
                pub kind: Option<$kind>,
                /// Whether it is given.
                pub status: Option<SupportStatus> [also "support_status"],
                /// When the record was made.
                pub registration_date: Option<RecordDate>,
                /// When the record was changed last.
                pub last_updated: Option<RecordDate> [also "last_update"],
            }
        })+
    };
}

support! {
    /// A technical aid (`AssistiveTechnology`).
    AssistiveTechnology of AssistiveTechnologyType
    /// Support for housing (`HousingSupport`).
    HousingSupport of HousingSupportType
    /// Medical care (`MedicalCare`).
    MedicalCare of MedicalCareType
    /// Help by an animal (`AnimalAssistance`).
    AnimalAssistance of AnimalAssistanceType
}
