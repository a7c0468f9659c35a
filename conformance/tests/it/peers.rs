//! The library's client against the systems people run, as the sandbox plays them.

use dci_conformance::identity::{ENCRYPTING, Identity, OTHER, SANDBOX, SUITE};
use dci_conformance::sandbox::{DEFAULT_TOKEN, Options, Sandbox};
use dci_core::action::{Registry, Search};
use dci_core::client::{Callbacks, Client, ClientCredentials, ClientError, Token};
use dci_core::gate::{Gate, Trust};
use dci_core::id::SystemId;
use dci_core::message::SearchRequest;
use dci_core::peer::{EncryptionForm, Peer, Peers, Preset, RecordForm, Unsigned};
use dci_core::query::{Comparison, Predicate, Query, SearchCriteria};
use dci_core::server::{ServerLimits, listen};
use dci_crvs::{Civil, EventCriteria as _, VitalEvent};
use dci_registry::social::Social;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use url::Url;

fn options(preset: Preset) -> Options {
    let mut options = Options::default();
    options.acting = Some(preset);
    options
}

/// What the played system is to a caller: its habits, its keys.
fn peer(preset: Preset) -> Peer {
    let keys = Identity::test(SANDBOX, SANDBOX).unwrap().keys;
    let mut profile = preset.profile();
    if preset == Preset::OpenG2pRegistry || preset == Preset::G2pc {
        profile.registries.retain(|name| name.registry == "social");
    }
    Peer::new(SystemId::new(SANDBOX).unwrap(), keys).speaking(profile)
}

fn client<I: Registry>(sandbox: &Sandbox, preset: Preset, token: Token) -> Client<I> {
    let base = format!("http://{}", sandbox.address());
    let seal = Identity::test(SUITE, SUITE).unwrap().seal;
    Client::<I>::builder(base).seal(seal).peer(peer(preset)).token(token).retries(0).build().unwrap()
}

/// What the system can be asked at all.
fn criteria(preset: Preset) -> SearchCriteria {
    let mut criteria = match preset {
        Preset::OpenSpp17 | Preset::SandboxJava | Preset::OpenCrvs2026 => {
            let all = Comparison::new("birth_date", dci_core::code::Operator::GreaterOrEqual, "2022-01-01");
            SearchCriteria::new(Query::Predicate(vec![Predicate::new(all)]))
        }
        _ if preset.profile().records == RecordForm::OpenCrvs => SearchCriteria::identifier("BRN", "B100000000"),
        _ => SearchCriteria::identifier("UIN", "100000000"),
    };
    if preset.profile().records == RecordForm::OpenCrvs {
        criteria = criteria.event(VitalEvent::LiveBirth);
    }
    criteria.consent = serde_json::from_str(r#"{"purpose":{"text":"a test"}}"#).unwrap();
    criteria
}

async fn search(preset: Preset) {
    let sandbox = Sandbox::start("127.0.0.1:0", &options(preset)).await.unwrap();
    let name = preset.name();
    let token = || Token::bearer(DEFAULT_TOKEN);
    let records = if preset.profile().records == RecordForm::OpenCrvs {
        let found = client::<Civil>(&sandbox, preset, token())
            .search(criteria(preset))
            .await
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(
            found.records().all(|person| person.name.as_ref().is_some_and(|name| name.surname.is_some())),
            "{name}"
        );
        found.records().count()
    } else {
        let request = SearchRequest::one(criteria(preset).of::<Social>());
        let called = client::<Social>(&sandbox, preset, token()).call::<Search<Social>>(&request).await;
        let answer = called.unwrap_or_else(|error| panic!("{name}: {error}"));
        let signed = matches!(answer.trust(), Trust::Signed { .. });
        assert_eq!(signed, preset.profile().signs, "{name}: {:?}", answer.trust());
        answer.into_message().records().count()
    };
    assert!(records > 0, "{name}");
    sandbox.stop().await;
}

#[tokio::test]
async fn every_system_is_searched_in_its_own_way() {
    for preset in Preset::ALL {
        // One answers its own named queries only, and asynchronously.
        if preset != Preset::G2pc {
            search(preset).await;
        }
    }
}

#[tokio::test]
async fn what_a_system_cannot_be_asked_is_said_before_anything_is_sent() {
    let sandbox = Sandbox::start("127.0.0.1:0", &options(Preset::G2pc)).await.unwrap();
    let client = client::<Social>(&sandbox, Preset::G2pc, Token::none());
    let error = client.search(criteria(Preset::G2pc)).await.unwrap_err();
    assert!(matches!(error, ClientError::NoEndpoint("registry/sync/search")), "{error}");
    sandbox.stop().await;
}

#[tokio::test]
async fn tokens_are_asked_for_in_every_form() {
    for preset in [Preset::SpecStrict, Preset::OpenCrvs2024, Preset::OpenImis, Preset::OpenSpp17] {
        let sandbox = Sandbox::start("127.0.0.1:0", &options(preset)).await.unwrap();
        let profile = preset.profile();
        let path = format!("http://{}/{}", sandbox.address(), profile.token_path.trim_start_matches('/'));
        let credentials = ClientCredentials::new(Url::parse(&path).unwrap(), "sandbox-client", "sandbox-secret");
        let base = format!("http://{}", sandbox.address());
        let seal = Identity::test(SUITE, SUITE).unwrap().seal;
        let answered = if profile.records == RecordForm::OpenCrvs {
            let builder = Client::<Civil>::builder(base).seal(seal).peer(peer(preset));
            builder
                .credentials("sandbox-client", "sandbox-secret")
                .build()
                .unwrap()
                .search(criteria(preset))
                .await
                .map(drop)
        } else {
            let builder = Client::<Social>::builder(base).seal(seal).peer(peer(preset));
            builder
                .credentials("sandbox-client", "sandbox-secret")
                .build()
                .unwrap()
                .search(criteria(preset))
                .await
                .map(drop)
        };
        answered.unwrap_or_else(|error| panic!("{}: {error}", preset.name()));
        // Another form is refused, in words.
        if profile.token_request != dci_core::peer::TokenRequest::Form {
            let wrong = client::<Social>(&sandbox, preset, Token::credentials(credentials));
            assert!(matches!(wrong.search(criteria(preset)).await, Err(ClientError::Token(_))), "{}", preset.name());
        }
        sandbox.stop().await;
    }
}

/// OpenCRVS answers one item per message, leaves ids where they were, and leaves out what it did not find.
#[tokio::test]
async fn the_habits_of_opencrvs() {
    let preset = Preset::OpenCrvs2024;
    let sandbox = Sandbox::start("127.0.0.1:0", &options(preset)).await.unwrap();
    let client = client::<Civil>(&sandbox, preset, Token::bearer(DEFAULT_TOKEN));
    let brn = |number: &str| SearchCriteria::identifier("BRN", number).event(VitalEvent::LiveBirth);
    let several = client.search_each([brn("B100000000"), brn("NOPE"), brn("B100000010")]).await.unwrap();
    assert_eq!(several.search_response.len(), 2, "the one without hits is left out");
    assert_eq!(several.records().count(), 2);
    let together = SearchRequest::batch([brn("B100000000").of::<Civil>(), brn("NOPE").of::<Civil>()]);
    let error = client.call::<Search<Civil>>(&together).await.unwrap_err();
    assert!(error.to_string().contains("answers 1 in one message"), "{error}");
    let request = SearchRequest::one(brn("B100000000").of::<Civil>());
    let answer = client.call::<Search<Civil>>(&request).await.unwrap();
    assert_eq!(
        answer.header().sender_id.as_ref().map(SystemId::as_str),
        Some(SUITE),
        "sender and receiver are not swapped"
    );
    assert!(matches!(answer.trust(), Trust::Signed { scheme: "embedded-jws", .. }));
    // A signature that does not hold is an internal error there; the client says what that may mean.
    let stranger = Identity::test(SUITE, OTHER).unwrap().seal;
    let base = format!("http://{}", sandbox.address());
    let forged = Client::<Civil>::builder(base).seal(stranger).peer(peer(preset)).token(Token::bearer(DEFAULT_TOKEN));
    let error = forged.build().unwrap().search(brn("B100000000")).await.unwrap_err().to_string();
    assert!(error.contains("HTTP 500") && error.contains("a signature that does not hold"), "{error}");
    sandbox.stop().await;
}

#[tokio::test]
async fn callbacks_come_as_plain_text_and_in_every_scheme() {
    for preset in [Preset::OpenCrvs2024, Preset::SpecStrict, Preset::OpenSpp2, Preset::Spar2, Preset::OpenImis] {
        let sandbox = Sandbox::start("127.0.0.1:0", &options(preset)).await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = Url::parse(&format!("http://{}/callback", listener.local_addr().unwrap())).unwrap();
        let gate = Gate::new(SystemId::new(SUITE).unwrap(), Arc::new(Peers::new([peer(preset)])));
        let callbacks = Callbacks::new(base, gate);
        let receiving = listen(listener, callbacks.router(), &ServerLimits::default()).unwrap();
        let wait = Duration::from_secs(10);
        let trust = if preset == Preset::OpenCrvs2024 {
            let client = client::<Civil>(&sandbox, preset, Token::bearer(DEFAULT_TOKEN));
            client.search_later(criteria(preset), &callbacks).await.unwrap().answer(wait).await.unwrap().trust().clone()
        } else {
            let client = client::<Social>(&sandbox, preset, Token::bearer(DEFAULT_TOKEN));
            let pending = client.search_later(criteria(preset), &callbacks).await;
            let pending = pending.unwrap_or_else(|error| panic!("{}: {error}", preset.name()));
            pending.answer(wait).await.unwrap().trust().clone()
        };
        assert_eq!(matches!(trust, Trust::Signed { .. }), preset.profile().signs, "{}: {trust:?}", preset.name());
        receiving.stop().await;
        sandbox.stop().await;
    }
}

#[tokio::test]
async fn encrypted_searches_are_answered_encrypted() {
    let mut options = Options::default();
    options.encryption = Some(EncryptionForm::default().protected());
    let sandbox = Sandbox::start("127.0.0.1:0", &options).await.unwrap();
    let own = Identity::test(ENCRYPTING, ENCRYPTING).unwrap();
    let registry = Identity::test(SANDBOX, SANDBOX).unwrap().keys;
    let registry =
        Peer::new(SystemId::new(SANDBOX).unwrap(), registry).encrypting(EncryptionForm::default().protected());
    let build = |keyring| {
        let builder = Client::<Social>::builder(sandbox.base("social")).seal(own.seal.clone()).peer(registry.clone());
        builder.token(Token::bearer(DEFAULT_TOKEN)).opening_with(keyring).build().unwrap()
    };
    let found = build(own.keyring.clone()).search(SearchCriteria::identifier("UIN", "100000000")).await.unwrap();
    assert!(found.records().count() > 0);
    // Without the key that opens them answers are refused.
    let error =
        build(dci_core::gate::Keyring::default()).search(SearchCriteria::identifier("UIN", "1")).await.unwrap_err();
    assert!(matches!(error, ClientError::Untrusted(_)), "{error}");
    sandbox.stop().await;
}

/// What an unsigned preset gives up is in its profile, not in a flag of the message.
#[test]
fn presets_say_who_is_trusted_without_a_signature() {
    let unsigned = Preset::ALL.into_iter().filter(|preset| preset.profile().unsigned == Unsigned::Accepted);
    let names: Vec<_> = unsigned.map(Preset::name).collect();
    assert_eq!(names, ["openspp17", "spar1", "openimis", "sandbox-java"]);
}
