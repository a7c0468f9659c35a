//! Bearer tokens: fixed ones, and those of an OAuth2 server (core standard, `/oauth2/client/token`).

use super::error::ClientError;
use super::peer_error::PeerError;
use crate::peer::TokenRequest;
use crate::transport::{Http, HttpReply, Post};
use crate::wire::{Form, Json, Limits, Object};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::fmt;
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::Instant;
use url::Url;
use zeroize::Zeroizing;

/// Where the bearer token comes from.
pub struct Token(Source);

enum Source {
    None,
    Fixed(Zeroizing<String>),
    Credentials(Box<ClientCredentials>, Mutex<Option<Cached>>),
}

struct Cached {
    token: Zeroizing<String>,
    until: Instant,
}

/// Client credentials (RFC 6749 section 4.4), sent in the form the server reads.
#[derive(Clone)]
pub struct ClientCredentials {
    token_url: Url,
    client_id: String,
    client_secret: Zeroizing<String>,
    scope: Option<String>,
    request: TokenRequest,
}

impl ClientCredentials {
    /// Credentials for the server at `token_url`.
    pub fn new(token_url: Url, client_id: impl Into<String>, client_secret: impl Into<String>) -> Self {
        Self {
            token_url,
            client_id: client_id.into(),
            client_secret: Zeroizing::new(client_secret.into()),
            scope: None,
            request: TokenRequest::Form,
        }
    }

    /// Asks for a scope.
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        self.scope = Some(scope.into());
        self
    }

    /// Sends them in another form.
    pub fn request(mut self, request: TokenRequest) -> Self {
        self.request = request;
        self
    }

    async fn fetch(&self, http: &Http) -> Result<Cached, ClientError> {
        http.trust(&self.token_url);
        let reply = http.post(self.post(), 64 * 1024).await?;
        if reply.status != 200 {
            return Err(ClientError::Token(PeerError::decode(&reply).to_string()));
        }
        read_token(&reply)
    }

    fn post(&self) -> Post {
        let secret = self.client_secret.as_str();
        let mut fields = vec![("grant_type", "client_credentials")];
        match self.request {
            TokenRequest::Login => fields = vec![("username", self.client_id.as_str()), ("password", secret)],
            TokenRequest::Basic => {}
            _ => fields.extend([("client_id", self.client_id.as_str()), ("client_secret", secret)]),
        }
        fields.extend(self.scope.as_deref().map(|scope| ("scope", scope)));
        let mut url = self.token_url.clone();
        let encoded = || url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&fields).finish();
        match self.request {
            TokenRequest::Json | TokenRequest::Login => {
                let tree =
                    fields.iter().map(|(name, value)| ((*name).to_owned(), Json::from(*value))).collect::<Object>();
                Post::json(url, Json::Object(tree).print(Form::Compact).into_bytes())
            }
            TokenRequest::Query => {
                url.query_pairs_mut().extend_pairs(&fields);
                Post { media_type: FORM.to_owned(), ..Post::json(url, Vec::new()) }
            }
            TokenRequest::Form | TokenRequest::Basic => {
                let mut post = Post { media_type: FORM.to_owned(), ..Post::json(url, encoded().into_bytes()) };
                if self.request == TokenRequest::Basic {
                    let pair = Zeroizing::new(format!("{}:{secret}", self.client_id));
                    post.authorization = Some(Zeroizing::new(format!("Basic {}", STANDARD.encode(pair.as_bytes()))));
                }
                post
            }
        }
    }
}

const FORM: &str = "application/x-www-form-urlencoded";

fn read_token(reply: &HttpReply) -> Result<Cached, ClientError> {
    let broken = |what: &str| ClientError::Token(format!("the token answer {what}"));
    let tree = Json::parse_within(&reply.body, &Limits::tolerant()).map_err(|error| broken(&error.to_string()))?;
    let token =
        tree.get("access_token").or_else(|| tree.get("token")).and_then(Json::as_str).filter(|token| !token.is_empty());
    let token = token.ok_or_else(|| broken("has no access_token"))?;
    // `expires_in` is a text in the standard, a number in RFC 6749, and optional in both.
    let seconds = tree.get("expires_in").and_then(Json::scalar_text).and_then(|text| text.trim().parse::<u64>().ok());
    // Renewed a minute early, so that no request leaves with a token that ends on the way.
    let life = Duration::from_secs(seconds.unwrap_or(300).clamp(1, 86_400).saturating_sub(60));
    Ok(Cached { token: Zeroizing::new(token.to_owned()), until: Instant::now() + life })
}

impl Token {
    /// No token.
    pub fn none() -> Self {
        Self(Source::None)
    }

    /// A fixed token.
    pub fn bearer(token: impl Into<String>) -> Self {
        Self(Source::Fixed(Zeroizing::new(token.into())))
    }

    /// A token of an OAuth2 server, kept until shortly before it ends.
    pub fn credentials(credentials: ClientCredentials) -> Self {
        Self(Source::Credentials(Box::new(credentials), Mutex::default()))
    }

    /// The token to send now; fetched with `http` when there is none yet.
    pub async fn current(&self, http: &Http) -> Result<Option<Zeroizing<String>>, ClientError> {
        match &self.0 {
            Source::None => Ok(None),
            Source::Fixed(token) => Ok(Some(token.clone())),
            Source::Credentials(credentials, cache) => {
                // Held while fetching: one request for a token at a time, the others wait for it.
                let mut cache = cache.lock().await;
                if let Some(cached) = cache.as_ref().filter(|cached| cached.until > Instant::now()) {
                    return Ok(Some(cached.token.clone()));
                }
                let fresh = credentials.fetch(http).await?;
                let token = fresh.token.clone();
                *cache = Some(fresh);
                Ok(Some(token))
            }
        }
    }

    /// Forgets a token that was refused; says whether another can be had.
    pub(super) async fn forget(&self) -> bool {
        match &self.0 {
            Source::Credentials(_, cache) => {
                *cache.lock().await = None;
                true
            }
            _ => false,
        }
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(..)")
    }
}

impl fmt::Debug for ClientCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientCredentials").field("client_id", &self.client_id).finish_non_exhaustive()
    }
}
