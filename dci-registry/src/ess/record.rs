//! Members of the employment service and their work (`extensions/ess/v1/data` of the vocabulary).

use super::code::{EmploymentType, UnemploymentReason};
use dci_core::code::{EducationLevel, EmploymentStatus, IncomeLevel, MaritalStatus, Occupation};
use dci_core::record::{DisabilityInfo, Identifier, Person, RelatedPerson};
use dci_core::time::RecordDate;
use dci_core::wire::Json;
use dci_core::wire_struct;

wire_struct! {
    personal
    /// A person the employment service knows (`Member`: the core member, and the work).
    pub struct EmploymentMember {
        /// JSON-LD context, as it came.
        pub at_context: Option<Json>,
        /// JSON-LD id.
        pub at_id: Option<String>,
        /// JSON-LD type.
        pub at_type: Option<String>,
        /// Identifiers as a member.
        pub member_identifier: Vec<Identifier> [also "spdci:member_identifier"],
        /// The person.
        pub demographic_info: Option<Person>,
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
        /// Past and present employments.
        pub employment_info: Vec<EmploymentInfo>,
        /// Why the person is without work.
        pub unemployment_reason: Option<UnemploymentReason>,
        /// What a registry adds.
        pub additional_attributes: Vec<Json>,
        /// When the record was made.
        pub registration_date: Option<RecordDate>,
        /// When the record was changed last.
        pub last_updated: Option<RecordDate> [also "last_update"],
    } unwrap "household_member";
}

wire_struct! {
    personal
    /// One employment (`Employment_Info`).
    pub struct EmploymentInfo {
        /// Since when.
        pub start_date: Option<RecordDate>,
        /// Until when.
        pub end_date: Option<RecordDate>,
        /// As what.
        pub job_title: Option<String>,
        /// By whom.
        pub employer: Option<String>,
        /// How.
        pub employment_type: Option<EmploymentType>,
    }
}
