//! Checks of asynchronous search: acknowledgement, then callback.

use super::answer::{ReadReply, delivered, read_reply};
use super::data::key;
use super::draft::{Draft, Endpoint};
use super::ensure;
use super::outcome::{Outcome, Stop, failed};
use super::probe::Probe;
use super::receiver::{Arrived, Mailbox};
use super::signature::verify;
use crate::interface::AnySearch;
use chrono::{TimeDelta, Utc};
use dci_core::code::{AckStatus, Status};
use dci_core::message::SearchResponse;
use dci_core::query::SearchCriteria;
use dci_core::wire::Json;
use std::time::Duration;

/// An asynchronous search that was acknowledged.
struct Sent {
    draft: Draft,
    mailbox: Mailbox,
    correlation_id: String,
}

async fn send(probe: &mut Probe<'_>, criteria: Vec<SearchCriteria>, refuse: usize) -> Result<Sent, Stop> {
    let mailbox = probe.session.receiver.mailbox(refuse);
    let draft = probe.batch(Endpoint::Search, criteria).callback_to(&mailbox.url);
    let correlation_id = probe.send(&draft).await?.acknowledged()?;
    Ok(Sent { draft, mailbox, correlation_id })
}

async fn send_known(probe: &mut Probe<'_>) -> Result<Sent, Stop> {
    let known = probe.known_identifier().await?;
    send(probe, vec![known], 0).await
}

type Callback = ReadReply<SearchResponse<Json>>;

async fn first(probe: &mut Probe<'_>, sent: &Sent) -> Result<(Arrived, Callback), Stop> {
    let arrived = probe.callbacks(&sent.mailbox, 1).await.into_iter().next();
    let arrived = arrived.ok_or_else(|| failed("no callback came in time"))?;
    let target = &probe.session.target;
    let reply = read_reply::<AnySearch>(&delivered(&arrived.body, target, &sent.draft.identity), target.interface)?;
    Ok((arrived, reply))
}

pub(super) async fn ack_shape(probe: &mut Probe<'_>) -> Outcome {
    let mailbox = probe.session.receiver.mailbox(0);
    let known = probe.known_identifier().await?;
    let draft = probe.search(Endpoint::Search, known).callback_to(&mailbox.url);
    let answer = probe.send(&draft).await?;
    answer.acknowledged()?;
    let verdict = answer.text("/message/ack_status").unwrap_or_default();
    ensure!(AckStatus::PUBLISHED.contains(&&*verdict), "expected ack_status ACK, NACK or ERR, got {verdict:?}");
    let time = answer.text("/message/timestamp").unwrap_or_default();
    ensure!(
        chrono::DateTime::parse_from_rfc3339(&time).is_ok(),
        "expected /message/timestamp as RFC 3339 with zone, got {time:?}"
    );
    Ok(())
}

pub(super) async fn ack_correlation(probe: &mut Probe<'_>) -> Outcome {
    let sent = send_known(probe).await?;
    let length = sent.correlation_id.chars().count();
    ensure!((1..=99).contains(&length), "expected 1 to 99 characters in /message/correlation_id, got {length}");
    Ok(())
}

pub(super) async fn callback_address(probe: &mut Probe<'_>) -> Outcome {
    let sent = send_known(probe).await?;
    let (arrived, _) = first(probe, &sent).await?;
    ensure!(
        arrived.path == sent.mailbox.path,
        "expected the callback at sender_uri as it was given, it came to {}",
        arrived.path
    );
    Ok(())
}

pub(super) async fn callback_header(probe: &mut Probe<'_>) -> Outcome {
    let sent = send_known(probe).await?;
    let (_, reply) = first(probe, &sent).await?;
    ensure!(reply.header.action == "on-search", "expected /header/action on-search, got {}", reply.header.action);
    ensure!(
        reply.header.status.as_ref().is_some_and(Status::is_published),
        "expected /header/status of a callback header"
    );
    let age = (Utc::now() - reply.header.message_ts.instant()).abs();
    ensure!(age < TimeDelta::minutes(5), "expected the time of the attempt in /header/message_ts");
    Ok(())
}

pub(super) async fn callback_correlated(probe: &mut Probe<'_>) -> Outcome {
    let sent = send_known(probe).await?;
    let (_, reply) = first(probe, &sent).await?;
    let asked = sent.draft.text("/message/transaction_id");
    ensure!(
        reply.message.transaction_id.as_str() == asked,
        "expected the transaction_id of the request in the callback"
    );
    let told = reply.message.correlation_id.as_ref().map(|id| id.as_str().to_owned()).unwrap_or_default();
    ensure!(
        told == sent.correlation_id,
        "expected the correlation_id of the acknowledgement in the callback, got {told:?}"
    );
    Ok(())
}

/// The results of every callback of a request of `items` items: one callback with all, or several that hold some each.
async fn results(probe: &mut Probe<'_>, sent: &Sent, items: usize) -> Result<Vec<(String, usize)>, Stop> {
    let mut callbacks = 1;
    loop {
        let arrived = sent.mailbox.wait_for(callbacks, probe.session.target.callback_wait()).await;
        let mut out = Vec::new();
        for callback in &arrived {
            let reply = read_reply::<AnySearch>(&callback.body, probe.session.target.interface)?;
            let results = reply.message.search_response.iter();
            out.extend(results.map(|result| (result.reference_id.as_str().to_owned(), result.records().len())));
        }
        if out.len() >= items || arrived.len() < callbacks {
            probe.callbacks(&sent.mailbox, arrived.len()).await;
            return Ok(out);
        }
        callbacks = arrived.len() + 1;
    }
}

pub(super) async fn callback_items(probe: &mut Probe<'_>) -> Outcome {
    let known = probe.known_identifier().await?;
    let unknown = SearchCriteria::identifier("UIN", "no-such-identifier-0002");
    let sent = send(probe, vec![known, unknown], 0).await?;
    let results = results(probe, &sent, 2).await?;
    for (index, count) in [(0, 1), (1, 0)] {
        let asked = sent.draft.text(&format!("/message/search_request/{index}/reference_id"));
        let result = results.iter().find(|(reference, _)| *reference == asked);
        let (_, found) = result.ok_or_else(|| failed(format!("no callback answers item {index}")))?;
        ensure!(*found == count, "expected {count} records for item {index}, got {found}");
    }
    Ok(())
}

pub(super) async fn callback_same(probe: &mut Probe<'_>) -> Outcome {
    let known = probe.known_identifier().await?;
    let draft = probe.search(Endpoint::SyncSearch, known.clone());
    let sync = probe.send(&draft).await?.reply::<AnySearch>()?;
    let sent = send(probe, vec![known], 0).await?;
    let (_, callback) = first(probe, &sent).await?;
    let keys = |response: &SearchResponse<Json>| response.records().map(key).collect::<Vec<_>>();
    let (expected, got) = (keys(&sync.message), keys(&callback.message));
    ensure!(expected.len() == 1, "expected the one record with the identifier, got {}", expected.len());
    ensure!(expected == got, "the callback holds other records than the synchronous reply");
    Ok(())
}

pub(super) async fn callback_signed(probe: &mut Probe<'_>) -> Outcome {
    let sent = send_known(probe).await?;
    let (arrived, _) = first(probe, &sent).await?;
    verify::<AnySearch>(probe, &sent.draft, &arrived.body, &arrived.carrier, "").await
}

pub(super) async fn callback_rejected(probe: &mut Probe<'_>) -> Outcome {
    let known = probe.known_identifier().await?;
    let sent = send(probe, vec![known.page(0, 10)], 0).await?;
    let (_, reply) = first(probe, &sent).await?;
    let status = reply.message.search_response.first().map(|result| result.status.clone());
    ensure!(
        status == Some(Status::Rejected) || reply.header.status == Some(Status::Rejected),
        "expected a callback that rejects the item; silence and success are no answer"
    );
    Ok(())
}

pub(super) async fn refused_without_callback(probe: &mut Probe<'_>) -> Outcome {
    let mailbox = probe.session.receiver.mailbox(0);
    let known = probe.known_identifier().await?;
    let mut draft = probe.search(Endpoint::Search, known).callback_to(&mailbox.url);
    draft.remove("/message/transaction_id");
    let answer = probe.send(&draft).await?;
    answer.refused(&["err.request.bad".to_owned()], &[400, 422])?;
    let arrived = mailbox.wait_for(1, Duration::from_millis(700)).await;
    ensure!(arrived.is_empty(), "a refused request must not lead to a callback");
    Ok(())
}

pub(super) async fn sender_uri_elsewhere(probe: &mut Probe<'_>) -> Outcome {
    let known = probe.known_identifier().await?;
    // A documentation address (RFC 5737): nobody is there, and nobody registered it.
    let draft = probe.search(Endpoint::Search, known).callback_to("http://192.0.2.1/registry/on-search");
    let answer = probe.send(&draft).await?;
    answer.refused(&["err.sender_uri.invalid".to_owned()], &[])
}

pub(super) async fn resent(probe: &mut Probe<'_>) -> Outcome {
    let mailbox = probe.session.receiver.mailbox(0);
    let known = probe.known_identifier().await?;
    let draft = probe.search(Endpoint::Search, known).callback_to(&mailbox.url);
    let sealed = draft.sealed(probe)?;
    let first = probe.send_sealed(&draft, sealed.clone()).await?.acknowledged()?;
    let second = probe.send_sealed(&draft, sealed).await?.acknowledged()?;
    ensure!(
        !first.is_empty() && first == second,
        "expected the same correlation_id for a resent request, got {first:?} and {second:?}"
    );
    probe.callbacks(&mailbox, 1).await;
    let arrived = mailbox.wait_for(2, Duration::from_millis(700)).await;
    ensure!(arrived.len() == 1, "expected one callback for a request that was sent twice, got {}", arrived.len());
    Ok(())
}

pub(super) async fn message_id_reused(probe: &mut Probe<'_>) -> Outcome {
    let mailbox = probe.session.receiver.mailbox(0);
    let known = probe.known_identifier().await?;
    let draft = probe.search(Endpoint::Search, known.clone()).callback_to(&mailbox.url);
    probe.send(&draft).await?.acknowledged()?;
    let mut other = probe.search(Endpoint::Search, known).callback_to(&mailbox.url);
    other.set("/header/message_id", Json::from(draft.text("/header/message_id")));
    let answer = probe.send(&other).await?;
    answer.refused(&["rjct.message_id.duplicate".to_owned()], &[])
}

pub(super) async fn retry(probe: &mut Probe<'_>) -> Outcome {
    let known = probe.known_identifier().await?;
    let sent = send(probe, vec![known], 1).await?;
    let arrived = probe.callbacks(&sent.mailbox, 2).await;
    ensure!(!arrived.is_empty(), "no callback came in time");
    ensure!(
        arrived.len() >= 2,
        "the callback was answered with 503 and Retry-After: 1, and was not sent again in time"
    );
    Ok(())
}
