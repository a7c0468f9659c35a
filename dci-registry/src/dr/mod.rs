//! The disability registry (DR): who lives with a disability, how it is recognised, and what support is needed.
//!
//! Records are those of `extensions/dr/v1/data`; messages and endpoints those of `dr_api_v1.0.0`.

mod attribute;
mod code;
mod details;
mod disabled;
mod record;
#[cfg(feature = "server")]
mod serve;

pub use code::{
    AgeOnSet, AnimalAssistanceType, AssistiveTechnologyType, DisabilityLevel, DisabilityStatus, HousingSupportType,
    HousingType, HumanAssistanceType, ImpairmentCause, ImpairmentLevel, ImpairmentType, MedicalCareType,
    SupportFrequency, SupportStatus, TransportRequirement,
};
pub use details::{GetDisabilityDetails, GetDisabilitySupport};
pub use disabled::{Disabled, DisabledRequest, DisabledResponse, DisabledResult};
pub use record::{
    AnimalAssistance, AssistiveTechnology, DisabilityDetails, DisabilityDetailsRecord, DisabilitySupport,
    DisabledPerson, HousingSupport, HumanAssistance, MedicalCare, PersonalDetails,
};
#[cfg(feature = "server")]
pub use serve::serve;

use dci_core::action::Registry;
use dci_core::open_enum;
use dci_core::query::Attribute;

/// The interface: `Client<Dr>`, [`Search<Dr>`](dci_core::action::Search).
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Dr;

open_enum! {
    closed
    /// What can be notified (`NotifyEventRequest.reg_event_type` of the disability registry). The published examples know
    /// further events, which its schema forbids.
    pub enum EventType {
        /// A disability was registered.
        Register = "REGISTER" ["DisabledPerson", "NewDisabledNewborn", "disability_created", "disability_updated"],
    }
}

impl Registry for Dr {
    const NAME: &'static str = "dr";
    const REG_TYPE: &'static str = "ns:org:RegistryType:DR";
    const RECORD_TYPE: &'static str = "spdci-extensions-dci:DisabledPerson";
    const REG_TYPE_ALIASES: &'static [&'static str] = &["disability", "disabilityregistry", "disability_registry"];
    const ATTRIBUTES: &'static [Attribute] = attribute::ATTRIBUTES;
    const IDENTIFIER_PATHS: &'static [&'static str] = attribute::IDENTIFIER_PATHS;
    type Record = DisabledPerson;
    type Event = EventType;
}
