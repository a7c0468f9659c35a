//! The registries of the DCI standard over [`dci_core`]. One module each: social ([`social`]), integrated
//! beneficiary ([`ibr`]), disability ([`dr`]), farmer ([`fr`]) and employment service ([`ess`]).
//!
//! # A client
//!
//! ```no_run
//! use dci_core::client::{Client, Token};
//! use dci_core::peer::Peer;
//! use dci_core::query::SearchCriteria;
//! # use dci_core::{jose::KeySet, gate::Seal};
//! use dci_registry::social::Social;
//!
//! # async fn find(seal: Seal, registry_keys: KeySet) -> Result<(), Box<dyn std::error::Error>> {
//! let client = Client::<Social>::builder("https://registry.example.org/social")
//!     .seal(seal)
//!     .peer(Peer::new("registry.example.org".parse()?, registry_keys))
//!     .token(Token::bearer("…"))
//!     .build()?;
//! let found = client.search(SearchCriteria::identifier("UIN", "847951632")).await?;
//! println!("{} records", found.records().count());
//! # Ok(()) }
//! ```

mod criteria;
pub mod dr;
pub mod ess;
pub mod fr;
pub mod ibr;
#[cfg(feature = "server")]
mod serve;
pub mod social;

pub use criteria::{MapCriteria, YesNo};
