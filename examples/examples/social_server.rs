//! A social registry in one method: `cargo run -p dci-examples --example social_server -- 127.0.0.1:8181`

use async_trait::async_trait;
use dci_core::gate::Gate;
use dci_core::peer::{Peer, Peers};
use dci_core::query::{Page, SearchCriteria, Table};
use dci_core::server::{RegistryService, RequestContext, Server, ServerLimits, ServiceError, StaticTokens, listen};
use dci_examples::{Failure, example_system};
use dci_registry::social::{Social, SocialRecord};
use std::sync::Arc;

struct Registry(Table<Social>);

#[async_trait]
impl RegistryService<Social> for Registry {
    async fn search(
        &self,
        criteria: &SearchCriteria,
        context: &RequestContext,
    ) -> Result<Page<SocialRecord>, ServiceError> {
        println!("{} asks", context.sender_id);
        Ok(self.0.search(criteria)?)
    }
}

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:8181".to_owned());
    let person = r#"{"identifier":[{"identifier_type":"UIN","identifier_value":"847951632"}],
                     "name":{"given_name":"Amina","surname":"Example"},"sex":"female","birth_date":"1990-05-21"}"#;
    let table = Table::new([serde_json::from_str(person)?]);

    let (seal, _) = example_system("registry.example.org")?;
    let (_, caller_keys) = example_system("spmis.example.org")?;
    let peers = Peers::new([Peer::new("spmis.example.org".parse()?, caller_keys)]);
    let gate = Gate::new(seal.own_id().clone(), Arc::new(peers));
    let server = Server::builder(gate, seal, StaticTokens::new().with("example-token")).build()?;
    let server = server.registry::<Social>(Registry(table));

    let listener = tokio::net::TcpListener::bind(address).await?;
    let running = listen(listener, server.router(), &ServerLimits::default())?;
    println!("ready http://{}", running.address());
    tokio::signal::ctrl_c().await?;
    running.stop().await;
    server.shut_down().await;
    Ok(())
}
