//! HTTP as this protocol may use it: no redirects, no decompression, bounded time and bounded answers, https outside
//! loopback.

use reqwest::header::{CONTENT_TYPE, HeaderMap, RETRY_AFTER};
use std::time::Duration;
use url::{Host, Url};

/// An HTTP client with the limits of this protocol. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Http {
    client: reqwest::Client,
    plain_http: bool,
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
    /// The body.
    pub body: Vec<u8>,
}

/// Why there is no reply.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum HttpError {
    /// The address is not acceptable.
    #[error("{0} must be https: outside loopback nothing is sent in the clear")]
    NotHttps(String),
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

impl Http {
    /// A client that waits 5 s for a connection and 30 s for an answer.
    pub fn new() -> Result<Self, HttpError> {
        Self::with_timeout(Duration::from_secs(30))
    }

    /// A client that waits `timeout` for an answer.
    pub fn with_timeout(timeout: Duration) -> Result<Self, HttpError> {
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(Duration::from_secs(5))
            .timeout(timeout)
            .user_agent(concat!("dci-core/", env!("CARGO_PKG_VERSION")))
            .build()?;
        Ok(Self { client, plain_http: false })
    }

    /// Sends in the clear to other machines too.
    ///
    /// Gives up that nobody on the way reads tokens and records. For test networks.
    pub fn danger_allow_plain_http(mut self) -> Self {
        self.plain_http = true;
        self
    }

    /// Reads `url`; an answer of more than `limit` bytes is an error.
    pub async fn get(&self, url: Url, limit: usize) -> Result<HttpReply, HttpError> {
        self.check(&url)?;
        read(self.client.get(url).send().await?, limit).await
    }

    /// Posts JSON.
    pub async fn post_json(
        &self,
        url: Url,
        body: Vec<u8>,
        bearer: Option<&str>,
        limit: usize,
    ) -> Result<HttpReply, HttpError> {
        self.check(&url)?;
        let mut request = self.client.post(url).header(CONTENT_TYPE, "application/json").body(body);
        if let Some(token) = bearer {
            request = request.bearer_auth(token);
        }
        read(request.send().await?, limit).await
    }

    /// Posts a form.
    pub async fn post_form(&self, url: Url, form: &[(&str, &str)], limit: usize) -> Result<HttpReply, HttpError> {
        self.check(&url)?;
        read(self.client.post(url).form(form).send().await?, limit).await
    }

    fn check(&self, url: &Url) -> Result<(), HttpError> {
        let loopback = match url.host() {
            Some(Host::Domain(name)) => name == "localhost",
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            None => false,
        };
        if url.scheme() == "https" || (url.scheme() == "http" && (loopback || self.plain_http)) {
            Ok(())
        } else {
            Err(HttpError::NotHttps(url.origin().ascii_serialization()))
        }
    }
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
    let retry_after = text(response.headers(), RETRY_AFTER).parse().ok().map(Duration::from_secs);
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        if body.len() + chunk.len() > limit {
            return Err(HttpError::TooLarge(limit));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(HttpReply { status, content_type, retry_after, body })
}
