//! Civil registration (CRVS) over [`dci_core`]: persons with the events of their lives.
//!
//! So far: the person record and searches for it ([`Civil`]), which is what deployed civil registries answer.
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
mod event;
mod person;

pub use event::{EventCriteria, VitalEvent};
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
