//! A request while it is put together: good at first, then changed as a check wants it.

use super::outcome::{Stop, failed};
use super::probe::Probe;
use crate::identity::{Identity, STRANGER};
use crate::interface::{AnySearch, Open};
use crate::target::Target;
use chrono::{TimeDelta, Utc};
use dci_core::action::{Action, Message as _, Notice, Subscribe, TxnStatus, Unsubscribe};
use dci_core::carrier::Carrier;
use dci_core::code::Status;
use dci_core::gate::binding;
use dci_core::header::{CallbackHeader, RequestHeader};
use dci_core::jose::{JweOptions, SigningKey, encrypt};
use dci_core::message::{SearchRequest, TxnStatusRequest};
use dci_core::peer::{EncryptionForm, EncryptionPolicy};
use dci_core::query::SearchCriteria;
use dci_core::signature::{Sealed, Signer, Unsigned, Validity};
use dci_core::wire::{Json, Leniency, Wire as _};
use serde::Deserialize;

/// An endpoint of the target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Endpoint {
    SyncSearch,
    Search,
    SyncStatus,
    Status,
    Subscribe,
    Unsubscribe,
    /// Another one: its path.
    Other(&'static str),
}

impl Endpoint {
    pub(crate) fn path(self) -> &'static str {
        match self {
            Self::SyncSearch => AnySearch::SYNC_PATH.unwrap_or_default(),
            Self::Search => AnySearch::PATH.unwrap_or_default(),
            Self::SyncStatus => TxnStatus::<Open>::SYNC_PATH.unwrap_or_default(),
            Self::Status => TxnStatus::<Open>::PATH.unwrap_or_default(),
            Self::Subscribe => Subscribe::<Open>::PATH.unwrap_or_default(),
            Self::Unsubscribe => Unsubscribe::<Open>::PATH.unwrap_or_default(),
            Self::Other(path) => path,
        }
    }

    /// The synchronous endpoint of `A`.
    pub(crate) fn sync_of<A: Action>() -> Self {
        Self::Other(A::SYNC_PATH.unwrap_or_default())
    }
}

/// How a request is signed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Signing {
    #[default]
    Good,
    /// No member `signature`.
    None,
    /// The member is blank.
    Blank,
    /// Text that is no signature.
    Garbage,
    /// Signed with a key the target does not know.
    WrongKey,
    /// Signed with the key of another registered sender.
    OtherSendersKey,
    /// Signed, and the life of the signature has ended.
    Expired,
    /// Signed, and the life of the signature has not begun.
    NotYetValid,
    /// Signed for a year.
    TooLongALife,
}

/// Which token goes along.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum TokenUse {
    #[default]
    Good,
    None,
    Wrong,
}

/// A request.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) endpoint: Endpoint,
    pub(crate) header: Json,
    pub(crate) message: Json,
    pub(crate) signing: Signing,
    /// Changes made after signing.
    pub(crate) altered: Vec<(String, Json)>,
    /// A body instead of all this.
    pub(crate) raw: Option<Vec<u8>>,
    pub(crate) token: TokenUse,
    pub(crate) content_type: Option<String>,
    pub(crate) method: http::Method,
    pub(crate) path: Option<String>,
    pub(crate) identity: Identity,
    pub(crate) encryption: Option<EncryptionForm>,
}

/// Criteria of the interface with what systems like the target want in every search.
fn as_expected(criteria: SearchCriteria, target: &Target) -> SearchCriteria {
    let (mut criteria, profile, interface) = (criteria, &target.profile, target.interface);
    criteria.reg_type = Some(interface.reg_type.to_owned());
    criteria.reg_record_type = Some(interface.record_type.to_owned());
    // A system that has other registries only is asked as the first of them.
    let word = interface.reg_type.rsplit(':').next().unwrap_or_default();
    let own = profile.registries.iter().find(|name| name.registry.eq_ignore_ascii_case(word));
    if let Some(event) = own.and_then(|name| name.event.clone()) {
        criteria.reg_event_type = Some(event);
    }
    if let Some(name) = profile.registries.first().filter(|_| own.is_none()) {
        let registry = name.registry.to_ascii_uppercase();
        criteria.reg_type =
            Some(if name.registry == "civil" { CIVIL.to_owned() } else { format!("{PREFIX}{registry}") });
        criteria.reg_event_type.clone_from(&name.event);
        criteria.response_entity = None;
    }
    if profile.needs_consent && criteria.consent.is_none() {
        let tree = Json::parse(br#"{"purpose":{"text":"conformance test"}}"#).unwrap_or_default();
        criteria.consent = dci_core::wire::read(&tree, Leniency::Content).ok().map(|(consent, _)| consent);
    }
    criteria
}

const PREFIX: &str = "ns:org:RegistryType:";
const CIVIL: &str = "ns:org:RegistryType:Civil";

impl Probe<'_> {
    fn draft(&self, endpoint: Endpoint, header: Json, message: Json) -> Draft {
        let target = &self.session.target;
        Draft {
            endpoint,
            header,
            message,
            signing: Signing::Good,
            altered: Vec::new(),
            raw: None,
            token: TokenUse::Good,
            content_type: Some("application/json".to_owned()),
            method: http::Method::POST,
            path: None,
            identity: target.suite.clone(),
            encryption: match target.profile.encryption {
                EncryptionPolicy::Encrypted(form) => Some(form),
                _ => None,
            },
        }
    }

    /// A good request of the action `A`.
    pub(crate) fn asking<A: Action>(&self, endpoint: Endpoint, request: &A::Request) -> Draft {
        let target = &self.session.target;
        let sender = target.suite.seal.own_id().clone();
        let mut header = RequestHeader::new(A::ACTION, sender, target.receiver_id.clone(), request.items());
        A::dress(&mut header);
        self.draft(endpoint, header.write(), request.write())
    }

    /// A good notice, told to the target.
    pub(crate) fn telling<N: Notice>(&self, message: &N::Message) -> Draft {
        let target = &self.session.target;
        let (own, receiver) = (target.suite.seal.own_id().clone(), target.receiver_id.clone());
        let header = CallbackHeader::new(N::ACTION, Status::Succeeded, own, receiver);
        self.draft(Endpoint::Other(N::PATH), header.write(), message.write())
    }

    /// A good search.
    pub(crate) fn search(&self, endpoint: Endpoint, criteria: SearchCriteria) -> Draft {
        self.batch(endpoint, vec![criteria])
    }

    /// A good batch of searches.
    pub(crate) fn batch(&self, endpoint: Endpoint, criteria: Vec<SearchCriteria>) -> Draft {
        let target = &self.session.target;
        let request = SearchRequest::batch(criteria.into_iter().map(|criteria| as_expected(criteria, target)));
        self.asking::<AnySearch>(endpoint, &request)
    }

    /// A good question about a transaction.
    pub(crate) fn status(&self, endpoint: Endpoint, request: &TxnStatusRequest) -> Draft {
        self.asking::<TxnStatus<Open>>(endpoint, request)
    }
}

impl Draft {
    /// Comes from the second identity.
    pub(crate) fn by_other(mut self, other: &Identity) -> Self {
        self.set("/header/sender_id", Json::from(other.seal.own_id().as_str()));
        self.identity = other.clone();
        self
    }

    /// Comes from the identity whose messages are encrypted.
    pub(crate) fn by_encrypting(mut self, identity: &Identity, form: EncryptionForm) -> Self {
        self = self.by_other(identity);
        self.encryption = Some(form);
        self
    }

    /// Wants its callback at `url`.
    pub(crate) fn callback_to(mut self, url: &str) -> Self {
        self.set("/header/sender_uri", Json::from(url));
        self
    }

    /// Sets a member before signing.
    pub(crate) fn set(&mut self, pointer: &str, value: Json) {
        let (part, inner) = self.part(pointer);
        crate::sandbox::set_member(part, inner, value);
    }

    /// Removes a member before signing.
    pub(crate) fn remove(&mut self, pointer: &str) {
        let (part, inner) = self.part(pointer);
        let (parent, name) = inner.rsplit_once('/').unwrap_or(("", inner));
        if let Some(object) = part.pointer_mut(parent).and_then(Json::as_object_mut) {
            object.remove(name);
        }
    }

    fn part<'a>(&mut self, pointer: &'a str) -> (&mut Json, &'a str) {
        match pointer.strip_prefix("/header") {
            Some(inner) => (&mut self.header, inner),
            None => (&mut self.message, pointer.strip_prefix("/message").unwrap_or(pointer)),
        }
    }

    /// A text member of header or message.
    pub(crate) fn text(&self, pointer: &str) -> String {
        let found = match pointer.strip_prefix("/header") {
            Some(inner) => self.header.pointer(inner),
            None => self.message.pointer(pointer.strip_prefix("/message").unwrap_or(pointer)),
        };
        found.and_then(Json::as_str).unwrap_or_default().to_owned()
    }

    /// What goes over the wire.
    pub(crate) fn sealed(&self, probe: &Probe<'_>) -> Result<Sealed, Stop> {
        if let Some(raw) = &self.raw {
            return Ok(Sealed::in_envelope(raw.clone(), None));
        }
        let target = &probe.session.target;
        let profile = &target.profile;
        let (mut header, mut message) = (self.header.clone(), self.message.clone());
        profile
            .write_request(&mut message)
            .map_err(|error| Stop::Skipped(format!("{} does not speak this: {error}", profile.name)))?;
        if let Some(header) = header.as_object_mut() {
            profile.write_header(header);
        }
        let path = self.path(probe)?;
        let url = target.base.join(&path).map_err(|error| failed(format!("{path} is no path: {error}")))?;
        if let Some(form) = self.encryption {
            message = encrypted(&mut header, &message, form, probe)?;
        }
        let unsigned = Unsigned::new(header, message, Carrier::request(self.method.as_str(), &url));
        let mut sealed = self.signed(&unsigned, probe)?;
        if !self.altered.is_empty() {
            let mut tree = Json::parse(&sealed.body).map_err(|error| failed(error.to_string()))?;
            for (pointer, value) in &self.altered {
                crate::sandbox::set_member(&mut tree, pointer, value.clone());
            }
            sealed.body = tree.print(target.scheme.form()).into_bytes();
        }
        Ok(sealed)
    }

    /// The path it goes to.
    pub(crate) fn path(&self, probe: &Probe<'_>) -> Result<String, Stop> {
        if let Some(path) = &self.path {
            return Ok(path.clone());
        }
        let profile = &probe.session.target.profile;
        let path = self.endpoint.path();
        profile.paths.of(path).ok_or_else(|| Stop::Skipped(format!("{} has no endpoint {path}", profile.name)))
    }

    fn signed(&self, unsigned: &Unsigned, probe: &Probe<'_>) -> Result<Sealed, Stop> {
        let target = &probe.session.target;
        let scheme = &*target.scheme;
        let plain = |text: Option<&str>| {
            Ok(Sealed::in_envelope(unsigned.body(scheme.form(), text).into_bytes(), text.map(str::to_owned)))
        };
        let other = || {
            let other = probe.session.target.other.as_ref();
            other.ok_or_else(|| {
                Stop::Skipped("needs a second registered caller ([other] in the configuration)".to_owned())
            })
        };
        let stranger = || {
            Identity::test(self.identity.seal.own_id().as_str(), STRANGER).map_err(|error| failed(error.to_string()))
        };
        let now = Utc::now();
        let at = |seconds| now + TimeDelta::seconds(seconds);
        let (identity, validity) = match self.signing {
            Signing::None => return plain(None),
            Signing::Blank => return plain(Some("")),
            Signing::Garbage => return plain(Some("eyJhbGciOiJSUzI1NiJ9.")),
            Signing::Good => (self.identity.clone(), (0, 300)),
            Signing::WrongKey => (stranger()?, (0, 300)),
            Signing::OtherSendersKey => (other()?.clone(), (0, 300)),
            Signing::Expired => (self.identity.clone(), (-900, -600)),
            Signing::NotYetValid => (self.identity.clone(), (600, 900)),
            Signing::TooLongALife => (self.identity.clone(), (0, 365 * 86_400)),
        };
        let times = matches!(self.signing, Signing::Expired | Signing::NotYetValid | Signing::TooLongALife);
        if times && !scheme.name().starts_with("dci-string") && scheme.name() != "http-message" {
            return Err(Stop::Skipped(format!("signatures of the scheme {} have no life of their own", scheme.name())));
        }
        if self.signing == Signing::Good && !target.profile.signs {
            return plain(None);
        }
        let takes = |key: &&SigningKey| scheme.takes(key.algorithm());
        let key = identity.seal.keys().find(takes).ok_or_else(|| {
            failed(format!("the suite has no key of an algorithm that the scheme {} takes", scheme.name()))
        })?;
        let mut validity_of = Validity::starting(at(validity.0), TimeDelta::seconds(1));
        validity_of.expires = at(validity.1);
        let signer = Signer::new(self.identity.seal.own_id(), key, validity_of);
        scheme.sign(unsigned, &signer).map_err(|error| failed(format!("the suite could not sign: {error}")))
    }
}

/// The message encrypted for the target, bound to `header` where the form says so.
pub(crate) fn encrypted(
    header: &mut Json,
    message: &Json,
    form: EncryptionForm,
    probe: &Probe<'_>,
) -> Result<Json, Stop> {
    let key = probe.session.encryption_key.as_ref();
    let key = key.ok_or_else(|| failed("the target has published no key to encrypt for (use: enc)"))?;
    if let Some(header) = header.as_object_mut() {
        header.insert("is_msg_encrypted", Json::Bool(true));
    }
    let mut options = JweOptions::default();
    options.content_encryption = form.content_encryption;
    options.protected = form.protected;
    options.aad = form.bound.then(|| binding(header));
    let sealed = encrypt(message.print(dci_core::wire::Form::Compact).as_bytes(), key, &options);
    sealed.map(Json::Object).map_err(|error| failed(error.to_string()))
}
