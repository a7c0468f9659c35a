//! Serving a disability registry.

use super::{
    DisabilityDetailsRecord, DisabilityStatus, DisabilitySupport, Disabled, DisabledPerson, DisabledRequest,
    DisabledResponse, DisabledResult, Dr, GetDisabilityDetails, GetDisabilitySupport,
};
use crate::ibr::item_of;
use crate::serve::answered;
use async_trait::async_trait;
use dci_core::action::Reply as _;
use dci_core::code::SearchReason;
use dci_core::gate::{Rejection, Verified};
use dci_core::header::RequestHeader;
use dci_core::message::{SearchData, SearchResponse, SearchResult};
use dci_core::query::PageInfo;
use dci_core::server::{Handler, Outcome, RegistryService, Server};
use dci_core::wire::{Extra, Wire};
use std::sync::Arc;

/// Mounts the whole interface but its subscriptions: search and transaction status (which the standard's text lacks here),
/// `disabled`, `get-disability-support`, `get-disability-details`. All of it follows from the search.
pub fn serve(server: Server, service: impl RegistryService<Dr>) -> Server {
    let service = Arc::new(service);
    server
        .registry::<Dr>(Arc::clone(&service))
        .action::<Disabled>(Checks(Arc::clone(&service)))
        .action::<GetDisabilitySupport>(Checks(Arc::clone(&service)))
        .action::<GetDisabilityDetails>(Checks(service))
}

struct Checks<S>(Arc<S>);

#[async_trait]
impl<S: RegistryService<Dr>> Handler<Disabled> for Checks<S> {
    async fn handle(
        &self,
        request: &Verified<RequestHeader, DisabledRequest>,
    ) -> Result<Outcome<DisabledResponse>, Rejection> {
        let DisabledRequest { transaction_id, disabled_criteria, .. } = request.message();
        let of = |result| DisabledResponse::new(transaction_id.clone(), vec![result]);
        Ok(match answered(&*self.0, disabled_criteria, request).await? {
            Ok(records) => {
                let recognised = |record: &DisabledPerson| {
                    record.disability_status.as_ref().is_none_or(|status| *status == DisabilityStatus::Approved)
                };
                Outcome::succeeded(of(DisabledResult::new(transaction_id, records.iter().any(recognised))))
            }
            Err(words) => Outcome::rejected(of(DisabledResult::rejected(transaction_id, &words)), None, &words),
        })
    }
}

#[async_trait]
impl<S: RegistryService<Dr>> Handler<GetDisabilitySupport> for Checks<S> {
    async fn handle(
        &self,
        request: &Verified<RequestHeader, DisabledRequest>,
    ) -> Result<Outcome<SearchResponse<Vec<DisabilitySupport>>>, Rejection> {
        self.part(request, |person| person.disability_support).await
    }
}

#[async_trait]
impl<S: RegistryService<Dr>> Handler<GetDisabilityDetails> for Checks<S> {
    async fn handle(
        &self,
        request: &Verified<RequestHeader, DisabledRequest>,
    ) -> Result<Outcome<SearchResponse<DisabilityDetailsRecord>>, Rejection> {
        let details = |person: DisabledPerson| DisabilityDetailsRecord {
            disability_details: person.disability_details,
            extra: Extra::default(),
        };
        self.part(request, details).await
    }
}

impl<S: RegistryService<Dr>> Checks<S> {
    /// One part of each record.
    async fn part<R>(
        &self,
        request: &Verified<RequestHeader, DisabledRequest>,
        part: impl Fn(DisabledPerson) -> R + Send,
    ) -> Result<Outcome<SearchResponse<R>>, Rejection>
    where
        R: Wire + Clone + std::fmt::Debug + Send + Sync + 'static,
    {
        let DisabledRequest { transaction_id, disabled_criteria, .. } = request.message();
        let reference_id = item_of(transaction_id);
        let mut response = SearchResponse::empty(transaction_id.clone());
        Ok(match answered(&*self.0, disabled_criteria, request).await? {
            Ok(records) => {
                let parts: Vec<R> = records.into_iter().map(part).collect();
                let page = PageInfo::new(1, parts.len().max(1) as u64, parts.len() as u64);
                response.search_response.push(SearchResult::found(reference_id, SearchData::unnamed(parts), page));
                Outcome::succeeded(response)
            }
            Err(words) => {
                let reason = SearchReason::SearchCriteriaInvalid;
                response.search_response.push(SearchResult::rejected(reference_id, reason, &words));
                Outcome::rejected(response, None, "the question was rejected; its item says why")
            }
        })
    }
}
