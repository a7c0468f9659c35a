//! What a person with a disability needs: three questions to the disability registry.
//! `cargo run -p dci-examples --example disability_support -- http://127.0.0.1:8080 100000000`

use dci_examples::{Agency, Failure};
use dci_registry::dr::{
    Disabled, DisabledRequest, Dr, GetDisabilityDetails, GetDisabilitySupport, ImpairmentLevel, ImpairmentType,
    SupportStatus,
};

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1);
    let base = arguments.next().unwrap_or_else(|| "http://127.0.0.1:8080".to_owned());
    let number = arguments.next().unwrap_or_else(|| "100000000".to_owned());

    let registry = Agency::of_sandbox(&base)?.client::<Dr>()?;
    let disabled = registry.call::<Disabled>(&DisabledRequest::person(&number)).await?;
    match disabled.message().is_disabled() {
        Some(true) => println!("{number} has a recognised disability"),
        Some(false) => {
            println!("{number} has no recognised disability");
            return Ok(());
        }
        None => return Err("the registry did not say".into()),
    }
    let details = registry.call::<GetDisabilityDetails>(&DisabledRequest::person(&number)).await?;
    for impairment in details.message().records().flat_map(|record| &record.disability_details) {
        let name = |label: Option<&str>| label.unwrap_or("not told").to_owned();
        println!(
            "impairment: {} ({})",
            name(impairment.impairment_type.as_ref().map(ImpairmentType::label)),
            name(impairment.impairment_level.as_ref().map(ImpairmentLevel::label)),
        );
    }
    let support = registry.call::<GetDisabilitySupport>(&DisabledRequest::person(&number)).await?;
    for technology in support.message().records().flatten().flat_map(|support| &support.assistive_technology) {
        let kind = technology.kind.as_ref().map_or("not told", |kind| kind.label());
        let got = if technology.status == Some(SupportStatus::Received) { "received" } else { "still needed" };
        println!("support: {kind}, {got}");
    }
    Ok(())
}
