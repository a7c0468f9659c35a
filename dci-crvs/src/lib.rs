//! Civil registration (CRVS) over [`dci_core`]: persons with the events of their lives.
//!
//! So far: the person record and searches for it ([`Civil`]), which is what deployed civil registries answer.
//!
//! ```no_run
//! use dci_core::client::{Client, Token};
//! use dci_core::peer::{Peer, Preset};
//! use dci_core::query::SearchCriteria;
//! # use dci_core::{jose::KeySet, gate::Seal};
//! use dci_crvs::{Civil, Event, EventCriteria as _};
//!
//! # async fn find(seal: Seal, keys: KeySet) -> Result<(), Box<dyn std::error::Error>> {
//! let crvs = Peer::new("crvs.example.org".parse()?, keys).speaking(Preset::OpenCrvs2024.profile());
//! let client = Client::<Civil>::builder("https://crvs.example.org")
//!     .seal(seal)
//!     .peer(crvs)
//!     .token(Token::bearer("…"))
//!     .build()?;
//! let births = client.search(SearchCriteria::identifier("BRN", "2023BIYCGRT").event(Event::Birth)).await?;
//! println!("{} records", births.records().count());
//! # Ok(()) }
//! ```

mod attribute;
mod person;

pub use person::CivilPerson;

use dci_core::action::Registry;
use dci_core::open_enum;
use dci_core::query::{Attribute, SearchCriteria};

/// The interface: [`dci_core::action::Search<Civil>`](dci_core::action::Search), `Client<Civil>`.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Civil;

open_enum! {
    /// An event of a life that is registered (`reg_event_type` of civil registration).
    pub enum Event {
        /// A live birth.
        Birth = "birth" ["LiveBirth", "live_birth", "1"],
        /// A death.
        Death = "death" ["Death", "2"],
        /// A marriage.
        Marriage = "marriage" ["Marriage", "4"],
    }
}

/// Criteria that name the event they are about.
pub trait EventCriteria {
    /// Looks among the registrations of `event`.
    #[must_use]
    fn event(self, event: Event) -> Self;
}

impl EventCriteria for SearchCriteria {
    fn event(mut self, event: Event) -> Self {
        self.reg_event_type = Some(event.as_str().to_owned());
        self
    }
}

impl Registry for Civil {
    const NAME: &'static str = "crvs";
    const REG_TYPE: &'static str = "ns:org:RegistryType:Civil";
    const RECORD_TYPE: &'static str = "CRVS_Person";
    const REG_TYPE_ALIASES: &'static [&'static str] = &["crvs", "civil_registry"];
    const ATTRIBUTES: &'static [Attribute] = attribute::ATTRIBUTES;
    const IDENTIFIER_PATHS: &'static [&'static str] = attribute::IDENTIFIER_PATHS;
    type Record = CivilPerson;
}
