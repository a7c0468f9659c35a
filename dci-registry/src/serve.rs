//! What the domain actions share on the server's side.

use crate::criteria::MapCriteria;
use dci_core::action::{Message, Registry};
use dci_core::code::ErrorCode;
use dci_core::gate::{Rejection, Verified};
use dci_core::header::RequestHeader;
use dci_core::server::{RegistryService, RequestContext, ServiceError};

/// The most records a domain action looks at or returns.
const MOST: u64 = 100;

/// The registry cannot answer now.
pub(crate) fn unavailable(error: &ServiceError) -> Rejection {
    tracing::error!(%error, "a domain action was not answered");
    Rejection::envelope(ErrorCode::ServiceUnavailable, "the registry is not available now; try again")
}

/// The records that fulfil `criteria`; what is wrong with them in words.
pub(crate) async fn answered<I: Registry, M: Message>(
    service: &(impl RegistryService<I> + ?Sized),
    criteria: &MapCriteria,
    request: &Verified<RequestHeader, M>,
) -> Result<Result<Vec<I::Record>, String>, Rejection> {
    let Some(criteria) = criteria.as_search() else { return Ok(Err("query is required".to_owned())) };
    let context = RequestContext::of(request, None);
    match service.search(&criteria.page(1, MOST), &context).await {
        Ok(page) => Ok(Ok(page.records)),
        Err(ServiceError::Refused(refusal)) => Ok(Err(refusal.message)),
        Err(error) => Err(unavailable(&error)),
    }
}
