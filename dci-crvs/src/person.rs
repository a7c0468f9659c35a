//! A person as civil registration knows them.

use dci_core::code::{MaritalStatus, Sex};
use dci_core::record::{Address, Identifier, Name, Place};
use dci_core::time::RecordDate;
use dci_core::wire::Json;
use dci_core::wire_struct;

wire_struct! {
    personal
    /// A person with the events of their life (`CRVSPerson`). The numbers of registrations (BRN, DRN, MRN) are identifiers;
    /// there is no record of the event itself.
    pub struct CivilPerson {
        /// JSON-LD context, as it came.
        pub at_context: Option<Json>,
        /// JSON-LD id.
        pub at_id: Option<String>,
        /// JSON-LD type.
        pub at_type: Option<String>,
        /// Identifiers and registration numbers.
        pub identifier: Vec<Identifier> [also "spdci:identifier"],
        /// Name.
        pub name: Option<Name>,
        /// Sex as registered.
        pub sex: Option<Sex> [also "gender"],
        /// Date of birth.
        pub birth_date: Option<RecordDate> [also "date_of_birth", "birthDate", "birthdate"],
        /// Place of birth.
        pub birth_place: Option<Place> [also "birthPlace"],
        /// Date of death.
        pub death_date: Option<RecordDate> [also "date_of_death", "deathDate"],
        /// Place of death.
        pub death_place: Option<Place> [also "deathPlace"],
        /// Addresses.
        pub address: Vec<Address>,
        /// Telephone numbers, best in E.164.
        pub phone_number: Vec<String>,
        /// E-mail addresses.
        pub email: Vec<String>,
        /// Marital status.
        pub marital_status: Option<MaritalStatus>,
        /// Dates of marriages.
        pub marriage_date: Vec<RecordDate> [also "marriagedate"],
        /// Dates of divorces.
        pub divorce_date: Vec<RecordDate> [also "divorcedate"],
        /// An identifier of the first parent.
        pub parent1_identifier: Option<Identifier>,
        /// An identifier of the second parent.
        pub parent2_identifier: Option<Identifier>,
        /// When the record was made.
        pub registration_date: Option<RecordDate>,
        /// When the record was changed last.
        pub last_updated: Option<RecordDate> [also "last_update"],
    } stands alone_in_status;
}
