//! The integrated beneficiary registry (IBR): who gets what, from which programme.
//!
//! Records are those of `extensions/ibr/v1/data`; messages and endpoints those of `ibr_api_v1.0.0`.

mod attribute;
mod code;
mod enrolled;
mod enrollment_updates;
mod money;
mod record;
#[cfg(feature = "server")]
mod serve;

pub use code::{
    BenefitType, ContributionType, EnrollmentStatus, InstitutionType, LegalStatus, ProgrammeType,
    SocialProtectionFunction,
};
#[cfg(feature = "client")]
pub use enrolled::client::EnrollmentCheck;
pub(crate) use enrolled::item_of;
pub use enrolled::{Enrolled, EnrolledRequest, EnrolledResponse, EnrolledResult};
pub use enrollment_updates::{
    EnrolledUpdates, EnrollmentUpdateResult, EnrollmentUpdates, EnrollmentUpdatesRequest, EnrollmentUpdatesResponse,
};
pub use money::Money;
pub use record::{Beneficiary, Benefit, BenefitFrequency, Programme};
#[cfg(feature = "server")]
pub use serve::{EnrollmentService, serve};

use dci_core::action::Registry;
use dci_core::open_enum;
use dci_core::query::Attribute;

/// The interface: `Client<Ibr>`, [`Search<Ibr>`](dci_core::action::Search).
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Ibr;

open_enum! {
    closed
    /// What can be notified (`NotifyEventRequest.reg_event_type` of the beneficiary registry, in its spelling).
    pub enum EventType {
        /// Somebody was enrolled in a programme.
        Enrollment = "enrollement" ["enrollment", "enrolment"],
        /// Where somebody stands in a programme changed.
        StatusChange = "enrollement_status_change" ["enrollment_status_change", "enrolment_status_change"],
    }
}

impl Registry for Ibr {
    const NAME: &'static str = "ibr";
    const REG_TYPE: &'static str = "ns:org:RegistryType:IBR";
    const RECORD_TYPE: &'static str = "Member";
    const REG_TYPE_ALIASES: &'static [&'static str] = &["beneficiary"];
    const ATTRIBUTES: &'static [Attribute] = attribute::ATTRIBUTES;
    const IDENTIFIER_PATHS: &'static [&'static str] = attribute::IDENTIFIER_PATHS;
    type Record = Beneficiary;
    type Event = EventType;
}
