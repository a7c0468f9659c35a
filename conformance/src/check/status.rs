//! Checks of transaction status: real transactions, made by the check.

use super::answer::ReadReply;
use super::data::key;
use super::draft::{Draft, Endpoint};
use super::ensure;
use super::outcome::{Outcome, Stop, failed};
use super::probe::Probe;
use crate::interface::{AnySearch, Open};
use dci_core::action::TxnStatus;
use dci_core::code::{AttributeType, Status, TxnType};
use dci_core::message::{AttributeValue, SearchResponse, TxnState, TxnStatusRequest, TxnStatusResponse};
use dci_core::wire::Json;

type StatusReply = ReadReply<TxnStatusResponse<Json>>;

/// Makes a search and returns its request and response.
async fn searched(probe: &mut Probe<'_>) -> Result<(Draft, SearchResponse<Json>), Stop> {
    let criteria = probe.known_identifier().await?;
    let draft = probe.search(Endpoint::SyncSearch, criteria);
    let reply = probe.send(&draft).await?.reply::<AnySearch>()?;
    Ok((draft, reply.message))
}

async fn ask(probe: &mut Probe<'_>, by: AttributeType, value: AttributeValue) -> Result<(Draft, StatusReply), Stop> {
    let draft = probe.status(Endpoint::SyncStatus, &TxnStatusRequest::search(by, value));
    let reply = probe.send(&draft).await?.reply::<TxnStatus<Open>>()?;
    Ok((draft, reply))
}

fn state(reply: &StatusReply) -> Result<&SearchResponse<Json>, Stop> {
    let answer = &reply.message.txnstatus_response;
    ensure!(answer.txn_type == TxnType::Search, "expected txn_type search, got {}", answer.txn_type);
    match &answer.txn_status {
        TxnState::Search(state) => Ok(state),
        _ => Err(failed("expected the state of a search (with search_response) in txn_status")),
    }
}

/// The state must be the answer the search had.
fn same(reply: &StatusReply, search: &Draft, response: &SearchResponse<Json>) -> Outcome {
    let state = state(reply)?;
    let asked = search.text("/message/search_request/0/reference_id");
    let result = state.search_response.iter().find(|result| result.reference_id.as_str() == asked);
    let result = result.ok_or_else(|| failed("the state has no item with the reference_id of the search"))?;
    ensure!(result.status == Status::Succeeded, "expected the item status succ, got {}", result.status);
    let keys = |records: Vec<&Json>| records.into_iter().map(key).collect::<Vec<_>>();
    let (told, found) = (keys(state.records().collect()), keys(response.records().collect()));
    ensure!(
        told == found && !found.is_empty(),
        "expected the {} records of the search, got {}",
        found.len(),
        told.len()
    );
    Ok(())
}

pub(super) async fn by_transaction(probe: &mut Probe<'_>) -> Outcome {
    let (search, response) = searched(probe).await?;
    let value = AttributeValue::One(response.transaction_id.as_str().to_owned());
    let (_, reply) = ask(probe, AttributeType::TransactionId, value).await?;
    same(&reply, &search, &response)
}

pub(super) async fn by_correlation(probe: &mut Probe<'_>) -> Outcome {
    let (search, response) = searched(probe).await?;
    let id = response.correlation_id.as_ref().ok_or_else(|| failed("the search reply has no correlation_id"))?;
    let (_, reply) = ask(probe, AttributeType::CorrelationId, AttributeValue::One(id.as_str().to_owned())).await?;
    same(&reply, &search, &response)
}

pub(super) async fn by_references(probe: &mut Probe<'_>) -> Outcome {
    let (search, response) = searched(probe).await?;
    let value = AttributeValue::Many(vec![search.text("/message/search_request/0/reference_id")]);
    let (_, reply) = ask(probe, AttributeType::ReferenceIdList, value).await?;
    same(&reply, &search, &response)
}

pub(super) async fn action(probe: &mut Probe<'_>) -> Outcome {
    let (_, response) = searched(probe).await?;
    let value = AttributeValue::One(response.transaction_id.as_str().to_owned());
    let (_, reply) = ask(probe, AttributeType::TransactionId, value).await?;
    ensure!(
        reply.header.action == "txn-on-status",
        "expected /header/action txn-on-status, got {}",
        reply.header.action
    );
    Ok(())
}

pub(super) async fn own_ids(probe: &mut Probe<'_>) -> Outcome {
    let (_, response) = searched(probe).await?;
    let value = AttributeValue::One(response.transaction_id.as_str().to_owned());
    let (draft, reply) = ask(probe, AttributeType::TransactionId, value).await?;
    let asked = draft.text("/message/transaction_id");
    ensure!(reply.message.transaction_id.as_str() == asked, "expected the transaction_id of the question");
    ensure!(reply.message.correlation_id.is_some(), "expected /message/correlation_id");
    let inner = &state(&reply)?.transaction_id;
    ensure!(
        *inner == response.transaction_id,
        "expected the searched transaction_id inside of txn_status, got {inner}"
    );
    Ok(())
}

pub(super) async fn unknown(probe: &mut Probe<'_>) -> Outcome {
    let value = AttributeValue::One("no-such-transaction-0000".to_owned());
    let draft = probe.status(Endpoint::SyncStatus, &TxnStatusRequest::search(AttributeType::TransactionId, value));
    let answer = probe.send(&draft).await?;
    ensure!(answer.status < 500, "expected an answer that says no, got HTTP {}", answer.status);
    ensure!(
        answer.is_refusal(),
        "expected an answer that says no (header.status rjct or HTTP 4xx), got HTTP {}",
        answer.status
    );
    Ok(())
}

pub(super) async fn other_sender(probe: &mut Probe<'_>) -> Outcome {
    let other = probe.session.target.other.clone();
    let Some(other) = other else {
        return Err(Stop::Skipped("needs a second registered caller ([other] in the configuration)".to_owned()));
    };
    let (_, response) = searched(probe).await?;
    let value = AttributeValue::One(response.transaction_id.as_str().to_owned());
    let draft = probe.status(Endpoint::SyncStatus, &TxnStatusRequest::search(AttributeType::TransactionId, value));
    let answer = probe.send(&draft.by_other(&other)).await?;
    ensure!(answer.status < 500, "expected an answer that says no, got HTTP {}", answer.status);
    ensure!(answer.is_refusal(), "another sender was shown the transaction");
    Ok(())
}

pub(super) async fn asynchronous(probe: &mut Probe<'_>) -> Outcome {
    let (search, response) = searched(probe).await?;
    let value = AttributeValue::One(response.transaction_id.as_str().to_owned());
    let mailbox = probe.session.receiver.mailbox(0);
    let draft = probe.status(Endpoint::Status, &TxnStatusRequest::search(AttributeType::TransactionId, value));
    let correlation = probe.send(&draft.callback_to(&mailbox.url)).await?.acknowledged()?;
    let arrived = probe.callbacks(&mailbox, 1).await;
    let first = arrived.first().ok_or_else(|| failed("no callback came in time"))?;
    let reply = super::answer::read_reply::<TxnStatus<Open>>(&first.body, probe.session.target.interface)?;
    ensure!(
        reply.header.action == "txn-on-status",
        "expected /header/action txn-on-status, got {}",
        reply.header.action
    );
    let told = reply.message.correlation_id.as_ref().map(|id| id.as_str().to_owned()).unwrap_or_default();
    ensure!(told == correlation, "expected the correlation_id of the acknowledgement");
    same(&reply, &search, &response)
}
