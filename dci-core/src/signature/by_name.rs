//! The schemes by their names in configuration and reports.

use super::{ConcatRsa, DciString, DetachedJws, EmbeddedJws, HttpMessage, SignatureScheme};
use std::sync::Arc;

/// One scheme that is offered.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct SchemeInfo {
    /// Its name.
    pub name: &'static str,
    /// What it is, in one line.
    pub summary: &'static str,
    /// How far it is from the standard's text.
    pub distance: &'static str,
    make: fn() -> Arc<dyn SignatureScheme>,
}

macro_rules! schemes {
    ($($name:literal, $make:expr, $summary:literal, $distance:literal;)*) => {
        /// Every scheme, the recommended ones first.
        pub const SCHEMES: &[SchemeInfo] =
            &[$(SchemeInfo { name: $name, summary: $summary, distance: $distance, make: || Arc::new($make) }),*];
    };
}

impl SchemeInfo {
    /// The scheme.
    pub fn make(&self) -> Arc<dyn SignatureScheme> {
        (self.make)()
    }
}

/// The scheme called `name`.
pub fn scheme(name: &str) -> Option<Arc<dyn SignatureScheme>> {
    SCHEMES.iter().find(|info| info.name == name).map(SchemeInfo::make)
}

schemes! {
    "dci-string", DciString::new(),
        "the signature string, SHA-256 over sorted ASCII JSON, Ed25519 or RSA",
        "the standard's own string; digest and canonical form are left open by it and taken from OpenSPP";
    "detached-jws", DetachedJws::new(),
        "a detached JWS over sorted UTF-8 JSON of header and message",
        "not the standard's string; RFC 7515 appendix F in its member";
    "dci-string-reprinted", DciString::reprinted(),
        "the signature string of systems that print the header anew before they sign",
        "the standard's own string; up to four texts are tried, because the signed one is not sent";
    "dci-string-sha256", DciString::sha256(),
        "the signature string with a digest that names SHA-256",
        "the standard's own string with another reading of its digest";
    "dci-string-sha512", DciString::sha512(),
        "the signature string with a digest that names SHA-512",
        "the standard's own string with another reading of its digest";
    "dci-string-blake512", DciString::beckn(),
        "the signature string as on the Beckn network, where the standard's example comes from",
        "the standard's own string with another reading of its digest";
    "dci-string-jcs", DciString::jcs(),
        "the signature string over RFC 8785 canonical JSON",
        "the standard's own string with another canonical form";
    "dci-string-header", DciString::in_header(),
        "the signature string in the HTTP header Signature, over the bytes of the body",
        "the standard's other place for its string";
    "detached-jws-jcs", DetachedJws::jcs(),
        "a detached JWS over RFC 8785 canonical JSON of header and message",
        "not the standard's string; RFC 7515 appendix F in its member";
    "detached-jws-header", DetachedJws::in_header(),
        "a detached JWS in the HTTP header Signature, over sorted UTF-8 JSON of the whole body",
        "not the standard's string, and not in its member";
    "embedded-jws", EmbeddedJws::new(),
        "a compact JWS that carries the whole message; compared with the envelope value by value",
        "not the standard's string; the message travels twice";
    "concat-rsa", ConcatRsa::new(),
        "RSA over the texts of header and message, one after the other",
        "not the standard's string; names neither key nor time";
    "http-message", HttpMessage::new(),
        "HTTP Message Signatures (RFC 9421) over the digest of the body, for gateways",
        "not the standard's string, and not in its member";
}
