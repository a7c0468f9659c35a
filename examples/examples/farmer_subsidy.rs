//! Which farmers get a subsidy: small farms that grow cereals, page by page.
//! `cargo run -p dci-examples --example farmer_subsidy -- http://127.0.0.1:8080 3`

use dci_core::code::Operator;
use dci_core::query::{Comparison, Predicate, Query, SearchCriteria};
use dci_examples::{Agency, Failure};
use dci_registry::fr::{CropType, Fr};

/// Farmers per page.
const PAGE: u64 = 5;

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1);
    let base = arguments.next().unwrap_or_else(|| "http://127.0.0.1:8080".to_owned());
    let hectares = arguments.next().unwrap_or_else(|| "3".to_owned());

    let registry = Agency::of_sandbox(&base)?.client::<Fr>()?;
    let small = Comparison::new("farm_size", Operator::Less, &hectares);
    let cereals = Comparison::new("crop_type", Operator::Equal, CropType::Cereals.as_str());
    let criteria = SearchCriteria::new(Query::Predicate(vec![Predicate::new(small).and(cereals)]));
    let mut farmers = Vec::new();
    for page in 1.. {
        let found = registry.search(criteria.clone().page(page, PAGE)).await?;
        let before = farmers.len();
        farmers.extend(found.records().cloned());
        if farmers.len() == before {
            break;
        }
    }
    for farmer in &farmers {
        let member = farmer.farmer_personal_details.as_ref();
        let number = member.and_then(|member| member.member_identifier.first()?.identifier_value.as_deref());
        let size = farmer.farm_details.first().and_then(|farm| farm.land_size.as_ref());
        println!("{} farms {} hectares", number.unwrap_or("somebody"), size.map_or("?", |size| size.as_str()));
    }
    println!("{} farmers get the subsidy", farmers.len());
    Ok(())
}
