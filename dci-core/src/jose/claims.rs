//! Claims of bearer tokens: JWTs whose signature, issuer, audience and life are all required (RFC 7519, RFC 8725).

use super::jws::Jws;
use super::key_set::KeySet;
use crate::wire::{Json, Limits, Object};
use chrono::{DateTime, Utc};

/// What a token must say.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ClaimsPolicy {
    /// `iss`, letter for letter.
    pub issuer: String,
    /// Must be `aud` or one of it.
    pub audience: String,
    /// Difference of clocks that is tolerated, in seconds.
    pub leeway: i64,
    /// The longest life of a token, in seconds.
    pub life: i64,
}

impl ClaimsPolicy {
    /// Tokens of `issuer` for `audience`, with a minute of leeway and an hour of life.
    pub fn new(issuer: impl Into<String>, audience: impl Into<String>) -> Self {
        Self { issuer: issuer.into(), audience: audience.into(), leeway: 60, life: 3_600 }
    }
}

/// Why a token is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the token is not acceptable: {0}")]
pub struct TokenError(&'static str);

/// Longer tokens are not read.
const TOKEN_BYTES: usize = 16 * 1024;

/// Checks a token and returns its claims.
pub fn check_token(
    token: &str,
    keys: &KeySet,
    policy: &ClaimsPolicy,
    now: DateTime<Utc>,
) -> Result<Object, TokenError> {
    if token.len() > TOKEN_BYTES {
        return Err(TokenError("too long"));
    }
    let jws = Jws::parse_attached(token).map_err(|_| TokenError("not a signed token"))?;
    let candidates = keys.find(jws.key_id());
    let payload = candidates.iter().find_map(|key| jws.verify_attached(key).ok());
    let payload = payload.ok_or(TokenError("the signature does not hold"))?;
    let claims =
        Json::parse_within(&payload, &Limits::default()).map_err(|_| TokenError("the claims are not strict JSON"))?;
    let Json::Object(claims) = claims else { return Err(TokenError("the claims are not an object")) };
    check_claims(&claims, policy, now.timestamp())?;
    Ok(claims)
}

fn check_claims(claims: &Object, policy: &ClaimsPolicy, now: i64) -> Result<(), TokenError> {
    if claims.get("iss").and_then(Json::as_str) != Some(&*policy.issuer) {
        return Err(TokenError("iss is not the expected issuer"));
    }
    let for_us = match claims.get("aud") {
        Some(Json::String(audience)) => *audience == policy.audience,
        Some(Json::Array(list)) => list.iter().any(|audience| audience.as_str() == Some(&policy.audience)),
        _ => false,
    };
    if !for_us {
        return Err(TokenError("aud does not name this system"));
    }
    let time = |name: &str| match claims.get(name) {
        None => Ok(None),
        Some(Json::Number(number)) => number.as_i64().filter(|time| *time >= 0).map(Some).ok_or(()),
        Some(_) => Err(()),
    };
    let expires = time("exp").map_err(|()| TokenError("exp is not a time"))?.ok_or(TokenError("exp is required"))?;
    let not_before = time("nbf").map_err(|()| TokenError("nbf is not a time"))?;
    let issued = time("iat").map_err(|()| TokenError("iat is not a time"))?;
    if expires.saturating_add(policy.leeway) <= now {
        return Err(TokenError("it has expired"));
    }
    if not_before.into_iter().chain(issued).any(|time| time > now.saturating_add(policy.leeway)) {
        return Err(TokenError("it is not valid yet"));
    }
    if expires - issued.unwrap_or(now) > policy.life + policy.leeway {
        return Err(TokenError("it lives too long"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(claims: &str) -> Result<(), TokenError> {
        let tree = Json::parse_within(claims.as_bytes(), &Limits::tolerant()).unwrap();
        check_claims(tree.as_object().unwrap(), &ClaimsPolicy::new("https://auth", "registry"), 1_000_000)
    }

    #[test]
    fn every_claim_is_required_and_judged() {
        assert_eq!(check(r#"{"iss":"https://auth","aud":["x","registry"],"exp":1000100}"#), Ok(()));
        for bad in [
            r#"{"aud":"registry","exp":1000100}"#,
            r#"{"iss":"https://auth/","aud":"registry","exp":1000100}"#,
            r#"{"iss":"https://auth","exp":1000100}"#,
            r#"{"iss":"https://auth","aud":"other","exp":1000100}"#,
            r#"{"iss":"https://auth","aud":"registry"}"#,
            r#"{"iss":"https://auth","aud":"registry","exp":999000}"#,
            r#"{"iss":"https://auth","aud":"registry","exp":1e300}"#,
            r#"{"iss":"https://auth","aud":"registry","exp":"1000100"}"#,
            r#"{"iss":"https://auth","aud":"registry","exp":-1}"#,
            r#"{"iss":"https://auth","aud":"registry","exp":1000100,"nbf":1000090}"#,
            r#"{"iss":"https://auth","aud":"registry","exp":2000000}"#,
        ] {
            assert!(check(bad).is_err(), "{bad}");
        }
    }
}
