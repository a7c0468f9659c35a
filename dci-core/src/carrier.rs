//! The HTTP message an envelope travels in, as far as signatures cover it.

use url::Url;

/// What surrounds a body: the start line and the headers that signatures stand in or cover.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Carrier {
    start: Start,
    headers: Vec<(String, String)>,
}

/// The start line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Start {
    /// Nothing is known: a body from a file.
    #[default]
    Unknown,
    /// A request.
    Request {
        /// Its method, in capitals.
        method: String,
        /// Host and, where it is not the default, port.
        authority: String,
        /// Its path, as it was sent.
        path: String,
        /// What follows the question mark, with it; empty when there is none.
        query: String,
    },
    /// A reply.
    Reply {
        /// Its status.
        status: u16,
    },
}

impl Carrier {
    /// A request to `url`.
    pub fn request(method: &str, url: &Url) -> Self {
        let host = url.host_str().unwrap_or_default();
        let authority = url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
        let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
        Self::start(Start::Request { method: method.to_owned(), authority, path: url.path().to_owned(), query })
    }

    /// A reply with `status`.
    pub fn reply(status: u16) -> Self {
        Self::start(Start::Reply { status })
    }

    /// What begins with `start`.
    pub fn start(start: Start) -> Self {
        Self { start, headers: Vec::new() }
    }

    /// Adds a header.
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        self
    }

    /// The start line.
    pub fn start_line(&self) -> &Start {
        &self.start
    }

    /// The header `name`. A header that came twice is none: two readers could take different ones.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut found = self.headers.iter().filter(|(other, _)| other.eq_ignore_ascii_case(name));
        match (found.next(), found.next()) {
            (Some((_, value)), None) => Some(value),
            _ => None,
        }
    }
}

/// The headers a carrier keeps of an HTTP message: those that signatures stand in or cover.
#[cfg(feature = "client")]
pub(crate) const KEPT: [&str; 5] = ["signature", "signature-input", "content-digest", "content-type", "date"];

#[cfg(feature = "server")]
impl Carrier {
    /// What surrounds the body of a request that arrived.
    pub(crate) fn of(head: &http::request::Parts) -> Self {
        use http::header::{HOST, HeaderValue};
        // Below a nested router the path is shortened; the sender signed the whole one.
        let original = head.extensions.get::<axum::extract::OriginalUri>();
        let uri = original.map_or(&head.uri, |original| &original.0);
        let text = |value: &HeaderValue| value.to_str().map(str::to_owned).ok();
        let host = head.headers.get(HOST).and_then(text);
        let authority = host.or_else(|| uri.authority().map(ToString::to_string)).unwrap_or_default();
        let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
        let start = Start::Request { method: head.method.to_string(), authority, path: uri.path().to_owned(), query };
        KEPT.iter().fold(Self::start(start), |carrier, name| {
            let values = head.headers.get_all(*name).iter().filter_map(text);
            values.fold(carrier, |carrier, value| carrier.with_header(name, &value))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_that_came_twice_is_none() {
        let url = Url::parse("https://registry.example.org:8443/registry/search?x=1").unwrap();
        let carrier = Carrier::request("POST", &url).with_header("Signature", " a ").with_header("Date", "1");
        assert_eq!((carrier.header("signature"), carrier.header("content-digest")), (Some("a"), None));
        assert_eq!(carrier.with_header("signature", "b").header("Signature"), None);
    }
}
