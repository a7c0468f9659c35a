//! What searches in the beneficiary registry may name.

use super::code::{BenefitType, EnrollmentStatus};
use dci_core::code::{AssistanceUnit, Sex};
use dci_core::query::{Attribute, Kind};

pub(super) const IDENTIFIER_PATHS: &[&str] = &[
    "member.member_identifier",
    "member.demographic_info.identifier",
    "group.group_identifier",
    "group.member_list.member_identifier",
    "group.member_list.demographic_info.identifier",
];

const BIRTH_DATE: &[&str] = &["member.demographic_info.birth_date", "group.member_list.demographic_info.birth_date"];

pub(super) const ATTRIBUTES: &[Attribute] = &[
    Attribute { name: "UIN", also: &["uin"], paths: IDENTIFIER_PATHS, kind: Kind::Identifier("UIN") },
    Attribute { name: "person_identifier", also: &[], paths: IDENTIFIER_PATHS, kind: Kind::AnyIdentifier },
    Attribute {
        name: "programme_identifier",
        also: &[
            "programme_identifier.program.programme_identifier",
            "programme_identifier.programme.programme_identifier",
            "programme_identifier.programme_identifier",
        ],
        paths: &["programme_identifier.programme_identifier"],
        kind: Kind::Text,
    },
    Attribute {
        name: "enrollment_status",
        also: &["enrolment_status"],
        paths: &["enrollment_status"],
        kind: Kind::Code(EnrollmentStatus::published_code),
    },
    Attribute { name: "enrollment_date", also: &["enrolment_date"], paths: &["enrollment_date"], kind: Kind::Date },
    Attribute {
        name: "benefit_type",
        also: &["benefits.benefit_type"],
        paths: &["benefits.benefit_type"],
        kind: Kind::Code(BenefitType::published_code),
    },
    Attribute {
        name: "assistance_unit",
        also: &[],
        paths: &["assistance_unit"],
        kind: Kind::Code(AssistanceUnit::published_code),
    },
    Attribute { name: "age", also: &[], paths: BIRTH_DATE, kind: Kind::Age },
    Attribute { name: "birth_date", also: &["DOB", "birthdate", "date_of_birth"], paths: BIRTH_DATE, kind: Kind::Date },
    Attribute {
        name: "sex",
        also: &["gender"],
        paths: &["member.demographic_info.sex", "group.member_list.demographic_info.sex"],
        kind: Kind::Code(Sex::published_code),
    },
    Attribute { name: "poverty_score", also: &[], paths: &["group.poverty_score"], kind: Kind::Number },
    Attribute { name: "group_size", also: &["household_size"], paths: &["group.group_size"], kind: Kind::Number },
    Attribute {
        name: "location",
        also: &["region_code", "region"],
        paths: &["group.address.region_code", "member.demographic_info.address.region_code"],
        kind: Kind::Text,
    },
];
