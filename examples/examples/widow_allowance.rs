//! Who may get a widow's allowance: widowed persons of an age in the social registry, whose status civil registration confirms.
//! `cargo run -p dci-examples --example widow_allowance -- http://127.0.0.1:8080 60`

use dci_core::code::{MaritalStatus, Operator};
use dci_core::query::{Comparison, Predicate, Query, SearchCriteria};
use dci_crvs::Civil;
use dci_examples::{Agency, Failure};
use dci_registry::social::{ResponseEntity, Social, SocialRecord};

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1);
    let base = arguments.next().unwrap_or_else(|| "http://127.0.0.1:8080".to_owned());
    let age = arguments.next().unwrap_or_else(|| "60".to_owned());

    let agency = Agency::of_sandbox(&base)?;
    let (social, civil) = (agency.client::<Social>()?, agency.client::<Civil>()?);
    let widowed = Comparison::new("marital_status", Operator::Equal, MaritalStatus::Widowed.as_str());
    let old = Comparison::new("age", Operator::GreaterOrEqual, &age);
    let mut criteria = SearchCriteria::new(Query::Predicate(vec![Predicate::new(widowed).and(old)])).page(1, 100);
    criteria.response_entity = Some(ResponseEntity::Member.as_str().to_owned());
    let found = social.search(criteria).await?;

    let numbers: Vec<String> = found
        .records()
        .filter_map(|record| match record {
            SocialRecord::Member(member) => member.member_identifier.first()?.identifier_value.clone(),
            _ => None,
        })
        .collect();
    println!("{} widowed persons of {age} or more in the social registry", numbers.len());

    // What a registry says of itself is checked where it is recorded: many questions in few messages.
    let questions = numbers.iter().map(|number| SearchCriteria::identifier("UIN", number));
    let answers = civil.search_each(questions).await?;
    let mut eligible = 0;
    for (number, answer) in numbers.iter().zip(&answers.search_response) {
        let confirmed = answer
            .records()
            .iter()
            .any(|person| person.death_date.is_none() && person.marital_status == Some(MaritalStatus::Widowed));
        if confirmed {
            eligible += 1;
        } else {
            println!("{number} is not confirmed by civil registration");
        }
    }
    println!("{eligible} may get the allowance");
    Ok(())
}
