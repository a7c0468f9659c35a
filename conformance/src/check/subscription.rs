//! Checks of subscriptions: subscribe, be told, unsubscribe.

use super::answer::{ReadReply, delivered, read_notification, read_reply};
use super::draft::{Draft, Endpoint};
use super::ensure;
use super::outcome::{Outcome, Stop, failed};
use super::probe::Probe;
use super::receiver::{Arrived, Mailbox};
use super::signature::verify_notice;
use crate::identity::Identity;
use crate::interface::Open;
use chrono::{Days, NaiveDate};
use dci_core::action::{Notice as _, Notify, Subscribe, TxnStatus, Unsubscribe};
use dci_core::code::{
    AttributeType, Operator, Status, SubscribeReason, SubscriptionStatus, TxnType, UnsubscribeReason,
};
use dci_core::header::CallbackHeader;
use dci_core::id::SubscriptionCode;
use dci_core::message::{
    AttributeValue, EventFrequency, NotifyRequest, SubscribeCriteria, SubscribeRequest, SubscribeResponse,
    SubscribeResult, TxnState, TxnStatusRequest, UnsubscribeRequest, UnsubscribeResponse,
};
use dci_core::query::{Comparison, Predicate, Query, SearchCriteria};
use dci_core::time::Timestamp;
use dci_core::wire::Json;
use std::time::Duration;

/// How many notifications a check looks at.
const SOME: usize = 3;

/// A filter every person fulfils, and no other check uses: the same subscription twice is something else.
fn everybody() -> Comparison {
    let day = uuid::Uuid::new_v4().as_u128() % 70_000;
    let date = NaiveDate::from_ymd_opt(1700, 1, 1).unwrap_or_default() + Days::new(u64::try_from(day).unwrap_or(0));
    Comparison::new("birth_date", Operator::GreaterOrEqual, &date.to_string())
}

fn criteria(probe: &Probe<'_>, clause: Predicate) -> SubscribeCriteria {
    let (interface, data) = (probe.session.target.interface, &probe.session.target.config.data);
    let event = data.event.clone().or_else(|| (interface.events)().into_iter().next()).unwrap_or_default();
    let mut criteria = SubscribeCriteria::new(&event, Query::Predicate(vec![clause]));
    criteria.reg_type = Some(interface.reg_type.to_owned());
    criteria.notify_record_type = Some(interface.record_type.to_owned());
    criteria
}

fn of_everybody(probe: &Probe<'_>) -> SubscribeCriteria {
    criteria(probe, Predicate::new(everybody()))
}

/// A request of which the answer came.
struct Asked<M> {
    draft: Draft,
    correlation_id: String,
    mailbox: Mailbox,
    reply: ReadReply<M>,
}

type Granted = Asked<SubscribeResponse>;

impl Granted {
    fn result(&self) -> Result<&SubscribeResult, Stop> {
        self.reply.message.subscribe_response.first().ok_or_else(|| failed("subscribe_response has no item"))
    }

    /// The code of the subscription that was granted.
    fn code(&self) -> Result<SubscriptionCode, Stop> {
        let result = self.result()?;
        let reason = result.status_reason_code.as_ref().map_or("", |reason| reason.as_str());
        let words = result.status_reason_message.as_deref().unwrap_or_default();
        ensure!(
            result.status == Status::Succeeded,
            "expected the item status succ, got {} {reason} {words}",
            result.status
        );
        let granted =
            result.subscriptions.first().ok_or_else(|| failed("expected the subscription in subscriptions"))?;
        ensure!(granted.status == SubscriptionStatus::Live, "expected the status subscribe, got {}", granted.status);
        Ok(granted.code.clone())
    }
}

fn is_answer(arrived: &Arrived) -> bool {
    !arrived.path.ends_with("notify")
}

async fn answer_to<A: super::answer::Judged>(
    probe: &mut Probe<'_>,
    endpoint: Endpoint,
    request: &A::Request,
    by: Option<&Identity>,
) -> Result<Asked<A::Response>, Stop> {
    let mailbox = probe.session.receiver.mailbox_for(A::CALLBACK, 0);
    let mut draft = probe.asking::<A>(endpoint, request).callback_to(&mailbox.url);
    if let Some(other) = by {
        draft = draft.by_other(other);
    }
    let correlation_id = probe.send(&draft).await?.acknowledged()?;
    let arrived = probe.callbacks_until(&mailbox, |arrived| arrived.iter().any(is_answer)).await;
    let arrived = arrived.into_iter().find(is_answer).ok_or_else(|| failed("no callback came in time"))?;
    let body = delivered(&arrived.body, &probe.session.target, &draft.identity);
    let reply = read_reply::<A>(&body, probe.session.target.interface)?;
    Ok(Asked { draft, correlation_id, mailbox, reply })
}

async fn subscribe(probe: &mut Probe<'_>, criteria: SubscribeCriteria) -> Result<Granted, Stop> {
    let request = SubscribeRequest::one(criteria);
    answer_to::<Subscribe<Open>>(probe, Endpoint::Subscribe, &request, None).await
}

async fn unsubscribe(
    probe: &mut Probe<'_>,
    code: &SubscriptionCode,
    by: Option<&Identity>,
) -> Result<Asked<UnsubscribeResponse>, Stop> {
    let request = UnsubscribeRequest::new([code.clone()]);
    answer_to::<Unsubscribe<Open>>(probe, Endpoint::Unsubscribe, &request, by).await
}

/// Ends what a check has subscribed to, so that it does not fill the receiver.
async fn tidy(probe: &mut Probe<'_>, granted: &Granted) {
    if let Ok(code) = granted.code() {
        let noted = probe.trace.len();
        drop(unsubscribe(probe, &code, None).await);
        probe.trace.truncate(noted);
    }
}

pub(super) async fn granted(probe: &mut Probe<'_>) -> Outcome {
    let granted = subscribe(probe, of_everybody(probe)).await?;
    let code = granted.code();
    tidy(probe, &granted).await;
    let code = code?;
    ensure!(!code.as_str().trim().is_empty(), "expected a code in subscriptions[0].code");
    Ok(())
}

pub(super) async fn header(probe: &mut Probe<'_>) -> Outcome {
    let granted = subscribe(probe, of_everybody(probe)).await?;
    tidy(probe, &granted).await;
    let (header, message) = (&granted.reply.header, &granted.reply.message);
    ensure!(header.action == "on-subscribe", "expected /header/action on-subscribe, got {}", header.action);
    let asked = granted.draft.text("/message/transaction_id");
    ensure!(message.transaction_id.as_str() == asked, "expected the transaction_id of the request in the callback");
    let told = message.correlation_id.as_ref().map(|id| id.as_str().to_owned()).unwrap_or_default();
    ensure!(told == granted.correlation_id, "expected the correlation_id of the acknowledgement, got {told:?}");
    let asked = granted.draft.text("/message/subscribe_request/0/reference_id");
    ensure!(
        granted.result()?.reference_id.as_str() == asked,
        "expected the item under the reference_id of the request"
    );
    Ok(())
}

/// The item must have been rejected with `reason`.
fn rejected(granted: &Granted, reason: &SubscribeReason) -> Outcome {
    let result = granted.result()?;
    let got = result.status_reason_code.as_ref().map_or("no code", |reason| reason.as_str());
    ensure!(
        result.status == Status::Rejected && result.status_reason_code.as_ref() == Some(reason),
        "expected the item rejected with {reason}, its status is {} with {got}",
        result.status
    );
    Ok(())
}

pub(super) async fn again(probe: &mut Probe<'_>) -> Outcome {
    let wanted = of_everybody(probe);
    let first = subscribe(probe, wanted.clone()).await?;
    let again = subscribe(probe, wanted).await;
    tidy(probe, &first).await;
    let again = again?;
    if again.code().is_ok() {
        tidy(probe, &again).await;
    }
    first.code()?;
    rejected(&again, &SubscribeReason::AlreadySubscribed)
}

async fn refused(probe: &mut Probe<'_>, criteria: SubscribeCriteria, reason: &SubscribeReason) -> Outcome {
    let granted = subscribe(probe, criteria).await?;
    tidy(probe, &granted).await;
    rejected(&granted, reason)
}

pub(super) async fn unknown_event(probe: &mut Probe<'_>) -> Outcome {
    let mut criteria = of_everybody(probe);
    "no-such-event".clone_into(&mut criteria.reg_event_type);
    refused(probe, criteria, &SubscribeReason::NotifyTypesInvalid).await
}

pub(super) async fn bad_filter(probe: &mut Probe<'_>) -> Outcome {
    let clause = Predicate::new(Comparison::new("no_such_attribute", Operator::Equal, "1"));
    let criteria = criteria(probe, clause);
    refused(probe, criteria, &SubscribeReason::NotifyDetailsInvalid).await
}

pub(super) async fn bad_frequency(probe: &mut Probe<'_>) -> Outcome {
    let (now, later) = (chrono::Utc::now(), chrono::Utc::now() + chrono::TimeDelta::days(1));
    let frequency = EventFrequency::new("every now and then", Timestamp::from(now), Timestamp::from(later));
    let criteria = of_everybody(probe).collected(frequency);
    refused(probe, criteria, &SubscribeReason::NotifyDetailsInvalid).await
}

pub(super) async fn status(probe: &mut Probe<'_>) -> Outcome {
    let granted = subscribe(probe, of_everybody(probe)).await?;
    let value = AttributeValue::One(granted.draft.text("/message/transaction_id"));
    let question = TxnStatusRequest::new(TxnType::Subscribe, AttributeType::TransactionId, value);
    let draft = probe.status(Endpoint::SyncStatus, &question);
    let answer = probe.send(&draft).await;
    tidy(probe, &granted).await;
    let code = granted.code()?;
    let reply = answer?.reply::<TxnStatus<Open>>()?.message.txnstatus_response;
    let TxnState::Subscribe(state) = reply.txn_status else {
        return Err(failed("expected the state of a subscription (with subscribe_response) in txn_status"));
    };
    ensure!(state.codes().any(|told| *told == code), "the state does not name the subscription that was granted");
    Ok(())
}

pub(super) async fn ended(probe: &mut Probe<'_>) -> Outcome {
    let granted = subscribe(probe, of_everybody(probe)).await?;
    let code = granted.code()?;
    let end = unsubscribe(probe, &code, None).await?;
    let (header, message) = (&end.reply.header, &end.reply.message);
    ensure!(header.action == "on-unsubscribe", "expected /header/action on-unsubscribe, got {}", header.action);
    let reason = message.status_reason_code.as_ref().map_or("", |reason| reason.as_str());
    ensure!(message.status == Status::Succeeded, "expected /message/status succ, got {} {reason}", message.status);
    let told = message.subscription_status.iter().find(|told| told.code == code);
    let told = told.ok_or_else(|| failed("expected the code in /message/subscription_status"))?;
    ensure!(told.status == SubscriptionStatus::Ended, "expected the status unsubscribe, got {}", told.status);
    Ok(())
}

fn not_ended(end: &Asked<UnsubscribeResponse>, reasons: &[UnsubscribeReason]) -> Outcome {
    let message = &end.reply.message;
    let got = message.status_reason_code.as_ref().map_or("no code", |reason| reason.as_str());
    let wanted = reasons.iter().map(UnsubscribeReason::as_str).collect::<Vec<_>>().join(" or ");
    ensure!(
        message.status == Status::Rejected && reasons.iter().any(|reason| reason.as_str() == got),
        "expected /message/status rjct with {wanted}, got {} with {got}",
        message.status
    );
    Ok(())
}

pub(super) async fn unknown_code(probe: &mut Probe<'_>) -> Outcome {
    let end = unsubscribe(probe, &SubscriptionCode::random(), None).await?;
    not_ended(&end, &[UnsubscribeReason::SubscriptionCodeInvalid])
}

pub(super) async fn ended_again(probe: &mut Probe<'_>) -> Outcome {
    let granted = subscribe(probe, of_everybody(probe)).await?;
    let code = granted.code()?;
    unsubscribe(probe, &code, None).await?;
    let again = unsubscribe(probe, &code, None).await?;
    not_ended(&again, &[UnsubscribeReason::AlreadyUnsubscribed])
}

pub(super) async fn other_subscriber(probe: &mut Probe<'_>) -> Outcome {
    let Some(other) = probe.session.target.other.clone() else {
        return Err(Stop::Skipped("needs a second registered caller ([other] in the configuration)".to_owned()));
    };
    let granted = subscribe(probe, of_everybody(probe)).await?;
    let code = granted.code()?;
    let end = unsubscribe(probe, &code, Some(&other)).await;
    tidy(probe, &granted).await;
    not_ended(&end?, &[UnsubscribeReason::SubscriptionCodeInvalid, UnsubscribeReason::RequesterInvalid])
}

/// How many notifications are among what arrived.
fn notices(arrived: &[Arrived]) -> usize {
    arrived.iter().filter(|arrived| !is_answer(arrived)).count()
}

/// The notification that arrived for whoever sent `draft`.
fn notification_in(
    probe: &Probe<'_>,
    draft: &Draft,
    arrived: &Arrived,
) -> Result<(CallbackHeader, NotifyRequest<Json>), Stop> {
    let body = delivered(&arrived.body, &probe.session.target, &draft.identity);
    read_notification(&body, probe.session.target.interface)
}

/// Without events there is nothing to be told of.
fn happening(probe: &Probe<'_>) -> Outcome {
    if probe.session.target.config.data.events {
        return Ok(());
    }
    Err(Stop::Skipped("needs events to happen in the registry (events = true in [data])".to_owned()))
}

/// A notification that arrived, as it was read.
type Told = (Arrived, CallbackHeader, NotifyRequest<Json>);

/// Subscribes, waits until `count` notifications came, ends the subscription.
async fn told(probe: &mut Probe<'_>, criteria: SubscribeCriteria, count: usize) -> Result<(Granted, Vec<Told>), Stop> {
    happening(probe)?;
    let request = SubscribeRequest::one(criteria);
    let granted = answer_to::<Subscribe<Open>>(probe, Endpoint::Subscribe, &request, None).await?;
    granted.code()?;
    let arrived = probe.callbacks_until(&granted.mailbox, |arrived| notices(arrived) >= count).await;
    tidy(probe, &granted).await;
    let mut out = Vec::new();
    for arrived in arrived.into_iter().filter(|arrived| !is_answer(arrived)) {
        let (header, message) = notification_in(probe, &granted.draft, &arrived)?;
        out.push((arrived, header, message));
    }
    ensure!(out.len() >= count, "expected {count} notifications in time, got {}", out.len());
    Ok((granted, out))
}

pub(super) async fn notified(probe: &mut Probe<'_>) -> Outcome {
    let (granted, told) = told(probe, of_everybody(probe), 1).await?;
    let (arrived, header, message) = told.first().ok_or_else(|| failed("no notification"))?;
    ensure!(
        arrived.path.ends_with(Notify::<Open>::PATH),
        "expected it at registry/notify, it came to {}",
        arrived.path
    );
    ensure!(header.action == Notify::<Open>::ACTION, "expected /header/action notify, got {}", header.action);
    let sender = header.sender_id.as_ref().map(|id| id.as_str().to_owned()).unwrap_or_default();
    let own = probe.session.target.receiver_id.as_str();
    ensure!(sender == own, "expected /header/sender_id {own}, got {sender:?}");
    let event = message.notify_event.first().ok_or_else(|| failed("notify_event has no item"))?;
    ensure!(!event.data.reg_records.0.0.is_empty(), "the event has no record");
    let (asked, told) = (
        granted.draft.text("/message/subscribe_request/0/subscribe_criteria/reg_event_type"),
        event.data.reg_event_type.clone().unwrap_or_default(),
    );
    let same = (probe.session.target.interface.same_event)(&asked, &told);
    ensure!(same, "subscribed to {asked}, and told of {told:?}");
    Ok(())
}

pub(super) async fn notification_filter(probe: &mut Probe<'_>) -> Outcome {
    let clause = Predicate::new(everybody()).and(Comparison::new("sex", Operator::Equal, "female"));
    let criteria = criteria(probe, clause);
    let filter = SearchCriteria::new(criteria.filter.clone());
    let (_, told) = told(probe, criteria, SOME).await?;
    let events = told.iter().flat_map(|(_, _, message)| &message.notify_event);
    let records: Vec<Json> = events.flat_map(|event| event.data.reg_records.0.0.clone()).collect();
    let table = (probe.session.target.interface.table)(&records);
    let table = table.map_err(|error| failed(format!("a record cannot be read: {error}")))?;
    let fulfil =
        table.search(&filter).map_err(|refusal| failed(format!("the suite's own filter is refused: {refusal}")))?;
    let others = records.len() as u64 - fulfil.total_count;
    ensure!(others == 0, "{others} of {} events are of records that do not fulfil the filter", records.len());
    Ok(())
}

pub(super) async fn notification_signed(probe: &mut Probe<'_>) -> Outcome {
    let (granted, told) = told(probe, of_everybody(probe), 1).await?;
    let (arrived, ..) = told.first().ok_or_else(|| failed("no notification"))?;
    verify_notice::<Notify<Open>>(probe, &granted.draft, &arrived.body, &arrived.carrier).await
}

pub(super) async fn notification_numbers(probe: &mut Probe<'_>) -> Outcome {
    let (granted, told) = told(probe, of_everybody(probe), SOME).await?;
    let member = |header: &CallbackHeader, name: &str| {
        header.meta.as_ref().and_then(|meta| meta.get(name)?.scalar_text().map(std::borrow::Cow::into_owned))
    };
    let code = granted.code()?;
    for (index, (_, header, _)) in told.iter().enumerate() {
        let told = member(header, "subscription_code").unwrap_or_default();
        ensure!(
            told == code.as_str(),
            "expected the subscription's code in /header/meta/subscription_code, got {told:?}"
        );
        let number = member(header, "sequence").unwrap_or_default();
        ensure!(
            number == (index + 1).to_string(),
            "expected /header/meta/sequence {} in notification {}, got {number:?}",
            index + 1,
            index + 1
        );
    }
    Ok(())
}

/// The events told in what arrived: whether their notification was refused, and their reference ids.
fn events_of(probe: &Probe<'_>, draft: &Draft, arrived: &Arrived) -> Result<(bool, Vec<String>), Stop> {
    let (_, message) = notification_in(probe, draft, arrived)?;
    let ids = message.notify_event.iter().map(|event| event.reference_id.as_str().to_owned());
    Ok((arrived.refused, ids.collect()))
}

pub(super) async fn notification_retried(probe: &mut Probe<'_>) -> Outcome {
    happening(probe)?;
    let granted = subscribe(probe, of_everybody(probe)).await?;
    granted.code()?;
    granted.mailbox.refuse(1);
    let arrived = probe.callbacks_until(&granted.mailbox, |arrived| notices(arrived) > 2).await;
    tidy(probe, &granted).await;
    let notices = arrived.iter().filter(|arrived| !is_answer(arrived));
    let told: Vec<_> = notices.map(|arrived| events_of(probe, &granted.draft, arrived)).collect::<Result<_, _>>()?;
    let (refused, taken): (Vec<_>, Vec<_>) = told.into_iter().partition(|(refused, _)| *refused);
    let (_, lost) = refused.first().ok_or_else(|| failed("no notification came in time"))?;
    let again = lost.iter().all(|id| taken.iter().any(|(_, others)| others.contains(id)));
    ensure!(again, "a notification was answered with 503, and its event was not told again in time");
    Ok(())
}

pub(super) async fn silence(probe: &mut Probe<'_>) -> Outcome {
    let (granted, _) = told(probe, of_everybody(probe), 1).await?;
    // The subscription has ended. What was on its way may still arrive; then there must be silence.
    tokio::time::sleep(Duration::from_millis(400)).await;
    let before = granted.mailbox.arrived().len();
    tokio::time::sleep(Duration::from_millis(900)).await;
    let after = granted.mailbox.arrived().len();
    ensure!(before == after, "{} notifications came after the subscription had ended", after - before);
    Ok(())
}
