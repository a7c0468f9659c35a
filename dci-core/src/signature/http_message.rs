//! HTTP Message Signatures (RFC 9421) over the digest of the body (RFC 9530): what gateways check without reading JSON.

use super::scheme::{Basis, Claimed, Found, Sealed, SignatureError, SignatureScheme, Signer, Unsigned, Validity};
use crate::carrier::{Carrier, Start};
use crate::envelope::Received;
use crate::id::KeyId;
use crate::jose::{Algorithm, SignError, VerificationKey};
use crate::wire::Form;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sfv::{BareItem, Dictionary, FieldType as _, InnerList, Item, KeyRef, ListEntry, Parser};
use sha2::{Digest as _, Sha256, Sha512};

/// A signature in the headers `Signature-Input`, `Signature` and `Content-Digest`.
///
/// One signature is read, and it must cover the digest of the body and the start line: method and path of a request,
/// status of a reply. Component parameters are not offered.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct HttpMessage;

impl HttpMessage {
    /// The scheme.
    pub fn new() -> Self {
        Self
    }
}

/// The registered names of the algorithms (RFC 9421 section 6.2.2).
const ALGORITHMS: [(&str, Algorithm); 5] = [
    ("ed25519", Algorithm::EdDsa),
    ("ecdsa-p256-sha256", Algorithm::Es256),
    ("ecdsa-p384-sha384", Algorithm::Es384),
    ("rsa-v1_5-sha256", Algorithm::Rs256),
    ("rsa-pss-sha512", Algorithm::Ps512),
];
/// Longer headers are not read.
const HEADER_BYTES: usize = 4_096;

const fn broken(what: &'static str) -> SignatureError {
    SignatureError(what)
}

struct FoundMessage {
    text: String,
    signature: Vec<u8>,
    base: String,
    digest: String,
    claimed: Claimed,
}

impl Found for FoundMessage {
    fn text(&self) -> &str {
        &self.text
    }

    fn claimed(&self) -> &Claimed {
        &self.claimed
    }

    fn verify(&self, received: &Received, key: &VerificationKey) -> Result<Basis, SignatureError> {
        if !digest_holds(&self.digest, received.body()) {
            return Err(broken("Content-Digest is not that of the body"));
        }
        if key.algorithm() != self.claimed.algorithm {
            return Err(broken("the key is not of the algorithm the signature names"));
        }
        let checked = key.verify(self.base.as_bytes(), &self.signature);
        checked.map(|()| Basis::Received).map_err(|_| broken("the signature does not hold"))
    }
}

/// Whether every digest of `header` that is offered is that of `body`, and at least one is.
fn digest_holds(header: &str, body: &[u8]) -> bool {
    let Ok(digests) = Parser::new(header).parse::<Dictionary>() else { return false };
    let mut known = 0;
    for (name, entry) in &digests {
        let value = match entry {
            ListEntry::Item(item) => item.bare_item.as_byte_sequence(),
            ListEntry::InnerList(_) => None,
        };
        let right = match name.as_str() {
            "sha-256" => value == Some(Sha256::digest(body).as_slice()),
            "sha-512" => value == Some(Sha512::digest(body).as_slice()),
            _ => continue,
        };
        if !right {
            return false;
        }
        known += 1;
    }
    known > 0
}

/// The value of one component.
fn component(name: &str, carrier: &Carrier) -> Option<String> {
    match (name, carrier.start_line()) {
        ("@method", Start::Request { method, .. }) => Some(method.clone()),
        ("@authority", Start::Request { authority, .. }) => Some(authority.to_ascii_lowercase()),
        ("@path", Start::Request { path, .. }) => Some(path.clone()),
        ("@query", Start::Request { query, .. }) => Some(if query.is_empty() { "?".to_owned() } else { query.clone() }),
        ("@request-target", Start::Request { path, query, .. }) => Some([path.as_str(), query].concat()),
        ("@status", Start::Reply { status }) => Some(status.to_string()),
        ("content-digest" | "content-type" | "date", _) => carrier.header(name).map(str::to_owned),
        _ => None,
    }
}

/// The lines that are signed (RFC 9421 section 2.5).
fn base(list: &InnerList, carrier: &Carrier) -> Result<String, SignatureError> {
    let mut lines = String::new();
    for item in &list.items {
        let name = item.bare_item.as_string().map(sfv::StringRef::as_str).ok_or(broken("a component is no text"))?;
        if !item.params.is_empty() {
            return Err(broken("parameters of components are not offered"));
        }
        let value = component(name, carrier).ok_or(broken("a component is missing from the message or not offered"))?;
        let line = format!("\"{name}\": {value}\n");
        if lines.contains(&line) {
            return Err(broken("a component occurs twice"));
        }
        lines.push_str(&line);
    }
    let parameters = vec![ListEntry::InnerList(list.clone())].serialize().ok_or(broken("nothing is covered"))?;
    Ok(format!("{lines}\"@signature-params\": {parameters}"))
}

fn check_covered(list: &InnerList, carrier: &Carrier) -> Result<(), SignatureError> {
    let covers =
        |name: &str| list.items.iter().any(|item| item.bare_item.as_string().is_some_and(|it| it.as_str() == name));
    let start = match carrier.start_line() {
        Start::Request { .. } => covers("@method") && (covers("@path") || covers("@request-target")),
        Start::Reply { .. } => covers("@status"),
        Start::Unknown => false,
    };
    if start && covers("content-digest") {
        Ok(())
    } else {
        Err(broken("the start line and Content-Digest must be covered"))
    }
}

fn read(carrier: &Carrier) -> Result<FoundMessage, SignatureError> {
    let header = |name: &str, missing: &'static str| {
        carrier.header(name).filter(|value| value.len() <= HEADER_BYTES).ok_or(broken(missing))
    };
    let input = header("signature-input", "Signature-Input is missing or too long")?;
    let text = header("signature", "Signature is missing or too long")?;
    let digest = header("content-digest", "Content-Digest is missing or too long")?.to_owned();
    let inputs: Dictionary = Parser::new(input).parse().map_err(|_| broken("Signature-Input cannot be read"))?;
    let signatures: Dictionary = Parser::new(text).parse().map_err(|_| broken("Signature cannot be read"))?;
    let (Some((label, ListEntry::InnerList(list))), 1, 1) = (inputs.first(), inputs.len(), signatures.len()) else {
        return Err(broken("exactly one signature is read"));
    };
    let signature = match signatures.get(label.as_str()) {
        Some(ListEntry::Item(item)) => item.bare_item.as_byte_sequence().map(<[u8]>::to_vec),
        _ => None,
    };
    let signature = signature.ok_or(broken("Signature holds no bytes under the label of its input"))?;
    check_covered(list, carrier)?;
    let parameter = |name: &str| list.params.get(name);
    if list.params.keys().any(|key| !["created", "expires", "keyid", "alg", "nonce", "tag"].contains(&key.as_str())) {
        return Err(broken("an unknown parameter"));
    }
    let text_of = |name: &str| parameter(name).and_then(BareItem::as_string).map(sfv::StringRef::as_str);
    let time_of = |name: &str| parameter(name).and_then(BareItem::as_integer).map(i64::from);
    let algorithm = text_of("alg").and_then(|name| ALGORITHMS.iter().find(|(other, _)| *other == name));
    let &(_, algorithm) = algorithm.ok_or(broken("alg is missing or not offered"))?;
    let key_id = text_of("keyid").and_then(|id| KeyId::new(id).ok()).ok_or(broken("keyid is missing"))?;
    let (created, expires) = (time_of("created"), time_of("expires"));
    let (Some(created), Some(expires)) = (created, expires) else {
        return Err(broken("created and expires are required"));
    };
    let validity = Some(Validity::between(created, expires)?);
    let claimed = Claimed { key_id: Some(key_id), sender_id: None, algorithm, validity };
    Ok(FoundMessage { text: text.to_owned(), signature, base: base(list, carrier)?, digest, claimed })
}

impl SignatureScheme for HttpMessage {
    fn name(&self) -> &'static str {
        "http-message"
    }

    fn takes(&self, algorithm: Algorithm) -> bool {
        ALGORITHMS.iter().any(|(_, other)| *other == algorithm)
    }

    fn form(&self) -> Form {
        Form::SortedUtf8
    }

    fn find(&self, received: &Received) -> Option<Result<Box<dyn Found>, SignatureError>> {
        received.carrier().header("signature-input")?;
        Some(read(received.carrier()).map(|found| Box::new(found) as Box<dyn Found>))
    }

    fn sign(&self, unsigned: &Unsigned, signer: &Signer<'_>) -> Result<Sealed, SignError> {
        let algorithm = ALGORITHMS.iter().find(|(_, other)| *other == signer.key.algorithm()).ok_or(SignError)?.0;
        let body = unsigned.body(self.form(), None);
        let digest = format!("sha-256=:{}:", STANDARD.encode(Sha256::digest(body.as_bytes())));
        let carrier = unsigned.carrier.clone().with_header("content-digest", &digest);
        let components: &[&str] = match carrier.start_line() {
            Start::Request { .. } => &["@method", "@authority", "@path", "content-digest"],
            Start::Reply { .. } => &["@status", "content-digest"],
            // What is not carried by HTTP cannot be signed as an HTTP message.
            Start::Unknown => return Err(SignError),
        };
        let text = |text: &str| sfv::String::from_string(text.to_owned()).map(BareItem::String).map_err(|_| SignError);
        let time = |time: i64| sfv::Integer::try_from(time).map(BareItem::Integer).map_err(|_| SignError);
        let items = components.iter().map(|name| text(name).map(Item::new)).collect::<Result<Vec<_>, _>>()?;
        let mut list = InnerList::new(items);
        let key = |name: &str| KeyRef::from_str(name).map(ToOwned::to_owned).map_err(|_| SignError);
        list.params.insert(key("created")?, time(signer.validity.created.timestamp())?);
        list.params.insert(key("expires")?, time(signer.validity.expires.timestamp())?);
        list.params.insert(key("keyid")?, text(signer.key.key_id().as_str())?);
        list.params.insert(key("alg")?, text(algorithm)?);
        let base = base(&list, &carrier).map_err(|_| SignError)?;
        let signature = signer.key.sign(base.as_bytes())?;
        let input = vec![ListEntry::InnerList(list)].serialize().ok_or(SignError)?;
        let value = format!("dci=:{}:", STANDARD.encode(signature));
        Ok(Sealed {
            body: body.into_bytes(),
            headers: vec![
                ("Content-Digest", digest),
                ("Signature-Input", format!("dci={input}")),
                ("Signature", value.clone()),
            ],
            signature: Some(value),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use url::Url;

    fn carrier(input: &str) -> Carrier {
        let url = Url::parse("https://example.com/foo?a=b").unwrap_or_else(|error| panic!("{error}"));
        Carrier::request("POST", &url)
            .with_header("Content-Digest", "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:")
            .with_header("Content-Type", "application/json")
            .with_header("Signature", "sig=:AAAA:")
            .with_header("Signature-Input", input)
    }

    const PARAMETERS: &str = r#";created=1618884473;expires=1618884773;keyid="test-key-ed25519";alg="ed25519""#;

    #[test]
    fn the_base_has_one_line_per_component_and_the_parameters_as_they_came() {
        let list = r#"("@method" "@authority" "@path" "@query" "content-type" "content-digest")"#;
        let found = read(&carrier(&format!("sig={list}{PARAMETERS}"))).unwrap_or_else(|error| panic!("{error}"));
        let expected = [
            r#""@method": POST"#,
            r#""@authority": example.com"#,
            r#""@path": /foo"#,
            r#""@query": ?a=b"#,
            r#""content-type": application/json"#,
            r#""content-digest": sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:"#,
            &format!(r#""@signature-params": {list}{PARAMETERS}"#),
        ];
        assert_eq!(found.base, expected.join("\n"));
        assert_eq!(found.claimed.algorithm, Algorithm::EdDsa);
    }

    #[test]
    fn what_covers_too_little_or_is_not_offered_is_refused() {
        let full = r#"("@method" "@path" "content-digest")"#;
        assert!(read(&carrier(&format!("sig={full}{PARAMETERS}"))).is_ok());
        for input in [
            format!(r#"sig=("@method" "@path"){PARAMETERS}"#),
            format!(r#"sig=("@path" "content-digest"){PARAMETERS}"#),
            format!(r#"sig=("@method" "content-digest"){PARAMETERS}"#),
            format!(r#"sig=("@method" "@path" "content-digest";sf){PARAMETERS}"#),
            format!(r#"sig=("@method" "@path" "content-digest" "@path"){PARAMETERS}"#),
            format!(r#"sig=("@method" "@path" "content-digest" "x-absent"){PARAMETERS}"#),
            format!(r#"sig=("@method" "@path" "content-digest" "@status"){PARAMETERS}"#),
            format!("sig={full}{PARAMETERS}, other={full}{PARAMETERS}"),
            format!("other={full}{PARAMETERS}"),
            format!("sig={full}{PARAMETERS};x=1"),
            format!(r#"sig={full};created=1;keyid="k";alg="ed25519""#),
            format!(r#"sig={full};expires=1;keyid="k";alg="ed25519""#),
            format!(r#"sig={full};created=1;expires=2;alg="ed25519""#),
            format!(r#"sig={full};created=1;expires=2;keyid="k""#),
            format!(r#"sig={full};created=1;expires=2;keyid="k";alg="hmac-sha256""#),
            "sig=1".to_owned(),
            "(".to_owned(),
        ] {
            assert!(read(&carrier(&input)).is_err(), "{input}");
        }
    }

    #[test]
    fn every_known_digest_must_be_that_of_the_body() {
        let right = format!("sha-256=:{}:", STANDARD.encode(Sha256::digest(b"body")));
        let right_512 = format!("sha-512=:{}:", STANDARD.encode(Sha512::digest(b"body")));
        assert!(digest_holds(&right, b"body") && digest_holds(&format!("{right}, {right_512}, md5=:AAAA:"), b"body"));
        for wrong in [
            right.replace("sha-256", "sha-512"),
            format!("{right_512}, sha-256=:AAAA:"),
            "md5=:AAAA:".to_owned(),
            String::new(),
        ] {
            assert!(!digest_holds(&wrong, b"body"), "{wrong}");
        }
        assert!(!digest_holds(&right, b"another body"));
    }
}
