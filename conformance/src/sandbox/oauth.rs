//! The token endpoint (core standard, `/oauth2/client/token`): client credentials, opaque tokens.

use async_trait::async_trait;
use axum::Router;
use axum::body::Bytes;
use axum::response::{IntoResponse as _, Response};
use axum::routing::post;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use dci_core::peer::TokenRequest;
use dci_core::server::{Client, StaticTokens, TokenCheck};
use http::{HeaderMap, StatusCode, Uri, header};
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The client the sandbox knows.
pub(crate) const CLIENT_ID: &str = "sandbox-client";
/// Its secret.
pub(crate) const CLIENT_SECRET: &str = "sandbox-secret";
/// How long an issued token lives.
const LIFE: Duration = Duration::from_secs(3_600);

type Issued = Arc<Mutex<BTreeMap<String, Instant>>>;

/// Tokens that were issued. Shared by every sandbox of the process: a token says only that its holder knew the
/// published secret.
static ISSUED: LazyLock<Issued> = LazyLock::new(Issued::default);

/// Fixed tokens, and those that were issued here.
#[derive(Debug)]
struct OrIssued(StaticTokens);

pub(super) fn or_issued(tokens: StaticTokens) -> impl TokenCheck + 'static {
    OrIssued(tokens)
}

#[async_trait]
impl TokenCheck for OrIssued {
    async fn check(&self, token: &str) -> Option<Client> {
        if let Some(client) = self.0.check(token).await {
            return Some(client);
        }
        let issued = ISSUED.lock().unwrap_or_else(PoisonError::into_inner);
        issued.get(token).filter(|until| **until > Instant::now()).map(|_| Client::Any)
    }
}

/// The endpoint at `path`, for token requests of one form.
pub(super) fn router(path: &str, request: TokenRequest) -> Router {
    let take = move |headers: HeaderMap, uri: Uri, body: Bytes| async move { token(&headers, &uri, &body, request) };
    Router::new().route(path, post(take))
}

fn answer(status: StatusCode, body: &serde_json::Value) -> Response {
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
    (status, headers, body.to_string()).into_response()
}

fn token(headers: &HeaderMap, uri: &Uri, body: &[u8], request: TokenRequest) -> Response {
    let media_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let is = |wanted: &str| media_type.starts_with(wanted);
    let wrong = |words: &str| refuse(StatusCode::BAD_REQUEST, "invalid_request", words);
    let form = |text: &[u8]| url::form_urlencoded::parse(text).into_owned().collect::<BTreeMap<_, _>>();
    let mut fields = match request {
        TokenRequest::Query => form(uri.query().unwrap_or_default().as_bytes()),
        TokenRequest::Json | TokenRequest::Login if is("application/json") => {
            serde_json::from_slice(body).unwrap_or_default()
        }
        TokenRequest::Json | TokenRequest::Login => return wrong("the body must be JSON"),
        _ if is("application/x-www-form-urlencoded") => form(body),
        _ => return wrong("the body must be a form"),
    };
    if request == TokenRequest::Basic {
        let pair = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let pair = STANDARD.decode(pair.trim_start_matches("Basic ")).unwrap_or_default();
        if let Some((id, secret)) = String::from_utf8_lossy(&pair).split_once(':') {
            fields.insert("client_id".to_owned(), id.to_owned());
            fields.insert("client_secret".to_owned(), secret.to_owned());
        }
    }
    let field = |name: &str| fields.get(name).map(String::as_str).unwrap_or_default();
    let login = request == TokenRequest::Login;
    if !login && field("grant_type") != "client_credentials" {
        return refuse(StatusCode::BAD_REQUEST, "unsupported_grant_type", "grant_type must be client_credentials");
    }
    let (id, secret) = if login { ("username", "password") } else { ("client_id", "client_secret") };
    if field(id) != CLIENT_ID || field(secret) != CLIENT_SECRET {
        return refuse(StatusCode::UNAUTHORIZED, "invalid_client", "the client is not known or its secret is wrong");
    }
    let token = uuid::Uuid::new_v4().simple().to_string();
    let mut issued = ISSUED.lock().unwrap_or_else(PoisonError::into_inner);
    issued.retain(|_, until| *until > Instant::now());
    issued.insert(token.clone(), Instant::now() + LIFE);
    let life = LIFE.as_secs().to_string();
    if login {
        return answer(StatusCode::OK, &serde_json::json!({"token": token}));
    }
    answer(StatusCode::OK, &serde_json::json!({"access_token": token, "token_type": "Bearer", "expires_in": life}))
}

fn refuse(status: StatusCode, error: &str, words: &str) -> Response {
    answer(status, &serde_json::json!({"error": error, "error_description": words}))
}
