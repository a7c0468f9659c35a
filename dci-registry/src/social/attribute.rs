//! What searches in the social registry may name. The standard leaves the list to each registry; these are the names its
//! own texts, examples and test suites use.

use dci_core::code::{AssistanceUnit, EmploymentStatus, MaritalStatus, Sex};
use dci_core::query::{Attribute, Kind};

/// Where identifiers lie, in records of every kind.
pub(super) const IDENTIFIER_PATHS: &[&str] = &[
    "identifier",
    "member_identifier",
    "group_identifier",
    "demographic_info.identifier",
    "group_head_info.demographic_info.identifier",
    "member_list.member_identifier",
    "member_list.demographic_info.identifier",
];

const BIRTH_DATE: &[&str] = &["birth_date", "demographic_info.birth_date", "member_list.demographic_info.birth_date"];

pub(super) const ATTRIBUTES: &[Attribute] = &[
    Attribute { name: "UIN", also: &["uin"], paths: IDENTIFIER_PATHS, kind: Kind::Identifier("UIN") },
    Attribute { name: "person_identifier", also: &[], paths: IDENTIFIER_PATHS, kind: Kind::AnyIdentifier },
    Attribute { name: "age", also: &[], paths: BIRTH_DATE, kind: Kind::Age },
    Attribute {
        name: "birth_date",
        also: &["DOB", "birthdate", "date_of_birth", "demographic_info.birth_date"],
        paths: BIRTH_DATE,
        kind: Kind::Date,
    },
    Attribute {
        name: "sex",
        also: &["gender", "demographic_info.sex", "demographic_info.person.sex"],
        paths: &["sex", "demographic_info.sex", "member_list.demographic_info.sex"],
        kind: Kind::Code(Sex::published_code),
    },
    Attribute {
        name: "marital_status",
        also: &[],
        paths: &["marital_status", "member_list.marital_status"],
        kind: Kind::Code(MaritalStatus::published_code),
    },
    Attribute {
        name: "employment_status",
        also: &[],
        paths: &["employment_status", "member_list.employment_status"],
        kind: Kind::Code(EmploymentStatus::published_code),
    },
    Attribute { name: "poverty_score", also: &[], paths: &["poverty_score"], kind: Kind::Number },
    Attribute { name: "group_size", also: &["household_size"], paths: &["group_size"], kind: Kind::Number },
    Attribute {
        name: "group_type",
        also: &[],
        paths: &["group_type"],
        kind: Kind::Code(AssistanceUnit::published_code),
    },
    Attribute {
        name: "location",
        also: &["region_code", "region"],
        paths: &["geographical_location.name", "address.region_code", "demographic_info.address.region_code"],
        kind: Kind::Text,
    },
    Attribute {
        name: "district",
        also: &["sub_region_code", "area-code"],
        paths: &["address.sub_region_code", "demographic_info.address.sub_region_code"],
        kind: Kind::Text,
    },
    Attribute {
        name: "postal_code",
        also: &["pin-code"],
        paths: &["address.postal_code", "demographic_info.address.postal_code"],
        kind: Kind::Text,
    },
    Attribute {
        name: "registration_date",
        also: &[],
        paths: &["registration_date", "demographic_info.registration_date"],
        kind: Kind::Date,
    },
];
