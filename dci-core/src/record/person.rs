//! A person, their names and identifiers.

use super::place::Address;
use crate::code::{IdentifierType, Sex};
use crate::time::RecordDate;
use crate::wire::Json;
use crate::wire_struct;

wire_struct! {
    personal
    /// A person (`Person`).
    pub struct Person {
        /// JSON-LD context, as it came.
        pub at_context: Option<Json>,
        /// JSON-LD id.
        pub at_id: Option<String>,
        /// JSON-LD type.
        pub at_type: Option<String>,
        /// Identifiers.
        pub identifier: Vec<Identifier> [also "spdci:identifier", ":identifier"],
        /// Name.
        pub name: Option<Name>,
        /// Sex as registered.
        pub sex: Option<Sex> [also "gender"],
        /// Date of birth.
        pub birth_date: Option<RecordDate> [also "date_of_birth", "birthDate", "birthdate"],
        /// Date of death.
        pub death_date: Option<RecordDate> [also "date_of_death", "deathDate"],
        /// Addresses.
        pub address: Vec<Address>,
        /// Telephone numbers, best in E.164.
        pub phone_number: Vec<String>,
        /// E-mail addresses.
        pub email: Vec<String>,
        /// When the record was made.
        pub registration_date: Option<RecordDate> [also "sregistration_date"],
        /// When the record was changed last.
        pub last_updated: Option<RecordDate> [also "last_update"],
    } unwrap "person";
}

wire_struct! {
    personal
    /// The parts of a name (`Name`).
    pub struct Name {
        /// Family name.
        pub surname: Option<String> [also "last_name", "sur_name", "familyName"],
        /// First given name.
        pub given_name: Option<String> [also "first_name", "givenName"],
        /// Second given name.
        pub second_name: Option<String> [also "middle_name"],
        /// Family name at birth.
        pub maiden_name: Option<String>,
        /// Title before the name.
        pub prefix: Option<String>,
        /// Addition after the name.
        pub suffix: Option<String>,
    }
}

wire_struct! {
    personal
    /// One identifier (`Identifier`).
    pub struct Identifier {
        /// Kind of identifier.
        pub identifier_type: Option<IdentifierType> [also "name"],
        /// The identifier.
        pub identifier_value: Option<String> [also "identifier"],
    } scalar identifier_value;
}

impl Identifier {
    /// An identifier of the type `kind`.
    pub fn new(kind: &str, value: &str) -> Self {
        Self {
            identifier_type: Some(IdentifierType::from(kind)),
            identifier_value: Some(value.to_owned()),
            extra: crate::wire::Extra::default(),
        }
    }
}
