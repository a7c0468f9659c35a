//! Checks of signatures that take more than one exchange or look at the target's own.

use super::answer::Answer;
use super::draft::{Draft, Endpoint};
use super::ensure;
use super::outcome::{Outcome, Stop, failed};
use super::probe::Probe;
use crate::interface::{AnySearch, Open};
use dci_core::action::{Action, Notice, TxnStatus};
use dci_core::carrier::Carrier;
use dci_core::envelope::{Received, SignatureMember};
use dci_core::gate::{Gate, Rejection, Trust, Verified};
use dci_core::peer::{EncryptionPolicy, Peer, Peers, Unsigned};
use dci_core::wire::Limits;
use std::sync::Arc;

pub(super) async fn accepted(probe: &mut Probe<'_>) -> Outcome {
    let criteria = probe.known_identifier().await?;
    let draft = probe.search(Endpoint::SyncSearch, criteria);
    probe.send(&draft).await?.reply::<AnySearch>().map(drop)
}

pub(super) async fn white_space(probe: &mut Probe<'_>) -> Outcome {
    let criteria = probe.known_identifier().await?;
    let draft = probe.search(Endpoint::SyncSearch, criteria);
    let mut sealed = draft.sealed(probe)?;
    let tree: serde_json::Value = serde_json::from_slice(&sealed.body).map_err(|error| failed(error.to_string()))?;
    sealed.body = serde_json::to_vec_pretty(&tree).map_err(|error| failed(error.to_string()))?;
    probe.send_sealed(&draft, sealed).await?.reply::<AnySearch>().map(drop)
}

pub(super) async fn replayed(probe: &mut Probe<'_>) -> Outcome {
    let criteria = probe.known_identifier().await?;
    let draft = probe.search(Endpoint::SyncSearch, criteria);
    let sealed = draft.sealed(probe)?;
    probe.send_sealed(&draft, sealed.clone()).await?.reply::<AnySearch>()?;
    let again = probe.send_sealed(&draft, sealed).await?;
    again.refused(&["rjct.message_id.duplicate".to_owned()], &[])
}

/// A message of the target, its sender with the keys it publishes, and the gate that judges both.
async fn to_verify(
    probe: &Probe<'_>,
    draft: &Draft,
    body: &[u8],
    carrier: &Carrier,
    sent: &str,
) -> Result<(Received, Arc<Peer>, Gate), Stop> {
    let target = &probe.session.target;
    let keys = probe.session.target_keys().await.clone();
    let keys =
        keys.map_err(|reason| failed(format!("the target's keys cannot be read at {}: {reason}", target.jwks_url)))?;
    let received = Received::parse(body, &Limits::default());
    let received = received.map_err(|error| failed(format!("expected a signed envelope; {error}")))?;
    let received = received.carried_by(carrier.clone());
    let own = received.carrier().header("signature").is_some_and(|text| text != sent)
        || matches!(received.signature(), SignatureMember::Text(text) if text != sent);
    ensure!(own, "expected a signature of the target's own; it is absent, a placeholder, or the request's");
    let mut profile = target.profile.clone();
    profile.unsigned = Unsigned::Refused;
    profile.encryption = draft.encryption.map_or(EncryptionPolicy::Plain, EncryptionPolicy::Encrypted);
    let peer = Peer::new(target.receiver_id.clone(), keys).speaking(profile);
    let gate = Gate::new(draft.identity.seal.own_id().clone(), Arc::new(Peers::new([peer.clone()])));
    Ok((received, Arc::new(peer), gate.opening_with(draft.identity.keyring.clone())))
}

fn signed<H, M>(verified: Result<Verified<H, M>, Rejection>) -> Outcome {
    let verified = verified.map_err(|rejection| {
        let detail = rejection.detail.map(|detail| format!(" ({detail})")).unwrap_or_default();
        failed(format!("the signature of the target does not hold: {rejection}{detail}"))
    })?;
    ensure!(matches!(verified.trust(), Trust::Signed { .. }), "the message is not signed");
    Ok(())
}

/// The signature of a reply or callback must hold with the keys the target publishes.
pub(super) async fn verify<A: Action>(
    probe: &Probe<'_>,
    draft: &Draft,
    body: &[u8],
    carrier: &Carrier,
    sent: &str,
) -> Outcome {
    let (received, peer, gate) = to_verify(probe, draft, body, carrier, sent).await?;
    signed(gate.admit_reply::<A>(&received, &peer, Some(sent)).await)
}

/// The signature of a notification must hold with the keys the target publishes.
pub(super) async fn verify_notice<N: Notice>(
    probe: &Probe<'_>,
    draft: &Draft,
    body: &[u8],
    carrier: &Carrier,
) -> Outcome {
    let (received, _, gate) = to_verify(probe, draft, body, carrier, "").await?;
    signed(gate.admit_notice::<N>(&received).await)
}

pub(super) async fn reply_of(probe: &mut Probe<'_>, draft: &Draft) -> Result<(Answer, String), Stop> {
    let sealed = draft.sealed(probe)?;
    let sent = sealed.signature.clone();
    let answer = probe.send_sealed(draft, sealed).await?;
    ensure!(answer.status == 200, "expected HTTP 200 with a signed envelope, got HTTP {}", answer.status);
    Ok((answer, sent.unwrap_or_default()))
}

pub(super) async fn reply_signed(probe: &mut Probe<'_>) -> Outcome {
    let criteria = probe.known_identifier().await?;
    let draft = probe.search(Endpoint::SyncSearch, criteria);
    let (answer, sent) = reply_of(probe, &draft).await?;
    verify::<AnySearch>(probe, &draft, &answer.body, &answer.carrier, &sent).await
}

pub(super) async fn status_reply_signed(probe: &mut Probe<'_>) -> Outcome {
    let draft = probe.status_of_new_search(Endpoint::SyncStatus).await?;
    let (answer, sent) = reply_of(probe, &draft).await?;
    verify::<TxnStatus<Open>>(probe, &draft, &answer.body, &answer.carrier, &sent).await
}
