//! The gate: the one way from received bytes to a message that may be acted on.
//!
//! The order of checks is fixed: shape of the envelope, receiver, sender, action, version, signature, time, shape of the
//! message, counts. Nothing is fetched or stored before the signature holds.

use super::opening::{Keyring, open};
use super::rejection::Rejection;
use super::window::{Clock, Window};
use crate::action::{Action, Message, Notice};
use crate::code::{ErrorCode, HeaderReason, Status};
use crate::envelope::{Received, SignatureMember};
use crate::header::{CallbackHeader, RequestHeader};
use crate::id::{KeyId, SystemId};
use crate::peer::{Peer, PeerDirectory, Unsigned};
use crate::signature::{Basis, Found};
use crate::wire::{Deviation, Json, Leniency, Reading, Rule, Wire as _};
use std::borrow::Cow;
use std::sync::Arc;

/// Checks what arrives for one system.
#[derive(Clone, Debug)]
pub struct Gate {
    own_id: SystemId,
    peers: Arc<dyn PeerDirectory>,
    clock: Clock,
    window: Window,
    keyring: Keyring,
}

/// How a message came to be trusted.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Trust {
    /// Its signature holds.
    Signed {
        /// The scheme.
        scheme: &'static str,
        /// The key.
        key_id: KeyId,
        /// The text it was made over.
        basis: Basis,
    },
    /// It had none, and the peer is configured as unsigned.
    Unsigned,
}

/// A message that passed the gate. Nothing else makes one.
#[derive(Clone, Debug)]
pub struct Verified<H, M> {
    header: H,
    message: M,
    peer: Arc<Peer>,
    trust: Trust,
    deviations: Vec<Deviation>,
}

impl<H, M> Verified<H, M> {
    /// The header.
    pub fn header(&self) -> &H {
        &self.header
    }

    /// The message.
    pub fn message(&self) -> &M {
        &self.message
    }

    /// The message, alone.
    pub fn into_message(self) -> M {
        self.message
    }

    /// Who sent it.
    pub fn peer(&self) -> &Arc<Peer> {
        &self.peer
    }

    /// How it came to be trusted.
    pub fn trust(&self) -> &Trust {
        &self.trust
    }

    /// What the reader forgave.
    pub fn deviations(&self) -> &[Deviation] {
        &self.deviations
    }
}

#[cfg(feature = "client")]
impl<M: crate::action::Reply> Verified<CallbackHeader, M> {
    /// Adds what a later callback of the same transaction brought; the later header counts.
    pub(crate) fn absorb(mut self, later: Self) -> Self {
        self.message.absorb(later.message);
        self.deviations.extend(later.deviations);
        self.header = later.header;
        self
    }
}

impl Gate {
    /// A gate for the system `own_id`, which knows `peers`.
    pub fn new(own_id: SystemId, peers: Arc<dyn PeerDirectory>) -> Self {
        Self { own_id, peers, clock: Clock::system(), window: Window::default(), keyring: Keyring::default() }
    }

    /// Replaces the clock.
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// Replaces the time window.
    pub fn window(mut self, window: Window) -> Self {
        self.window = window;
        self
    }

    /// Opens messages that were encrypted for this system with `keyring`.
    pub fn opening_with(mut self, keyring: Keyring) -> Self {
        self.keyring = keyring;
        self
    }

    /// The keys that open messages to this system.
    pub fn keyring(&self) -> &Keyring {
        &self.keyring
    }

    /// The registered peer `id`.
    pub async fn peer(&self, id: &SystemId) -> Option<Arc<Peer>> {
        self.peers.find(id).await
    }

    /// Until when the identity of a message sent at `message_ts` must be remembered against copies.
    pub fn remember_until(&self, message_ts: crate::time::Timestamp) -> chrono::DateTime<chrono::Utc> {
        self.window.memory(message_ts.instant())
    }

    /// The system this gate belongs to.
    pub fn own_id(&self) -> &SystemId {
        &self.own_id
    }

    /// Admits a request for the action `A`. `client` is whom the bearer token belongs to, where that is known.
    pub async fn admit<A: Action>(
        &self,
        received: &Received,
        client: Option<&SystemId>,
    ) -> Result<Verified<RequestHeader, A::Request>, Rejection> {
        let mut reading = Reading::new(Leniency::Spelling);
        let header: RequestHeader = reading.read_at("header", received.header())?;
        if let Some(receiver_id) = &header.receiver_id {
            self.check_receiver(receiver_id)?;
        }
        if client.is_some_and(|client| *client != header.sender_id) {
            let message = "/header/sender_id is not the system the bearer token was given to";
            return Err(Rejection::envelope(ErrorCode::SenderIdInvalid, message));
        }
        let peer = self.peers.find(&header.sender_id).await.ok_or_else(|| {
            Rejection::envelope(ErrorCode::SenderIdInvalid, "/header/sender_id is not a registered system")
        })?;
        check_named(header.receiver_id.as_ref(), &peer)?;
        if A::ACTION_ALIASES.contains(&header.action.as_str()) {
            reading.within("header", |reading| {
                reading.within("action", |reading| reading.forgive_as(Rule::Action, header.action.clone()))
            })?;
        } else if header.action != A::ACTION {
            let message = format!("/header/action must be {} at this endpoint", A::ACTION);
            return Err(Rejection::header(HeaderReason::ActionInvalid, message));
        }
        check_version(header.version.as_deref())?;
        let trust = self.check_signature(received, &peer, None).await?;
        self.check_time(header.message_ts.instant())?;
        let mut message = self.opened(received, header.is_msg_encrypted == Some(true), &peer)?;
        check_may(&peer, A::ACTION)?;
        if peer.profile().differs() {
            peer.profile().read_request(message.to_mut());
        }
        let message: A::Request = reading.read_at("message", &message)?;
        check_count(header.total_count, &message)?;
        Ok(Verified { header, message, peer, trust, deviations: reading.into_deviations() })
    }

    /// Admits a message a registry sent on its own. Its sender must be registered here.
    pub async fn admit_notice<N: Notice>(
        &self,
        received: &Received,
    ) -> Result<Verified<CallbackHeader, N::Message>, Rejection> {
        let mut reading = Reading::new(Leniency::Content);
        let header: CallbackHeader = reading.read_at("header", received.header())?;
        if let Some(receiver_id) = &header.receiver_id {
            self.check_receiver(receiver_id)?;
        }
        let unknown =
            || Rejection::envelope(ErrorCode::SenderIdInvalid, "/header/sender_id is not a registered system");
        let sender_id = header.sender_id.as_ref().ok_or_else(unknown)?;
        let peer = self.peers.find(sender_id).await.ok_or_else(unknown)?;
        check_named(header.receiver_id.as_ref(), &peer)?;
        if header.action != N::ACTION {
            let message = format!("/header/action must be {} at this endpoint", N::ACTION);
            return Err(Rejection::header(HeaderReason::ActionInvalid, message));
        }
        check_version(header.version.as_deref())?;
        let trust = self.check_signature(received, &peer, None).await?;
        self.check_time(header.message_ts.instant())?;
        let mut message = self.opened(received, header.is_msg_encrypted == Some(true), &peer)?;
        check_may(&peer, N::ACTION)?;
        if peer.profile().differs() {
            peer.profile().read_answer(message.to_mut());
        }
        let message: N::Message = reading.read_at("message", &message)?;
        if let Some(total_count) = header.total_count {
            check_count(total_count, &message)?;
        }
        Ok(Verified { header, message, peer, trust, deviations: reading.into_deviations() })
    }

    /// Admits a callback or synchronous reply of the action `A` from `peer`. `sent` is the signature of the request it
    /// answers: a reply that only echoes it carries none.
    pub async fn admit_reply<A: Action>(
        &self,
        received: &Received,
        peer: &Arc<Peer>,
        sent: Option<&str>,
    ) -> Result<Verified<CallbackHeader, A::Response>, Rejection> {
        let mut reading = Reading::new(Leniency::Content);
        let header: CallbackHeader = reading.read_at("header", received.header())?;
        // Some systems do not swap sender and receiver in replies; that their key signed the message is what counts.
        let unswapped = header.sender_id.as_ref() == Some(&self.own_id);
        if !unswapped {
            if let Some(receiver_id) = &header.receiver_id {
                self.check_receiver(receiver_id)?;
            }
            if header.sender_id.as_ref().is_some_and(|sender_id| sender_id != peer.id()) {
                let message = "/header/sender_id is not the system that was asked";
                return Err(Rejection::envelope(ErrorCode::SenderIdInvalid, message));
            }
        }
        let trust = self.check_signature(received, peer, sent).await?;
        if matches!(trust, Trust::Signed { .. }) {
            self.check_time(header.message_ts.instant())?;
        }
        if header.action != A::CALLBACK {
            reading.within("header", |reading| {
                reading.within("action", |reading| reading.forgive_as(Rule::Action, header.action.clone()))
            })?;
        }
        let flag = header.is_msg_encrypted == Some(true);
        let mut message = self.opened(received, flag, peer)?;
        if peer.profile().differs() {
            peer.profile().read_answer(message.to_mut());
        }
        let message: A::Response = reading.read_at("message", &message)?;
        if !A::is_answered_by(&message) {
            return Err(Rejection::envelope(ErrorCode::BadRequest, "/message is the answer of another registry"));
        }
        Ok(Verified { header, message, peer: Arc::clone(peer), trust, deviations: reading.into_deviations() })
    }

    /// Reads a synchronous reply that came without an envelope: the message alone, or an acknowledgement that stands for it.
    /// Nothing shows who wrote it: only for a peer whose unsigned messages are taken.
    pub fn admit_bare_reply<A: Action>(
        &self,
        request: &A::Request,
        tree: &Json,
        peer: &Arc<Peer>,
    ) -> Result<Verified<CallbackHeader, A::Response>, Rejection> {
        if peer.unsigned() != Unsigned::Accepted {
            let words = "the reply has no envelope, and /signature is required from this sender";
            return Err(Rejection::envelope(ErrorCode::SignatureMissing, words));
        }
        let mut reading = Reading::new(Leniency::Content);
        reading.forgive_as(Rule::Wrapper, "no envelope")?;
        let ack = tree.get("message").filter(|message| message.get("ack_status").is_some());
        let answer = ack.and_then(|ack| A::of_ack(request, ack));
        let message = match answer {
            Some(answer) => answer,
            None => A::Response::read(tree, &mut reading)?,
        };
        let header = CallbackHeader::new(A::CALLBACK, Status::Received, peer.id().clone(), self.own_id.clone());
        let deviations = reading.into_deviations();
        Ok(Verified { header, message, peer: Arc::clone(peer), trust: Trust::Unsigned, deviations })
    }

    /// The message, decrypted where that is the peer's policy.
    fn opened<'r>(&self, received: &'r Received, flag: bool, peer: &Peer) -> Result<Cow<'r, Json>, Rejection> {
        let opened = open(received, flag, peer.profile().encryption, &self.keyring)?;
        Ok(opened.map_or(Cow::Borrowed(received.message()), Cow::Owned))
    }

    fn check_receiver(&self, receiver_id: &SystemId) -> Result<(), Rejection> {
        if *receiver_id == self.own_id {
            return Ok(());
        }
        Err(Rejection::envelope(ErrorCode::ReceiverIdInvalid, "/header/receiver_id names another system"))
    }

    fn check_time(&self, message_ts: chrono::DateTime<chrono::Utc>) -> Result<(), Rejection> {
        let checked = self.window.check_message(message_ts, self.clock.now());
        checked.map_err(|rule| Rejection::header(HeaderReason::MessageTsInvalid, rule))
    }

    async fn check_signature(
        &self,
        received: &Received,
        peer: &Arc<Peer>,
        sent: Option<&str>,
    ) -> Result<Trust, Rejection> {
        /// More signatures than a message of a peer can carry are not looked at.
        const SIGNATURES: usize = 4;
        if *received.signature() == SignatureMember::NotText {
            return Err(Rejection::signature("the member is no text"));
        }
        let mut first = None;
        let found = peer.schemes().iter().filter_map(|scheme| Some((scheme.name(), scheme.find(received)?)));
        for (scheme, found) in found.take(SIGNATURES) {
            let outcome = match found {
                // A reply that only repeats the request's signature carries none.
                Ok(found) if sent == Some(found.text()) => continue,
                Ok(found) => self.check_found(&*found, received, peer).await,
                Err(error) => Err(Rejection::signature(error.0)),
            };
            match outcome {
                Ok((key_id, basis)) => return Ok(Trust::Signed { scheme, key_id, basis }),
                // The first is the peer's usual one: what is wrong with it is what is wrong.
                Err(rejection) => drop(first.get_or_insert(rejection)),
            }
        }
        if let Some(rejection) = first {
            return Err(rejection);
        }
        match received.signature() {
            SignatureMember::Text(text) if sent != Some(text) => {
                Err(Rejection::signature("no scheme this peer may use has that form"))
            }
            _ if peer.unsigned() == Unsigned::Accepted => Ok(Trust::Unsigned),
            _ => Err(Rejection::envelope(ErrorCode::SignatureMissing, "/signature is required from this sender")),
        }
    }

    async fn check_found(
        &self,
        found: &dyn Found,
        received: &Received,
        peer: &Peer,
    ) -> Result<(KeyId, Basis), Rejection> {
        let claimed = found.claimed();
        if claimed.sender_id.as_ref().is_some_and(|sender_id| sender_id != peer.id()) {
            return Err(Rejection::signature("the signature names another sender"));
        }
        let verified = verify_with_keys(found, received, peer).await?;
        if let Some(validity) = claimed.validity {
            let checked = self.window.check_signature(validity, self.clock.now());
            checked.map_err(|rule| Rejection::header(HeaderReason::MessageTsInvalid, rule))?;
        }
        Ok(verified)
    }
}

/// Tries the peer's keys that the signature may mean.
async fn verify_with_keys(found: &dyn Found, received: &Received, peer: &Peer) -> Result<(KeyId, Basis), Rejection> {
    /// More keys than a peer has during a rotation are not tried.
    const CANDIDATES: usize = 4;
    let claimed = found.claimed();
    let keys = peer.keys().find(claimed.key_id.as_ref()).await;
    let mut last = "the peer has no key of that id";
    for key in keys.iter().filter(|key| key.algorithm() == claimed.algorithm).take(CANDIDATES) {
        match found.verify(received, key) {
            Ok(basis) => {
                if matches!(basis, Basis::Completed | Basis::Reprinted) {
                    tracing::info!(peer = %peer.id(), basis = basis.name(), "signed over another text than was sent");
                }
                return Ok((key.key_id().clone(), basis));
            }
            Err(error) => last = error.0,
        }
    }
    Err(Rejection::signature(last))
}

fn check_may(peer: &Peer, action: &str) -> Result<(), Rejection> {
    if peer.may(action) {
        return Ok(());
    }
    let message = format!("/header/action: this sender is not registered for {action}");
    Err(Rejection::envelope(ErrorCode::Forbidden, message))
}

fn check_count(total_count: u64, message: &impl Message) -> Result<(), Rejection> {
    let items = message.items();
    if total_count == items as u64 {
        return Ok(());
    }
    let words = format!("/header/total_count is {total_count} and the message holds {items} items");
    Err(Rejection::header(HeaderReason::TotalCountInvalid, words))
}

/// A signed message must say whom it is for, unless its sender is known not to.
fn check_named(receiver_id: Option<&SystemId>, peer: &Peer) -> Result<(), Rejection> {
    if receiver_id.is_none() && peer.profile().names_receiver {
        let words = "/header/receiver_id is required: a signed message must say whom it is for";
        return Err(Rejection::envelope(ErrorCode::ReceiverIdInvalid, words));
    }
    Ok(())
}

/// The version may be absent; the first number must be 1.
fn check_version(version: Option<&str>) -> Result<(), Rejection> {
    let Some(version) = version else { return Ok(()) };
    let major = version.split('.').next().and_then(|major| major.parse::<u32>().ok());
    match major {
        Some(1) => Ok(()),
        Some(_) => {
            Err(Rejection::envelope(ErrorCode::VersionNotSupported, "/header/version: only 1.0.0 is spoken here"))
        }
        None => Err(Rejection::header(HeaderReason::VersionInvalid, "/header/version must be a version like 1.0.0")),
    }
}
