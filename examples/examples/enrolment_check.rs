//! Before somebody is enrolled: are they in the programme already, and do they work?
//! `cargo run -p dci-examples --example enrolment_check -- http://127.0.0.1:8080 100000000 PENSION`

use dci_examples::{Agency, Failure};
use dci_registry::ess::{CheckEnrollment, CheckEnrollmentRequest, EnrollmentLabel, Ess};
use dci_registry::ibr::{EnrollmentCheck as _, Ibr};

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1);
    let base = arguments.next().unwrap_or_else(|| "http://127.0.0.1:8080".to_owned());
    let number = arguments.next().unwrap_or_else(|| "100000000".to_owned());
    let programme = arguments.next().unwrap_or_else(|| "PENSION".to_owned());

    let agency = Agency::of_sandbox(&base)?;
    let enrolled = agency.client::<Ibr>()?.enrolled(&number, &programme).await?;
    let service = agency.client::<Ess>()?;
    let work = service.call::<CheckEnrollment>(&CheckEnrollmentRequest::person(&number)).await?;
    match work.message().status() {
        Some(EnrollmentLabel::Deceased) => println!("{number} died, as the employment service knows"),
        Some(status) => println!("{number} is known to the employment service: {status}"),
        None => println!("{number} is not known to the employment service"),
    }
    match enrolled {
        Some(true) => println!("{number} is in {programme} already: not enrolled again"),
        Some(false) => println!("{number} is not in {programme}: may be enrolled"),
        // Silence is no answer: who is enrolled on it may be enrolled twice.
        None => return Err("the beneficiary registry did not say".into()),
    }
    Ok(())
}
