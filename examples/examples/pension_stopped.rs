//! Pensions end with a death: the agency subscribes to deaths, and reports every pensioner who died to the beneficiary registry.
//! `cargo run -p dci-examples --example pension_stopped -- http://127.0.0.1:8080 2`
//!
//! Needs a sandbox in which something happens: `dci-conformance sandbox --listen 127.0.0.1:8080 --events 10/s`. The second
//! argument is after how many deaths to end.

use async_trait::async_trait;
use dci_core::action::Registry as _;
use dci_core::client::{Client, NotTaken, Notification, NotificationHandler};
use dci_core::code::Operator;
use dci_core::message::SubscribeCriteria;
use dci_core::query::{Comparison, Predicate, Query, SearchCriteria};
use dci_crvs::{Civil, CivilPerson, VitalEvent};
use dci_examples::{Agency, Failure};
use dci_registry::ibr::{Beneficiary, EnrollmentStatus, EnrollmentUpdates, EnrollmentUpdatesRequest, Ibr};
use tokio::sync::mpsc;

struct Deaths(mpsc::Sender<CivilPerson>);

#[async_trait]
impl NotificationHandler<Civil> for Deaths {
    async fn notified(&self, notification: Notification<Civil>) -> Result<(), NotTaken> {
        for (kind, event) in notification.events() {
            if kind == Some(VitalEvent::Death) {
                for person in &event.data.reg_records.0.0 {
                    self.0.send(person.clone()).await.map_err(|_| NotTaken("the agency is closing".to_owned()))?;
                }
            }
        }
        Ok(())
    }
}

fn number(person: &CivilPerson) -> Option<&str> {
    let uin = person
        .identifier
        .iter()
        .find(|identifier| identifier.identifier_type.as_ref().is_some_and(|kind| kind.as_str() == "UIN"));
    uin?.identifier_value.as_deref()
}

/// Ends what `person` gets. Returns what was done, in words.
async fn stop(beneficiaries: &Client<Ibr>, person: &CivilPerson) -> Result<String, Failure> {
    let Some(number) = number(person) else {
        return Ok("somebody without a number died: to be looked into".to_owned());
    };
    let found = beneficiaries.search(SearchCriteria::identifier("UIN", number)).await?;
    let died = |record: &Beneficiary| {
        let mut record = record.clone();
        record.enrollment_status = Some(EnrollmentStatus::Deceased);
        record.status_change_date.extend(person.death_date.clone());
        record
    };
    let active = |record: &&Beneficiary| record.enrollment_status != Some(EnrollmentStatus::Deceased);
    let ended: Vec<Beneficiary> = found.records().filter(active).map(died).collect();
    if ended.is_empty() {
        return Ok(format!("{number} died, and got nothing"));
    }
    let count = ended.len();
    beneficiaries.call::<EnrollmentUpdates>(&EnrollmentUpdatesRequest::new(ended)).await?;
    Ok(format!("{number} died: {count} enrolment ended"))
}

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1);
    let base = arguments.next().unwrap_or_else(|| "http://127.0.0.1:8080".to_owned());
    let deaths: usize = arguments.next().map_or(Ok(2), |count| count.parse())?;

    let agency = Agency::of_sandbox(&base)?;
    let beneficiaries = agency.client::<Ibr>()?;
    let everybody = Predicate::new(Comparison::new("birth_date", Operator::Greater, "1900-01-01"));
    let event = Civil::event_name(&VitalEvent::Death);
    let (sender, mut dead) = mpsc::channel(16);
    let criteria = SubscribeCriteria::new(&event, Query::Predicate(vec![everybody]));
    let receiving = agency.subscribe::<Civil>(criteria, Deaths(sender)).await?;
    println!("subscribed to deaths");
    for _ in 0..deaths {
        let Some(person) = dead.recv().await else { break };
        println!("{}", stop(&beneficiaries, &person).await?);
    }
    receiving.stop().await;
    Ok(())
}
