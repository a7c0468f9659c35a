//! The client.

use super::guard::{Guard, NotReachable, Resolver, SystemResolver};
use crate::carrier::{Carrier, KEPT};
use crate::network::{Networks, literal_address};
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER};
use std::sync::Arc;
use std::time::Duration;
use url::{Host, Url};
use zeroize::Zeroizing;

/// An HTTP client with the limits of this protocol. Cheap to clone; clones share what was permitted.
#[derive(Clone, Debug)]
pub struct Http {
    client: reqwest::Client,
    guard: Guard,
    in_the_clear: bool,
}

/// Sets up an [`Http`].
#[derive(Debug)]
pub struct HttpBuilder {
    timeout: Duration,
    resolver: Arc<dyn Resolver>,
    in_the_clear: bool,
}

/// What came back.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct HttpReply {
    /// The status.
    pub status: u16,
    /// The media type, without parameters, in small letters.
    pub content_type: String,
    /// How long to wait before the next attempt, where the peer said so in seconds.
    pub retry_after: Option<Duration>,
    /// What surrounded the body, as far as signatures cover it.
    pub carrier: Carrier,
    /// The body.
    pub body: Vec<u8>,
}

/// A body to post.
#[derive(Debug)]
#[non_exhaustive]
pub struct Post {
    /// Where to.
    pub url: Url,
    /// The body.
    pub body: Vec<u8>,
    /// Its media type.
    pub media_type: String,
    /// The complete value of the header `Authorization`.
    pub authorization: Option<Zeroizing<String>>,
    /// Further headers.
    pub headers: Vec<(&'static str, String)>,
}

impl Post {
    /// JSON for `url`.
    pub fn json(url: Url, body: Vec<u8>) -> Self {
        Self { url, body, media_type: "application/json".to_owned(), authorization: None, headers: Vec::new() }
    }
}

/// Why there is no reply.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum HttpError {
    /// The address is not acceptable.
    #[error("{0} must be https: outside loopback nothing is sent in the clear")]
    NotHttps(String),
    /// The host is none that may be connected to.
    #[error("{0} leads to no address that is registered or public")]
    NotReachable(String),
    /// A header cannot be sent.
    #[error("the header {0} cannot be sent: it holds characters that a header must not hold")]
    Header(String),
    /// The connection could not be made; nothing was sent.
    #[error("no connection")]
    Connect(#[source] reqwest::Error),
    /// It took too long.
    #[error("no answer in time")]
    Timeout(#[source] reqwest::Error),
    /// The answer is larger than allowed.
    #[error("the answer has more than {0} bytes")]
    TooLarge(usize),
    /// Anything else that went wrong on the way.
    #[error("the exchange failed")]
    Exchange(#[source] reqwest::Error),
}

impl From<reqwest::Error> for HttpError {
    fn from(error: reqwest::Error) -> Self {
        // The address may hold a secret path; it is not part of the message.
        let error = error.without_url();
        if error.is_connect() {
            Self::Connect(error)
        } else if error.is_timeout() {
            Self::Timeout(error)
        } else {
            Self::Exchange(error)
        }
    }
}

impl Default for HttpBuilder {
    fn default() -> Self {
        Self { timeout: Duration::from_secs(30), resolver: Arc::new(SystemResolver), in_the_clear: false }
    }
}

impl HttpBuilder {
    /// Waits `timeout` for an answer; 30 s when not set.
    pub fn timeout(self, timeout: Duration) -> Self {
        Self { timeout, ..self }
    }

    /// Finds addresses with `resolver`.
    pub fn resolver(self, resolver: Arc<dyn Resolver>) -> Self {
        Self { resolver, ..self }
    }

    /// Sends in the clear to other machines too.
    ///
    /// Gives up that nobody on the way reads tokens and records. For test networks.
    pub fn danger_allow_plain_http(self) -> Self {
        Self { in_the_clear: true, ..self }
    }

    /// The client.
    pub fn build(self) -> Result<Http, HttpError> {
        let guard = Guard::new(self.resolver);
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            // A proxy would look names up by itself, past the guard.
            .no_proxy()
            .dns_resolver(Arc::new(guard.clone()))
            .connect_timeout(Duration::from_secs(5))
            .timeout(self.timeout)
            .user_agent(concat!("dci-core/", env!("CARGO_PKG_VERSION")))
            .build()?;
        Ok(Http { client, guard, in_the_clear: self.in_the_clear })
    }
}

impl Http {
    /// A client that waits 5 s for a connection and 30 s for an answer.
    pub fn new() -> Result<Self, HttpError> {
        Self::builder().build()
    }

    /// Sets up a client.
    pub fn builder() -> HttpBuilder {
        HttpBuilder::default()
    }

    /// Lets the host of `url` lead to `networks` too, for this client and its clones. Public addresses need no permit.
    pub fn permit(&self, url: &Url, networks: &Networks) {
        if let Some(host) = url.host_str() {
            self.guard.permit(host, networks);
        }
    }

    /// Lets the host of `url` lead anywhere: the operator of this system named it, no message did.
    pub(crate) fn trust(&self, url: &Url) {
        self.permit(url, &Networks::any());
    }

    /// Reads `url`; an answer of more than `limit` bytes is an error.
    pub async fn get(&self, url: Url, limit: usize) -> Result<HttpReply, HttpError> {
        self.check(&url)?;
        let host = url.origin().ascii_serialization();
        self.finish(self.client.get(url), &host, limit).await
    }

    /// Posts; an answer of more than `limit` bytes is an error.
    pub async fn post(&self, post: Post, limit: usize) -> Result<HttpReply, HttpError> {
        self.check(&post.url)?;
        let host = post.url.origin().ascii_serialization();
        let mut headers = HeaderMap::new();
        let mut put = |name: &str, value: &str, secret: bool| {
            let broken = || HttpError::Header(name.to_owned());
            let key = HeaderName::from_bytes(name.as_bytes()).map_err(|_| broken())?;
            let mut value = HeaderValue::from_str(value).map_err(|_| broken())?;
            value.set_sensitive(secret);
            headers.insert(key, value);
            Ok::<_, HttpError>(())
        };
        put(CONTENT_TYPE.as_str(), &post.media_type, false)?;
        if let Some(authorization) = &post.authorization {
            put(AUTHORIZATION.as_str(), authorization, true)?;
        }
        for (name, value) in &post.headers {
            put(name, value, false)?;
        }
        self.finish(self.client.post(post.url).headers(headers).body(post.body), &host, limit).await
    }

    async fn finish(&self, request: reqwest::RequestBuilder, host: &str, limit: usize) -> Result<HttpReply, HttpError> {
        match request.send().await {
            Ok(response) => read(response, limit).await,
            Err(error) if is_refused(&error) => Err(HttpError::NotReachable(host.to_owned())),
            Err(error) => Err(error.into()),
        }
    }

    fn check(&self, url: &Url) -> Result<(), HttpError> {
        let address = literal_address(url);
        let loopback = match url.host() {
            Some(Host::Domain(name)) => name == "localhost",
            _ => address.is_some_and(|address| address.is_loopback()),
        };
        if !(url.scheme() == "https" || (url.scheme() == "http" && (loopback || self.in_the_clear))) {
            return Err(HttpError::NotHttps(url.origin().ascii_serialization()));
        }
        // The resolver is not asked for literal addresses.
        match address.zip(url.host_str()) {
            Some((address, host)) if !self.guard.allows(host, address) => {
                Err(HttpError::NotReachable(url.origin().ascii_serialization()))
            }
            _ => Ok(()),
        }
    }
}

/// Whether the guard stands behind `error`.
fn is_refused(error: &reqwest::Error) -> bool {
    let mut source = std::error::Error::source(error);
    while let Some(inner) = source {
        if inner.is::<NotReachable>() {
            return true;
        }
        source = inner.source();
    }
    false
}

async fn read(mut response: reqwest::Response, limit: usize) -> Result<HttpReply, HttpError> {
    let text = |headers: &HeaderMap, name| {
        headers
            .get(name)
            .and_then(|value: &reqwest::header::HeaderValue| value.to_str().ok())
            .unwrap_or_default()
            .to_owned()
    };
    let status = response.status().as_u16();
    let content_type = text(response.headers(), CONTENT_TYPE);
    let content_type = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let kept = |carrier: Carrier, name: &&str| {
        let values = response.headers().get_all(*name).iter().filter_map(|value| value.to_str().ok());
        values.fold(carrier, |carrier, value| carrier.with_header(name, value))
    };
    let carrier = KEPT.iter().fold(Carrier::reply(status), kept);
    let retry_after = text(response.headers(), RETRY_AFTER).parse().ok().map(Duration::from_secs);
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        if body.len() + chunk.len() > limit {
            return Err(HttpError::TooLarge(limit));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(HttpReply { status, content_type, retry_after, carrier, body })
}
