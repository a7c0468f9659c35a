//! What waits to be sent, and when it is tried again.

use crate::id::{SubscriptionCode, SystemId};
use crate::wire::Json;
use chrono::TimeDelta;

/// A callback that is to be delivered.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Outgoing {
    /// For whom.
    pub receiver_id: SystemId,
    /// Where to.
    pub url: url::Url,
    /// The header; its time is set, and the whole signed, at each attempt.
    pub header: Json,
    /// The message.
    pub message: Json,
    /// Subscriptions it belongs to: what is later in one of them waits until this was received.
    pub lanes: Vec<String>,
}

impl Outgoing {
    /// A callback.
    pub fn new(receiver_id: SystemId, url: url::Url, header: Json, message: Json) -> Self {
        Self { receiver_id, url, header, message, lanes: Vec::new() }
    }

    /// Grants these subscriptions: they are live from now on, and nothing is notified before this was received. When it
    /// never is, they end.
    pub fn granting(mut self, codes: impl IntoIterator<Item = SubscriptionCode>) -> Self {
        self.lanes.extend(codes.into_iter().map(|code| code.as_str().to_owned()));
        self
    }
}

/// A callback that was claimed for one attempt.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Delivery {
    /// Its place in the outbox.
    pub id: u64,
    /// Rises with each claim: the outcome of an older claim changes nothing.
    pub fence: u64,
    /// How many attempts failed so far.
    pub failures: u32,
    /// What is to be delivered.
    pub outgoing: Outgoing,
}

impl Delivery {
    /// A claim.
    pub fn new(id: u64, fence: u64, failures: u32, outgoing: Outgoing) -> Self {
        Self { id, fence, failures, outgoing }
    }
}

/// When to try again after `failures` failed attempts: 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h, then never.
pub fn retry_after(failures: u32) -> Option<TimeDelta> {
    const SECONDS: [i64; 9] = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];
    let index = usize::try_from(failures.checked_sub(1)?).ok()?;
    SECONDS.get(index).map(|seconds| TimeDelta::seconds(*seconds))
}
