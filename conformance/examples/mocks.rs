//! The official mock definitions, called by the library's clients: what was read, and what had to be forgiven.
//! `cargo run -p dci-conformance --example mocks -- crvs http://127.0.0.1:3003`
//!
//! The mocks answer without signature, some without envelope, below another path than the standard's. `.ci/mocks/run` starts
//! them and compares what is printed here with what is known.

use dci_core::action::{Action, Registry, Search, Subscribe, TxnStatus, Unsubscribe};
use dci_core::client::{Callbacks, Client, ClientError};
use dci_core::code::AttributeType;
use dci_core::gate::{Gate, Seal, Verified};
use dci_core::header::CallbackHeader;
use dci_core::id::{SubscriptionCode, SystemId, TransactionId};
use dci_core::message::{
    AttributeValue, SearchRequest, SubscribeCriteria, SubscribeRequest, TxnStatusRequest, UnsubscribeRequest,
};
use dci_core::peer::{Peer, Peers, Profile};
use dci_core::query::{Query, SearchCriteria};
use dci_core::transport::Http;
use dci_core::wire::Deviation;
use dci_crvs::Civil;
use dci_registry::ess::{CheckEnrollment, CheckEnrollmentRequest, Ess};
use dci_registry::fr::Fr;
use dci_registry::ibr::{Enrolled, EnrolledRequest, EnrollmentUpdates, EnrollmentUpdatesRequest, Ibr};
use dci_registry::social::Social;
use std::collections::BTreeSet;
use std::sync::Arc;
use url::Url;

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// The identifier the mocks know.
const KNOWN: &str = "847951632";

fn client<I: Registry>(base: &str, prefix: &str, paths: &[&str]) -> Result<Client<I>, Failure> {
    let mut profile = Profile::standard();
    for path in paths {
        profile.paths = profile.paths.renaming(path, &path.replacen("registry", prefix, 1));
    }
    // The mocks sign nothing; those that say who they are have one name.
    profile.signs = false;
    let peer = Peer::danger_unsigned(SystemId::new("ess.example.org")?).speaking(profile).danger_accept_unsigned();
    let seal = Seal::new(SystemId::new("spmis.example.org")?, []);
    let http = Http::builder().danger_allow_plain_http().build()?;
    Ok(Client::<I>::builder(base).seal(seal).peer(peer).http(http).retries(0).build()?)
}

/// Places without their numbers, each once.
fn show(deviations: &[Deviation]) {
    let place = |deviation: &Deviation| {
        let text = deviation.to_string();
        let (pointer, rest) = text.split_once(' ').unwrap_or((&text, ""));
        let named: Vec<&str> =
            pointer.split('/').map(|part| if part.parse::<u32>().is_ok() { "*" } else { part }).collect();
        format!("{} {rest}", named.join("/"))
    };
    for line in deviations.iter().map(place).collect::<BTreeSet<_>>() {
        println!("  {line}");
    }
}

fn report<M>(what: &str, answer: Result<Verified<CallbackHeader, M>, ClientError>, words: impl Fn(&M) -> String) {
    match answer {
        Ok(answer) => {
            println!("{what}: {}", words(answer.message()));
            show(answer.deviations());
        }
        Err(error) => {
            let cause = std::error::Error::source(&error).map(|cause| format!(": {cause}")).unwrap_or_default();
            println!("{what}: {error}{cause}");
        }
    }
}

/// An acknowledgement is all a mock says to an asynchronous request.
async fn acknowledged<I: Registry, A: Action>(client: &Client<I>, callbacks: &Callbacks, request: &A::Request) {
    match client.send::<A>(request, callbacks).await {
        Ok(_) => println!("{}: acknowledged", A::ACTION),
        Err(error) => {
            let cause = std::error::Error::source(&error).map(|cause| format!(": {cause}")).unwrap_or_default();
            println!("{}: {error}{cause}", A::ACTION);
        }
    }
}

async fn common<I: Registry>(client: &Client<I>) -> Result<(), Failure> {
    let known = || SearchCriteria::identifier("UIN", KNOWN).of::<I>();
    let mut request = SearchRequest::one(known());
    request.transaction_id = TransactionId::new("123456789")?;
    let found = client.call::<Search<I>>(&request).await;
    report("sync/search", found, |message| format!("{} records", message.records().count()));
    let value = AttributeValue::One("123456789".to_owned());
    let ask = TxnStatusRequest::search(AttributeType::TransactionId, value);
    let state = client.call::<TxnStatus<I>>(&ask).await;
    report("sync/txn/status", state, |message| format!("{:?}", message.txnstatus_response.txn_type));

    let gate = Gate::new(SystemId::new("spmis.example.org")?, Arc::new(Peers::new([])));
    let callbacks = Callbacks::new(Url::parse("http://127.0.0.1:9/callback")?, gate);
    acknowledged::<I, Search<I>>(client, &callbacks, &SearchRequest::one(known())).await;
    acknowledged::<I, TxnStatus<I>>(client, &callbacks, &ask).await;
    let criteria = SubscribeCriteria::new("REGISTER", Query::identifier("UIN", KNOWN)).of::<I>();
    acknowledged::<I, Subscribe<I>>(client, &callbacks, &SubscribeRequest::one(criteria)).await;
    let end = UnsubscribeRequest::new([SubscriptionCode::new("123")?]);
    acknowledged::<I, Unsubscribe<I>>(client, &callbacks, &end).await;
    Ok(())
}

const COMMON: [&str; 6] = [
    "registry/sync/search",
    "registry/sync/txn/status",
    "registry/search",
    "registry/txn/status",
    "registry/subscribe",
    "registry/unsubscribe",
];

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1);
    let mut next = |what: &str| arguments.next().ok_or(format!("missing: {what}"));
    let (mock, base) = (next("MOCK")?, next("URL")?);
    println!("# {mock}");
    match mock.as_str() {
        "crvs" => common(&client::<Civil>(&base, "crvs", &COMMON)?).await?,
        "sr" => common(&client::<Social>(&base, "sr", &COMMON)?).await?,
        "fr" => common(&client::<Fr>(&base, "fr", &COMMON)?).await?,
        "ibr" => {
            let own = ["registry/sync/enrolled", "registry/sync/enrollment/updates"];
            let client = client::<Ibr>(&base, "ibr", &[&COMMON[..], &own].concat())?;
            common(&client).await?;
            let enrolled = client.call::<Enrolled>(&EnrolledRequest::new(KNOWN, "P1")).await;
            report("sync/enrolled", enrolled, |message| format!("{:?}", message.is_enrolled()));
            let updates = client.call::<EnrollmentUpdates>(&EnrollmentUpdatesRequest::new([])).await;
            report("sync/enrollment/updates", updates, |message| {
                let status = message.enrolled_response.first().map(|result| result.status.as_str().to_owned());
                format!("{status:?}")
            });
        }
        "ess" | "sp" => {
            let own = ["registry/sync/check-enrollment"];
            let client = client::<Ess>(&base, &mock, &[&COMMON[..], &own].concat())?;
            common(&client).await?;
            let standing = client.call::<CheckEnrollment>(&CheckEnrollmentRequest::person(KNOWN)).await;
            report("sync/check-enrollment", standing, |message| format!("{:?}", message.status()));
        }
        other => return Err(format!("there is no mock {other:?}").into()),
    }
    Ok(())
}
