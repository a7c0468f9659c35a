//! What a signed search costs: parse and verify, sign, and the whole round trip in one process.
//!
//! Parts are measured beside the whole in one run; compare them with each other, never with times of another machine.

#![allow(missing_docs, clippy::expect_used, clippy::unwrap_used)]

use axum::body::Body;
use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use dci_core::action::Search;
use dci_core::carrier::Carrier;
use dci_core::code::Status;
use dci_core::envelope::{Envelope, Received};
use dci_core::gate::{Gate, Seal};
use dci_core::header::{CallbackHeader, RequestHeader};
use dci_core::id::{KeyId, ReferenceId, SystemId, TransactionId};
use dci_core::jose::{Algorithm, AwsLc, KeySet, SigningKey};
use dci_core::message::{SearchData, SearchRequest, SearchResponse, SearchResult};
use dci_core::peer::{Peer, Peers};
use dci_core::query::{PageInfo, SearchCriteria, Table};
use dci_core::server::{AnyToken, Server};
use dci_core::wire::{Document, Form, Json, Leniency, Limits, read};
use dci_registry::social::{Social, SocialRecord};
use std::hint::black_box;
use std::sync::Arc;
use tower::ServiceExt as _;

fn id(text: &str) -> SystemId {
    SystemId::new(text).unwrap()
}

fn system(name: &str) -> (Seal, Peer) {
    let provider = AwsLc::new();
    let key = SigningKey::generate(KeyId::new("k").unwrap(), Algorithm::EdDsa, &provider).unwrap();
    let keys = KeySet::new([key.verification_key(&provider).unwrap()]);
    (Seal::new(id(name), [key]), Peer::new(id(name), keys))
}

fn person(index: usize) -> SocialRecord {
    let text = format!(
        r#"{{"@type":"SRPerson","identifier":[{{"identifier_type":"UIN","identifier_value":"{index:09}"}}],
        "name":{{"surname":"Example","given_name":"Amina","second_name":"B"}},"sex":"female","birth_date":"1990-05-21",
        "address":[{{"address_line_1":"{index} Example Street","locality":"Town","postal_code":"10000","country_code":"XX"}}],
        "phone_number":["+10000000000"],"registration_date":"2020-01-01T00:00:00Z"}}"#
    );
    serde_json::from_str(&text).unwrap()
}

/// A request of about 2 KiB: one search with consent and authority.
async fn request(seal: &Seal, to: &Peer) -> Vec<u8> {
    let mut criteria = SearchCriteria::identifier("UIN", "000000001").of::<Social>();
    let words = "x".repeat(500);
    let consent = format!(
        r#"{{"ts":"2026-07-19T12:15:04Z","purpose":{{"text":"{words}","code":"A","ref_uri":"https://example.org"}}}}"#
    );
    let consent = serde_json::from_str(&consent).unwrap();
    criteria.consent = Some(consent);
    criteria.authorize.clone_from(&criteria.consent);
    let header = RequestHeader::new("search", seal.own_id().clone(), to.id().clone(), 1);
    seal.seal(&Envelope::new(header, SearchRequest::one(criteria)), to, &Carrier::default()).await.unwrap().body
}

fn response(records: usize) -> SearchResponse<SocialRecord> {
    let data = SearchData::of::<Social>((0..records).map(person).collect());
    let count = records as u64;
    let result = SearchResult::found(ReferenceId::random(), data, PageInfo::new(1, count, count));
    SearchResponse::new(TransactionId::random(), vec![result])
}

fn benches(criterion: &mut Criterion) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (caller, caller_peer) = system("caller");
    let (registry, registry_peer) = system("registry");
    let gate = Gate::new(id("registry"), Arc::new(Peers::new([caller_peer.clone()])));
    let own_gate = Gate::new(id("caller"), Arc::new(Peers::new([])));

    let body = runtime.block_on(request(&caller, &registry_peer));
    let mut group = criterion.benchmark_group("request of 2 KiB");
    group.throughput(Throughput::Bytes(body.len() as u64));
    group.bench_function("split", |bench| {
        bench.iter(|| Document::parse(black_box(&body), &Limits::default()).unwrap().span("header"));
    });
    group.bench_function("parse and verify", |bench| {
        bench.iter(|| {
            let received = Received::parse(black_box(body.clone()), &Limits::default()).unwrap();
            runtime.block_on(gate.admit::<Search<Social>>(&received, None)).unwrap()
        });
    });
    group.bench_function("write and sign", |bench| {
        bench.iter(|| runtime.block_on(request(black_box(&caller), &registry_peer)));
    });
    group.finish();

    let header = || CallbackHeader::new("on-search", Status::Succeeded, id("registry"), id("caller")).counts(1, 1);
    let answer = response(100);
    let answered = Envelope::new(header(), answer.clone());
    let reply = Carrier::reply(200);
    let sealed = runtime.block_on(registry.seal(&answered, &caller_peer, &reply)).unwrap().body;
    let tree = Json::parse(&sealed).unwrap();
    let peer = Arc::new(registry_peer.clone());
    let mut group = criterion.benchmark_group("reply of 100 records");
    group.throughput(Throughput::Bytes(sealed.len() as u64));
    group.bench_function("parse", |bench| bench.iter(|| Json::parse(black_box(&sealed)).unwrap()));
    group.bench_function("read types", |bench| {
        let message = tree.get("message").unwrap();
        bench.iter(|| read::<SearchResponse<SocialRecord>>(black_box(message), Leniency::Content).unwrap());
    });
    group.bench_function("canonical form", |bench| bench.iter(|| black_box(&tree).print(Form::SortedAscii)));
    group.bench_function("parse and verify", |bench| {
        bench.iter(|| {
            let received = Received::parse(black_box(sealed.clone()), &Limits::default()).unwrap();
            runtime.block_on(own_gate.admit_reply::<Search<Social>>(&received, &peer, None)).unwrap()
        });
    });
    group.bench_function("write and sign", |bench| {
        bench.iter(|| {
            let envelope = Envelope::new(header(), black_box(&answer).clone());
            runtime.block_on(registry.seal(&envelope, &caller_peer, &Carrier::default())).unwrap()
        });
    });
    group.finish();

    let mut group = criterion.benchmark_group("Ed25519");
    let key = SigningKey::generate(KeyId::new("k").unwrap(), Algorithm::EdDsa, &AwsLc::new()).unwrap();
    let verification = key.verification_key(&AwsLc::new()).unwrap();
    let signature = key.sign(b"three short lines").unwrap();
    group.bench_function("sign", |bench| bench.iter(|| key.sign(black_box(b"three short lines")).unwrap()));
    group.bench_function("verify", |bench| {
        bench.iter(|| verification.verify(black_box(b"three short lines"), &signature).unwrap());
    });
    group.finish();

    let server = runtime.block_on(async { Server::builder(gate, registry, AnyToken).build().unwrap() });
    let server = server.registry::<Social>(Table::<Social>::new((0..200).map(person)));
    let router = server.router();
    let mut group = criterion.benchmark_group("round trip in one process");
    group.bench_function("sign, serve, verify", |bench| {
        bench.iter_batched(
            || runtime.block_on(request(&caller, &registry_peer)),
            |body| {
                let http = axum::http::Request::post("/registry/sync/search")
                    .header("content-type", "application/json")
                    .body(Body::from(body))
                    .unwrap();
                let reply = runtime.block_on(router.clone().oneshot(http)).unwrap();
                assert_eq!(reply.status(), 200);
                runtime.block_on(axum::body::to_bytes(reply.into_body(), 1 << 20)).unwrap()
            },
            BatchSize::SmallInput,
        );
    });
    group.finish();
}

criterion_group!(all, benches);
criterion_main!(all);
