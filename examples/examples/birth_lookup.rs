//! A birth looked up in a civil registry that a file describes:
//! `DCI_CLIENT_SECRET=… cargo run -p dci-examples --example birth_lookup -- peers.toml OWN_ID KEY_ID KEY.pem 2023BIYCGRT`
//!
//! How the registry signs, asks for tokens and reads queries is in the file: nothing here knows which system it is.

use dci_core::client::Client;
use dci_core::gate::Seal;
use dci_core::jose::{Algorithm, AwsLc, PrivateKey, SigningKey};
use dci_core::peer::read_peers;
use dci_core::query::SearchCriteria;
use dci_core::transport::Http;
use dci_crvs::{Civil, EventCriteria as _, VitalEvent};
use std::sync::Arc;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let mut next = |what: &str| arguments.next().ok_or(format!("missing: {what}"));
    let (peers, own_id, key_id, key_file, number) =
        (next("PEERS.toml")?, next("OWN_ID")?, next("KEY_ID")?, next("KEY.pem")?, next("BRN")?);

    let provider = AwsLc::new();
    let key = PrivateKey::from_pem(&std::fs::read_to_string(key_file)?)?;
    let key = SigningKey::new(key_id.parse()?, Algorithm::Rs256, &key, &provider)?;
    let registry = read_peers(&std::fs::read_to_string(peers)?)?.into_iter().next().ok_or("the file names no peer")?;
    let http = Http::new()?;
    let client = Client::<Civil>::builder(registry.base_url.clone().ok_or("base_url is missing")?)
        .seal(Seal::new(own_id.parse()?, [key]))
        .peer(registry.connected(&http, Arc::new(provider))?)
        .credentials("sandbox-client", std::env::var("DCI_CLIENT_SECRET").unwrap_or_default())
        .http(http)
        .build()?;

    let found = client.search(SearchCriteria::identifier("BRN", &number).event(VitalEvent::LiveBirth)).await?;
    println!("{} found", found.records().count());
    for person in found.records() {
        println!("born {}", person.birth_date.as_ref().map_or("on an unknown day", |date| date.as_str()));
    }
    Ok(())
}
