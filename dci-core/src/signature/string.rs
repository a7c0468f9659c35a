//! Reading the standard's signature string: `name="value", …`.

use super::scheme::SignatureError;
use crate::id::{KeyId, SystemId};
use crate::jose::Algorithm;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// What is covered. The list must be exactly this one: a shorter one would leave the content or its life unsigned.
pub(super) const COVERED: &str = "(created) (expires) digest";
/// Longer strings are not read.
const STRING_BYTES: usize = 4_096;

/// The parameters of a string.
#[derive(Debug)]
pub(super) struct Parameters {
    pub(super) key_id: KeyId,
    pub(super) sender_id: SystemId,
    pub(super) algorithm: Algorithm,
    pub(super) created: i64,
    pub(super) expires: i64,
    pub(super) signature: Vec<u8>,
}

const fn broken(what: &'static str) -> SignatureError {
    SignatureError(what)
}

/// The names the string has for the algorithms it is used with.
const ALGORITHMS: [(&str, Algorithm); 2] = [("ed25519", Algorithm::EdDsa), ("rs256", Algorithm::Rs256)];

/// The string's name of `algorithm`.
pub(super) fn algorithm_name(algorithm: Algorithm) -> Option<&'static str> {
    ALGORITHMS.iter().find(|(_, other)| *other == algorithm).map(|(name, _)| *name)
}

/// Splits `name="value", name=value …` in any order. A missing last quote is forgiven: the standard's example has none.
fn split(text: &str) -> Result<Vec<(&str, &str)>, SignatureError> {
    let text = text.trim();
    let mut rest = text.strip_prefix("Signature:").or_else(|| text.strip_prefix("Signature :")).unwrap_or(text).trim();
    let mut out: Vec<(&str, &str)> = Vec::new();
    while !rest.is_empty() {
        let (name, after) = rest.split_once('=').ok_or(broken("a parameter without value"))?;
        let name = name.trim();
        let after = after.trim_start();
        let (value, next) = match after.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
            None => after.split_once(',').map_or((after, ""), |(value, next)| (value.trim(), next)),
        };
        if value.contains('\\') || out.iter().any(|(other, _)| *other == name) {
            return Err(broken("a parameter is escaped or repeated"));
        }
        out.push((name, value));
        rest = next.trim_start().trim_start_matches(',').trim_start();
    }
    Ok(out)
}

/// Reads a string.
pub(super) fn read(text: &str) -> Result<Parameters, SignatureError> {
    if text.len() > STRING_BYTES {
        return Err(broken("the signature string is too long"));
    }
    let parameters = split(text)?;
    let get = |name: &str| parameters.iter().find(|(other, _)| *other == name).map(|(_, value)| *value);
    let need = |name: &'static str| get(name).ok_or(broken("a parameter is missing"));
    let known = ["namespace", "kidId", "keyId", "algorithm", "created", "expires", "headers", "signature"];
    if parameters.iter().any(|(name, _)| !known.contains(name)) || (get("kidId").is_some() && get("keyId").is_some()) {
        return Err(broken("an unknown or contradictory parameter"));
    }
    if need("headers")?.split_whitespace().collect::<Vec<_>>().join(" ") != COVERED {
        return Err(broken("the list of what is signed is not the required one"));
    }
    let key = get("kidId").or_else(|| get("keyId")).ok_or(broken("kidId is missing"))?;
    let parts: Vec<&str> = key.split('|').collect();
    let &[sender, key_id, algorithm] = parts.as_slice() else {
        return Err(broken("kidId must have three parts"));
    };
    let offered = |name: &str| ALGORITHMS.iter().find(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, it)| *it);
    let algorithm = offered(algorithm).ok_or(broken("the algorithm must be ed25519 or rs256"))?;
    if offered(need("algorithm")?) != Some(algorithm) {
        return Err(broken("the algorithm must be the one kidId names"));
    }
    let seconds = |name: &'static str| {
        need(name)?.parse::<i64>().ok().filter(|time| *time >= 0).ok_or(broken("a time is not a number of seconds"))
    };
    Ok(Parameters {
        key_id: KeyId::new(key_id).map_err(|_| broken("the key id is not acceptable"))?,
        sender_id: SystemId::new(sender).map_err(|_| broken("the sender in kidId is not acceptable"))?,
        algorithm,
        created: seconds("created")?,
        expires: seconds("expires")?,
        signature: STANDARD.decode(need("signature")?).map_err(|_| broken("the signature is not base64"))?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const GOOD: &str = r#"namespace="dci", kidId="a|k|ed25519", algorithm="ed25519", created="1", expires="2", headers="(created) (expires) digest", signature="AAAA""#;

    #[test]
    fn the_spellings_of_the_field_are_read() {
        for text in [
            GOOD.to_owned(),
            format!("Signature:  {GOOD}"),
            GOOD.trim_end_matches('"').to_owned(),
            GOOD.replace("kidId", "keyId").replace("\"1\"", "1").replace("\"2\"", "2"),
            GOOD.replace(", ", ",").replace("namespace=\"dci\",", "namespace=\"g2p\" , "),
            GOOD.replace("ed25519", "rs256"),
            r#"signature="AAAA", headers="(created) (expires) digest", expires=2, created=1, algorithm="ed25519", kidId="a|k|ed25519""#.to_owned(),
        ] {
            let parameters = read(&text).unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!((parameters.key_id.as_str(), parameters.created, parameters.expires), ("k", 1, 2));
        }
    }

    #[test]
    fn what_weakens_the_signature_is_refused() {
        for text in [
            GOOD.replace("(created) (expires) digest", "(expires) digest"),
            GOOD.replace("(created) (expires) digest", "(created) (expires)"),
            GOOD.replace("a|k|ed25519", "a|k"),
            GOOD.replace("a|k|ed25519", "a|b|k|ed25519"),
            GOOD.replace("a|k|ed25519", "a|k|rs256"),
            GOOD.replace("algorithm=\"ed25519\"", "algorithm=\"hs256\""),
            format!("{GOOD}, created=\"5\""),
            format!("{GOOD}, digest=\"SHA-1\""),
            GOOD.replace("created=\"1\"", "created=\"x\""),
            GOOD.replace("AAAA", "A?"),
            GOOD.replace("dci", "d\\\"ci"),
            "kidId=".to_owned(),
            String::new(),
        ] {
            assert!(read(&text).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_ends_in_parameters_or_an_error(text in "[a-zA-Z0-9=\",|() ]{0,200}") {
            let _ = read(&text);
        }
    }
}
