//! A signed search: `cargo run -p dci-examples --example social_client -- http://127.0.0.1:8181 847951632`

use dci_core::client::{Client, Token};
use dci_core::peer::Peer;
use dci_core::query::SearchCriteria;
use dci_examples::{Failure, example_system};
use dci_registry::social::{Social, SocialRecord};

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1);
    let base = arguments.next().unwrap_or_else(|| "http://127.0.0.1:8181".to_owned());
    let number = arguments.next().unwrap_or_else(|| "847951632".to_owned());

    let (seal, _) = example_system("spmis.example.org")?;
    let (_, registry_keys) = example_system("registry.example.org")?;
    let client = Client::<Social>::builder(base)
        .seal(seal)
        .peer(Peer::new("registry.example.org".parse()?, registry_keys))
        .token(Token::bearer("example-token"))
        .build()?;

    let found = client.search(SearchCriteria::identifier("UIN", &number)).await?;
    println!("{} found", found.records().count());
    for record in found.records() {
        if let SocialRecord::Person(person) = record {
            let name = person.name.clone().unwrap_or_default();
            println!("{} {}", name.given_name.unwrap_or_default(), name.surname.unwrap_or_default());
        }
    }
    Ok(())
}
