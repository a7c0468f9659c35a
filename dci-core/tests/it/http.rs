//! The HTTP client, tokens and remote key sets against scripted counterparts.

use dci_core::client::{ClientCredentials, Token};
use dci_core::id::KeyId;
use dci_core::jose::{Algorithm, AwsLc, KeySet, SigningKey};
use dci_core::peer::{KeySource as _, Networks, RemoteKeySet};
use dci_core::transport::{Http, HttpError, Post};
use dci_core::wire::Form;
use std::sync::Arc;
use std::time::Duration;
use url::Url;
use wiremock::matchers::{body_string_contains, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

fn at(server: &MockServer, path: &str) -> Url {
    Url::parse(&server.uri()).unwrap().join(path).unwrap()
}

/// A client that may reach this machine.
fn local(http: Http) -> Http {
    let networks = Networks::public().with("127.0.0.0/8").unwrap();
    http.permit(&Url::parse("http://127.0.0.1/").unwrap(), &networks);
    http
}

#[tokio::test]
async fn redirects_are_answers_and_not_followed() {
    let server = MockServer::start().await;
    let elsewhere = ResponseTemplate::new(303).insert_header("location", "/inner");
    Mock::given(path("/callback")).respond_with(elsewhere).expect(1).mount(&server).await;
    Mock::given(path("/inner")).respond_with(ResponseTemplate::new(200)).expect(0).mount(&server).await;
    let reply =
        local(Http::new().unwrap()).post(Post::json(at(&server, "/callback"), b"{}".to_vec()), 100).await.unwrap();
    assert_eq!(reply.status, 303);
}

#[tokio::test]
async fn answers_are_bounded_in_size_and_time() {
    let server = MockServer::start().await;
    Mock::given(path("/big"))
        .respond_with(ResponseTemplate::new(200).set_body_bytes(vec![b'x'; 1_001]))
        .mount(&server)
        .await;
    let slow = ResponseTemplate::new(200).set_delay(Duration::from_secs(30));
    Mock::given(path("/slow")).respond_with(slow).mount(&server).await;
    let http = local(Http::builder().timeout(Duration::from_millis(300)).build().unwrap());
    assert!(matches!(http.get(at(&server, "/big"), 1_000).await, Err(HttpError::TooLarge(1_000))));
    assert!(http.get(at(&server, "/big"), 1_001).await.is_ok());
    assert!(matches!(http.get(at(&server, "/slow"), 1_000).await, Err(HttpError::Timeout(_))));
}

#[tokio::test]
async fn nothing_leaves_in_the_clear_to_other_machines() {
    let http = Http::new().unwrap();
    let url = Url::parse("http://192.0.2.1/registry").unwrap();
    assert!(matches!(http.post(Post::json(url, Vec::new()), 10).await, Err(HttpError::NotHttps(_))));
}

#[tokio::test]
async fn a_token_is_fetched_once_and_kept() {
    let server = MockServer::start().await;
    let body = serde_json::json!({"access_token": "abc", "token_type": "Bearer", "expires_in": "36000"});
    Mock::given(method("POST"))
        .and(path("/oauth2/client/token"))
        .and(body_string_contains("grant_type=client_credentials"))
        .and(body_string_contains("client_secret=s%26cret"))
        .respond_with(ResponseTemplate::new(200).set_body_json(body))
        .expect(1)
        .mount(&server)
        .await;
    let token = Token::credentials(ClientCredentials::new(at(&server, "/oauth2/client/token"), "id", "s&cret"));
    let http = Http::new().unwrap();
    for _ in 0..3 {
        assert_eq!(token.current(&http).await.unwrap().unwrap().as_str(), "abc");
    }
    assert_eq!(format!("{token:?}"), "Token(..)");
}

#[tokio::test]
async fn a_refused_token_request_says_why() {
    let server = MockServer::start().await;
    let body = serde_json::json!({"error": "invalid_client", "error_description": "unknown"});
    Mock::given(path("/t")).respond_with(ResponseTemplate::new(401).set_body_json(body)).mount(&server).await;
    let token = Token::credentials(ClientCredentials::new(at(&server, "/t"), "id", "secret"));
    let error = token.current(&Http::new().unwrap()).await.unwrap_err().to_string();
    assert!(error.contains("invalid_client") && !error.contains("secret"), "{error}");
}

#[tokio::test]
async fn unknown_key_ids_lead_to_one_read() {
    let server = MockServer::start().await;
    let provider = AwsLc::new();
    let key = SigningKey::generate(KeyId::new("k1").unwrap(), Algorithm::EdDsa, &provider).unwrap();
    let document = KeySet::document([&key], []).print(Form::Compact);
    let answer = ResponseTemplate::new(200).set_body_raw(document, "application/json");
    Mock::given(path("/jwks")).respond_with(answer).expect(1).mount(&server).await;
    let remote = RemoteKeySet::new(at(&server, "/jwks"), Http::new().unwrap(), &Networks::public(), Arc::new(provider));
    assert_eq!(remote.find(Some(key.key_id())).await.len(), 1);
    for index in 0..200 {
        let unknown = KeyId::new(format!("random-{index}")).unwrap();
        assert!(remote.find(Some(&unknown)).await.is_empty());
    }
    assert_eq!(remote.find(None).await.len(), 1);
}

#[tokio::test]
async fn a_key_set_that_cannot_be_read_is_no_key_and_no_storm() {
    let server = MockServer::start().await;
    Mock::given(path("/jwks")).respond_with(ResponseTemplate::new(500)).expect(1).mount(&server).await;
    let remote =
        RemoteKeySet::new(at(&server, "/jwks"), Http::new().unwrap(), &Networks::public(), Arc::new(AwsLc::new()));
    for _ in 0..20 {
        assert!(remote.find(None).await.is_empty());
    }
}
