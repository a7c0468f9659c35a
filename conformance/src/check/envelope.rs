//! Checks of what surrounds a reply.

use super::answer::{Answer, ReadReply, only_result};
use super::draft::{Draft, Endpoint};
use super::ensure;
use super::outcome::{Outcome, Stop};
use super::probe::Probe;
use crate::interface::AnySearch;
use chrono::{TimeDelta, Utc};
use dci_core::code::Status;
use dci_core::message::SearchResponse;
use dci_core::wire::{Json, Rule};

type SearchReply = ReadReply<SearchResponse<Json>>;

async fn good_search(probe: &mut Probe<'_>) -> Result<(Draft, Answer, SearchReply), Stop> {
    let criteria = probe.known_identifier().await?;
    let draft = probe.search(Endpoint::SyncSearch, criteria);
    let answer = probe.send(&draft).await?;
    let reply = answer.reply::<AnySearch>()?;
    Ok((draft, answer, reply))
}

pub(super) async fn shape(probe: &mut Probe<'_>) -> Outcome {
    let (_, answer, _) = good_search(probe).await?;
    for member in ["header", "message"] {
        let found = answer.tree.as_ref().and_then(|tree| tree.get(member));
        ensure!(found.is_some_and(|value| value.as_object().is_some()), "expected an object /{member} in the reply");
    }
    Ok(())
}

pub(super) async fn media_type(probe: &mut Probe<'_>) -> Outcome {
    let (_, answer, _) = good_search(probe).await?;
    let essence = answer.media_type.split(';').next().unwrap_or_default().trim();
    ensure!(
        essence.eq_ignore_ascii_case("application/json"),
        "expected Content-Type application/json, got {essence:?}"
    );
    Ok(())
}

pub(super) async fn action(probe: &mut Probe<'_>) -> Outcome {
    let (_, _, reply) = good_search(probe).await?;
    ensure!(reply.header.action == "on-search", "expected /header/action on-search, got {}", reply.header.action);
    Ok(())
}

pub(super) async fn message_id(probe: &mut Probe<'_>) -> Outcome {
    let (draft, _, reply) = good_search(probe).await?;
    let id = reply.header.message_id.as_str();
    ensure!(!id.is_empty(), "expected an id in /header/message_id, it is blank");
    ensure!(id != draft.text("/header/message_id"), "expected a message_id of the reply's own, got the request's");
    Ok(())
}

pub(super) async fn message_ts(probe: &mut Probe<'_>) -> Outcome {
    let (_, answer, reply) = good_search(probe).await?;
    let text = answer.text("/header/message_ts").unwrap_or_default();
    let strict = chrono::DateTime::parse_from_rfc3339(&text).is_ok();
    ensure!(strict, "expected /header/message_ts as RFC 3339 with zone, got {text:?}");
    let age = Utc::now() - reply.header.message_ts.instant();
    ensure!(
        age.abs() < TimeDelta::minutes(5),
        "expected the time of the reply in /header/message_ts, it is {} s away",
        age.num_seconds()
    );
    Ok(())
}

pub(super) async fn status(probe: &mut Probe<'_>) -> Outcome {
    let (_, answer, _) = good_search(probe).await?;
    let text = answer.text("/header/status").unwrap_or_default();
    ensure!(
        Status::PUBLISHED.contains(&&*text),
        "expected /header/status as one of {}, got {text:?}",
        Status::PUBLISHED.join(", ")
    );
    Ok(())
}

pub(super) async fn item_status(probe: &mut Probe<'_>) -> Outcome {
    let (_, answer, _) = good_search(probe).await?;
    let text = answer.text("/message/search_response/0/status").unwrap_or_default();
    ensure!(text == "succ", "expected the status succ of a finished item, got {text:?}");
    Ok(())
}

pub(super) async fn sender_receiver(probe: &mut Probe<'_>) -> Outcome {
    let (draft, _, reply) = good_search(probe).await?;
    let id = |id: &Option<dci_core::id::SystemId>| id.as_ref().map(|id| id.as_str().to_owned()).unwrap_or_default();
    let (sender, receiver) = (id(&reply.header.sender_id), id(&reply.header.receiver_id));
    let target = probe.session.target.receiver_id.as_str();
    ensure!(sender == target, "expected /header/sender_id {target}, got {sender:?}");
    let suite = draft.text("/header/sender_id");
    ensure!(receiver == suite, "expected /header/receiver_id {suite}, got {receiver:?}");
    Ok(())
}

pub(super) async fn counts(probe: &mut Probe<'_>) -> Outcome {
    let (_, answer, _) = good_search(probe).await?;
    for member in ["total_count", "completed_count"] {
        let value = answer.tree.as_ref().and_then(|tree| tree.pointer(&format!("/header/{member}"))).cloned();
        let one = value.as_ref() == Some(&Json::from(1_i64));
        ensure!(
            one,
            "expected /header/{member} as the number 1, got {}",
            value.map_or("nothing", |value| value.kind())
        );
    }
    Ok(())
}

pub(super) async fn transaction_id(probe: &mut Probe<'_>) -> Outcome {
    let (draft, _, reply) = good_search(probe).await?;
    let (asked, got) = (draft.text("/message/transaction_id"), reply.message.transaction_id);
    ensure!(got.as_str() == asked, "expected /message/transaction_id {asked}, got {got}");
    Ok(())
}

pub(super) async fn correlation_id(probe: &mut Probe<'_>) -> Outcome {
    let (_, answer, _) = good_search(probe).await?;
    let id = answer.text("/message/correlation_id").unwrap_or_default();
    let length = id.chars().count();
    ensure!((1..=99).contains(&length), "expected 1 to 99 characters in /message/correlation_id, got {length}");
    Ok(())
}

pub(super) async fn reference_id(probe: &mut Probe<'_>) -> Outcome {
    let criteria = probe.known_identifier().await?;
    let draft = probe.batch(Endpoint::SyncSearch, vec![criteria.clone(), criteria]);
    let reply = probe.send(&draft).await?.reply::<AnySearch>()?;
    for index in 0..2 {
        let asked = draft.text(&format!("/message/search_request/{index}/reference_id"));
        let answered = reply.message.search_response.iter().any(|result| result.reference_id.as_str() == asked);
        ensure!(answered, "expected a result for the reference_id of item {index}, there is none");
    }
    Ok(())
}

pub(super) async fn item_timestamp(probe: &mut Probe<'_>) -> Outcome {
    let (_, _, reply) = good_search(probe).await?;
    ensure!(
        only_result(&reply.message)?.timestamp.is_some(),
        "expected search_response[].timestamp (RFC 3339 with zone)"
    );
    Ok(())
}

pub(super) async fn strict(probe: &mut Probe<'_>) -> Outcome {
    let (_, _, reply) = good_search(probe).await?;
    // Countries use codes of their own in records; that is allowed.
    let counts = |deviation: &&dci_core::wire::Deviation| {
        deviation.rule != Rule::UnlistedCode || !deviation.pointer.contains("/reg_records/")
    };
    let found: Vec<String> = reply.deviations.iter().filter(counts).take(5).map(ToString::to_string).collect();
    ensure!(found.is_empty(), "expected the standard's own form, got: {}", found.join("; "));
    Ok(())
}
