//! What searches in civil registration may name.

use dci_core::code::{MaritalStatus, Sex};
use dci_core::query::{Attribute, Kind};

pub(super) const IDENTIFIER_PATHS: &[&str] = &["identifier"];

const PARENTS: &[&str] = &["parent1_identifier", "parent2_identifier"];

pub(super) const ATTRIBUTES: &[Attribute] = &[
    Attribute { name: "UIN", also: &["uin"], paths: IDENTIFIER_PATHS, kind: Kind::Identifier("UIN") },
    Attribute { name: "NID", also: &["nid"], paths: IDENTIFIER_PATHS, kind: Kind::Identifier("NID") },
    Attribute { name: "BRN", also: &["brn"], paths: IDENTIFIER_PATHS, kind: Kind::Identifier("BRN") },
    Attribute { name: "DRN", also: &["drn"], paths: IDENTIFIER_PATHS, kind: Kind::Identifier("DRN") },
    Attribute { name: "MRN", also: &["mrn"], paths: IDENTIFIER_PATHS, kind: Kind::Identifier("MRN") },
    Attribute { name: "person_identifier", also: &[], paths: IDENTIFIER_PATHS, kind: Kind::AnyIdentifier },
    Attribute {
        name: "parent_identifier",
        also: &["parent1_identifier", "parent2_identifier"],
        paths: PARENTS,
        kind: Kind::AnyIdentifier,
    },
    Attribute {
        name: "birth_date",
        also: &["birthdate", "date_of_birth", "DOB", "dateOfEvent"],
        paths: &["birth_date"],
        kind: Kind::Date,
    },
    Attribute { name: "death_date", also: &["date_of_death"], paths: &["death_date"], kind: Kind::Date },
    Attribute { name: "marriage_date", also: &["date_of_marriage"], paths: &["marriage_date"], kind: Kind::Date },
    Attribute { name: "divorce_date", also: &["date_of_divorce"], paths: &["divorce_date"], kind: Kind::Date },
    Attribute { name: "registration_date", also: &[], paths: &["registration_date"], kind: Kind::Date },
    Attribute { name: "age", also: &[], paths: &["birth_date"], kind: Kind::Age },
    Attribute { name: "sex", also: &["gender"], paths: &["sex"], kind: Kind::Code(Sex::published_code) },
    Attribute {
        name: "marital_status",
        also: &[],
        paths: &["marital_status"],
        kind: Kind::Code(MaritalStatus::published_code),
    },
    Attribute {
        name: "birth_place",
        also: &["birthplace", "place_of_birth"],
        paths: &["birth_place.name"],
        kind: Kind::Text,
    },
    Attribute { name: "death_place", also: &["place_of_death"], paths: &["death_place.name"], kind: Kind::Text },
    Attribute { name: "location", also: &["region_code", "region"], paths: &["address.region_code"], kind: Kind::Text },
    Attribute { name: "surname", also: &["last_name", "familyName"], paths: &["name.surname"], kind: Kind::Text },
    Attribute { name: "given_name", also: &["first_name"], paths: &["name.given_name"], kind: Kind::Text },
];
