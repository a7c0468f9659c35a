//! The token endpoint (core standard, `/oauth2/client/token`): client credentials, opaque tokens.

use async_trait::async_trait;
use axum::Router;
use axum::body::Bytes;
use axum::response::{IntoResponse as _, Response};
use axum::routing::post;
use dci_core::server::{Client, StaticTokens, TokenCheck};
use http::{HeaderMap, StatusCode, header};
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

pub(super) fn router() -> Router {
    Router::new()
        .route("/oauth2/client/token", post(|headers: HeaderMap, body: Bytes| async move { token(&headers, &body) }))
}

fn answer(status: StatusCode, body: &serde_json::Value) -> Response {
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
    (status, headers, body.to_string()).into_response()
}

fn token(headers: &HeaderMap, body: &[u8]) -> Response {
    let form = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !form.starts_with("application/x-www-form-urlencoded") {
        return refuse(StatusCode::BAD_REQUEST, "invalid_request", "the body must be a form");
    }
    let fields: BTreeMap<_, _> = url::form_urlencoded::parse(body).into_owned().collect();
    let field = |name: &str| fields.get(name).map(String::as_str).unwrap_or_default();
    if field("grant_type") != "client_credentials" {
        return refuse(StatusCode::BAD_REQUEST, "unsupported_grant_type", "grant_type must be client_credentials");
    }
    if field("client_id") != CLIENT_ID || field("client_secret") != CLIENT_SECRET {
        return refuse(StatusCode::UNAUTHORIZED, "invalid_client", "the client is not known or its secret is wrong");
    }
    let token = uuid::Uuid::new_v4().simple().to_string();
    let mut issued = ISSUED.lock().unwrap_or_else(PoisonError::into_inner);
    issued.retain(|_, until| *until > Instant::now());
    issued.insert(token.clone(), Instant::now() + LIFE);
    let life = LIFE.as_secs().to_string();
    answer(StatusCode::OK, &serde_json::json!({"access_token": token, "token_type": "Bearer", "expires_in": life}))
}

fn refuse(status: StatusCode, error: &str, words: &str) -> Response {
    answer(status, &serde_json::json!({"error": error, "error_description": words}))
}
