//! The system under test, and what the suite must know about it (`--config`).

use crate::identity::{ENCRYPTING, Identity, OTHER, SANDBOX, SUITE};
use crate::interface::Interface;
use dci_core::client::{ClientCredentials, Token};
use dci_core::id::{KeyId, SystemId};
use dci_core::jose::{Algorithm, AwsLc, KeyManagement, KeyRejected, PrivateKey, SigningKey};
use dci_core::peer::{EncryptionForm, EncryptionPolicy, Preset, Profile};
use dci_core::signature::{DciString, SCHEMES, SignatureScheme};
use dci_core::wire::Json;
use serde::Deserialize;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use url::Url;

/// The file given with `--config`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Config {
    /// The system under test.
    pub target: TargetConfig,
    /// The suite as a registered caller of it.
    pub suite: Option<IdentityConfig>,
    /// A second registered caller, for checks that need another sender.
    pub other: Option<IdentityConfig>,
    /// A registered caller whose messages are encrypted.
    pub encrypting: Option<IdentityConfig>,
    /// Where the suite's callback receiver listens and is reached.
    pub callback: CallbackConfig,
    /// What the registry holds.
    pub data: DataConfig,
}

/// `[target]`
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct TargetConfig {
    /// Its id.
    pub receiver_id: Option<String>,
    /// Where it publishes its keys; below the base URL when not set.
    pub jwks_url: Option<String>,
    /// The kind of system it is: a preset; `--peer` goes before it.
    pub peer: Option<String>,
    /// The signature scheme, by name; the preset's when not set, and `dci-string` without a preset.
    pub scheme: Option<String>,
    /// How messages of the encrypting caller are encrypted: `bound` (default), `protected` or `unbound`.
    pub encryption: Option<String>,
    /// Whether messages of every caller are encrypted.
    pub encrypts_all: bool,
    /// Where it gives out tokens; `/oauth2/client/token` at its origin when not set.
    pub token_url: Option<String>,
    /// The longest body it takes, in bytes.
    pub body_limit: Option<usize>,
    /// The most items it takes in one synchronous message.
    pub sync_items: Option<usize>,
}

/// `[suite]`, `[other]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct IdentityConfig {
    /// The id it is registered under.
    pub sender_id: String,
    /// The id of its key.
    pub key_id: String,
    /// A private key: PEM (PKCS#8) or JWK.
    pub key_file: PathBuf,
    /// The algorithm; `EdDSA` when not set.
    pub algorithm: Option<String>,
    /// The private key that opens messages to it: PEM or JWK, with the id it is registered under.
    pub decryption_key_file: Option<PathBuf>,
    /// The id of that key.
    pub decryption_key_id: Option<String>,
    /// Its algorithm; `RSA-OAEP-256` when not set.
    pub decryption_algorithm: Option<String>,
}

/// `[callback]`
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct CallbackConfig {
    /// Where to listen; a free port of loopback when not set.
    pub listen: Option<String>,
    /// How the target reaches it, when that is another address.
    pub public_url: Option<String>,
    /// How long to wait for a callback, in seconds; 10 when not set.
    pub wait_seconds: Option<u64>,
}

/// `[data]`
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct DataConfig {
    /// An identifier that exists; one of the fetched records when not set.
    pub identifier: Option<IdentifierConfig>,
    /// A comparison that every member fulfils; used to fetch what is then compared with.
    pub population: Option<ComparisonConfig>,
    /// A comparison that more records fulfil than the registry returns.
    pub too_many: Option<ComparisonConfig>,
    /// How many members fulfil a comparison.
    pub expected: Vec<ExpectedConfig>,
    /// Whether events happen in the registry while the suite runs, so that a subscription is told of some.
    pub events: bool,
    /// The event the suite subscribes to; the first of the interface's when not set.
    pub event: Option<String>,
}

/// An identifier.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct IdentifierConfig {
    /// Its type.
    #[serde(rename = "type")]
    pub kind: String,
    /// Its value.
    pub value: String,
}

/// A comparison.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ComparisonConfig {
    /// The attribute.
    pub attribute: String,
    /// The operator.
    pub operator: String,
    /// The value.
    pub value: String,
}

/// A comparison and how many members fulfil it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ExpectedConfig {
    /// The attribute.
    pub attribute: String,
    /// The operator.
    pub operator: String,
    /// The value.
    pub value: String,
    /// How many.
    pub count: u64,
}

impl ExpectedConfig {
    /// `count` members fulfil the comparison.
    pub fn new(attribute: &str, operator: &str, value: &str, count: u64) -> Self {
        Self { attribute: attribute.to_owned(), operator: operator.to_owned(), value: value.to_owned(), count }
    }
}

/// Why a target cannot be tested.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TargetError {
    /// A file cannot be read.
    #[error("{0} cannot be read")]
    File(PathBuf, #[source] std::io::Error),
    /// The configuration has a mistake.
    #[error("{0}: {1}")]
    Config(PathBuf, String),
    /// A value cannot be used.
    #[error("{member}: {reason}")]
    Value {
        /// The member of the configuration, or the option.
        member: &'static str,
        /// What is wrong with it.
        reason: String,
    },
    /// A key is refused.
    #[error("{0}: {1}")]
    Key(PathBuf, KeyRejected),
    /// A built-in key is refused.
    #[error("a built-in key is refused")]
    BuiltIn(#[from] KeyRejected),
}

impl Config {
    /// Reads a configuration file.
    pub fn read(path: &Path) -> Result<Self, TargetError> {
        let text = std::fs::read_to_string(path).map_err(|error| TargetError::File(path.to_owned(), error))?;
        toml::from_str(&text).map_err(|error| TargetError::Config(path.to_owned(), error.to_string()))
    }
}

/// How the suite gets its bearer token.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub enum Access {
    /// It has none.
    #[default]
    None,
    /// A fixed one.
    Token(String),
    /// OAuth2 client credentials: id and secret.
    Credentials(String, String),
}

/// The system under test.
#[derive(Debug)]
#[non_exhaustive]
pub struct Target {
    /// The interface that is tested.
    pub interface: &'static Interface,
    /// What comes before `/registry`, ending in a slash.
    pub base: Url,
    /// Its id.
    pub receiver_id: SystemId,
    /// Where its keys are.
    pub jwks_url: Url,
    /// What it speaks.
    pub profile: Profile,
    /// The scheme messages are signed with.
    pub scheme: Arc<dyn SignatureScheme>,
    /// The suite.
    pub suite: Identity,
    /// The second caller.
    pub other: Option<Identity>,
    /// The caller whose messages are encrypted, and how.
    pub encrypting: Option<(Identity, EncryptionForm)>,
    /// The token.
    pub token: Token,
    /// Whether a token is used at all.
    pub has_token: bool,
    /// The rest of the configuration.
    pub config: Config,
}

impl Target {
    /// The target at `base`. Without a configuration the suite speaks as the sandbox knows it.
    pub fn new(interface: &'static Interface, base: &str, access: Access, config: Config) -> Result<Self, TargetError> {
        let value = |member, reason: String| TargetError::Value { member, reason };
        let url = |member, text: &str| Url::parse(text).map_err(|error| value(member, format!("{text:?}: {error}")));
        let base = url("--url", &format!("{}/", base.trim_end_matches('/')))?;
        if !matches!(base.scheme(), "http" | "https") {
            return Err(value("--url", "must start with http:// or https://".to_owned()));
        }
        let join = |path: &str| base.join(path).map_err(|error| value("--url", error.to_string()));
        let jwks_url = match &config.target.jwks_url {
            Some(text) => url("target.jwks_url", text)?,
            None => join(".well-known/jwks.json")?,
        };
        let profile = profile_of(&config)?;
        let scheme = profile.schemes.first().cloned().unwrap_or_else(|| Arc::new(DciString::new()));
        let receiver_id = config.target.receiver_id.as_deref().unwrap_or(SANDBOX);
        let receiver_id = SystemId::new(receiver_id).map_err(|error| value("target.receiver_id", error.to_string()))?;
        let suite = match &config.suite {
            Some(identity) => identity.load()?,
            None => Identity::test(SUITE, SUITE)?,
        };
        let other = match (&config.other, &config.suite) {
            (Some(identity), _) => Some(identity.load()?),
            (None, None) => Some(Identity::test(OTHER, OTHER)?),
            (None, Some(_)) => None,
        };
        let form = match config.target.encryption.as_deref() {
            None => EncryptionForm::default(),
            Some(name) => EncryptionForm::from_name(name).ok_or_else(|| {
                value("target.encryption", format!("{name:?} is none of {}", EncryptionForm::NAMES.join(", ")))
            })?,
        };
        let encrypting = match (&config.encrypting, &config.suite) {
            (Some(identity), _) => Some((identity.load()?, form)),
            (None, None) => Some((Identity::test(ENCRYPTING, ENCRYPTING)?, form)),
            (None, Some(_)) => None,
        };
        let mut profile = profile;
        if config.target.encrypts_all {
            profile.encryption = EncryptionPolicy::Encrypted(form);
        }
        let has_token = !matches!(access, Access::None);
        let token = match access {
            Access::None => Token::none(),
            Access::Token(token) => Token::bearer(token),
            Access::Credentials(id, secret) => {
                let token_url = match &config.target.token_url {
                    Some(text) => url("target.token_url", text)?,
                    None => join(&profile.token_path)?,
                };
                Token::credentials(ClientCredentials::new(token_url, id, secret).request(profile.token_request))
            }
        };
        Ok(Self {
            interface,
            base,
            receiver_id,
            jwks_url,
            profile,
            scheme,
            suite,
            other,
            encrypting,
            token,
            has_token,
            config,
        })
    }

    /// How long to wait for a callback.
    pub fn callback_wait(&self) -> Duration {
        Duration::from_secs(self.config.callback.wait_seconds.unwrap_or(10))
    }
}

/// What the target speaks, as the configuration says.
fn profile_of(config: &Config) -> Result<Profile, TargetError> {
    let value = |member, reason: String| TargetError::Value { member, reason };
    let mut profile = match config.target.peer.as_deref() {
        None => Profile::standard(),
        Some(name) => {
            let names = || Preset::ALL.map(Preset::name).join(", ");
            let preset = Preset::from_name(name);
            preset.ok_or_else(|| value("peer", format!("{name:?} is none of {}", names())))?.profile()
        }
    };
    if let Some(name) = config.target.scheme.as_deref() {
        let names = || SCHEMES.iter().map(|scheme| scheme.name).collect::<Vec<_>>().join(", ");
        let scheme = dci_core::signature::scheme(name);
        let scheme = scheme.ok_or_else(|| value("target.scheme", format!("{name:?} is none of {}", names())))?;
        profile.schemes.insert(0, scheme);
        profile.signs = true;
    }
    Ok(profile)
}

impl IdentityConfig {
    fn load(&self) -> Result<Identity, TargetError> {
        let provider = AwsLc::new();
        let value = |member, reason: String| TargetError::Value { member, reason };
        let name = self.algorithm.as_deref().unwrap_or("EdDSA");
        let algorithm =
            Algorithm::from_name(name).ok_or_else(|| value("algorithm", format!("{name:?} is not offered")))?;
        SystemId::new(&self.sender_id).map_err(|error| value("sender_id", error.to_string()))?;
        let key_id = KeyId::new(&self.key_id).map_err(|error| value("key_id", error.to_string()))?;
        let rejected = |error| TargetError::Key(self.key_file.clone(), error);
        let key = SigningKey::new(key_id, algorithm, &read_key(&self.key_file)?, &provider).map_err(rejected)?;
        let open = match &self.decryption_key_file {
            None => None,
            Some(file) => {
                let name = self.decryption_algorithm.as_deref().unwrap_or("RSA-OAEP-256");
                let management = KeyManagement::from_name(name);
                let management =
                    management.ok_or_else(|| value("decryption_algorithm", format!("{name:?} is not offered")))?;
                let id = self.decryption_key_id.as_deref().unwrap_or_default();
                let id = KeyId::new(id).map_err(|error| value("decryption_key_id", error.to_string()))?;
                Some((id, management, read_key(file)?))
            }
        };
        Identity::of(&self.sender_id, [key], open, &provider).map_err(rejected)
    }
}

/// A private key from a file: PEM or JWK.
pub(crate) fn read_key(file: &Path) -> Result<PrivateKey, TargetError> {
    let text = std::fs::read_to_string(file).map_err(|error| TargetError::File(file.to_owned(), error))?;
    let key = match Json::parse(text.as_bytes()).ok().as_ref().and_then(Json::as_object) {
        Some(jwk) => PrivateKey::from_jwk(jwk),
        None => PrivateKey::from_pem(&text),
    };
    key.map_err(|error| TargetError::Key(file.to_owned(), error))
}
