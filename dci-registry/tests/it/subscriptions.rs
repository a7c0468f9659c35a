//! Subscriptions from request to notification, and their end.

use crate::world::{REGISTRY, World, id, people};
use async_trait::async_trait;
use chrono::{TimeDelta, Utc};
use dci_core::client::{Client, NotTaken, Notification, NotificationHandler};
use dci_core::code::{
    AttributeType, Operator, Status, SubscribeReason, SubscriptionStatus, TxnType, UnsubscribeReason,
};
use dci_core::id::SubscriptionCode;
use dci_core::message::{
    AttributeValue, EventFrequency, SubscribeCriteria, SubscribeResponse, SubscribeResult, TxnState, TxnStatusRequest,
};
use dci_core::query::{Comparison, Predicate, Query};
use dci_core::wire::Object;
use dci_registry::social::{EventType, Social};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use tokio::sync::mpsc;

const SOON: Duration = Duration::from_secs(10);

/// Hands notifications on; refuses the first few.
struct Inbox {
    sender: mpsc::UnboundedSender<Notification<Social>>,
    refuse: Arc<AtomicU32>,
}

#[async_trait]
impl NotificationHandler<Social> for Inbox {
    async fn notified(&self, notification: Notification<Social>) -> Result<(), NotTaken> {
        if self.refuse.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_ok() {
            return Err(NotTaken("not now".to_owned()));
        }
        self.sender.send(notification).map_err(|_| NotTaken("nobody listens".to_owned()))
    }
}

fn listen(world: &World, refuse: u32) -> mpsc::UnboundedReceiver<Notification<Social>> {
    let (sender, receiver) = mpsc::unbounded_channel();
    world.callbacks.listen::<Social>(Inbox { sender, refuse: Arc::new(AtomicU32::new(refuse)) });
    receiver
}

fn women() -> SubscribeCriteria {
    let women = Predicate::new(Comparison::new("gender", Operator::Equal, "F"));
    SubscribeCriteria::new("REGISTER", Query::Predicate(vec![women]))
}

async fn subscribe(world: &World, criteria: SubscribeCriteria) -> SubscribeResult {
    let pending = world.client.subscribe(criteria, &world.callbacks).await.unwrap();
    let mut response: SubscribeResponse = pending.answer(SOON).await.unwrap().into_message();
    response.subscribe_response.remove(0)
}

fn code(result: &SubscribeResult) -> SubscriptionCode {
    result.subscriptions[0].code.clone()
}

async fn next(inbox: &mut mpsc::UnboundedReceiver<Notification<Social>>) -> Notification<Social> {
    tokio::time::timeout(SOON, inbox.recv()).await.expect("a notification").unwrap()
}

#[tokio::test]
async fn events_that_fulfil_the_filter_are_told_in_order_and_numbered() {
    let world = World::new(false).await;
    let mut inbox = listen(&world, 0);
    let granted = subscribe(&world, women()).await;
    assert_eq!(granted.status, Status::Succeeded);
    assert_eq!(granted.subscriptions[0].status, SubscriptionStatus::Live);
    let people = people(4);
    let mut told = 0;
    for person in people.clone() {
        told += world.publisher.publish(&EventType::Register, person).await.unwrap();
    }
    assert_eq!(told, 2, "two of four are women");
    let other = world.publisher.publish(&EventType::NewHouseholdMember, people[0].clone()).await.unwrap();
    assert_eq!(other, 0, "another event");
    for (number, person) in [(1, &people[0]), (2, &people[2])] {
        let notification = next(&mut inbox).await;
        assert_eq!((notification.sequence, notification.missed), (Some(number), 0));
        assert_eq!(notification.subscription_code.as_ref(), Some(&code(&granted)));
        let (kind, event) = notification.events().next().unwrap();
        assert_eq!(kind, Some(EventType::Register));
        assert_eq!(event.data.reg_records.0.0, std::slice::from_ref(person));
    }
    world.end().await;
}

#[tokio::test]
async fn the_same_subscription_is_not_granted_twice_and_another_one_is() {
    let world = World::new(false).await;
    let first = subscribe(&world, women()).await;
    let again = subscribe(&world, women()).await;
    assert_eq!(again.status_reason_code, Some(SubscribeReason::AlreadySubscribed));
    assert_eq!(code(&again), code(&first), "it says which one there is");
    let mut other = women();
    other.reg_event_type = "spdci-common:RegistryEventType:NewHouseHoldMember".to_owned();
    assert_eq!(subscribe(&world, other).await.status, Status::Succeeded);
    world.end().await;
}

#[tokio::test]
async fn what_cannot_be_granted_says_which_member_and_which_rule() {
    let world = World::new(false).await;
    let mut unknown = women();
    unknown.reg_event_type = "HouseFire".to_owned();
    let mut no_attribute = women();
    no_attribute.filter = Query::Predicate(vec![Predicate::new(Comparison::new("shoe_size", Operator::Equal, "42"))]);
    let end = (Utc::now() + TimeDelta::days(1)).into();
    let flood = women().collected(EventFrequency::new("* * * * * * *", Utc::now().into(), end));
    let cases = [
        (unknown, SubscribeReason::NotifyTypesInvalid, "reg_event_type must be one of REGISTER, NewHouseHoldMember"),
        (no_attribute, SubscribeReason::NotifyDetailsInvalid, "filter: "),
        (flood, SubscribeReason::NotifyDetailsInvalid, "frequency.frequency must not be more often"),
    ];
    for (criteria, reason, words) in cases {
        let result = subscribe(&world, criteria).await;
        assert_eq!(result.status_reason_code, Some(reason));
        assert!(result.status_reason_message.as_deref().unwrap().starts_with(words), "{result:?}");
    }
    world.end().await;
}

#[tokio::test]
async fn an_end_is_for_all_codes_or_none_and_is_said_once() {
    let world = World::new(false).await;
    let mut inbox = listen(&world, 0);
    let granted = subscribe(&world, women()).await;
    let end = async |codes: Vec<SubscriptionCode>| {
        let pending = world.client.unsubscribe(codes, &world.callbacks).await.unwrap();
        pending.answer(SOON).await.unwrap().into_message()
    };
    let unknown = end(vec![code(&granted), SubscriptionCode::random()]).await;
    assert_eq!(unknown.status_reason_code, Some(UnsubscribeReason::SubscriptionCodeInvalid));
    assert_eq!(world.publisher.publish(&EventType::Register, people(1).remove(0)).await.unwrap(), 1, "it lives on");
    next(&mut inbox).await;
    let ended = end(vec![code(&granted)]).await;
    assert_eq!((ended.status, &ended.subscription_status[0].code), (Status::Succeeded, &code(&granted)));
    assert_eq!(world.publisher.publish(&EventType::Register, people(1).remove(0)).await.unwrap(), 0);
    let again = end(vec![code(&granted)]).await;
    assert_eq!(again.status_reason_code, Some(UnsubscribeReason::AlreadyUnsubscribed));
    world.end().await;
}

#[tokio::test]
async fn collected_events_wait_for_their_time_and_go_together() {
    let world = World::new(false).await;
    let end = (Utc::now() + TimeDelta::days(400)).into();
    let yearly = women().collected(EventFrequency::new("0 0 0 1 1 ? *", Utc::now().into(), end));
    subscribe(&world, yearly).await;
    for person in people(6) {
        world.publisher.publish(&EventType::Register, person).await.unwrap();
    }
    // The callback that granted it may still be on its way out of the outbox.
    let one_waits = async {
        while world.store.backlog().await.unwrap().0 != 1 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(SOON, one_waits).await.expect("three events in one message");
    let (now, then) = (Utc::now(), Utc::now() + TimeDelta::days(399));
    assert!(world.store.claim(now, TimeDelta::seconds(1), 10).await.unwrap().is_empty());
    let due = world.store.claim(then, TimeDelta::seconds(1), 10).await.unwrap();
    let [delivery] = due.as_slice() else { panic!("one message") };
    assert_eq!(delivery.outgoing.message.get("notify_event").unwrap().as_array().unwrap().len(), 3);
    assert_eq!(delivery.outgoing.header.get("total_count").unwrap().scalar_text().unwrap(), "3");
    world.end().await;
}

#[tokio::test]
async fn a_notification_that_is_not_taken_is_sent_again() {
    let world = World::new(false).await;
    let mut inbox = listen(&world, 1);
    subscribe(&world, women()).await;
    for person in people(3) {
        world.publisher.publish(&EventType::Register, person).await.unwrap();
    }
    let (first, second) = (next(&mut inbox).await, next(&mut inbox).await);
    assert_eq!((first.sequence, second.sequence), (Some(1), Some(2)), "the second waited for the first");
    world.end().await;
}

#[tokio::test]
async fn t_98_notifications_of_no_subscription_are_refused() {
    let world = World::new(false).await;
    let mut inbox = listen(&world, 0);
    // Somebody else's callbacks: the registry tells, and nobody there asked.
    let granted = subscribe(&world, women()).await;
    assert_eq!(world.publisher.publish(&EventType::Register, people(1).remove(0)).await.unwrap(), 1);
    let known = next(&mut inbox).await;
    let stranger = dci_core::client::Callbacks::new(world.base.clone(), world.gate());
    let (sender, mut heard) = mpsc::unbounded_channel();
    stranger.listen::<Social>(Inbox { sender, refuse: Arc::default() });
    let body = world.notification(known.message.message(), Object::new()).await;
    let (status, _) = stranger.receive(body.as_bytes(), dci_core::carrier::Carrier::default()).await;
    assert_eq!(status, 400);
    assert!(heard.try_recv().is_err());
    // After a restart the subscription is named again, and heard again.
    stranger.resume(id(REGISTRY), known.message.message().transaction_id.clone(), code(&granted));
    let (status, _) = stranger.receive(body.as_bytes(), dci_core::carrier::Carrier::default()).await;
    assert_eq!(status, 200);
    assert!(heard.try_recv().is_ok());
    // A copy has no second effect.
    let (status, _) = stranger.receive(body.as_bytes(), dci_core::carrier::Carrier::default()).await;
    assert_eq!((status, heard.try_recv().is_err()), (200, true));
    world.end().await;
}

#[tokio::test]
async fn the_status_of_subscriptions_can_be_asked_for() {
    let world = World::new(false).await;
    let granted = subscribe(&world, women()).await;
    let ask = async |client: &Client<Social>, codes: Vec<String>| {
        let value = AttributeValue::Many(codes);
        let request = TxnStatusRequest::new(TxnType::Subscribe, AttributeType::SubscriptionCodeList, value);
        client.call::<dci_core::action::TxnStatus<Social>>(&request).await.unwrap().into_message()
    };
    let answer = ask(&world.client, vec![code(&granted).as_str().to_owned()]).await;
    let TxnState::Subscribe(state) = answer.txnstatus_response.txn_status else { panic!("a subscription") };
    assert_eq!(state.codes().collect::<Vec<_>>(), [&code(&granted)]);
    let answer = ask(&world.client, vec!["nobody's".to_owned()]).await;
    let TxnState::Subscribe(state) = answer.txnstatus_response.txn_status else { panic!("a subscription") };
    assert!(state.subscribe_response.is_empty());
    world.end().await;
}

#[tokio::test]
async fn t_83_a_filter_in_a_language_that_is_not_offered_is_refused() {
    let world = World::new(false).await;
    let mut criteria = women();
    let deep = format!("{}name{}", "{friends ".repeat(500), "}".repeat(500));
    criteria.filter_type = Some(dci_core::code::QueryType::GraphQl);
    criteria.filter = Query::GraphQl(deep);
    let result = subscribe(&world, criteria).await;
    assert_eq!(result.status_reason_code, Some(SubscribeReason::NotifyDetailsInvalid), "{result:?}");
    world.end().await;
}

#[tokio::test]
async fn t_94_a_flood_of_subscriptions_ends_at_the_quota() {
    let world = World::with_limits(|limits| limits.subscriptions = 3).await;
    let of = |number: usize| {
        let born = Predicate::new(Comparison::new("birth_date", Operator::Greater, &format!("19{number:02}-01-01")));
        SubscribeCriteria::new("REGISTER", Query::Predicate(vec![born]))
    };
    let mut granted = Vec::new();
    for number in 0..5 {
        granted.push(subscribe(&world, of(number)).await.status);
    }
    let (kept, refused) = granted.split_at(3);
    assert!(kept.iter().all(|status| *status == Status::Succeeded), "{granted:?}");
    assert!(refused.iter().all(|status| *status == Status::Rejected), "{granted:?}");
    // The same one again costs nothing: it is the one there is.
    assert_eq!(subscribe(&world, of(0)).await.status_reason_code, Some(SubscribeReason::AlreadySubscribed));
    world.end().await;
}

#[tokio::test]
async fn t_98_a_gap_is_counted_and_an_old_number_has_no_effect() {
    let world = World::new(false).await;
    let mut inbox = listen(&world, 0);
    let granted = subscribe(&world, women()).await;
    world.publisher.publish(&EventType::Register, people(1).remove(0)).await.unwrap();
    let first = next(&mut inbox).await;
    let told = async |number: i64| {
        let mut meta = Object::new();
        meta.insert("subscription_code", code(&granted).as_str());
        meta.insert("sequence", number);
        let body = world.notification(first.message.message(), meta).await;
        world.callbacks.receive(body.as_bytes(), dci_core::carrier::Carrier::default()).await.0
    };
    assert_eq!(told(5).await, 200);
    let later = next(&mut inbox).await;
    assert_eq!((later.sequence, later.missed), (Some(5), 3), "2, 3 and 4 are missing");
    assert_eq!(told(4).await, 200, "acknowledged, so that it is not sent for ever");
    assert!(inbox.try_recv().is_err(), "and not acted on");
    world.end().await;
}
