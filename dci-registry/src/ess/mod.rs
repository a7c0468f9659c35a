//! The employment service (ESS): people, their work, and their enrolment.
//!
//! No OpenAPI document of it is published. Records are those of `extensions/ess/v1/data`; the messages are those of every
//! registry, and `check-enrollment` as its official mock has it.

mod attribute;
mod check_enrollment;
mod code;
mod record;
#[cfg(feature = "server")]
mod serve;

pub use check_enrollment::{
    CheckEnrollment, CheckEnrollmentRequest, CheckEnrollmentResponse, CheckEnrollmentResult, EnrollmentLabel,
};
pub use code::{EmploymentType, EnrolmentStatus, UnemploymentReason};
pub use record::{EmploymentInfo, EmploymentMember};
#[cfg(feature = "server")]
pub use serve::serve;

use dci_core::action::Registry;
use dci_core::open_enum;
use dci_core::query::Attribute;

/// The interface: `Client<Ess>`, [`Search<Ess>`](dci_core::action::Search).
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Ess;

open_enum! {
    /// What can be notified. Nothing is published for the employment service; this is what the other registries have.
    pub enum EventType {
        /// Somebody was registered.
        Register = "REGISTER",
    }
}

impl Registry for Ess {
    const NAME: &'static str = "ess";
    const REG_TYPE: &'static str = "ns:org:RegistryType:ESS";
    const RECORD_TYPE: &'static str = "Member";
    const REG_TYPE_ALIASES: &'static [&'static str] = &["employment", "employment_service"];
    const ATTRIBUTES: &'static [Attribute] = attribute::ATTRIBUTES;
    const IDENTIFIER_PATHS: &'static [&'static str] = attribute::IDENTIFIER_PATHS;
    type Record = EmploymentMember;
    type Event = EventType;
}
