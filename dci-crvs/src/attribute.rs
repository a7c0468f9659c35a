//! What searches in civil registration may name.

use dci_core::code::Sex;
use dci_core::query::{Attribute, Kind};

pub(super) const IDENTIFIER_PATHS: &[&str] = &["identifier"];

pub(super) const ATTRIBUTES: &[Attribute] = &[
    Attribute { name: "UIN", also: &["uin", "NID"], paths: IDENTIFIER_PATHS, kind: Kind::Identifier("UIN") },
    Attribute { name: "BRN", also: &["brn"], paths: IDENTIFIER_PATHS, kind: Kind::Identifier("BRN") },
    Attribute {
        name: "birth_date",
        also: &["birthdate", "date_of_birth", "DOB", "dateOfEvent"],
        paths: &["birth_date"],
        kind: Kind::Date,
    },
    Attribute { name: "death_date", also: &["date_of_death"], paths: &["death_date"], kind: Kind::Date },
    Attribute { name: "age", also: &[], paths: &["birth_date"], kind: Kind::Age },
    Attribute { name: "sex", also: &["gender"], paths: &["sex"], kind: Kind::Code(Sex::published_code) },
    Attribute { name: "birth_place", also: &["birthplace"], paths: &["birth_place.name"], kind: Kind::Text },
    Attribute { name: "surname", also: &["last_name", "familyName"], paths: &["name.surname"], kind: Kind::Text },
    Attribute { name: "given_name", also: &["first_name"], paths: &["name.given_name"], kind: Kind::Text },
];
