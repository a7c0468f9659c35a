//! What searches in the employment service may name.

use super::code::{EmploymentType, UnemploymentReason};
use dci_core::code::{EmploymentStatus, Sex};
use dci_core::query::{Attribute, Kind};

pub(super) const IDENTIFIER_PATHS: &[&str] = &["member_identifier", "demographic_info.identifier"];

const BIRTH_DATE: &[&str] = &["demographic_info.birth_date"];

pub(super) const ATTRIBUTES: &[Attribute] = &[
    Attribute { name: "UIN", also: &["uin"], paths: IDENTIFIER_PATHS, kind: Kind::Identifier("UIN") },
    Attribute { name: "person_identifier", also: &[], paths: IDENTIFIER_PATHS, kind: Kind::AnyIdentifier },
    Attribute {
        name: "employment_status",
        also: &[],
        paths: &["employment_status"],
        kind: Kind::Code(EmploymentStatus::published_code),
    },
    Attribute {
        name: "employment_type",
        also: &["employment_info.employment_type"],
        paths: &["employment_info.employment_type"],
        kind: Kind::Code(EmploymentType::published_code),
    },
    Attribute {
        name: "unemployment_reason",
        also: &[],
        paths: &["unemployment_reason"],
        kind: Kind::Code(UnemploymentReason::published_code),
    },
    Attribute { name: "age", also: &[], paths: BIRTH_DATE, kind: Kind::Age },
    Attribute {
        name: "birth_date",
        also: &["DOB", "birthdate", "date_of_birth", "demographic_info.birth_date"],
        paths: BIRTH_DATE,
        kind: Kind::Date,
    },
    Attribute {
        name: "sex",
        also: &["gender", "demographic_info.sex"],
        paths: &["demographic_info.sex"],
        kind: Kind::Code(Sex::published_code),
    },
    Attribute {
        name: "location",
        also: &["region_code", "region"],
        paths: &["demographic_info.address.region_code"],
        kind: Kind::Text,
    },
    Attribute { name: "registration_date", also: &[], paths: &["registration_date"], kind: Kind::Date },
];
