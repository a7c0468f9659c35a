//! Peers from a TOML file: a preset, what is different, and who it is.
//!
//! ```toml
//! [[peer]]
//! id = "crvs.example.org"
//! preset = "opencrvs-2024"
//! jwks_url = "https://crvs.example.org/.well-known/jwks.json"
//! callback_origins = ["https://crvs.example.org"]
//!
//! [peer.profile]
//! unsigned = "refused"
//! batch = 1
//! ```

use super::encryption::{EncryptionForm, EncryptionPolicy};
use super::keys::KeySource;
use super::profile::{Profile, RegistryName, SubscriptionForm, Text, Unsigned, UnsignedForm};
use super::{
    Authorization, Correlation, HeaderForm, LocaleForm, Networks, Peer, Preset, QueryForm, RecordForm, TokenRequest,
};
use crate::id::SystemId;
use crate::jose::ContentEncryption;
use crate::signature::{SCHEMES, scheme};
use serde::Deserialize;
use std::collections::BTreeMap;
use url::Url;

/// Why a file with peers is not taken: the peer, the member, and the rule.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// It is no TOML, or has a member that is not known.
    #[error("{0}")]
    Toml(String),
    /// A value cannot be used.
    #[error("peer {peer}: {member}: {reason}")]
    Value {
        /// The id of the peer, or its place in the file.
        peer: String,
        /// The member.
        member: String,
        /// The rule.
        reason: String,
    },
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    peer: Vec<PeerConfig>,
}

/// One peer of a file (`[[peer]]`).
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct PeerConfig {
    /// Its id: what it calls itself in `sender_id`.
    pub id: String,
    /// The kind of system; `spec-strict` when not set.
    pub preset: Option<String>,
    /// Where it publishes its keys. Never taken from a message.
    pub jwks_url: Option<String>,
    /// A file with its keys: a JWK set.
    pub jwks_file: Option<String>,
    /// Where it is called: what comes before its paths.
    pub base_url: Option<String>,
    /// Origins its callbacks may be posted to.
    pub callback_origins: Vec<String>,
    /// Where notifications are posted to; where its `on-subscribe` goes, with `notify` as last word, when not set.
    pub notify_url: Option<String>,
    /// Private networks its names may lead to.
    pub networks: Vec<String>,
    /// The actions it may ask for; every one when not set.
    pub actions: Option<Vec<String>>,
    /// What is different from the preset.
    pub profile: ProfileConfig,
}

/// What is different from a preset (`[peer.profile]`). Every member is one of [`Profile`].
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
#[allow(missing_docs)] // each is described where it ends up, in `Profile`
pub struct ProfileConfig {
    pub text: Option<String>,
    pub schemes: Option<Vec<String>>,
    pub signs: Option<bool>,
    pub unsigned: Option<String>,
    pub unsigned_form: Option<String>,
    pub encryption: Option<String>,
    pub content_encryption: Option<String>,
    pub header: Option<String>,
    pub names_receiver: Option<bool>,
    pub path_prefix: Option<String>,
    pub paths: Option<BTreeMap<String, String>>,
    pub only_paths: Option<Vec<String>>,
    pub authorization: Option<String>,
    pub token_request: Option<String>,
    pub token_path: Option<String>,
    pub registries: Option<Vec<RegistryConfig>>,
    pub query: Option<String>,
    pub attributes: Option<BTreeMap<String, String>>,
    pub omits: Option<Vec<String>>,
    pub locale: Option<String>,
    pub page_size: Option<u64>,
    pub needs_consent: Option<bool>,
    pub batch: Option<usize>,
    pub members: Option<BTreeMap<String, String>>,
    pub records: Option<String>,
    pub subscriptions: Option<String>,
    pub correlation: Option<String>,
    pub callback_media_type: Option<String>,
}

/// A peer's name of a registry (`[[peer.profile.registries]]`).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
#[allow(missing_docs)] // each is described where it ends up, in `RegistryName`
pub struct RegistryConfig {
    pub registry: String,
    pub event: Option<String>,
    pub name: String,
    pub record_type: Option<String>,
}

/// Reads the peers of a file. Each becomes a peer with keys at hand ([`PeerConfig::peer`]) or with those it publishes
/// (`PeerConfig::connected`, feature `client`).
pub fn read_peers(text: &str) -> Result<Vec<PeerConfig>, ConfigError> {
    let file: File = ::toml::from_str(text).map_err(|error| ConfigError::Toml(error.to_string()))?;
    for (index, peer) in file.peer.iter().enumerate() {
        // Everything is judged when the file is read, not when the first message comes.
        peer.peer(crate::jose::KeySet::default()).map_err(|error| match error {
            ConfigError::Value { peer, member, reason } if peer.is_empty() => {
                ConfigError::Value { peer: format!("number {}", index + 1), member, reason }
            }
            other => other,
        })?;
    }
    Ok(file.peer)
}

type Rule = (String, String);

fn one_of<T: Copy>(member: &str, value: &str, names: &[(&str, T)]) -> Result<T, Rule> {
    let found = names.iter().find(|(name, _)| *name == value).map(|(_, value)| *value);
    found.ok_or_else(|| {
        let names: Vec<&str> = names.iter().map(|(name, _)| *name).collect();
        (member.to_owned(), format!("{value:?} is none of {}", names.join(", ")))
    })
}

impl PeerConfig {
    /// The peer, with `keys`.
    pub fn peer(&self, keys: impl KeySource + 'static) -> Result<Peer, ConfigError> {
        self.build(keys).map_err(|(member, reason)| ConfigError::Value { peer: self.id.clone(), member, reason })
    }

    /// The peer, with the keys it publishes or those of its file, read with `http` and taken in by `provider`. A peer without
    /// either has no keys: nothing of it can be verified.
    #[cfg(feature = "client")]
    pub fn connected(
        &self,
        http: &crate::transport::Http,
        provider: std::sync::Arc<dyn crate::jose::Provider>,
    ) -> Result<Peer, ConfigError> {
        let fault = |member: &str, reason: String| ConfigError::Value {
            peer: self.id.clone(),
            member: member.to_owned(),
            reason,
        };
        if let Some(url) = self.jwks_url()? {
            return self.peer(super::RemoteKeySet::new(url, http.clone(), &self.networks()?, provider));
        }
        let Some(file) = &self.jwks_file else { return self.peer(crate::jose::KeySet::default()) };
        let text = std::fs::read(file).map_err(|error| fault("jwks_file", format!("{file}: {error}")))?;
        let keys = crate::jose::KeySet::parse(&text, &*provider);
        self.peer(keys.map_err(|error| fault("jwks_file", format!("{file}: {error}")))?)
    }

    /// Where its keys are published.
    pub fn jwks_url(&self) -> Result<Option<Url>, ConfigError> {
        let fault = |(member, reason)| ConfigError::Value { peer: self.id.clone(), member, reason };
        self.jwks_url.as_deref().map(|text| address("jwks_url", text)).transpose().map_err(fault)
    }

    /// The private networks its names may lead to.
    pub fn networks(&self) -> Result<Networks, ConfigError> {
        let fault = |(member, reason)| ConfigError::Value { peer: self.id.clone(), member, reason };
        networks(&self.networks).map_err(fault)
    }

    fn build(&self, keys: impl KeySource + 'static) -> Result<Peer, Rule> {
        let fault = |member: &str, reason: String| (member.to_owned(), reason);
        let id = SystemId::new(&self.id).map_err(|error| fault("id", error.to_string()))?;
        let profile = self.profile.over(&preset(self.preset.as_deref())?)?;
        let mut peer = Peer::new(id, keys).speaking(profile).reaching(&networks(&self.networks)?);
        for origin in &self.callback_origins {
            let url = address("callback_origins", origin)?;
            if url.path() != "/" || url.query().is_some() {
                return Err(fault("callback_origins", format!("{origin:?} must be scheme, host and port only")));
            }
            peer = peer.with_callbacks_at(&url);
        }
        if let Some(url) = &self.notify_url {
            peer = peer.with_notifications_at(address("notify_url", url)?);
        }
        if let Some(actions) = &self.actions {
            peer = peer.allowed(&actions.iter().map(String::as_str).collect::<Vec<_>>());
        }
        if self.jwks_url.is_some() && self.jwks_file.is_some() {
            return Err(fault("jwks_file", "stands beside jwks_url; one of them must go".to_owned()));
        }
        for (member, text) in [("jwks_url", &self.jwks_url), ("base_url", &self.base_url)] {
            text.as_deref().map(|text| address(member, text)).transpose()?;
        }
        Ok(peer)
    }
}

fn preset(name: Option<&str>) -> Result<Profile, Rule> {
    let Some(name) = name else { return Ok(Profile::standard()) };
    if let Some(preset) = Preset::from_name(name) {
        return Ok(preset.profile());
    }
    let names = Preset::ALL.map(|preset| (preset.name(), preset));
    one_of("preset", name, &names).map(Preset::profile)
}

fn networks(list: &[String]) -> Result<Networks, Rule> {
    list.iter().try_fold(Networks::public(), |networks, network| {
        networks.with(network).map_err(|error| ("networks".to_owned(), error.to_string()))
    })
}

fn address(member: &str, text: &str) -> Result<Url, Rule> {
    let fault = |reason: &str| (member.to_owned(), format!("{text:?} {reason}"));
    let url = Url::parse(text).map_err(|error| fault(&format!("is no address: {error}")))?;
    if !url.username().is_empty() || url.password().is_some() {
        // Not repeated: it may hold a secret.
        return Err((member.to_owned(), "must hold no user and no password".to_owned()));
    }
    if !matches!(url.scheme(), "http" | "https") {
        return Err(fault("must start with https://, or with http:// on this machine"));
    }
    Ok(url)
}

impl ProfileConfig {
    /// `base`, with what is set here.
    fn over(&self, base: &Profile) -> Result<Profile, Rule> {
        let mut profile = base.clone();
        self.set_signatures(&mut profile)?;
        self.set_encryption(&mut profile)?;
        self.set_forms(&mut profile)?;
        self.set_paths(&mut profile)?;
        if let Some(registries) = &self.registries {
            profile.registries = registries.iter().map(RegistryConfig::name).collect();
        }
        let pairs =
            |map: &BTreeMap<String, String>| map.iter().map(|(own, theirs)| (own.clone(), theirs.clone())).collect();
        if let Some(attributes) = &self.attributes {
            profile.attributes = pairs(attributes);
        }
        if let Some(members) = &self.members {
            profile.members = pairs(members);
        }
        if let Some(omits) = &self.omits {
            profile.omits.clone_from(omits);
        }
        for (member, value) in [("page_size", self.page_size), ("batch", self.batch.map(|batch| batch as u64))] {
            if value == Some(0) {
                return Err((member.to_owned(), "must be 1 or more".to_owned()));
            }
        }
        profile.page_size = self.page_size.or(profile.page_size);
        profile.batch = self.batch.or(profile.batch);
        profile.needs_consent = self.needs_consent.unwrap_or(profile.needs_consent);
        profile.names_receiver = self.names_receiver.unwrap_or(profile.names_receiver);
        if let Some(media_type) = &self.callback_media_type {
            profile.callback_media_type.clone_from(media_type);
        }
        Ok(profile)
    }

    fn set_signatures(&self, profile: &mut Profile) -> Result<(), Rule> {
        if let Some(names) = &self.schemes {
            let known = || SCHEMES.iter().map(|scheme| scheme.name).collect::<Vec<_>>().join(", ");
            let find = |name: &String| {
                scheme(name).ok_or_else(|| ("schemes".to_owned(), format!("{name:?} is none of {}", known())))
            };
            profile.schemes = names.iter().map(find).collect::<Result<_, _>>()?;
            if profile.schemes.is_empty() {
                return Err(("schemes".to_owned(), "must name at least one scheme".to_owned()));
            }
        }
        profile.signs = self.signs.unwrap_or(profile.signs);
        if let Some(unsigned) = &self.unsigned {
            let names = [("refused", Unsigned::Refused), ("accepted", Unsigned::Accepted)];
            profile.unsigned = one_of("unsigned", unsigned, &names)?;
        }
        if let Some(form) = &self.unsigned_form {
            profile.unsigned_form = match form.as_str() {
                "absent" => UnsignedForm::Absent,
                "null" => UnsignedForm::Null,
                "empty" => UnsignedForm::Text(String::new()),
                text => UnsignedForm::Text(text.to_owned()),
            };
        }
        Ok(())
    }

    fn set_encryption(&self, profile: &mut Profile) -> Result<(), Rule> {
        if let Some(name) = &self.encryption {
            let known = || ["plain"].into_iter().chain(EncryptionForm::NAMES).collect::<Vec<_>>().join(", ");
            profile.encryption = match (name.as_str(), EncryptionForm::from_name(name)) {
                ("plain", _) => EncryptionPolicy::Plain,
                (_, Some(form)) => EncryptionPolicy::Encrypted(form),
                _ => return Err(("encryption".to_owned(), format!("{name:?} is none of {}", known()))),
            };
        }
        if let Some(name) = &self.content_encryption {
            let names = ContentEncryption::ALL.map(|it| (it.name(), it));
            let content = one_of("content_encryption", name, &names)?;
            if let EncryptionPolicy::Encrypted(form) = profile.encryption {
                profile.encryption = EncryptionPolicy::Encrypted(form.content(content));
            }
        }
        Ok(())
    }

    fn set_forms(&self, profile: &mut Profile) -> Result<(), Rule> {
        macro_rules! set {
            ($($member:ident: $kind:ident),+) => {$(
                if let Some(name) = &self.$member {
                    profile.$member = one_of(stringify!($member), name, $kind::NAMES)?;
                }
            )+};
        }
        set!(
            text: Text,
            header: HeaderForm,
            authorization: Authorization,
            token_request: TokenRequest,
            query: QueryForm,
            locale: LocaleForm,
            records: RecordForm,
            subscriptions: SubscriptionForm,
            correlation: Correlation
        );
        Ok(())
    }

    fn set_paths(&self, profile: &mut Profile) -> Result<(), Rule> {
        if let Some(prefix) = &self.path_prefix {
            if prefix.starts_with('/') || (!prefix.is_empty() && !prefix.ends_with('/')) || prefix.contains("..") {
                let rule = format!("{prefix:?} must not start with a slash, and must end with one: \"dci/\"");
                return Err(("path_prefix".to_owned(), rule));
            }
            profile.paths.prefix.clone_from(prefix);
        }
        if let Some(paths) = &self.paths {
            profile.paths.renamed = paths.iter().map(|(own, theirs)| (own.clone(), theirs.clone())).collect();
        }
        if let Some(only) = &self.only_paths {
            profile.paths.only = Some(only.clone());
        }
        if let Some(path) = &self.token_path {
            profile.token_path.clone_from(path);
        }
        Ok(())
    }
}

impl RegistryConfig {
    fn name(&self) -> RegistryName {
        RegistryName {
            registry: self.registry.clone(),
            event: self.event.clone(),
            name: self.name.clone(),
            record_type: self.record_type.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_peer_is_a_preset_and_what_is_different() {
        let text = r#"
            [[peer]]
            id = "crvs.example.org"
            preset = "opencrvs-2024"
            jwks_url = "https://crvs.example.org/.well-known/jwks.json"
            callback_origins = ["https://10.1.2.3:8443"]
            networks = ["10.20.0.0/16"]
            actions = ["search"]
            [peer.profile]
            schemes = ["embedded-jws", "detached-jws"]
            encryption = "unbound"
            content_encryption = "A128GCM"
            token_request = "form"
            path_prefix = "crvs/"
            [[peer.profile.registries]]
            registry = "civil"
            event = "birth"
            name = "naissance"
        "#;
        let peers = read_peers(text).unwrap();
        let peer = peers[0].peer(crate::jose::KeySet::default()).unwrap();
        let profile = peer.profile();
        assert_eq!((profile.name, profile.batch), ("opencrvs-2024", Some(1)));
        assert_eq!(profile.scheme_names().collect::<Vec<_>>(), ["embedded-jws", "detached-jws"]);
        assert_eq!(profile.paths.of("registry/search").as_deref(), Some("crvs/registry/search"));
        assert_eq!(profile.registries, [RegistryName::folded("civil", "birth", "naissance")]);
        let EncryptionPolicy::Encrypted(form) = profile.encryption else { panic!("not encrypted") };
        assert!(!form.bound && form.content_encryption == ContentEncryption::A128Gcm);
        assert!(peer.may("search") && !peer.may("subscribe"));
        assert!(peer.networks().allow([10, 20, 1, 1].into()) && peer.networks().allow([10, 1, 2, 3].into()));
        assert!(peer.callback_url("https://10.1.2.3:8443/on-search").is_some());
    }

    #[test]
    fn every_bad_value_is_named_with_its_member_and_rule() {
        let lines = [
            r#"id = "a|b""#,
            r#"preset = "opencrvs""#,
            r#"jwks_url = "crvs.example.org/jwks""#,
            r#"jwks_url = "ftp://crvs.example.org/jwks""#,
            r#"base_url = "https://user:secret@crvs.example.org""#,
            r#"callback_origins = ["https://crvs.example.org/on-search"]"#,
            r#"networks = ["10.0.0.0/99"]"#,
            "profile = {schemes = []}",
            r#"profile = {schemes = ["hmac"]}"#,
            r#"profile = {unsigned = "maybe"}"#,
            r#"profile = {encryption = "aes"}"#,
            r#"profile = {encryption = "bound", content_encryption = "A256CBC-HS512"}"#,
            r#"profile = {header = "long"}"#,
            r#"profile = {path_prefix = "/dci"}"#,
            r#"profile = {authorization = "cookie"}"#,
            r#"profile = {token_request = "saml"}"#,
            r#"profile = {query = "sql"}"#,
            r#"profile = {locale = "words"}"#,
            "profile = {batch = 0}",
            r#"profile = {batch = "one"}"#,
            r#"profile = {colour = "red"}"#,
        ];
        let errors = lines.map(|line| {
            let id = if line.starts_with("id") { "" } else { "id = \"crvs.example.org\"\n" };
            let error = read_peers(&format!("[[peer]]\n{id}{line}\n")).unwrap_err().to_string();
            format!("{line}\n    {}", error.replace('\n', "\n    ").trim_end())
        });
        insta::assert_snapshot!(errors.join("\n"));
    }
}
