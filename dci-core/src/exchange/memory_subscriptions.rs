//! Subscriptions in memory.

use super::outbox::Outgoing;
use super::subscription::{NewNotification, Subscribed, Subscription, Unsubscribed};
use crate::id::{SubscriptionCode, SystemId, TransactionId};
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

/// How many ended subscriptions are remembered, to say that they were ended.
const ENDED: usize = 10_000;

#[derive(Debug, Default)]
pub(super) struct Subscriptions {
    kept: BTreeMap<SubscriptionCode, Entry>,
    ended: usize,
}

#[derive(Debug)]
struct Entry {
    subscription: Subscription,
    state: State,
    sequence: u64,
}

/// How far a subscription is: each state follows from the one before it, or is the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// The callback that grants it is not in the outbox yet.
    Kept,
    /// That callback is under way: events are collected, nothing is sent.
    Granted,
    /// The subscriber received it.
    Received,
    Ended,
}

impl Subscriptions {
    pub(super) fn keep(&mut self, new: Subscription, most: usize) -> Subscribed {
        let now = Utc::now();
        let alive = |entry: &&Entry| entry.state != State::Ended && !entry.subscription.is_over(now);
        if let Some(entry) = self.kept.values().find(|entry| entry.subscription.is_of_the_same_item(&new)) {
            return Subscribed::Kept(Box::new(entry.subscription.clone()));
        }
        if let Some(entry) = self.kept.values().filter(alive).find(|entry| entry.subscription.covers(&new)) {
            return Subscribed::Already(Box::new(entry.subscription.clone()));
        }
        if self.kept.values().filter(alive).filter(|entry| entry.subscription.subscriber == new.subscriber).count()
            >= most
        {
            return Subscribed::TooMany;
        }
        let entry = Entry { subscription: new.clone(), state: State::Kept, sequence: 0 };
        self.kept.insert(new.code.clone(), entry);
        Subscribed::Kept(Box::new(new))
    }

    fn each<'a>(&'a mut self, codes: &'a [String]) -> impl Iterator<Item = &'a mut Entry> {
        self.kept.values_mut().filter(|entry| codes.iter().any(|code| entry.subscription.code.as_str() == code))
    }

    pub(super) fn grant(&mut self, codes: &[String]) {
        for entry in self.each(codes).filter(|entry| entry.state == State::Kept) {
            entry.state = State::Granted;
        }
    }

    pub(super) fn received(&mut self, codes: &[String]) {
        for entry in self.each(codes).filter(|entry| entry.state == State::Granted) {
            entry.state = State::Received;
        }
    }

    /// Ends those whose granting was not received; their codes.
    pub(super) fn refuse(&mut self, codes: &[String]) -> Vec<String> {
        let refused = self.each(codes).filter(|entry| entry.state == State::Granted);
        let ended: Vec<String> = refused
            .map(|entry| {
                entry.state = State::Ended;
                entry.subscription.code.as_str().to_owned()
            })
            .collect();
        self.forget_old(ended.len());
        ended
    }

    pub(super) fn end(&mut self, subscriber: &SystemId, codes: &[SubscriptionCode]) -> Unsubscribed {
        for code in codes {
            // Another's subscription does not exist.
            match self.kept.get(code).filter(|entry| entry.subscription.subscriber == *subscriber) {
                None => return Unsubscribed::Unknown,
                Some(entry) if entry.state == State::Ended => return Unsubscribed::EndedBefore,
                Some(_) => {}
            }
        }
        for code in codes {
            if let Some(entry) = self.kept.get_mut(code) {
                entry.state = State::Ended;
            }
        }
        self.forget_old(codes.len());
        Unsubscribed::Ended
    }

    /// Keeps the number of remembered ends in bounds.
    fn forget_old(&mut self, newly_ended: usize) {
        self.ended += newly_ended;
        if self.ended > ENDED {
            self.kept.retain(|_, entry| entry.state != State::Ended);
            self.ended = 0;
        }
    }

    pub(super) fn live(&self, registry: &str, now: DateTime<Utc>) -> Vec<Subscription> {
        let live = self.kept.values().filter(|entry| matches!(entry.state, State::Granted | State::Received));
        let live = live.map(|entry| &entry.subscription);
        live.filter(|subscription| subscription.registry == registry && !subscription.is_over(now)).cloned().collect()
    }

    /// Gives a notification the next number of its subscription, when that is live.
    pub(super) fn number(&mut self, new: NewNotification) -> Option<Outgoing> {
        let entry = self.kept.get_mut(&new.code)?;
        if !matches!(entry.state, State::Granted | State::Received) {
            return None;
        }
        entry.sequence += 1;
        Some(new.outgoing(&entry.subscription, entry.sequence))
    }

    /// The transaction that granted all of `codes` to `subscriber`.
    pub(super) fn transaction_of(&self, subscriber: &SystemId, codes: &[String]) -> Option<&TransactionId> {
        let of = |code: &String| {
            let entry = self.kept.get(&SubscriptionCode::new(code).ok()?)?;
            (entry.subscription.subscriber == *subscriber).then_some(&entry.subscription.transaction_id)
        };
        let first = of(codes.first()?)?;
        codes.iter().all(|code| of(code) == Some(first)).then_some(first)
    }
}
