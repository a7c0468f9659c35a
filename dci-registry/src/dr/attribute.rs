//! What searches in the disability registry may name.

use super::code::{DisabilityLevel, DisabilityStatus, ImpairmentType};
use dci_core::code::Sex;
use dci_core::query::{Attribute, Kind};

/// The second half is for registries that have a person where the vocabulary has a member.
pub(super) const IDENTIFIER_PATHS: &[&str] = &[
    "personal_details.member_identifier",
    "personal_details.demographic_info.identifier",
    "personal_details.identifier",
];

const BIRTH_DATE: &[&str] = &["personal_details.demographic_info.birth_date", "personal_details.birth_date"];

pub(super) const ATTRIBUTES: &[Attribute] = &[
    Attribute { name: "UIN", also: &["uin"], paths: IDENTIFIER_PATHS, kind: Kind::Identifier("UIN") },
    Attribute {
        name: "person_identifier",
        also: &["member.member_identifier", "personal_details.member_identifier", "member_identifier"],
        paths: IDENTIFIER_PATHS,
        kind: Kind::AnyIdentifier,
    },
    Attribute {
        name: "disability_status",
        also: &[],
        paths: &["disability_status"],
        kind: Kind::Code(DisabilityStatus::published_code),
    },
    Attribute {
        name: "disability_status_level",
        also: &["disability_level"],
        paths: &["disability_status_level"],
        kind: Kind::Code(DisabilityLevel::published_code),
    },
    Attribute {
        name: "impairment_type",
        also: &["disability_details.impairment_type", "disability_type"],
        paths: &["disability_details.impairment_type"],
        kind: Kind::Code(ImpairmentType::published_code),
    },
    Attribute { name: "age", also: &[], paths: BIRTH_DATE, kind: Kind::Age },
    Attribute {
        name: "birth_date",
        also: &[
            "DOB",
            "birthdate",
            "date_of_birth",
            "member.demographic_info.birth_date",
            "demographic_info.birth_date",
        ],
        paths: BIRTH_DATE,
        kind: Kind::Date,
    },
    Attribute {
        name: "sex",
        also: &["gender"],
        paths: &["personal_details.demographic_info.sex", "personal_details.sex"],
        kind: Kind::Code(Sex::published_code),
    },
    Attribute {
        name: "location",
        also: &["region_code", "region"],
        paths: &["personal_details.demographic_info.address.region_code", "personal_details.address.region_code"],
        kind: Kind::Text,
    },
    Attribute { name: "registration_date", also: &[], paths: &["registration_date"], kind: Kind::Date },
];
