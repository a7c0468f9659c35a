//! An unregistered birth, told *into* the civil registry.
//!
//! **Beyond the released text.** The field asks for it: a health worker or social programme that learns of a birth tells the
//! registry, which then registers it. The released documents have no endpoint for that. This crate uses the standard's own
//! `notify` in the other direction: the message, header and signature are those of `/registry/notify`, and it is posted to the
//! registry instead of to a subscriber. A registry takes such messages only when it mounts [`Server::notice`] for
//! `Notify<Civil>`; others answer 404.
//!
//! [`Server::notice`]: https://docs.rs/dci-core/latest/dci_core/server/struct.Server.html

use crate::{Civil, CivilPerson, VitalEvent};
use dci_core::id::TransactionId;
use dci_core::message::{NotifyEvent, NotifyRequest};

/// Tells of the birth of `child`, which no registry has registered: what is known, with identifiers of the parents where
/// there are any.
pub fn unregistered_birth(child: CivilPerson) -> NotifyRequest<CivilPerson> {
    NotifyRequest::new(TransactionId::random(), vec![NotifyEvent::new::<Civil>(&VitalEvent::LiveBirth, child)])
}

#[cfg(feature = "client")]
mod client {
    use super::{Civil, CivilPerson, unregistered_birth};
    use crate::location::{LOCATIONS_PATH, LocationHierarchy, LocationTree};
    use async_trait::async_trait;
    use dci_core::action::Notify;
    use dci_core::client::{Client, ClientError};
    use dci_core::id::CorrelationId;

    /// What only civil registries are asked and told.
    #[async_trait]
    pub trait CivilCalls {
        /// Tells of a birth nobody registered; see [`unregistered_birth`] for how this goes beyond the standard's text.
        async fn tell_of_birth(&self, child: CivilPerson) -> Result<Option<CorrelationId>, ClientError>;

        /// Fetches the registry's locations.
        async fn locations(&self) -> Result<LocationTree, ClientError>;
    }

    #[async_trait]
    impl CivilCalls for Client<Civil> {
        async fn tell_of_birth(&self, child: CivilPerson) -> Result<Option<CorrelationId>, ClientError> {
            self.tell::<Notify<Civil>>(&unregistered_birth(child)).await
        }

        async fn locations(&self) -> Result<LocationTree, ClientError> {
            let (hierarchy, _) = self.document::<LocationHierarchy>(LOCATIONS_PATH).await?;
            Ok(LocationTree::new(hierarchy))
        }
    }
}

#[cfg(feature = "client")]
pub use client::CivilCalls;
