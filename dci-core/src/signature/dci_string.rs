//! The standard's own string: `namespace`, `kidId`, `algorithm`, `created`, `expires`, `headers`, `signature`
//! (`MsgSignature`), made exact as deployed: SHA-256 over the sorted compact ASCII JSON of header and message, and
//! Ed25519 over three lines that bind that digest to its life. What the standard leaves open are parameters here.

use super::content::{Covered, try_each};
use super::place::{Place, in_envelope_text};
use super::scheme::{Basis, Claimed, Found, Sealed, SignatureError, SignatureScheme, Signer, Unsigned, Validity};
use super::string::{COVERED, Parameters, algorithm_name, read};
use crate::envelope::Received;
use crate::jose::{Algorithm, SignError, VerificationKey};
use crate::wire::Form;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use blake2::Blake2b512;
use sha2::{Digest as _, Sha256, Sha512};

/// How the line `digest` is written. The string does not say which; the peers must agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum DigestLine {
    /// SHA-256, base64 alone: what is deployed.
    Plain,
    /// `SHA-256=` and base64: the form of HTTP digests.
    Sha256,
    /// `SHA-512=` and base64.
    Sha512,
    /// `BLAKE-512=` and base64 of BLAKE2b-512: the form of the Beckn network, whose example the standard's is.
    Blake512,
}

impl DigestLine {
    fn of(self, content: &[u8]) -> String {
        match self {
            Self::Plain => STANDARD.encode(Sha256::digest(content)),
            Self::Sha256 => format!("SHA-256={}", STANDARD.encode(Sha256::digest(content))),
            Self::Sha512 => format!("SHA-512={}", STANDARD.encode(Sha512::digest(content))),
            Self::Blake512 => format!("BLAKE-512={}", STANDARD.encode(Blake2b512::digest(content))),
        }
    }
}

/// The signature string of the standard.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct DciString {
    namespace: &'static str,
    digest: DigestLine,
    form: Form,
    covered: Covered,
    place: Place,
    reprinted: bool,
    name: &'static str,
}

impl Default for DciString {
    fn default() -> Self {
        Self::new()
    }
}

impl DciString {
    /// The string as its most complete implementation writes it.
    pub fn new() -> Self {
        Self {
            namespace: "dci",
            digest: DigestLine::Plain,
            form: Form::SortedAscii,
            covered: Covered::Parts,
            place: Place::Envelope,
            reprinted: false,
            name: "dci-string",
        }
    }

    /// For systems that print the header anew before they sign: two more texts are tried when the first two fail.
    pub fn reprinted() -> Self {
        Self { reprinted: true, name: "dci-string-reprinted", ..Self::new() }
    }

    /// As on the Beckn network.
    pub fn beckn() -> Self {
        Self { digest: DigestLine::Blake512, name: "dci-string-blake512", ..Self::new() }
    }

    /// With a digest that names SHA-256.
    pub fn sha256() -> Self {
        Self { digest: DigestLine::Sha256, name: "dci-string-sha256", ..Self::new() }
    }

    /// With a digest that names SHA-512.
    pub fn sha512() -> Self {
        Self { digest: DigestLine::Sha512, name: "dci-string-sha512", ..Self::new() }
    }

    /// Over the JSON Canonicalization Scheme.
    pub fn jcs() -> Self {
        Self { form: Form::Jcs, name: "dci-string-jcs", ..Self::new() }
    }

    /// In the HTTP header `Signature`, over the bytes of the whole body.
    pub fn in_header() -> Self {
        Self { place: Place::Header, covered: Covered::Body, name: "dci-string-header", ..Self::new() }
    }

    /// The three lines the key signs.
    fn signing_string(self, content: &[u8], created: i64, expires: i64) -> String {
        format!("(created): {created}\n(expires): {expires}\ndigest: {}", self.digest.of(content))
    }
}

struct FoundString {
    scheme: DciString,
    text: String,
    parameters: Parameters,
    claimed: Claimed,
}

impl Found for FoundString {
    fn text(&self) -> &str {
        &self.text
    }

    fn claimed(&self) -> &Claimed {
        &self.claimed
    }

    fn verify(&self, received: &Received, key: &VerificationKey) -> Result<Basis, SignatureError> {
        let Parameters { created, expires, algorithm, ref key_id, ref signature, .. } = self.parameters;
        if key.algorithm() != algorithm || key.key_id() != key_id {
            return Err(SignatureError("the key is not the one the string names"));
        }
        let scheme = self.scheme;
        try_each(received, scheme.form, scheme.covered, scheme.reprinted, |content| {
            key.verify(scheme.signing_string(content, created, expires).as_bytes(), signature).is_ok()
        })
    }
}

impl SignatureScheme for DciString {
    fn name(&self) -> &'static str {
        self.name
    }

    fn takes(&self, algorithm: Algorithm) -> bool {
        algorithm_name(algorithm).is_some()
    }

    fn form(&self) -> Form {
        self.form
    }

    fn find(&self, received: &Received) -> Option<Result<Box<dyn Found>, SignatureError>> {
        let text = match self.place {
            Place::Envelope => in_envelope_text(received)?,
            Place::Header => received.carrier().header("signature")?,
        };
        if !(text.contains("kidId=") || text.contains("keyId=")) {
            return None;
        }
        let found = || -> Result<Box<dyn Found>, SignatureError> {
            let parameters = read(text)?;
            let claimed = Claimed {
                key_id: Some(parameters.key_id.clone()),
                sender_id: Some(parameters.sender_id.clone()),
                algorithm: parameters.algorithm,
                validity: Some(Validity::between(parameters.created, parameters.expires)?),
            };
            Ok(Box::new(FoundString { scheme: *self, text: text.to_owned(), parameters, claimed }))
        };
        Some(found())
    }

    fn sign(&self, unsigned: &Unsigned, signer: &Signer<'_>) -> Result<Sealed, SignError> {
        let algorithm = algorithm_name(signer.key.algorithm()).ok_or(SignError)?;
        let (created, expires) = (signer.validity.created.timestamp(), signer.validity.expires.timestamp());
        let body = unsigned.body(self.form, None);
        let signature = signer.key.sign(self.signing_string(body.as_bytes(), created, expires).as_bytes())?;
        let text = format!(
            r#"namespace="{}", kidId="{}|{}|{algorithm}", algorithm="{algorithm}", created="{created}", expires="{expires}", headers="{COVERED}", signature="{}""#,
            self.namespace,
            signer.sender_id,
            signer.key.key_id(),
            STANDARD.encode(signature),
        );
        Ok(self.place.put(unsigned, self.form, body, text))
    }
}
