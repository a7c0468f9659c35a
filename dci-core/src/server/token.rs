//! Bearer tokens of callers.

use crate::id::SystemId;
use crate::jose::{ClaimsPolicy, KeySet, check_token};
use crate::wire::Json;
use async_trait::async_trait;
use chrono::Utc;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::fmt;

/// Whom a token was given to.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Client {
    /// This system: messages must come from it.
    System(SystemId),
    /// A holder that is not tied to one system.
    Any,
}

/// Judges bearer tokens.
#[async_trait]
pub trait TokenCheck: fmt::Debug + Send + Sync {
    /// Whom `token` was given to; `None` when it is not acceptable.
    async fn check(&self, token: &str) -> Option<Client>;
}

/// Tokens that were agreed beforehand. Kept as digests: comparing them takes the same time wherever they differ.
#[derive(Clone, Default)]
pub struct StaticTokens(BTreeMap<[u8; 32], Client>);

impl StaticTokens {
    /// No token is acceptable yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Accepts `token` from any registered system.
    pub fn with(mut self, token: &str) -> Self {
        self.0.insert(Sha256::digest(token).into(), Client::Any);
        self
    }

    /// Accepts `token` from `system` only.
    pub fn with_system(mut self, token: &str, system: SystemId) -> Self {
        self.0.insert(Sha256::digest(token).into(), Client::System(system));
        self
    }
}

impl fmt::Debug for StaticTokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StaticTokens").field("count", &self.0.len()).finish()
    }
}

#[async_trait]
impl TokenCheck for StaticTokens {
    async fn check(&self, token: &str) -> Option<Client> {
        self.0.get::<[u8; 32]>(&Sha256::digest(token).into()).cloned()
    }
}

/// Tokens signed by an authorisation server. The claim `client_id`, or else `sub`, names the system.
#[derive(Clone, Debug)]
pub struct JwtTokens {
    keys: KeySet,
    policy: ClaimsPolicy,
}

impl JwtTokens {
    /// Tokens signed with `keys` that fulfil `policy`.
    pub fn new(keys: KeySet, policy: ClaimsPolicy) -> Self {
        Self { keys, policy }
    }
}

#[async_trait]
impl TokenCheck for JwtTokens {
    async fn check(&self, token: &str) -> Option<Client> {
        let claims = check_token(token, &self.keys, &self.policy, Utc::now()).ok()?;
        let name = claims.get("client_id").or_else(|| claims.get("sub")).and_then(Json::as_str)?;
        SystemId::new(name).ok().map(Client::System)
    }
}

/// Any token, or none.
///
/// Gives up knowing who calls before the signature was checked. For tests, and behind a gateway that checks tokens.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::exhaustive_structs)] // it has nothing to say
pub struct AnyToken;

#[async_trait]
impl TokenCheck for AnyToken {
    async fn check(&self, _: &str) -> Option<Client> {
        Some(Client::Any)
    }
}
