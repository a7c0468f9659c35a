//! Serving a beneficiary registry.

use super::{
    Beneficiary, Enrolled, EnrolledRequest, EnrolledResponse, EnrolledResult, EnrollmentStatus, EnrollmentUpdateResult,
    EnrollmentUpdates, EnrollmentUpdatesRequest, EnrollmentUpdatesResponse, Ibr,
};
use crate::serve::{answered, unavailable};
use async_trait::async_trait;
use dci_core::gate::{Rejection, Verified};
use dci_core::header::RequestHeader;
use dci_core::server::{Handler, Outcome, RegistryService, RequestContext, Server, ServiceError};
use std::sync::Arc;

/// A beneficiary registry: what a vendor implements beside [`RegistryService`].
#[async_trait]
pub trait EnrollmentService: RegistryService<Ibr> {
    /// Takes what changed about `beneficiaries`: all of it, or nothing.
    async fn update(&self, beneficiaries: &[Beneficiary], context: &RequestContext) -> Result<(), ServiceError>;
}

/// Mounts the whole interface but its subscriptions: search and transaction status, `enrolled`, `enrollment/updates`.
pub fn serve(server: Server, service: impl EnrollmentService) -> Server {
    let service = Arc::new(service);
    server
        .registry::<Ibr>(Arc::clone(&service))
        .action::<Enrolled>(Checks(Arc::clone(&service)))
        .action::<EnrollmentUpdates>(Checks(service))
}

struct Checks<S>(Arc<S>);

#[async_trait]
impl<S: EnrollmentService> Handler<Enrolled> for Checks<S> {
    async fn handle(
        &self,
        request: &Verified<RequestHeader, EnrolledRequest>,
    ) -> Result<Outcome<EnrolledResponse>, Rejection> {
        let EnrolledRequest { transaction_id, enrolled_criteria, .. } = request.message();
        let answer = answered(&*self.0, enrolled_criteria, request).await?.map(|records| {
            // Whoever graduated or died is not enrolled any more.
            let is_in = |record: &Beneficiary| {
                record.enrollment_status.as_ref().is_none_or(|status| *status == EnrollmentStatus::Active)
            };
            records.iter().any(is_in)
        });
        Ok(match answer {
            Ok(enrolled) => {
                let result = EnrolledResult::new(transaction_id, enrolled);
                Outcome::succeeded(EnrolledResponse::new(transaction_id.clone(), vec![result]))
            }
            Err(words) => {
                let result = EnrolledResult::rejected(transaction_id, &words);
                Outcome::rejected(EnrolledResponse::new(transaction_id.clone(), vec![result]), None, &words)
            }
        })
    }
}

#[async_trait]
impl<S: EnrollmentService> Handler<EnrollmentUpdates> for Checks<S> {
    async fn handle(
        &self,
        request: &Verified<RequestHeader, EnrollmentUpdatesRequest>,
    ) -> Result<Outcome<EnrollmentUpdatesResponse>, Rejection> {
        let EnrollmentUpdatesRequest { transaction_id, enrolled_updates, .. } = request.message();
        let updated = self.0.update(&enrolled_updates.beneficiaries, &RequestContext::of(request, None)).await;
        let of = |result| EnrollmentUpdatesResponse::new(transaction_id.clone(), vec![result]);
        match updated {
            Ok(()) => Ok(Outcome::succeeded(of(EnrollmentUpdateResult::taken(transaction_id)))),
            Err(ServiceError::Refused(refusal)) => {
                let result = EnrollmentUpdateResult::rejected(transaction_id, &refusal.message);
                Ok(Outcome::rejected(of(result), None, &refusal.message))
            }
            Err(error) => Err(unavailable(&error)),
        }
    }
}
