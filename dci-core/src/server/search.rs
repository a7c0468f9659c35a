//! `search` for a registry: one method of the vendor's, everything else here.

use super::handler::{Handler, Outcome};
use crate::action::{Message as _, Registry, Search};
use crate::code::{HeaderReason, SearchReason, Status};
use crate::gate::{Clock, Rejection, Trust, Verified};
use crate::header::RequestHeader;
use crate::id::{ReferenceId, SystemId};
use crate::message::{SearchData, SearchItem, SearchRequest, SearchResponse, SearchResult};
use crate::query::{Page, PageInfo, SearchCriteria, SearchRefusal, Table};
use async_trait::async_trait;
use chrono::TimeDelta;
use std::collections::BTreeSet;
use std::marker::PhantomData;
use std::sync::Arc;

/// A registry that can be searched: what a vendor implements.
#[async_trait]
pub trait RegistryService<I: Registry>: Send + Sync + 'static {
    /// One page of the records that fulfil `criteria`.
    async fn search(
        &self,
        criteria: &SearchCriteria,
        context: &RequestContext,
    ) -> Result<Page<I::Record>, ServiceError>;
}

/// Who asks.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct RequestContext {
    /// The system that asks, as its signature proved.
    pub sender_id: SystemId,
    /// How it proved it.
    pub trust: Trust,
    /// The language wanted.
    pub locale: Option<crate::locale::Locale>,
}

impl RequestContext {
    /// Who asks with `request`, in a language of its own choice.
    pub fn of<M>(request: &Verified<RequestHeader, M>, locale: Option<&crate::locale::Locale>) -> Self {
        Self { sender_id: request.header().sender_id.clone(), trust: request.trust().clone(), locale: locale.cloned() }
    }
}

/// Why a service did not answer one search.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServiceError {
    /// The search itself is at fault: the item is rejected with the code.
    #[error(transparent)]
    Refused(#[from] SearchRefusal),
    /// The registry cannot answer now. The cause goes to the log, not to the caller.
    #[error("the registry is not available")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
}

#[async_trait]
impl<I: Registry> RegistryService<I> for Table<I> {
    async fn search(&self, criteria: &SearchCriteria, _: &RequestContext) -> Result<Page<I::Record>, ServiceError> {
        Ok(Table::search(self, criteria)?)
    }
}

#[async_trait]
impl<I: Registry, S: RegistryService<I> + ?Sized> RegistryService<I> for Arc<S> {
    async fn search(
        &self,
        criteria: &SearchCriteria,
        context: &RequestContext,
    ) -> Result<Page<I::Record>, ServiceError> {
        (**self).search(criteria, context).await
    }
}

/// The handler of `search` over a service.
pub(super) struct SearchHandler<I, S> {
    service: S,
    clock: Clock,
    interface: PhantomData<fn() -> I>,
}

impl<I: Registry, S: RegistryService<I>> SearchHandler<I, S> {
    pub(super) fn new(service: S) -> Self {
        Self { service, clock: Clock::system(), interface: PhantomData }
    }

    async fn one(&self, item: &SearchItem, context: &RequestContext) -> SearchResult<I::Record> {
        let reference_id = item.reference_id.clone();
        let latest = self.clock.now() + TimeDelta::seconds(60);
        if item.timestamp.is_some_and(|timestamp| timestamp.instant() > latest) {
            let message = "search_request[].timestamp lies in the future";
            return SearchResult::rejected(reference_id, SearchReason::TimestampInvalid, message);
        }
        match self.service.search(&item.search_criteria, context).await {
            Ok(page) => {
                let info = PageInfo::new(page.page_number, page.page_size, page.total_count);
                let mut result = SearchResult::found(reference_id, SearchData::of::<I>(page.records), info);
                result.locale.clone_from(&context.locale);
                result
            }
            Err(ServiceError::Refused(refusal)) => {
                SearchResult::rejected(reference_id, refusal.reason, &refusal.message)
            }
            Err(ServiceError::Unavailable(cause)) => {
                tracing::error!(%reference_id, %cause, "a search was not answered");
                let mut result = SearchResult::pending(reference_id);
                result.status = Status::Rejected;
                result.status_reason_message = Some("the registry is not available now".to_owned());
                result
            }
        }
    }
}

#[async_trait]
impl<I: Registry, S: RegistryService<I>> Handler<Search<I>> for SearchHandler<I, S> {
    async fn handle(
        &self,
        request: &Verified<RequestHeader, SearchRequest>,
    ) -> Result<Outcome<SearchResponse<I::Record>>, Rejection> {
        let message = request.message();
        if message.search_request.is_empty() {
            let words = "/message/search_request must hold at least one search";
            return Err(Rejection::header(HeaderReason::TotalCountInvalid, words));
        }
        let mut seen: BTreeSet<&ReferenceId> = BTreeSet::new();
        let mut results = Vec::with_capacity(message.items());
        for item in &message.search_request {
            let context = RequestContext::of(request, item.locale.as_ref());
            results.push(if seen.insert(&item.reference_id) {
                self.one(item, &context).await
            } else {
                let words = "search_request[].reference_id occurs twice in the batch";
                SearchResult::rejected(item.reference_id.clone(), SearchReason::ReferenceIdDuplicate, words)
            });
        }
        let refused = results.iter().filter(|result| result.status == Status::Rejected).count();
        let all_refused = refused == results.len();
        let several = results.len() > 1;
        let response = SearchResponse::new(message.transaction_id.clone(), results);
        Ok(match (all_refused, several) {
            (false, _) => Outcome::succeeded(response),
            (true, false) => Outcome::rejected(response, None, "the search was rejected; its item says why"),
            (true, true) => {
                Outcome::rejected(response, Some(HeaderReason::ErrorsTooMany), "every search of the batch was rejected")
            }
        })
    }
}
