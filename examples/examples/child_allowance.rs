//! Child allowance on a birth: the agency subscribes to births, and enrols every child it is told of.
//! `cargo run -p dci-examples --example child_allowance -- http://127.0.0.1:8080 3`
//!
//! Needs a sandbox in which something happens: `dci-conformance sandbox --listen 127.0.0.1:8080 --events 2/s`. The second
//! argument is after how many births to end. A child that is in the programme already is not enrolled again.

use async_trait::async_trait;
use dci_core::action::Registry as _;
use dci_core::client::{Client, NotTaken, Notification, NotificationHandler};
use dci_core::code::{AssistanceUnit, Operator};
use dci_core::message::SubscribeCriteria;
use dci_core::query::{Comparison, Predicate, Query};
use dci_core::record::{Member, Person};
use dci_crvs::{Civil, CivilPerson, VitalEvent};
use dci_examples::{Agency, Failure};
use dci_registry::ibr::{
    Beneficiary, EnrollmentCheck as _, EnrollmentStatus, EnrollmentUpdates, EnrollmentUpdatesRequest, Ibr, Programme,
};
use tokio::sync::mpsc;

const PROGRAMME: &str = "CHILD-ALLOWANCE";

/// Hands children on. A birth is acknowledged when it is in the queue; a real agency writes it to its database first.
struct Births(mpsc::Sender<CivilPerson>);

#[async_trait]
impl NotificationHandler<Civil> for Births {
    async fn notified(&self, notification: Notification<Civil>) -> Result<(), NotTaken> {
        for (kind, event) in notification.events() {
            if kind == Some(VitalEvent::LiveBirth) {
                for child in &event.data.reg_records.0.0 {
                    self.0.send(child.clone()).await.map_err(|_| NotTaken("the agency is closing".to_owned()))?;
                }
            }
        }
        Ok(())
    }
}

/// The child as a beneficiary.
fn enrolment(child: &CivilPerson) -> Beneficiary {
    let mut person = Person::default();
    person.name.clone_from(&child.name);
    person.sex.clone_from(&child.sex);
    person.birth_date.clone_from(&child.birth_date);
    let mut member = Member::default();
    member.member_identifier.clone_from(&child.identifier);
    member.demographic_info = Some(person);
    let mut programme = Programme::default();
    programme.programme_identifier = Some(PROGRAMME.to_owned());
    let mut beneficiary = Beneficiary::default();
    beneficiary.assistance_unit = Some(AssistanceUnit::Member);
    beneficiary.member = Some(member);
    beneficiary.programme_identifier = vec![programme];
    beneficiary.enrollment_date = Some(chrono::Utc::now().date_naive().into());
    beneficiary.enrollment_status = Some(EnrollmentStatus::Active);
    beneficiary
}

async fn enrol(beneficiaries: &Client<Ibr>, child: &CivilPerson) -> Result<String, Failure> {
    let number = child.identifier.first().and_then(|identifier| identifier.identifier_value.clone());
    let Some(number) = number else { return Ok("a child without a number: to be looked into by hand".to_owned()) };
    match beneficiaries.enrolled(&number, PROGRAMME).await? {
        Some(true) => return Ok(format!("{number} is enrolled already")),
        Some(false) => {}
        None => return Ok(format!("{number}: the registry did not say; to be looked into by hand")),
    }
    let request = EnrollmentUpdatesRequest::new([enrolment(child)]);
    beneficiaries.call::<EnrollmentUpdates>(&request).await?;
    Ok(format!("{number} enrolled"))
}

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1);
    let base = arguments.next().unwrap_or_else(|| "http://127.0.0.1:8080".to_owned());
    let births: usize = arguments.next().map_or(Ok(3), |count| count.parse())?;

    let agency = Agency::of_sandbox(&base)?;
    let beneficiaries = agency.client::<Ibr>()?;
    // Births of this year only: corrections of old entries are events too.
    let since = chrono::Utc::now().date_naive() - chrono::Days::new(365);
    let recent = Predicate::new(Comparison::new("birth_date", Operator::Greater, &since.to_string()));
    let event = Civil::event_name(&VitalEvent::LiveBirth);
    let (sender, mut children) = mpsc::channel(16);
    let criteria = SubscribeCriteria::new(&event, Query::Predicate(vec![recent]));
    let receiving = agency.subscribe::<Civil>(criteria, Births(sender)).await?;
    println!("subscribed to births");
    for _ in 0..births {
        let Some(child) = children.recv().await else { break };
        println!("{}", enrol(&beneficiaries, &child).await?);
    }
    receiving.stop().await;
    Ok(())
}
