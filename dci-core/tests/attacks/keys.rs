//! T-50 to T-56: keys, and where they come from.

use crate::world::{World, forge, judge, key_id};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as B64;
use dci_core::jose::{Algorithm, AwsLc, KeySet, PublicKey, SigningKey};
use dci_core::peer::{KeySource as _, Networks, Peer, Peers, RemoteKeySet};
use dci_core::transport::Http;
use dci_core::wire::{Form, Json};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;
use url::Url;
use wiremock::matchers::path;
use wiremock::{Mock, MockServer, ResponseTemplate};

fn set(keys: &[Value]) -> Result<KeySet, String> {
    let text = json!({"keys": keys}).to_string();
    KeySet::parse(text.as_bytes(), &AwsLc::new()).map_err(|error| error.to_string())
}

fn modulus(bytes: usize) -> Vec<u8> {
    let mut n = vec![0xff; bytes];
    n[0] = 0xc3;
    n
}

#[test]
fn t_50_weak_and_broken_keys() {
    let rsa = |n: &[u8], e: &[u8]| json!({"kty": "RSA", "kid": "k", "n": B64.encode(n), "e": B64.encode(e)});
    let ec = |crv: &str, x: &[u8], y: &[u8]| json!({"kty": "EC", "kid": "k", "crv": crv, "x": B64.encode(x), "y": B64.encode(y)});
    let mut even = modulus(256);
    even[255] = 0xfe;
    let exponent = [1, 0, 1];
    for (what, jwk) in [
        ("512 bits", rsa(&modulus(64), &exponent)),
        ("1024 bits", rsa(&modulus(128), &exponent)),
        ("1536 bits", rsa(&modulus(192), &exponent)),
        ("16384 bits", rsa(&modulus(2048), &exponent)),
        ("e = 1", rsa(&modulus(256), &[1])),
        ("e = 2", rsa(&modulus(256), &[2])),
        ("e = 3", rsa(&modulus(256), &[3])),
        ("an even e", rsa(&modulus(256), &[1, 0, 0])),
        ("an even n", rsa(&even, &exponent)),
        ("a point off its curve", ec("P-256", &[1; 32], &[1; 32])),
        ("infinity", ec("P-256", &[0; 32], &[0; 32])),
    ] {
        assert!(set(&[jwk]).is_err(), "{what}");
    }
    for crv in ["P-224", "secp256k1"] {
        assert!(set(&[ec(crv, &[1; 32], &[1; 32])]).unwrap().is_empty(), "{crv} is passed over");
    }
}

#[test]
fn t_51_sets_that_are_not_under_control() {
    let world = World::new();
    let good: Value =
        serde_json::from_str(&Json::Object(world.caller.key(Algorithm::EdDsa).public_jwk()).print(Form::Compact))
            .unwrap();
    assert!(set(std::slice::from_ref(&good)).is_ok());
    let with = |name: &str, value: Value| {
        let mut jwk = good.clone();
        jwk[name] = value;
        jwk
    };
    for (what, keys) in [
        ("one kid twice", vec![good.clone(), good.clone()]),
        ("a symmetric key", vec![good.clone(), json!({"kty": "oct", "kid": "s", "k": "AAAA"})]),
        ("a private part", vec![with("d", json!("AAAA"))]),
        ("use against key_ops", vec![with("key_ops", json!(["sign"]))]),
        (
            "use enc for a key that verifies",
            vec![{
                let mut jwk = with("use", json!("enc"));
                jwk["key_ops"] = json!(["verify"]);
                jwk
            }],
        ),
        ("an algorithm of another kind", vec![with("alg", json!("ES256"))]),
        ("an algorithm that is not offered", vec![with("alg", json!("none"))]),
        ("101 keys", (0..101).map(|at| with("kid", json!(format!("k{at}")))).collect()),
    ] {
        assert!(set(&keys).is_err(), "{what}");
    }
    assert!(KeySet::parse(&vec![b' '; 300 << 10], &AwsLc::new()).is_err(), "larger than any real set");
}

/// The address of keys is the registration's. Members of a message that could name another are not even read for that.
#[tokio::test]
async fn t_52_addresses_from_messages() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let own = format!("http://{}", listener.local_addr().unwrap());
    let world = World::new();
    let stranger = crate::world::System::new("stranger").key(Algorithm::EdDsa);
    let mut body = world.jws_request().await;
    body["header"]["sender_uri"] = own.clone().into();
    body["header"]["meta"] = json!({"jwks_uri": own, "iss": own});
    body["signature"] = forge(r#"{"alg":"EdDSA","kid":"key-EdDSA"}"#, &body, &stranger).into();
    assert!(judge(&world.gate(), &body).await.is_err());
    body["header"]["sender_id"] = own.into();
    assert!(judge(&world.gate(), &body).await.is_err(), "an address as a sender is nobody");
    assert!(tokio::time::timeout(Duration::from_millis(50), listener.accept()).await.is_err());
}

fn url(server: &MockServer) -> Url {
    Url::parse(&server.uri()).unwrap().join("/jwks").unwrap()
}

fn remote(server: &MockServer) -> RemoteKeySet {
    let http = Http::builder().timeout(Duration::from_millis(500)).build().unwrap();
    RemoteKeySet::new(url(server), http, &Networks::public(), Arc::new(AwsLc::new()))
}

fn document(keys: &[&SigningKey]) -> String {
    KeySet::document(keys.iter().copied(), []).print(Form::Compact)
}

/// T-53, rotation, is in `peer::remote_keys`: it turns the cache's clock.
#[tokio::test]
async fn t_54_ids_that_nobody_has() {
    let server = MockServer::start().await;
    let key = SigningKey::generate(key_id("k"), Algorithm::EdDsa, &AwsLc::new()).unwrap();
    let answer = ResponseTemplate::new(200).set_body_raw(document(&[&key]), "application/json");
    Mock::given(path("/jwks")).respond_with(answer).expect(1).mount(&server).await;
    let remote = Arc::new(remote(&server));
    let asked = (0..500).map(|at| {
        let remote = Arc::clone(&remote);
        tokio::spawn(async move { remote.find(Some(&key_id(&format!("random-{at}")))).await.len() })
    });
    for task in asked.collect::<Vec<_>>() {
        assert_eq!(task.await.unwrap(), 0);
    }
    assert_eq!(remote.find(Some(key.key_id())).await.len(), 1, "good messages are unharmed");
}

#[tokio::test]
async fn t_55_a_host_that_does_not_answer_well() {
    let key = SigningKey::generate(key_id("k"), Algorithm::EdDsa, &AwsLc::new()).unwrap();
    let good = document(&[&key]);
    let elsewhere = MockServer::start().await;
    let copy = ResponseTemplate::new(200).set_body_raw(good.clone(), "application/json");
    Mock::given(path("/jwks")).respond_with(copy).expect(0).mount(&elsewhere).await;
    for answer in [
        ResponseTemplate::new(200).set_body_raw(good.clone(), "application/json").set_delay(Duration::from_secs(5)),
        ResponseTemplate::new(500),
        ResponseTemplate::new(302).insert_header("location", url(&elsewhere).as_str()),
        ResponseTemplate::new(200).set_body_raw("<html>", "text/html"),
        ResponseTemplate::new(200).set_body_raw(good[..good.len() - 2].to_owned(), "application/json"),
        ResponseTemplate::new(200).set_body_raw(vec![b' '; 1 << 20], "application/json"),
    ] {
        let server = MockServer::start().await;
        Mock::given(path("/jwks")).respond_with(answer).mount(&server).await;
        let found = tokio::time::timeout(Duration::from_secs(3), remote(&server).find(None)).await;
        assert_eq!(found.expect("nobody waits for long").len(), 0);
    }
}

/// Two peers at one host have each its own keys: what is cached is a peer's, not a host's.
#[tokio::test]
async fn t_56_one_partners_keys_for_another() {
    let world = World::new();
    let peers = Peers::new([
        Peer::new(crate::world::id("caller"), world.caller.keys.clone()),
        Peer::new(crate::world::id("other"), world.other.keys.clone()),
    ]);
    let gate = dci_core::gate::Gate::new(crate::world::id("registry"), Arc::new(peers));
    let mut body = world.jws_request().await;
    assert!(judge(&gate, &body).await.is_ok());
    let by_other = world.other.key(Algorithm::EdDsa);
    body["signature"] = forge(r#"{"alg":"EdDSA","kid":"key-EdDSA"}"#, &body, &by_other).into();
    assert!(judge(&gate, &body).await.is_err());
    let ed25519 = PublicKey::from_jwk(&by_other.public_jwk()).unwrap();
    assert_ne!(ed25519.thumbprint(), world.caller.key(Algorithm::EdDsa).public_key().thumbprint());
}
