//! Civil registration (CRVS) over [`dci_core`]: persons, the events of their lives, and the areas they live in.
//!
//! The five things the field does with it:
//!
//! - **An event begins a benefit.** Subscribe to [`VitalEvent::LiveBirth`] and take the notifications:
//!   [`Client::subscribe`](dci_core::client::Client::subscribe), [`Callbacks::listen`](dci_core::client::Callbacks::listen).
//! - **An event ends a benefit.** The same with [`VitalEvent::Death`].
//! - **Is what an applicant says true?** Search by identifier, compare the [`CivilPerson`].
//! - **How much is due?** Search the children of a parent, count and date them.
//! - **A birth nobody registered** is told into the registry: [`unregistered_birth`]. This goes beyond the released text.
//!
//! ```no_run
//! use dci_core::client::{Client, Token};
//! use dci_core::peer::{Peer, Preset};
//! use dci_core::query::SearchCriteria;
//! # use dci_core::{jose::KeySet, gate::Seal};
//! use dci_crvs::{Civil, EventCriteria as _, VitalEvent};
//!
//! # async fn find(seal: Seal, keys: KeySet) -> Result<(), Box<dyn std::error::Error>> {
//! let crvs = Peer::new("crvs.example.org".parse()?, keys).speaking(Preset::OpenCrvs2024.profile());
//! let client = Client::<Civil>::builder("https://crvs.example.org")
//!     .seal(seal)
//!     .peer(crvs)
//!     .token(Token::bearer("…"))
//!     .build()?;
//! let births = client.search(SearchCriteria::identifier("BRN", "2023BIYCGRT").event(VitalEvent::LiveBirth)).await?;
//! println!("{} records", births.records().count());
//! # Ok(()) }
//! ```

mod attribute;
mod birth;
mod event;
mod location;
mod person;

#[cfg(feature = "client")]
pub use birth::CivilCalls;
pub use birth::unregistered_birth;
pub use event::{EventCriteria, VitalEvent};
pub use location::{LOCATIONS_PATH, Location, LocationHierarchy, LocationTree, PropertyValue};
pub use person::CivilPerson;

use dci_core::action::Registry;
use dci_core::query::Attribute;

/// The interface: [`dci_core::action::Search<Civil>`](dci_core::action::Search), `Client<Civil>`.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Civil;

impl Registry for Civil {
    const NAME: &'static str = "crvs";
    const REG_TYPE: &'static str = "ns:org:RegistryType:Civil";
    const RECORD_TYPE: &'static str = "spdci-extensions-dci:Person";
    const REG_TYPE_ALIASES: &'static [&'static str] = &["crvs", "civil_registry"];
    const ATTRIBUTES: &'static [Attribute] = attribute::ATTRIBUTES;
    const IDENTIFIER_PATHS: &'static [&'static str] = attribute::IDENTIFIER_PATHS;
    type Record = CivilPerson;
    type Event = VitalEvent;

    /// With the namespace of the published examples: `spdci-common:RegistryEventType:LiveBirth`.
    fn event_name(event: &VitalEvent) -> String {
        format!("spdci-common:RegistryEventType:{}", event.registry_name())
    }
}
