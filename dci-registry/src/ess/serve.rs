//! Serving an employment service.

use super::{
    CheckEnrollment, CheckEnrollmentRequest, CheckEnrollmentResponse, CheckEnrollmentResult, EmploymentMember,
    EnrollmentLabel, Ess,
};
use crate::serve::answered;
use async_trait::async_trait;
use dci_core::gate::{Rejection, Verified};
use dci_core::header::RequestHeader;
use dci_core::server::{Handler, Outcome, RegistryService, Server};
use std::sync::Arc;

/// Mounts the whole interface but its subscriptions: search and transaction status, `check-enrollment`. A person the search
/// finds is active, unless the record says that they died.
pub fn serve(server: Server, service: impl RegistryService<Ess>) -> Server {
    let service = Arc::new(service);
    server.registry::<Ess>(Arc::clone(&service)).action::<CheckEnrollment>(Checks(service))
}

struct Checks<S>(Arc<S>);

fn label(member: &EmploymentMember) -> EnrollmentLabel {
    let person = member.demographic_info.as_ref();
    if person.is_some_and(|person| person.death_date.is_some()) {
        EnrollmentLabel::Deceased
    } else {
        EnrollmentLabel::Active
    }
}

#[async_trait]
impl<S: RegistryService<Ess>> Handler<CheckEnrollment> for Checks<S> {
    async fn handle(
        &self,
        request: &Verified<RequestHeader, CheckEnrollmentRequest>,
    ) -> Result<Outcome<CheckEnrollmentResponse>, Rejection> {
        let CheckEnrollmentRequest { transaction_id, enrolled_criteria, .. } = request.message();
        let of = |results| CheckEnrollmentResponse::new(transaction_id.clone(), results);
        Ok(match answered(&*self.0, enrolled_criteria, request).await? {
            Ok(records) => {
                let results =
                    records.iter().map(|record| CheckEnrollmentResult::new(transaction_id, Some(label(record))));
                Outcome::succeeded(of(results.take(1).collect()))
            }
            Err(words) => {
                Outcome::rejected(of(vec![CheckEnrollmentResult::rejected(transaction_id, &words)]), None, &words)
            }
        })
    }
}
